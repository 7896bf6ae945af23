"""Numbers as Indonesian offices write them: `1.250.000` and `12,5`. Blank is not zero."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from runtut.core.errors import DomainError

PATTERN = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


class NotANumber(DomainError):
    code = "not_a_number"
    template = "“{text}” bukan angka yang dapat dibaca. Tulis seperti 12,5 atau 1.250.000."


class TooManyDecimals(DomainError):
    code = "too_many_decimals"
    template = "“{text}” memakai lebih dari {decimals} angka di belakang koma."


def parse_decimal(text: str, *, decimals: int | None = None, field: str | None = None) -> Decimal | None:
    """Read an Indonesian number; None for a blank.

    Raises NotANumber for anything but digits with dots between thousands and one comma, and
    TooManyDecimals when `decimals` is given and exceeded.
    """
    cleaned = text.replace("\u00a0", " ").strip()
    if not cleaned:
        return None
    if not PATTERN.fullmatch(cleaned):
        raise NotANumber(text=cleaned, field=field)
    fraction = cleaned.partition(",")[2]
    if decimals is not None and len(fraction) > decimals:
        raise TooManyDecimals(text=cleaned, decimals=decimals, field=field)
    return Decimal(cleaned.replace(".", "").replace(",", "."))


def format_decimal(value: Decimal, decimals: int | None = None) -> str:
    """Write a number with dots between thousands and a decimal comma; without `decimals`, as short as it is
    exact."""
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    sign, digits, _ = value.as_tuple()
    text = f"{abs(value):,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.translate(str.maketrans(",.", ".,"))
    return f"-{text}" if sign and any(digits) else text

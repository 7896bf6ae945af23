"""Numbers as Indonesian offices write them: `1.250.000` and `12,5`. Blank is not zero."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from runtut.core.errors import DomainError

PATTERN = re.compile(r"-?([1-9][0-9]{0,2}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?")
"""Grouped digits never start with 0: who types 0.125 means 0,125, and must not be read as 125."""

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2212": "-"})
"""Spaces that spreadsheets put around a number, and the minus sign that word processors make of a hyphen."""


WIDE = Context(prec=200)


class NotANumber(DomainError):
    code = "not_a_number"
    template = "“{text}” bukan angka yang dapat dibaca. Tulis seperti {example}."


class TooManyDecimals(DomainError):
    code = "too_many_decimals"
    template = "“{text}” memakai lebih dari {decimals} angka di belakang koma."


class NotAWholeNumber(TooManyDecimals):
    code = "not_a_whole_number"
    template = "“{text}” harus bilangan bulat, tanpa koma."


def parse_decimal(text: str, *, decimals: int | None = None, field: str | None = None) -> Decimal | None:
    """Read an Indonesian number; None for a blank (never 0).

    Raises NotANumber for anything but digits with dots between thousands, one comma and one minus in front,
    and TooManyDecimals when `decimals` is given and exceeded: a figure is refused, never rounded unasked.
    """
    cleaned = text.translate(SPACES).strip()
    if not cleaned:
        return None
    if not PATTERN.fullmatch(cleaned):
        example = "12 atau 1.250" if decimals == 0 else "12,5 atau 1.250.000"
        raise NotANumber(text=cleaned, example=example, field=field)
    fraction = cleaned.partition(",")[2]
    if decimals is not None and len(fraction) > decimals:
        refusal = TooManyDecimals if decimals else NotAWholeNumber
        raise refusal(text=cleaned, decimals=decimals, field=field)
    return Decimal(cleaned.replace(".", "").replace(",", "."))


def format_decimal(value: Decimal, decimals: int | None = None) -> str:
    """Write a number with dots between thousands and a decimal comma.

    With `decimals` rounded half up to just as many; without, exact and as short as that allows.
    """
    if decimals is not None:
        value = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE)
    sign, digits, _ = value.as_tuple()
    text = f"{value.copy_abs():,f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.translate(str.maketrans(",.", ".,"))
    return f"-{text}" if sign and any(digits) else text

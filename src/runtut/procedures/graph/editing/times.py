"""A standard time typed by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from runtut.core.numbers import NotANumber, TooManyDecimals, format_decimal, parse_decimal
from runtut.procedures.enums import TimeUnit
from runtut.procedures.errors import TimeUnreadable
from runtut.procedures.graph.nodes import MINUTES

LONGEST: Final = Decimal("99999")
RANGE: Final = re.compile(r"([\d.,]+)\s*(?:-|–|—|s\.?/?d\.?|sampai|hingga)\s*([\d.,]+)")


def time_of(value: str, unit: str) -> dict[str, Any]:
    """Read a number in Indonesian writing ("1,5") or a range ("2-3") and a unit as the time of a step; empty
    is no time yet. Of a range the upper end counts.

    Raises TimeUnreadable (field `time`) for anything else, and for more than 99.999 or less than 0.
    """
    ends = RANGE.fullmatch(value.strip())
    low, high = (_number(ends[1], unit), _number(ends[2], unit)) if ends else (None, _number(value, unit))
    if low is not None and low > high:
        raise TimeUnreadable(field="time", text=value)
    low = None if low == high else low
    minutes = round(float(high) * MINUTES[unit])
    time = {"value": _plain(high), "unit": unit, "minutes": minutes}
    ends_of_it = {} if low is None else {"low": _plain(low), "high": _plain(high)}
    words = typed_of({**time, **ends_of_it})
    return {"text": f"{words} {unit}" if words else "", **time, **ends_of_it}


def typed_of(time: Mapping[str, Any]) -> str:
    """A time as one would type its number: "2-3" for a range, nothing where there is none."""
    value, low = time["value"], time.get("low")
    words = format_decimal(Decimal(str(value))) if value else ""
    return words if low is None else f"{format_decimal(Decimal(str(low)))}-{words}"


def _number(text: str, unit: str) -> Decimal:
    try:
        number = parse_decimal(text, decimals=2)
    except (NotANumber, TooManyDecimals):
        raise TimeUnreadable(field="time", text=text) from None
    number = Decimal(0) if number is None else number
    if unit not in TimeUnit.values or not 0 <= number <= LONGEST:
        raise TimeUnreadable(field="time", text=f"{text} {unit}")
    return number


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)

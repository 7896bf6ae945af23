"""A standard time typed by a person."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from runtut.core.numbers import NotANumber, TooManyDecimals, format_decimal, parse_decimal
from runtut.procedures.enums import TimeUnit
from runtut.procedures.errors import TimeUnreadable
from runtut.procedures.graph.nodes import MINUTES

LONGEST: Final = Decimal("99999")


def time_of(value: str, unit: str) -> dict[str, Any]:
    """Read a number in Indonesian writing ("1,5") and a unit as the time of a step; empty is no time yet.

    Raises TimeUnreadable (field `time`) for anything else, and for more than 99.999 or less than 0.
    """
    try:
        number = parse_decimal(value, decimals=2)
    except (NotANumber, TooManyDecimals):
        raise TimeUnreadable(field="time", text=value) from None
    number = Decimal(0) if number is None else number
    if unit not in TimeUnit.values or not 0 <= number <= LONGEST:
        raise TimeUnreadable(field="time", text=f"{value} {unit}")
    minutes = round(float(number) * MINUTES[unit])
    plain = int(number) if number == int(number) else float(number)
    text = f"{format_decimal(number)} {unit}" if number else ""
    return {"text": text, "value": plain, "unit": unit, "minutes": minutes}

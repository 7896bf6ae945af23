"""Figures as they are printed beside a sum."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from runtut.core.numbers import format_decimal

HUNDRED = Decimal(100)
ZERO = Decimal(0)
PERCENT_DECIMALS = 2
AVERAGE_DECIMALS = 4


def figure(value: Decimal, decimals: int) -> str:
    """Write a value with the indicator's decimals, or with as many more as an average needs, up to four.

    Whoever reckons the sum again gets the same, and a target just missed does not look met.
    """
    shown = decimals
    while shown < max(decimals, AVERAGE_DECIMALS) and value != rounded(value, shown):
        shown += 1
    return format_decimal(value, shown)


def percent(value: Decimal) -> str:
    """Write a percentage with two decimals and without the sign: "99,56"."""
    return format_decimal(value, PERCENT_DECIMALS)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up, as offices do by hand."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)

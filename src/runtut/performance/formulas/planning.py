"""Targets of the quarters, proposed from the target of the year."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from runtut.performance.enums import Accumulation
from runtut.performance.formulas.accumulation import accumulate
from runtut.performance.formulas.figures import rounded

Quarters = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]


def spread(
    kind: Accumulation,
    year: Decimal,
    *,
    decimals: int = 2,
    before: Decimal | None = None,
    lower_is_better: bool = False,
) -> Quarters:
    """Return four quarterly targets that lead to the target of the year, as a first proposal.

    A sum is divided evenly, what cannot be divided goes to the last quarters; a mean is the same every
    quarter; a state moves in even steps from the figure it stood at `before`, or is the year's where none is
    known or it was better already, for nobody plans to get worse; a yearly figure has no quarters.
    """
    if kind is Accumulation.ANNUAL:
        return (None, None, None, None)
    if kind is Accumulation.SUM:
        return _divided(year, decimals)
    if kind is Accumulation.LAST and before is not None and (before > year) == lower_is_better:
        step = (year - before) / 4
        first, second, third = (rounded(before + step * number, decimals) for number in (1, 2, 3))
        return (first, second, third, year)
    return (year, year, year, year)


def _divided(year: Decimal, decimals: int) -> Quarters:
    unit = Decimal(1).scaleb(-decimals)
    share = (year / 4).quantize(unit, rounding=ROUND_DOWN)
    rest = year - 3 * share
    extra = int((rest - share) / unit) if rest != share else 0
    third = share + (unit if abs(extra) > 1 and extra > 0 else 0)
    second = share + (unit if extra > 2 else 0)
    return (share, second, third, year - share - second - third)


def reached(kind: Accumulation, quarters: Quarters, decimals: int) -> Decimal | None:
    """Return what quarterly targets lead to by the end of the year; None while one of them is blank."""
    if kind is Accumulation.ANNUAL or None in quarters:
        return None
    value = accumulate(kind, quarters, 4).value
    return None if value is None else rounded(value, decimals)

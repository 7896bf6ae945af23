"""What is kept of one figure, so that screens above one office add up whole numbers instead of raw rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from runtut.performance.formulas.figures import ZERO, rounded

PARTS_OF_PERCENT = 10_000
KEPT_DECIMALS = 4
LARGEST_RATIO = Decimal(999_999_999)
"""No achievement above this many per cent is kept as more: it would only be a target typed wrongly."""


@dataclass(frozen=True, slots=True)
class Kept:
    """`numerator` and `denominator` are realisation and target up to the quarter, rounded to four decimals;
    `ratios` is in ten-thousandths of a per cent and 0 where nothing counts."""

    numerator: Decimal | None
    denominator: Decimal | None
    count: int
    ratios: int


def kept(*, realisation: Decimal | None, target: Decimal | None, capped: Decimal | None) -> Kept:
    """Return what is kept of an indicator in a quarter; `capped` is None where nothing counts."""
    ratio = min(capped or ZERO, LARGEST_RATIO)
    return Kept(
        numerator=None if realisation is None else rounded(realisation, KEPT_DECIMALS),
        denominator=None if target is None else rounded(target, KEPT_DECIMALS),
        count=int(capped is not None),
        ratios=int(rounded(ratio * PARTS_OF_PERCENT, 0)),
    )


def kept_mean(*, count: int, ratios: int) -> Decimal | None:
    """Return the mean achievement in per cent, None where nothing counts."""
    return Decimal(ratios) / PARTS_OF_PERCENT / count if count else None

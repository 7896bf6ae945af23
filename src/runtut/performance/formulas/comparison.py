"""A figure held against another year's: what changed, and whether that is better."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from runtut.performance.enums import Variant
from runtut.performance.formulas.figures import HUNDRED, ZERO, figure, percent

TOWARDS = frozenset({Variant.STABLE, Variant.RANGE, Variant.RANGE_NEGATIVE})
"""Forms for which neither up nor down is better as such."""


@dataclass(frozen=True)
class Change:
    """How a figure stands to an earlier one. `percent` is None where there is nothing to divide by."""

    difference: Decimal | None = None
    percent: Decimal | None = None
    word: str = ""
    judgement: str = ""
    sum_text: str = ""


def change(variant: Variant, now: Decimal | None, before: Decimal | None, *, decimals: int = 2) -> Change:
    """Return what changed since the earlier figure, with its worked sum; empty when either is blank.

    `word` is naik, turun or tetap; `judgement` membaik or memburuk by the indicator's direction, empty where
    neither direction is better. The percentage is of the earlier figure, which must be above 0.
    """
    if now is None or before is None:
        return Change()
    difference = now - before
    share = difference / before * HUNDRED if before > ZERO else None
    word = "tetap" if difference == ZERO else "naik" if difference > ZERO else "turun"
    shown = f"{figure(now, decimals)} − {figure(before, decimals)} = {figure(difference, decimals)}"
    text = shown if share is None else f"{shown} ({percent(share)} %)"
    return Change(difference, share, word, _judgement(variant, difference), text)


def _judgement(variant: Variant, difference: Decimal) -> str:
    if variant in TOWARDS or difference == ZERO:
        return ""
    return "membaik" if (difference < ZERO) == variant.lower_is_better else "memburuk"

"""From the achievements of indicators to that of an objective or an office. Budget is never mixed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from runtut.performance.errors import WeightsDoNotSum
from runtut.performance.formulas.achievement import Achievement
from runtut.performance.formulas.figures import HUNDRED, ZERO, percent


@dataclass(frozen=True)
class Item:
    """One achievement to be averaged, under the name by which a note mentions it."""

    name: str
    achievement: Achievement
    weight: Decimal = ZERO


@dataclass(frozen=True)
class Average:
    """An average with its worked sum; `excluded` says which were left out and why."""

    value: Decimal | None
    counted: int
    total: int
    excluded: tuple[str, ...] = ()
    sum_text: str = ""


def mean(items: Sequence[Item]) -> Average:
    """Return the simple mean of the capped achievements that count.

    What does not count is left out of both numerator and denominator and noted; with nothing to count the
    value is None.
    """
    counted, excluded = _split(items)
    if not counted:
        return Average(None, 0, len(items), excluded)
    values = [value for _, value in counted]
    text = f"({' + '.join(map(percent, values))}) ÷ {len(values)}"
    return Average(sum(values, ZERO) / len(values), len(values), len(items), excluded, text)


def weighted_mean(items: Sequence[Item]) -> Average:
    """Return the mean weighted by the items' weights, which must sum to exactly 100.

    Where some do not count, the weights of the others are scaled up to 100 again. Raises WeightsDoNotSum.
    """
    total_weight = sum((item.weight for item in items), ZERO)
    if total_weight != HUNDRED or any(item.weight < ZERO for item in items):
        raise WeightsDoNotSum(total=percent(total_weight))
    counted, excluded = _split(items)
    weight = sum((item.weight for item, _ in counted), ZERO)
    if not weight:
        return Average(None, 0, len(items), excluded)
    value = sum((item.weight * reached for item, reached in counted), ZERO) / weight
    parts = " + ".join(f"{percent(item.weight)} × {percent(reached)}" for item, reached in counted)
    return Average(value, len(counted), len(items), excluded, f"({parts}) ÷ {percent(weight)}")


def _split(items: Sequence[Item]) -> tuple[list[tuple[Item, Decimal]], tuple[str, ...]]:
    counted = [
        (item, item.achievement.capped)
        for item in items
        if item.achievement.countable and item.achievement.capped is not None
    ]
    excluded = tuple(
        f"{item.name}: {item.achievement.note}" for item in items if not item.achievement.countable
    )
    return counted, excluded

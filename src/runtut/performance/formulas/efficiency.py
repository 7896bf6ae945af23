"""Performance beside budget: never averaged with it, only set against it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from runtut.performance.formulas.figures import percent

TOLERANCE = Decimal(5)


@dataclass(frozen=True)
class Efficiency:
    """Percentage points that achievement is ahead of absorption, and the word for it."""

    value: Decimal | None
    label: str
    sum_text: str


def efficiency_by_difference(
    achievement: Decimal | None, absorption: Decimal | None, *, tolerance: Decimal = TOLERANCE
) -> Efficiency:
    """Return achievement (%) minus budget absorption (%), the common practice of regional offices: more
    than `tolerance` points ahead is "efisien", as far behind "tidak efisien", between them "cukup efisien".

    No regulation binds a regional office to this form; the rule of PMK 22/2021 was for ministries. None
    when either figure is missing.
    """
    if achievement is None or absorption is None:
        return Efficiency(None, "", "")
    value = achievement - absorption
    label = "efisien" if value > tolerance else "tidak efisien" if value < -tolerance else "cukup efisien"
    return Efficiency(value, label, f"{percent(achievement)} − {percent(absorption)} = {percent(value)}")

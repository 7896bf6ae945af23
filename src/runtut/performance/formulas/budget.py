"""Money beside performance: how much of what was planned has been spent. Never averaged with achievement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from runtut.performance.formulas.figures import HUNDRED, ZERO, figure, percent


@dataclass(frozen=True)
class Absorption:
    """Share of a budget that has been spent, in per cent, with its worked sum; None without a budget or
    before anything was entered."""

    value: Decimal | None = None
    sum_text: str = ""


def absorption(spent: Decimal | None, budget: Decimal | None) -> Absorption:
    """Return spent ÷ budget × 100. Blank is not 0, and a budget of 0 gives no figure."""
    if spent is None or budget is None or budget <= ZERO:
        return Absorption()
    value = spent / budget * HUNDRED
    return Absorption(value, f"{figure(spent, 0)} ÷ {figure(budget, 0)} × 100 = {percent(value)} %")


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of what is filled in, None when nothing is."""
    filled = [amount for amount in amounts if amount is not None]
    return sum(filled, ZERO) if filled else None

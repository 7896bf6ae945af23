"""What the made-up office reaches of a target."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from runtut.demo.formulas.chance import chance

SPREAD = 0.035
COUNTED = 20
"""Targets up to this size without decimals are counted in ones: one more or one less."""


def reached(
    target: Decimal, *, decimals: int, less_is_better: bool, most: Decimal | None, of: str
) -> Decimal:
    """Return the figure of a quarter: near its target, a little above it twice out of three.

    `of` names the indicator and the quarter. Rounded to `decimals`, never negative, never above `most`.
    """
    lot, size = chance("good", of), chance("size", of)
    good = lot < 2 / 3
    if decimals == 0 and target <= COUNTED:
        value = target if lot < 0.6 else target + (1 if good else -1)
    else:
        share = Decimal(str(round(SPREAD * (0.2 + 0.8 * size), 4)))
        up = good != less_is_better
        value = target * (1 + share if up else 1 - share)
    value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return max(Decimal(0), min(value, most) if most is not None else value)

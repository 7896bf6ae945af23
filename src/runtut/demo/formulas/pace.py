"""How long the people of the made-up office take."""

from __future__ import annotations

from runtut.demo.formulas.chance import chance

SHORT = 60
"""Minutes up to which a standard time is one that a full desk easily misses."""


def minutes_taken(standard: int, *names: object) -> int:
    """Return the working minutes that somebody takes for a step of a standard time in minutes.

    Mostly within it; about one in eight takes longer, of the short steps one in four. At least two minutes.
    """
    lot, size = chance("lot", *names), chance("size", *names)
    if standard <= SHORT:
        factor = 1.5 + 6 * size if lot < 0.25 else 0.4 + 0.5 * size
    else:
        factor = 1.05 + 0.4 * size if lot < 0.12 else 0.2 + 0.5 * size
    return max(2, round(standard * factor))

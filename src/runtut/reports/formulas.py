"""Figures about runs. Pure; minutes are working minutes."""

from __future__ import annotations

from collections.abc import Sequence


def percentile(values: Sequence[int], share: int) -> int | None:
    """Return the smallest value that at least `share` per cent of the values do not exceed (nearest rank).

    None for no values. The 50th is the median of the nearest rank: always a value that occurred.
    """
    if not values:
        return None
    rank = -(-len(values) * share // 100)
    return sorted(values)[max(rank, 1) - 1]


def share_of(part: int, whole: int) -> int | None:
    """Return a part in whole per cent, halves rounded up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None

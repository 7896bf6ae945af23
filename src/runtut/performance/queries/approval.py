"""Whether a quarter's figures wait for the head's approval. No query: asked of the rows of a grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from runtut.performance.enums import RealisationState
from runtut.performance.queries.grid_row import GridRow


def not_handed_over(rows: Iterable[GridRow]) -> list[GridRow]:
    """Return what the quarter still waits for from its owners."""
    return [row for row in rows if row.is_due and not row.is_handed_over]


def awaits_approval(rows: Sequence[GridRow]) -> bool:
    """Tell whether everything is handed over and something has not been approved yet."""
    handed_in = any(row.is_due and row.state == RealisationState.SUBMITTED for row in rows)
    return handed_in and not not_handed_over(rows)

"""The targets of an RKT as a form: one row per indicator, one cell for the year and each quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from runtut.core.errors import DomainError
from runtut.organisations.models import Authority
from runtut.performance.actions import set_rkt_targets
from runtut.performance.models import Indicator, Rkt
from runtut.performance.queries import RktRow, RktView
from runtut.web.forms.cells import Cell, Typed, cell_of

KEYS = ("year", "tw1", "tw2", "tw3", "tw4")
LABELS = ("Target tahun", "TW I", "TW II", "TW III", "TW IV")


@dataclass
class PlanRow:
    """One indicator of the plan with its cells."""

    row: RktRow
    cells: list[Cell]


def plan_rows(view: RktView, typed: Typed | None = None) -> list[PlanRow]:
    """Make the targets a form; of a POST, with what was typed."""
    return [_row(row, typed) for row in view.rows]


def plan_cells(rows: Sequence[PlanRow]) -> list[Cell]:
    """Return every cell, row by row."""
    return [cell for one in rows for cell in one.cells]


def _row(row: RktRow, typed: Typed | None) -> PlanRow:
    one = row.indicator
    bounds = (row.year, *row.quarters)[: 5 if row.has_quarters else 1]
    cells = [
        cell_of(f"{one.uid}-{key}", key, label, bound, one, typed)
        for key, label, bound in zip(KEYS, LABELS, bounds, strict=False)
    ]
    return PlanRow(row, cells)


def save_rows(rows: Sequence[PlanRow], rkt: Rkt, *, authority: Authority, at: datetime) -> bool:
    """Save every figure that somebody has typed into, a row in one act; what is refused stays typed, with its
    sentence at the cell, and the others are kept. True when nothing was refused. A refusal of the whole plan
    rises."""
    for one in rows:
        left = [cell for cell in one.cells if cell.is_touched]
        while left and (refused := _refused(one.row.indicator, left, rkt, authority, at)):
            left.remove(refused)
    return not any(cell.error for cell in plan_cells(rows))


def _refused(
    indicator: Indicator, cells: Sequence[Cell], rkt: Rkt, authority: Authority, at: datetime
) -> Cell | None:
    """Save figures of an indicator; return the one because of which nothing was saved."""
    texts = {cell.column: cell.text for cell in cells}
    uppers = {f"{cell.column}_upper": cell.upper for cell in cells if cell.upper is not None}
    try:
        set_rkt_targets(
            rkt=rkt,
            indicator=indicator,
            texts={**texts, **uppers},
            authority=authority,
            at=at,
            seen={cell.column: cell.seen or "" for cell in cells},
        )
    except DomainError as refusal:
        cell = next((cell for cell in cells if cell.column == refusal.field), None)
        if cell is None:
            raise
        cell.error = refusal.sentence
        return cell
    return None

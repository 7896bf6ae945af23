"""The targets of a Renstra as a form: under goals and objectives a row per indicator, a cell for where it
begins and one for each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from runtut.core.errors import DomainError
from runtut.organisations.models import Authority
from runtut.performance.actions import set_base_value, set_renstra_target
from runtut.performance.models import Goal, Objective
from runtut.performance.queries import Bounds, PlannedIndicator, RenstraView
from runtut.web.forms.cells import Cell, Typed, cell_of

BASE = "awal"
BASE_LABEL = "Kondisi awal"


@dataclass
class IndicatorRow:
    """One indicator with its cells: where it begins, then every year."""

    row: PlannedIndicator
    base: Cell
    years: list[Cell]

    @property
    def cells(self) -> list[Cell]:
        return [self.base, *self.years]


@dataclass
class ObjectiveRows:
    objective: Objective
    rows: list[IndicatorRow]


@dataclass
class GoalRows:
    """A goal with its objectives; `goal` is None for objectives that serve none yet."""

    goal: Goal | None
    objectives: list[ObjectiveRows]


def renstra_rows(view: RenstraView, typed: Typed | None = None) -> list[GoalRows]:
    """Make the Renstra a form; of a POST, with what was typed."""
    return [
        GoalRows(
            group.goal,
            [
                ObjectiveRows(one.objective, [_row(row, view.years, typed) for row in one.indicators])
                for one in group.objectives
            ],
        )
        for group in view.goals
    ]


def indicator_rows(groups: Sequence[GoalRows]) -> Iterator[IndicatorRow]:
    """Yield the rows of all indicators, from the top."""
    for group in groups:
        for one in group.objectives:
            yield from one.rows


def cells_of(groups: Sequence[GoalRows]) -> list[Cell]:
    """Return every cell, row by row."""
    return [cell for row in indicator_rows(groups) for cell in row.cells]


def _row(row: PlannedIndicator, years: Sequence[int], typed: Typed | None) -> IndicatorRow:
    one = row.indicator
    base = cell_of(f"{one.uid}-{BASE}", BASE, BASE_LABEL, Bounds(one.base_value), one, typed)
    base.upper = None
    return IndicatorRow(
        row,
        base,
        [
            cell_of(f"{one.uid}-{year}", str(year), f"Target {year}", bounds, one, typed)
            for year, bounds in zip(years, row.targets, strict=True)
        ],
    )


def save_renstra(groups: Sequence[GoalRows], *, reason: str, authority: Authority, at: datetime) -> bool:
    """Save every figure that somebody has typed into, each on its own: what is refused stays typed, with its
    sentence at the cell. True when nothing was refused. A refusal of access rises."""
    for row in indicator_rows(groups):
        for cell in row.cells:
            if cell.is_touched:
                _save(row, cell, reason, {"authority": authority, "at": at, "seen": cell.seen})
    return not any(cell.error for cell in cells_of(groups))


def _save(row: IndicatorRow, cell: Cell, reason: str, given: dict[str, Any]) -> None:
    indicator = row.row.indicator
    try:
        if cell is row.base:
            set_base_value(indicator=indicator, value_text=cell.text, **given)
            return
        set_renstra_target(
            indicator=indicator,
            year=int(cell.column),
            value_text=cell.text,
            upper_text=cell.upper or "",
            reason=reason,
            **given,
        )
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        cell.error = refusal.sentence

"""What the handlers of this room ask of a task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from runtut.cases.enums import NoticeAbout
from runtut.cases.models import Task
from runtut.cases.registry import Ask
from runtut.core.periods import Quarter
from runtut.performance.actions.telling import GRID, figures_path
from runtut.performance.enums import RealisationState
from runtut.performance.errors import QuarterMissing
from runtut.performance.queries import GridRow, grid, owner_statuses


def quarter_of(task: Task) -> Quarter:
    """Return the quarter of the task's run. Raises QuarterMissing for a run without one."""
    if task.case.quarter is None:
        raise QuarterMissing
    return Quarter(task.case.year, task.case.quarter)


def figure_asks(task: Task, at: datetime, *, only_returned: bool = False) -> list[Ask]:
    """Return whose figures of the run's quarter a task still waits for, its own position left out; where
    figures came back, which ones and why. `only_returned` leaves out who has yet to give any."""
    unit, quarter = task.case.unit, quarter_of(task)
    rows = grid(unit=unit, quarter=quarter)
    path = figures_path(GRID, unit, quarter)
    found = []
    for one in owner_statuses(rows=rows, quarter=quarter, on=unit.local_date(at)):
        back = came_back(rows, one.position.pk)
        if one.is_complete or one.position.pk == task.position_id or (only_returned and not back):
            continue
        named = ", ".join(row.indicator.short_name for row in back)
        title = f"{quarter.label}: {named}" if back else f"Realisasi {quarter.label} {unit.short_name}"
        found.append(Ask(one.position.pk, NoticeAbout.FIGURES, title, path, reasons_of(back)))
    return found


def came_back(rows: Sequence[GridRow], owner_id: int) -> list[GridRow]:
    """Return the figures of an owner that were given back and not handed over again."""
    return [
        row for row in rows if row.indicator.owner_id == owner_id and row.state == RealisationState.RETURNED
    ]


def reasons_of(rows: Sequence[GridRow]) -> str:
    """Return why figures came back, each reason once."""
    said = [row.realisation.return_reason for row in rows if row.realisation]
    return "\n".join(dict.fromkeys(said))

"""What the handlers of this room ask of a task."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.enums import NoticeAbout
from runtut.cases.models import Task
from runtut.cases.registry import Ask
from runtut.core.periods import Quarter
from runtut.performance.actions.telling import GRID, figures_path
from runtut.performance.errors import QuarterMissing
from runtut.performance.queries import completeness


def quarter_of(task: Task) -> Quarter:
    """Return the quarter of the task's run. Raises QuarterMissing for a run without one."""
    if task.case.quarter is None:
        raise QuarterMissing
    return Quarter(task.case.year, task.case.quarter)


def figure_asks(task: Task, at: datetime) -> list[Ask]:
    """Return whose figures of the run's quarter a task still waits for, its own position left out."""
    unit, quarter = task.case.unit, quarter_of(task)
    path = figures_path(GRID, unit, quarter)
    title = f"Realisasi {quarter.label} {unit.short_name}"
    return [
        Ask(one.position.pk, NoticeAbout.FIGURES, title, path)
        for one in completeness(unit=unit, quarter=quarter, on=unit.local_date(at))
        if not one.is_complete and one.position.pk != task.position_id
    ]

"""Whose figures a running procedure waits for, without a step of theirs that asks for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from runtut.cases.enums import TaskState
from runtut.cases.models import Task
from runtut.core.periods import Quarter
from runtut.organisations.models import Position
from runtut.performance.queries.grid import grid
from runtut.procedures.enums import Work
from runtut.procedures.models import Step

WAITING = (
    Q(work=Work.PREPARE, topic="measurement")
    | Q(work=Work.PREPARE, topic="data_compilation")
    | Q(work=Work.COLLECT, topic="data_compilation")
)
"""Steps that cannot end before the owners of figures have handed them over."""


@dataclass(frozen=True)
class FiguresAsked:
    """A task that waits for figures of a position other than its own; `left` of them are not handed over."""

    task: Task
    position: Position
    quarter: Quarter
    left: int


def figures_asked_of(*, position_ids: Collection[int], unit_paths: Collection[str]) -> list[FiguresAsked]:
    """Return what runs wait for from these positions, oldest first.

    `unit_paths` are the paths of the positions' offices. One query while nothing waits; then one more, and
    four for every office and quarter that is being brought together, however many runs there are.
    """
    if not position_ids:
        return []
    step = Step.objects.filter(WAITING, version=OuterRef("case__procedure_version"), no=OuterRef("step_no"))
    waiting = Task.objects.filter(
        Exists(step), unit__path__in=unit_paths, state=TaskState.OPEN, case__quarter__isnull=False
    )
    tasks = list(waiting.select_related("case__unit", "unit").order_by("id"))
    if not tasks:
        return []
    own = list(Position.objects.filter(pk__in=position_ids).select_related("unit").order_by("pk"))
    periods = {(task.case.unit_id, period_of(task)): task for task in tasks}
    left = {key: owing(task, own) for key, task in periods.items()}
    return [
        FiguresAsked(task, position, period_of(task), count)
        for task in tasks
        for position in own
        if position.pk != task.position_id
        and (count := left[task.case.unit_id, period_of(task)].get(position.pk, 0))
    ]


def period_of(task: Task) -> Quarter:
    assert task.case.quarter is not None
    return Quarter(task.case.year, task.case.quarter)


def owing(task: Task, positions: Collection[Position]) -> dict[int, int]:
    """Return how many figures each position has not handed over for the quarter of a task (four queries)."""
    rows = grid(unit=task.case.unit, quarter=period_of(task))
    open_rows = [row.indicator.owner_id for row in rows if row.is_due and not row.is_handed_over]
    return {one.pk: open_rows.count(one.pk) for one in positions}

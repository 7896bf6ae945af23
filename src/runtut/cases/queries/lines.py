"""Tasks as lines of a list: read once, labelled once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from runtut.cases.enums import ReminderKind, TaskState
from runtut.cases.models import Reminder, Task
from runtut.procedures.models import Step

PAGE = 25

Cursor = tuple[datetime, int]
"""The deadline and id of the last line seen: the next page begins after it."""


@dataclass(frozen=True)
class TaskLine:
    """An open task in a list. `reminder` is the strongest reminder given so far."""

    uid: UUID
    case_uid: UUID
    case_version: int
    case_title: str
    procedure_version_id: int
    unit: str
    step_no: int
    label: str
    activity: str
    work: str
    position_id: int
    position: str
    round: int
    opened_at: datetime
    due_at: datetime
    is_late: bool
    is_paused: bool
    claimed_by_id: int | None
    claimed_by: str
    reminder: ReminderKind | None


class TaskRow(NamedTuple):
    """What a list reads of an open task, in the order of COLUMNS: plain values, because making objects of
    fifty tasks with their runs took longer than finding them."""

    id: int
    uid: UUID
    case_uid: UUID
    case_version: int
    case_title: str
    procedure_version_id: int
    unit: str
    step_no: int
    position_id: int
    position: str
    round: int
    opened_at: datetime
    due_at: datetime
    paused_at: datetime | None
    claimed_by_id: int | None
    claimed_by: str | None


NAMED = {
    "case_uid": "case__uid",
    "case_version": "case__version",
    "case_title": "case__title",
    "procedure_version_id": "case__procedure_version_id",
    "unit": "case__unit__short_name",
    "position": "position__short_title",
    "paused_at": "case__paused_at",
    "claimed_by": "claimed_by__full_name",
}
COLUMNS = tuple(NAMED.get(name, name) for name in TaskRow._fields)


class StepWords(NamedTuple):
    """What a list says of a step."""

    version_id: int
    no: int
    label: str
    activity: str
    work: str


@dataclass(frozen=True)
class TaskPage:
    """A page of lines, the most pressing first; `after` leads to the next page, None on the last."""

    lines: tuple[TaskLine, ...]
    after: Cursor | None


def open_lines(tasks: QuerySet[Task], *, at: datetime, after: Cursor | None, limit: int) -> TaskPage:
    """Return a page of open tasks by deadline. Three queries, whatever the number of lines, SOPs, units."""
    if after is not None:
        tasks = beyond(tasks, after)
    found = tasks.order_by("due_at", "id").values_list(*COLUMNS)[: limit + 1]
    rows = [TaskRow._make(row) for row in found]
    shown = rows[:limit]
    steps, reminders = steps_of(shown), reminders_of(shown)
    lines = tuple(
        line_of(row, steps[row.procedure_version_id, row.step_no], reminders.get(row.id), at) for row in shown
    )
    more = len(rows) > limit
    return TaskPage(lines, (shown[-1].due_at, shown[-1].id) if more else None)


def beyond(tasks: QuerySet[Task], after: Cursor) -> QuerySet[Task]:
    """Return the tasks that follow a page's last line. The deadline stands as a bound of its own, so that the
    index is entered where that page ended: an OR alone would read all the lines before it again."""
    due_at, key = after
    return tasks.filter(Q(due_at__gt=due_at) | Q(id__gt=key), due_at__gte=due_at)


def line_of(row: TaskRow, step: StepWords, reminder: ReminderKind | None, at: datetime) -> TaskLine:
    return TaskLine(
        uid=row.uid,
        case_uid=row.case_uid,
        case_version=row.case_version,
        case_title=row.case_title,
        procedure_version_id=row.procedure_version_id,
        unit=row.unit,
        step_no=row.step_no,
        label=step.label,
        activity=step.activity,
        work=step.work,
        position_id=row.position_id,
        position=row.position,
        round=row.round,
        opened_at=row.opened_at,
        due_at=row.due_at,
        is_late=row.due_at < at,
        is_paused=row.paused_at is not None,
        claimed_by_id=row.claimed_by_id,
        claimed_by=row.claimed_by or "",
        reminder=reminder,
    )


def steps_of(rows: Sequence[TaskRow]) -> dict[tuple[int, int], StepWords]:
    """Return the steps that tasks are attempts at, by version and number (one query)."""
    wanted = Step.objects.filter(
        version__in={row.procedure_version_id for row in rows}, no__in={row.step_no for row in rows}
    ).values_list(*StepWords._fields)
    return {(step[0], step[1]): StepWords._make(step) for step in wanted}


def reminders_of(rows: Iterable[TaskRow]) -> dict[int, ReminderKind]:
    """Return the strongest reminder given for each task (one query)."""
    given = Reminder.objects.filter(task_id__in=[row.id for row in rows], fired_at__isnull=False)
    found: dict[int, ReminderKind] = {}
    for task_id, kind in given.order_by("due_at").values_list("task_id", "kind"):
        found[task_id] = ReminderKind(kind)
    return found


class Literal(Value):
    """A number written into the SQL itself. A parameter in its place would keep PostgreSQL's generic plans
    from using a partial index whose condition names that number."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return str(int(self.value)), ()


def open_now() -> QuerySet[Task]:
    """Return the open tasks, in the words of the partial indexes."""
    return Task.objects.filter(state=Literal(TaskState.OPEN.value))

"""Tasks as lines of a list: read once, labelled once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
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


@dataclass(frozen=True)
class TaskPage:
    """A page of lines, the most pressing first; `after` leads to the next page, None on the last."""

    lines: tuple[TaskLine, ...]
    after: Cursor | None


def open_lines(tasks: QuerySet[Task], *, at: datetime, after: Cursor | None, limit: int) -> TaskPage:
    """Return a page of open tasks by deadline. Three queries, whatever the number of lines, SOPs, units."""
    if after is not None:
        tasks = beyond(tasks, after)
    rows = list(
        tasks.select_related("case__unit", "position", "claimed_by").order_by("due_at", "id")[: limit + 1]
    )
    shown = rows[:limit]
    steps, reminders = steps_of(shown), reminders_of(shown)
    lines = tuple(
        line_of(task, steps[task.case.procedure_version_id, task.step_no], reminders.get(task.pk), at)
        for task in shown
    )
    more = len(rows) > limit
    return TaskPage(lines, (shown[-1].due_at, shown[-1].pk) if more else None)


def beyond(tasks: QuerySet[Task], after: Cursor) -> QuerySet[Task]:
    """Return the tasks that follow a page's last line. The deadline stands as a bound of its own, so that the
    index is entered where that page ended: an OR alone would read all the lines before it again."""
    due_at, key = after
    return tasks.filter(Q(due_at__gt=due_at) | Q(id__gt=key), due_at__gte=due_at)


def line_of(task: Task, step: Step, reminder: ReminderKind | None, at: datetime) -> TaskLine:
    case = task.case
    return TaskLine(
        uid=task.uid,
        case_uid=case.uid,
        case_version=case.version,
        case_title=case.title,
        procedure_version_id=case.procedure_version_id,
        unit=case.unit.short_name,
        step_no=task.step_no,
        label=step.label,
        activity=step.activity,
        work=step.work,
        position_id=task.position_id,
        position=task.position.short_title,
        round=task.round,
        opened_at=task.opened_at,
        due_at=task.due_at,
        is_late=task.due_at < at,
        is_paused=case.paused_at is not None,
        claimed_by_id=task.claimed_by_id,
        claimed_by=task.claimed_by.full_name if task.claimed_by else "",
        reminder=reminder,
    )


def steps_of(tasks: Sequence[Task]) -> dict[tuple[int, int], Step]:
    """Return the steps that tasks are attempts at, by version and number (one query)."""
    wanted = Step.objects.filter(
        version__in={task.case.procedure_version_id for task in tasks},
        no__in={task.step_no for task in tasks},
    ).only("version_id", "no", "label", "activity", "work")
    return {(step.version_id, step.no): step for step in wanted}


def reminders_of(tasks: Iterable[Task]) -> dict[int, ReminderKind]:
    """Return the strongest reminder given for each task (one query)."""
    given = Reminder.objects.filter(task_id__in=[task.pk for task in tasks], fired_at__isnull=False)
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

"""From the engine's changes to the rows of an act: deadlines, reminders, minutes used."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from runtut.cases.actions.act import Closing, Moving, Opening
from runtut.cases.engine import Changes, Close, Finish, Open
from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Task
from runtut.cases.queries.deadlines import due_date, minutes_worked, reminder_times
from runtut.cases.queries.sheet import Sheet
from runtut.core.uids import uuid7
from runtut.core.worktime import Calendar
from runtut.procedures.graph import Graph


def opening(
    change: Open,
    *,
    case: Case,
    graph: Graph,
    calendar: Calendar,
    supervising_unit_id: int | None,
    at: datetime,
) -> Opening:
    """Return the row of a task that opens now, with its deadline and reminders."""
    attempt, step = change.attempt, graph.step(change.attempt.step_no)
    due_at = due_date(calendar, at, step.rule_value, step.rule_unit)
    row: dict[str, Any] = {
        "uid": uuid7(),
        "region": case.region,
        "case_id": case.pk,
        "unit_id": case.unit_id,
        "supervising_unit_id": supervising_unit_id,
        "position_id": attempt.position_id,
        "step_no": attempt.step_no,
        "round": attempt.round,
        "branch": attempt.branch,
        "state": TaskState.OPEN.value,
        "opened_at": at,
        "due_at": due_at,
        "rule_value": step.rule_value,
        "rule_unit": str(step.rule_unit),
        "calendar_version": calendar.version,
        "extended_minutes": 0,
        "paused_minutes": 0,
        "capacity": "",
        "note": "",
    }
    return Opening(row, change.participants, reminder_times(calendar, at, due_at))


def openings(sheet: Sheet, changes: Changes, at: datetime) -> tuple[Opening, ...]:
    """Return the tasks that an act on a task opens."""
    return tuple(
        opening(
            change,
            case=sheet.case,
            graph=sheet.graph,
            calendar=sheet.calendar,
            supervising_unit_id=sheet.task.supervising_unit_id,
            at=at,
        )
        for change in changes
        if isinstance(change, Open)
    )


def closings(sheet: Sheet, changes: Changes, note: str, at: datetime) -> tuple[Closing, ...]:
    """Return the tasks that an act closes. Only the task acted upon keeps its minutes and the note: the time
    of withdrawn siblings is nobody's."""
    return tuple(closing(sheet, change, note, at) for change in changes if isinstance(change, Close))


def closing(sheet: Sheet, change: Close, note: str, at: datetime) -> Closing:
    task_id = sheet.keys[change.attempt]
    if change.state == TaskState.WITHDRAWN or task_id != sheet.task.pk:
        return Closing(task_id, change.state, None)
    task = sheet.task
    minutes = minutes_worked(sheet.calendar, task.opened_at, at, task.paused_minutes)
    return Closing(task_id, change.state, minutes, note)


def finish(changes: Changes) -> Finish | None:
    """Return how an act ends the run, if it does."""
    return next((change for change in changes if isinstance(change, Finish)), None)


def moving(task: Task, calendar: Calendar, **changed: Any) -> Moving:
    """Return what changes for an open task; deadline and reminders follow from the values it then has."""
    row: dict[str, Any] = {
        "position_id": task.position_id,
        "claimed_by_id": task.claimed_by_id,
        "extended_minutes": task.extended_minutes,
        "paused_minutes": task.paused_minutes,
    } | changed
    added = row["extended_minutes"] + row["paused_minutes"]
    due_at = due_date(calendar, task.opened_at, task.rule_value, task.rule_unit, added)
    row |= {"due_at": due_at, "calendar_version": calendar.version}
    reminders = {} if due_at == task.due_at else reminder_times(calendar, task.opened_at, due_at)
    return Moving(task.pk, row, reminders)


def opened_data(opened: tuple[Opening, ...]) -> Iterator[dict[str, object]]:
    """Yield what the history tells of the tasks that an act opened."""
    for item in opened:
        row = item.row
        yield {
            "uid": row["uid"],
            "step": row["step_no"],
            "round": row["round"],
            "branch": row["branch"],
            "position": row["position_id"],
            "due": row["due_at"],
        }

"""From the engine's changes to the rows of an act: deadlines, reminders, minutes used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from runtut.cases.actions.act import Closing, Moving, NewTask, Opening
from runtut.cases.engine import Changes, Close, Finish, Open
from runtut.cases.enums import TaskState
from runtut.cases.models import Task
from runtut.cases.queries.deadlines import due_date, minutes_worked, reminder_times
from runtut.cases.queries.sheet import Sheet
from runtut.core.uids import uuid7
from runtut.core.worktime import Calendar
from runtut.procedures.graph import Graph


def opening(
    changes: Changes,
    *,
    graph: Graph,
    calendar: Calendar,
    supervising_unit_id: int | None,
    at: datetime,
) -> Opening | None:
    """Return the step that an act opens, with the deadline and the reminders of its tasks."""
    opened = [change for change in changes if isinstance(change, Open)]
    if not opened:
        return None
    first = opened[0]
    step = graph.step(first.attempt.step_no)
    due_at = due_date(calendar, at, step.rule_value, step.rule_unit)
    return Opening(
        tasks=tuple(NewTask(uuid7(), change.attempt.position_id, change.attempt.branch) for change in opened),
        participants=first.participants,
        step_no=step.no,
        round=first.attempt.round,
        due_at=due_at,
        reminders=reminder_times(calendar, at, due_at),
        rule_value=step.rule_value,
        rule_unit=str(step.rule_unit),
        calendar_version=calendar.version,
        supervising_unit_id=supervising_unit_id,
        calls=first.calls,
    )


def opened_by(sheet: Sheet, changes: Changes, at: datetime) -> Opening | None:
    """Return the step that an act on a task opens."""
    return opening(
        changes,
        graph=sheet.graph,
        calendar=sheet.calendar,
        supervising_unit_id=sheet.task.supervising_unit_id,
        at=at,
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
        "rule_value": task.rule_value,
        "rule_unit": task.rule_unit,
    } | changed
    added = row["extended_minutes"] + row["paused_minutes"]
    due_at = due_date(calendar, task.opened_at, row["rule_value"], row["rule_unit"], added)
    row |= {"due_at": due_at, "calendar_version": calendar.version}
    reminders = {} if due_at == task.due_at else reminder_times(calendar, task.opened_at, due_at)
    return Moving(task.pk, row, reminders)


def opened_data(opened: Opening | None) -> list[dict[str, object]]:
    """Return what the history tells of the tasks that an act opened."""
    if opened is None:
        return []
    return [
        {
            "uid": task.uid,
            "step": opened.step_no,
            "round": opened.round,
            "branch": task.branch,
            "position": task.position_id,
            "due": opened.due_at,
        }
        for task in opened.tasks
    ]

"""Deadlines of the steps that wait for a meeting: they follow its end."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from runtut.cases.actions import decide
from runtut.cases.actions.act import Act, Moving, Opening
from runtut.cases.actions.write import write_act
from runtut.cases.enums import CaseState, EventKind, TaskState
from runtut.cases.models import Case, CaseEvent, Meeting, Task
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.deadlines import due_date
from runtut.cases.queries.meetings import meeting_at_work
from runtut.cases.queries.sheet import case_by_uid, step_of, tasks_with_case
from runtut.cases.rules import local_moment
from runtut.core.worktime import Calendar
from runtut.organisations.models import Authority
from runtut.organisations.rules import system_authority
from runtut.procedures.enums import Work
from runtut.procedures.graph import Graph


def follow_move(meeting: Meeting, data: dict[str, str], authority: Authority, at: datetime) -> Case:
    """Note in the history of a meeting's run that it was moved, and let open steps that wait for it, there
    and in related runs, be due when it ends."""
    waiting = waiting_for(meeting)
    for uid in dict.fromkeys([meeting.case.uid, *(task.case.uid for task in waiting)]):
        case = case_by_uid(uid)
        own = [task for task in waiting if task.case_id == case.pk]
        movings = tuple(moved_with(own, meeting, calendar_of(case.unit)))
        if case.state == CaseState.RUNNING and (movings or case.pk == meeting.case_id):
            due = {moving.task_id: moving.row["due_at"] for moving in movings}
            told = data | {"due": due}
            write_act(Act(case, EventKind.MEETING_MOVED, authority, at, data=told, movings=movings))
    return meeting.case


def waiting_for(meeting: Meeting) -> list[Task]:
    """Return the open steps at which a meeting is to be held: of its run, the run that called it, and those
    that it called."""
    parent = meeting.case.parent_task_id
    calling = Task.objects.filter(pk=parent).values("case") if parent else ()
    near = Q(case=meeting.case_id) | Q(case__in=calling) | Q(case__parent_task__case=meeting.case_id)
    found = tasks_with_case().filter(near, state=TaskState.OPEN).order_by("id")
    return [task for task in found if step_of(task).work == Work.MEET and meeting_at_work(task) == meeting]


def moved_with(tasks: Sequence[Task], meeting: Meeting, calendar: Calendar) -> Iterable[Moving]:
    """Yield what changes for the tasks whose deadline is not when the meeting ends: they get the working
    minutes in between, and keep what somebody has given them besides."""
    given = minutes_given(tasks)
    for task in tasks:
        own = due_date(calendar, task.opened_at, task.rule_value, task.rule_unit, task.paused_minutes)
        over = meeting.ends_at or calendar.deadline(meeting.starts_at, task.rule_value, task.rule_unit)
        minutes = (calendar.between(own, over) if over > own else 0) + given.get(task.pk, 0)
        if minutes != task.extended_minutes:
            yield decide.moving(task, calendar, extended_minutes=minutes)


def minutes_given(tasks: Sequence[Task]) -> dict[int, int]:
    """Return the working minutes by which tasks were extended by hand (one query)."""
    events = CaseEvent.objects.filter(
        kind=EventKind.EXTENDED,
        case_id__in={task.case_id for task in tasks},
        task_id__in=[task.pk for task in tasks],
    )
    found: dict[int, int] = {}
    for key, data in events.values_list("task_id", "data"):
        found[key or 0] = found.get(key or 0, 0) + int(json.loads(data)["minutes"])
    return found


def follow_at_opening(case: Case, graph: Graph, opened: Opening | None, at: datetime) -> None:
    """Let a step at which a meeting is held, when it opens, be due when the meeting ends."""
    if opened is None or graph.step(opened.step_no).work != Work.MEET:
        return
    meeting = meeting_at_work(tasks_with_case().get(uid=opened.tasks[0].uid))
    if meeting is not None:
        let_follow(case, meeting, at)


def let_follow(case: Case, meeting: Meeting, at: datetime) -> None:
    """Let the open steps of one run follow a meeting; write nothing where their deadlines stay."""
    own = [task for task in waiting_for(meeting) if task.case_id == case.pk]
    movings = tuple(moved_with(own, meeting, calendar_of(case.unit)))
    if movings:
        data = {
            "title": meeting.title,
            "when": local_moment(meeting.starts_at, meeting.unit),
            "due": {moving.task_id: moving.row["due_at"] for moving in movings},
        }
        system = system_authority(region=case.region)
        write_act(Act(case, EventKind.MEETING_SET, system, at, data=data, movings=movings))

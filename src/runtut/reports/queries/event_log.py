"""The acts on runs as an event log tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db.models import QuerySet

from runtut.accounts.models import User
from runtut.cases.enums import CaseState, EventKind
from runtut.cases.models import Case, CaseEvent, Task
from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.models import Step
from runtut.reports.rendering import LoggedEvent, LoggedRun, Logs

RUNS_AT_ONCE: Final = 500
SYSTEM: Final = "Sistem"
TRANSITIONS: Final = {
    EventKind.STARTED: "start",
    EventKind.COMPLETED: "complete",
    EventKind.RETURNED: "complete",
    EventKind.CHILD_FINISHED: "complete",
    EventKind.PAUSED: "suspend",
    EventKind.RESUMED: "resume",
    EventKind.EXTENDED: "schedule",
    EventKind.RESCHEDULED: "schedule",
    EventKind.REASSIGNED: "reassign",
    EventKind.CLAIMED: "assign",
    EventKind.RELEASED: "reassign",
    EventKind.CANCELLED: "pi_abort",
}
"""What each act is in the lifecycle that XES knows."""

ENDING: Final = frozenset({EventKind.COMPLETED, EventKind.RETURNED, EventKind.CHILD_FINISHED})
EVENT: Final = ("case_id", "sequence", "kind", "at", "user_id", "position_id", "task_id")
TASK: Final = ("pk", "step_no", "round", "opened_at", "minutes_used", "due_at", "completed_at")


def event_log(
    *, unit: OrganisationUnit | None = None, year: int | None = None, with_names: bool = False
) -> Logs:
    """Yield the runs of an office, or of all, with their events, the oldest run first. `year` is that of the
    run's period.

    People are told apart by numbers; with `with_names` they are named. Four queries at the beginning, three
    for every 500 runs.
    """
    words = _Words(with_names)
    runs = Case.objects.order_by("id")
    if unit is not None:
        runs = runs.filter(unit=unit)
    if year is not None:
        runs = runs.filter(year=year)
    for some in pages(runs):
        yield from logged(some, words)


def pages(runs: QuerySet[Case]) -> Iterator[list[Case]]:
    last = 0
    related = runs.select_related("unit", "procedure_version")
    while page := list(related.filter(pk__gt=last)[:RUNS_AT_ONCE]):
        yield page
        last = page[-1].pk


class _Words:
    """Everything that events name by a key, read once: positions, people, the labels of steps."""

    def __init__(self, with_names: bool) -> None:
        self.with_names = with_names
        self.roles = dict(Position.objects.values_list("pk", "short_title"))
        self.names = dict(User.objects.values_list("pk", "full_name")) if with_names else {}
        steps = Step.objects.values_list("version_id", "no", "label")
        self.labels = {(version, no): label for version, no, label in steps}

    def person(self, user_id: int | None) -> str:
        if user_id is None:
            return SYSTEM
        return self.names.get(user_id, f"P{user_id}")


def logged(runs: Sequence[Case], words: _Words) -> Iterator[tuple[LoggedRun, list[LoggedEvent]]]:
    """Return some runs with their events (two queries)."""
    keys = [run.pk for run in runs]
    tasks = {row[0]: row for row in Task.objects.filter(case__in=keys).values_list(*TASK)}
    rows = CaseEvent.objects.filter(case_id__in=keys).order_by("case_id", "sequence").values_list(*EVENT)
    by_run = {key: list(group) for key, group in groupby(rows, key=itemgetter(0))}
    for run in runs:
        version = run.procedure_version_id
        events = [event_of(row, version, tasks.get(row[6] or 0), words) for row in by_run.get(run.pk, ())]
        yield run_of(run), events


def run_of(run: Case) -> LoggedRun:
    return LoggedRun(
        uid=str(run.uid),
        title=run.title,
        sop=run.procedure_version.title,
        office=run.unit.short_name,
        state=CaseState(run.state).label,
        year=run.year,
        quarter=run.quarter,
        started_at=run.started_at.isoformat(),
        due_at=run.due_at.isoformat(),
        closed_at=run.closed_at.isoformat() if run.closed_at else None,
    )


def event_of(row: Sequence[Any], version: int, task: Sequence[Any] | None, words: _Words) -> LoggedEvent:
    """Tell one act: by the name of its step where it ends one, else by what was done."""
    _, sequence, kind, at, user_id, position_id, _ = row
    role = words.roles.get(position_id or 0, "")
    person, transition, when = words.person(user_id), TRANSITIONS[kind], at.isoformat()
    if task is None or kind not in ENDING:
        return LoggedEvent(sequence, EventKind(kind).label, transition, when, person, role)
    _, step, round_no, opened_at, minutes, due_at, completed_at = task
    activity = words.labels[version, step]
    if kind == EventKind.RETURNED:
        activity = f"Dikembalikan: {activity}"
    return LoggedEvent(
        sequence,
        activity,
        transition,
        when,
        person,
        role,
        step,
        round_no,
        opened_at.isoformat(),
        minutes,
        is_late(completed_at, due_at),
    )


def is_late(completed_at: datetime | None, due_at: datetime) -> bool | None:
    return None if completed_at is None else completed_at > due_at

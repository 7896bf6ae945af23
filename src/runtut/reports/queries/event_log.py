"""The acts on runs as an event log tells them.

Plain SQL: a log of a kabupaten has millions of acts, and making objects of them costs more than telling them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from runtut.accounts.models import User
from runtut.cases.enums import CaseState, EventKind
from runtut.cases.models import Case, CaseEvent, Task
from runtut.core.sql import database, fetch_all
from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.models import ProcedureVersion, Step
from runtut.reports.rendering import LoggedEvent, LoggedRun, Logs

RUNS_AT_ONCE: Final = 500
SYSTEM: Final = "Sistem"
GROUPS: Final = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
"""Where the groups of a UUID begin among its 32 digits, and how long they are."""

TRANSITIONS: Final = {
    EventKind.STARTED: "start",
    EventKind.COMPLETED: "complete",
    EventKind.RETURNED: "complete",
    EventKind.CHILD_FINISHED: "complete",
    EventKind.PAUSED: "suspend",
    EventKind.RESUMED: "resume",
    EventKind.EXTENDED: "schedule",
    EventKind.RESCHEDULED: "schedule",
    EventKind.MOVED: "schedule",
    EventKind.MEETING_MOVED: "schedule",
    EventKind.MEETING_SET: "schedule",
    EventKind.CHILD_STARTED: "schedule",
    EventKind.REASSIGNED: "reassign",
    EventKind.CLAIMED: "assign",
    EventKind.RELEASED: "reassign",
    EventKind.CANCELLED: "pi_abort",
}
"""What each act is in the lifecycle that XES knows."""

ENDING: Final = frozenset({EventKind.COMPLETED, EventKind.RETURNED, EventKind.CHILD_FINISHED})
WORDS: Final = {kind.value: kind.label for kind in EventKind}
STATES: Final = {state.value: state.label for state in CaseState}
CASES, EVENTS, TASKS, UNITS, VERSIONS = (
    model._meta.db_table for model in (Case, CaseEvent, Task, OrganisationUnit, ProcedureVersion)
)


def event_log(
    *, unit: OrganisationUnit | None = None, year: int | None = None, with_names: bool = False
) -> Logs:
    """Yield the runs of an office, or of all, with their events, the oldest run first. `year` is that of the
    run's period.

    People are told apart by numbers; with `with_names` they are named. Two queries at the beginning, three
    with names, and two for every 500 runs.
    """
    words = _Words(with_names)
    wanted = {"unit": unit.pk if unit else None, "year": year}
    chosen = " AND ".join(
        condition
        for condition, value in (("c.unit_id = :unit", unit), ("c.year = :year", year))
        if value is not None
    )
    values = {name: value for name, value in wanted.items() if value is not None}
    for runs in pages(chosen or "true", values):
        yield from logged(runs, chosen or "true", values, words)


def pages(chosen: str, values: Mapping[str, Any]) -> Iterator[list[Sequence[Any]]]:
    """Yield the rows of runs, some hundreds at a time: id, version, then what LoggedRun tells."""
    sql = f"""
        SELECT c.id, c.procedure_version_id, {dashed("c.uid")}, c.title, v.title, u.short_name, c.state,
            c.year, c.quarter, {instant("c.started_at")}, {instant("c.due_at")}, {instant("c.closed_at")}
        FROM {CASES} c JOIN {VERSIONS} v ON v.id = c.procedure_version_id JOIN {UNITS} u ON u.id = c.unit_id
        WHERE c.id > :after AND {chosen} ORDER BY c.id LIMIT {RUNS_AT_ONCE}"""  # noqa: S608 (names from the models)
    after = 0
    while page := fetch_all(sql, {**values, "after": after}):
        yield page
        after = page[-1][0]


def instant(column: str) -> str:
    """Return the SQL that writes an instant as ISO 8601 in UTC."""
    if database().vendor == "postgresql":
        return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00'"""
    return f"replace({column}, ' ', 'T') || '+00:00'"


def dashed(column: str) -> str:
    """Return the SQL that writes a UUID in its five groups, which SQLite keeps as one."""
    if database().vendor == "postgresql":
        return f"{column}::text"
    return " || '-' || ".join(f"substr({column}, {start}, {count})" for start, count in GROUPS)


class _People(dict[int | None, str]):
    """The names of people by their keys; who is not named has a number."""

    def __missing__(self, user_id: int | None) -> str:
        return self.setdefault(user_id, f"P{user_id}")


class _Words:
    """Everything that events name by a key, read once: positions, people, the labels of steps."""

    def __init__(self, with_names: bool) -> None:
        self.roles = dict(Position.objects.values_list("pk", "short_title"))
        self.people = _People({None: SYSTEM})
        if with_names:
            self.people |= User.objects.values_list("pk", "full_name")
        steps = Step.objects.values_list("version_id", "no", "label")
        self.labels = {(version, no): label for version, no, label in steps}


def logged(
    runs: Sequence[Sequence[Any]], chosen: str, values: Mapping[str, Any], words: _Words
) -> Iterator[tuple[LoggedRun, list[LoggedEvent]]]:
    """Yield some runs with their events (one query; without a choice it need not look at the runs again)."""
    among = f"JOIN {CASES} c ON c.id = e.case_id" if values else ""
    sql = f"""
        SELECT e.case_id, e.sequence, e.kind, {instant("e.at")}, e.user_id, e.position_id, t.step_no, t.round,
            {instant("t.opened_at")}, t.minutes_used,
            CASE WHEN t.completed_at > t.due_at THEN 1 WHEN t.completed_at <= t.due_at THEN 0 END
        FROM {EVENTS} e {among} LEFT JOIN {TASKS} t ON t.id = e.task_id
        WHERE e.case_id BETWEEN :first AND :last AND {chosen} ORDER BY e.case_id, e.sequence"""  # noqa: S608 (names from the models)
    rows = fetch_all(sql, {**values, "first": runs[0][0], "last": runs[-1][0]})
    by_run = {key: list(group) for key, group in groupby(rows, key=itemgetter(0))}
    for key, version, uid, title, sop, office, state, *rest in runs:
        run = LoggedRun(uid, title, sop, office, STATES[state], *rest)
        yield run, [event_of(row, version, words) for row in by_run.get(key, ())]


def event_of(row: Sequence[Any], version: int, words: _Words) -> LoggedEvent:
    """Tell one act: by the name of its step where it ends one, else by what was done."""
    _, sequence, kind, at, user_id, position_id, step, round_no, opened_at, minutes, late = row
    role, person = words.roles.get(position_id, ""), words.people[user_id]
    if step is None or kind not in ENDING:
        return LoggedEvent(sequence, WORDS[kind], TRANSITIONS[kind], at, person, role)
    activity = words.labels[version, step]
    if kind == EventKind.RETURNED:
        activity = f"Dikembalikan: {activity}"
    is_late = None if late is None else bool(late)
    transition = TRANSITIONS[kind]
    return LoggedEvent(
        sequence, activity, transition, at, person, role, step, round_no, opened_at, minutes, is_late
    )

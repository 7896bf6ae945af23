"""What an act reads before it decides: few statements, none of which grows with the run's history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from runtut.cases.engine import Attempt, RunState
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import CaseUnknown, TaskUnknown
from runtut.cases.models import Case, CaseBinding, Task
from runtut.cases.queries.calendars import calendar_at, present_version
from runtut.cases.queries.prepared import PreparedQuery
from runtut.cases.rules import acting_condition, local_day
from runtut.core.worktime import Calendar
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.procedures.graph import Graph, StepNode
from runtut.procedures.queries import graph_of

TASKS = Task._meta.db_table
BINDINGS = CaseBinding._meta.db_table


@dataclass(frozen=True)
class Sheet:
    """A task, its run and its SOP as an act finds them. `keys` gives the id of each open attempt's row."""

    task: Task
    case: Case
    graph: Graph
    state: RunState
    keys: dict[Attempt, int]
    bindings: dict[int, tuple[int, ...]]
    calendar: Calendar
    on: date
    acting: bool

    @property
    def step(self) -> StepNode:
        return self.graph.step(self.task.step_no)

    @property
    def attempt(self) -> Attempt:
        return attempt_of(self.task)


def tasks_with_case() -> QuerySet[Task]:
    """Return tasks with everything that an act asks of them, in one statement."""
    return Task.objects.select_related(
        "case__unit", "case__procedure_version", "position", "claimed_by", "completed_by"
    )


TASK_BY_UID = PreparedQuery(tasks_with_case(), by="uid")


def task_by_uid(uid: UUID) -> Task:
    """Return a task with its run; raise TaskUnknown."""
    found = TASK_BY_UID.get(uid)
    if found is None:
        raise TaskUnknown
    return found


def open_tasks(case: Case) -> QuerySet[Task]:
    """Return the open tasks of a run with everything that an act asks of them."""
    return tasks_with_case().filter(case=case, state=TaskState.OPEN).order_by("id")


def case_by_uid(uid: UUID) -> Case:
    """Return a run with its unit and SOP; raise CaseUnknown."""
    found = Case.objects.select_related("unit", "procedure_version").filter(uid=uid).first()
    if found is None:
        raise CaseUnknown
    return found


def attempt_of(task: Task) -> Attempt:
    return Attempt(task.step_no, task.round, task.branch, task.position_id)


def step_of(task: Task) -> StepNode:
    """Return the step of the SOP that a task is an attempt at."""
    return graph_of(task.case.procedure_version).step(task.step_no)


def following_step(task: Task) -> int | None:
    """Return the number of the step that a task's completion leads to, None after the last."""
    return graph_of(task.case.procedure_version).next_no(task.step_no)


def read_sheet(
    task: Task, *, reach: Iterable[int | None], at: datetime, authority: Authority | None = None
) -> Sheet:
    """Return the sheet of a task, in one statement. `reach` are the steps that the act may open; with an
    authority, the sheet tells whether it is what it claims to be on the day."""
    case = task.case
    graph = graph_of(case.procedure_version)
    on = local_day(at, case.unit)
    arms = [
        *run_arms(case.pk, [graph.step(no) for no in reach if no is not None]),
        calendar_arm(case.unit),
        *([acting_arm(authority, on)] if authority else []),
    ]
    found = read_arms(arms)
    return Sheet(
        task=task,
        case=case,
        graph=graph,
        state=RunState(
            open=tuple(found.attempts),
            rounds=found.rounds,
            case=CaseState(case.state),
            paused=case.paused_at is not None,
        ),
        keys=found.attempts,
        bindings=found.bindings,
        calendar=calendar_at(case.unit, found.calendar),
        on=on,
        acting=found.acting,
    )


def bindings_of_step(case_id: int, step: StepNode) -> dict[int, tuple[int, ...]]:
    """Return the positions that a run has given to the performers of a step (one statement)."""
    return read_arms(run_arms(case_id, [step])).bindings


class Kind(IntEnum):
    """What a row of the combined statement tells."""

    OPEN = 1
    ROUND = 2
    BINDING = 3
    CALENDAR = 4
    ACTING = 5


Arm = tuple[str, list[Any]]
"""One SELECT of the combined statement with its parameters: kind, five numbers, a text."""


@dataclass
class Found:
    """What the combined statement has told."""

    attempts: dict[Attempt, int] = field(default_factory=dict)
    rounds: dict[int, int] = field(default_factory=dict)
    bindings: dict[int, tuple[int, ...]] = field(default_factory=dict)
    calendar: tuple[str, int] | None = None
    acting: bool = False


def read_arms(arms: Sequence[Arm]) -> Found:
    """Run several small questions as one statement: a round trip costs more than they do."""
    found = Found()
    with connection.cursor() as cursor:
        sql = " UNION ALL ".join(sql for sql, _ in arms)
        cursor.execute(f"{sql} ORDER BY 1, 2", [value for _, params in arms for value in params])
        for kind, key, step_no, round_no, branch, position_id, text in cursor.fetchall():
            if kind == Kind.OPEN:
                found.attempts[Attempt(step_no, round_no, branch, position_id)] = key
            elif kind == Kind.ROUND:
                found.rounds[step_no] = round_no
            elif kind == Kind.BINDING:
                found.bindings[branch] = (*found.bindings.get(branch, ()), position_id)
            elif kind == Kind.CALENDAR:
                found.calendar = (text, round_no)
            else:
                found.acting = True
    return found


def run_arms(case_id: int, steps: list[StepNode]) -> list[Arm]:
    """Return what asks for the open attempts of a run, the highest round of some steps, and the positions of
    their performers; none of it grows with what the run has been through."""
    opened = (
        f"SELECT {Kind.OPEN:d}, id, step_no, round, branch, position_id, CAST(NULL AS text) FROM {TASKS} "  # noqa: S608 (names from the models)
        f"WHERE case_id = %s AND state = {TaskState.OPEN:d}"
    )
    if not steps:
        return [(opened, [case_id])]
    numbers = [step.no for step in steps]
    performers = list({performer for step in steps for performer in step.everyone})
    rounds = (
        f"SELECT {Kind.ROUND:d}, 0, step_no, max(round), 0, 0, NULL FROM {TASKS} "  # noqa: S608 (names from the models)
        f"WHERE case_id = %s AND step_no IN ({marks(numbers)}) GROUP BY step_no"
    )
    bindings = (
        f"SELECT {Kind.BINDING:d}, id, 0, 0, performer_id, position_id, NULL FROM {BINDINGS} "  # noqa: S608 (names from the models)
        f"WHERE case_id = %s AND performer_id IN ({marks(performers)})"
    )
    return [
        (opened, [case_id]),
        (rounds, [case_id, *numbers]),
        (bindings, [case_id, *performers]),
    ]


def calendar_arm(unit: OrganisationUnit) -> Arm:
    sql, params = present_version(unit)
    return f"SELECT {Kind.CALENDAR:d}, 0, 0, version, 0, 0, uid FROM ({sql}) nearest", list(params)  # noqa: S608 (our own words)


def acting_arm(authority: Authority, on: date) -> Arm:
    condition, params = acting_condition(authority, on)
    return f"SELECT {Kind.ACTING:d}, 0, 0, 0, 0, 0, NULL WHERE {condition}", list(params)


def marks(values: Sequence[object]) -> str:
    """Return the placeholders of a list of values."""
    return ", ".join(["%s"] * len(values))

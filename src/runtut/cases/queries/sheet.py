"""What an act reads before it decides: few statements, none of which grows with the run's history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from runtut.cases.engine import Attempt, RunState
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import CaseUnknown, TaskUnknown
from runtut.cases.models import Case, CaseBinding, Task
from runtut.cases.queries.prepared import PreparedQuery
from runtut.cases.rules import local_day
from runtut.core.worktime import Calendar
from runtut.organisations.queries import calendar_for
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


def read_sheet(task: Task, *, reach: Iterable[int | None], at: datetime) -> Sheet:
    """Return the sheet of a task. `reach` are the steps that the act may open."""
    case = task.case
    graph = graph_of(case.procedure_version)
    steps = [graph.step(no) for no in reach if no is not None]
    attempts, rounds, bindings = read_run(case.pk, steps)
    return Sheet(
        task=task,
        case=case,
        graph=graph,
        state=RunState(
            open=tuple(attempts),
            rounds=rounds,
            case=CaseState(case.state),
            paused=case.paused_at is not None,
        ),
        keys=attempts,
        bindings=bindings,
        calendar=calendar_for(unit=case.unit),
        on=local_day(at, case.unit),
    )


def read_run(
    case_id: int, steps: list[StepNode]
) -> tuple[dict[Attempt, int], dict[int, int], dict[int, tuple[int, ...]]]:
    """Return the open attempts of a run with the ids of their rows, the highest round of some steps, and the
    positions of their performers. One statement, whatever the run has been through."""
    performers = {performer for step in steps for performer in step.everyone}
    sql = (
        f"SELECT 1, id, step_no, round, branch, position_id FROM {TASKS} "  # noqa: S608 (names from the models)
        f"WHERE case_id = %s AND state = {TaskState.OPEN.value} "
        f"UNION ALL SELECT 2, 0, step_no, max(round), 0, 0 FROM {TASKS} "
        f"WHERE case_id = %s AND step_no IN ({marks(steps)}) GROUP BY step_no "
        f"UNION ALL SELECT 3, id, 0, 0, performer_id, position_id FROM {BINDINGS} "
        f"WHERE case_id = %s AND performer_id IN ({marks(performers)}) ORDER BY 1, 2"
    )
    numbers = [step.no for step in steps]
    attempts: dict[Attempt, int] = {}
    rounds: dict[int, int] = {}
    bindings: dict[int, tuple[int, ...]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [case_id, case_id, *numbers, case_id, *performers])
        for what, key, step_no, round_no, branch, position_id in cursor.fetchall():
            if what == 1:
                attempts[Attempt(step_no, round_no, branch, position_id)] = key
            elif what == 2:
                rounds[step_no] = round_no
            else:
                bindings[branch] = (*bindings.get(branch, ()), position_id)
    return attempts, rounds, bindings


def marks(values: Iterable[object]) -> str:
    """Return the placeholders of a list of values; NULL, which nothing equals, for none."""
    return ", ".join("%s" for _ in values) or "NULL"

"""What an act reads before it decides: one statement, whose cost does not grow with what the run has seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet

from runtut.cases.engine import Attempt, RunState
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import CaseUnknown, TaskUnknown
from runtut.cases.models import Case, CaseBinding, Task
from runtut.cases.queries.calendars import PRESENT, calendar_at
from runtut.cases.rules import acting_condition, acting_values, local_day
from runtut.core.sql import Columns, database, fetch_one
from runtut.core.worktime import Calendar
from runtut.organisations.enums import Capacity, Zone
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.procedures.graph import Graph, StepNode
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import graph_of

TASK = Columns(Task, "t")
CASE = Columns(Case, "c")
UNIT = Columns(OrganisationUnit, "u", "id", "uid", "region", "path", "kind", "name", "short_name", "zone")
VERSION = Columns(ProcedureVersion, "v", "id", "uid", "region", "procedure_id", "number", "state", "title")
POSITION = Columns(Position, "p", "id", "region", "unit_id", "role", "title", "short_title")
OBJECTS: tuple[Columns[Any], ...] = (TASK, CASE, UNIT, VERSION, POSITION)
"""The objects in a row of the statement, in order."""


@dataclass(frozen=True)
class Sheet:
    """A task, its run and its SOP as an act finds them. `keys` gives the id of each open attempt's row; `on`
    is the day at the office, `acting` whether the authority is what it claims to be on that day."""

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


def read_sheet(
    uid: UUID, *, at: datetime, authority: Authority | None = None, target_no: int | None = None
) -> Sheet:
    """Return the sheet of a task for an act that may open the step `target_no`, else the following one.

    One statement. Raises TaskUnknown, and CalendarMissing.
    """
    values: dict[str, Any] = {"uid": uid, "target": target_no, **days_at(at)}
    if authority is not None:
        values |= acting_values(authority)
    row = fetch_one(sheet_sql(authority.capacity if authority else None, database().vendor), values)
    if row is None:
        raise TaskUnknown
    task = task_of(row)
    return sheet_of(task, row[places_of_objects()[-1] :], at)


def task_of(row: Sequence[Any]) -> Task:
    """Make the task of a row, with its run, the run's office and SOP, and its position."""
    places = pairwise(places_of_objects())
    made = [columns.build(row[start:end]) for columns, (start, end) in zip(OBJECTS, places, strict=True)]
    task, case, unit, version, position = made
    case._state.fields_cache |= {"unit": unit, "procedure_version": version}
    task._state.fields_cache |= {"case": case, "position": position}
    return cast(Task, task)


@cache
def places_of_objects() -> tuple[int, ...]:
    """Return where in the row each object begins, and where the facts do."""
    return tuple(accumulate((len(columns.names) for columns in OBJECTS), initial=0))


def sheet_of(task: Task, facts: Sequence[Any], at: datetime) -> Sheet:
    """Put together what the statement has told, in the order of sheet_sql."""
    calendar, opened, highest, bound, acting = facts
    case = task.case
    keys = {Attempt(*attempt): key for key, *attempt in numbers_of(opened)}
    return Sheet(
        task=task,
        case=case,
        graph=graph_of(case.procedure_version),
        state=RunState(
            open=tuple(keys),
            rounds={attempt[0]: attempt[1] for attempt in numbers_of(highest)},
            case=CaseState(case.state),
            paused=case.paused_at is not None,
        ),
        keys=keys,
        bindings=bindings_of_rows(bound),
        calendar=calendar_at(case.unit, calendar),
        on=local_day(at, case.unit),
        acting=bool(acting),
    )


@cache
def sheet_sql(capacity: Capacity | None, vendor: str) -> str:
    """Return the statement: the row of the task and all it hangs on, then the facts.

    Lists come as one text of numbers, because a row of its own for each would be a statement of its own. They
    are the run's open tasks and its bindings, which are few; of the tasks it has been through, only the
    newest of the step to open: of the target, or of the first step after this one that the run has been at,
    since a step beyond the next cannot have been reached without it.
    """
    join = {"postgresql": "string_agg", "sqlite": "group_concat"}[vendor]
    days = " ".join(f"WHEN '{zone}' THEN :{name}" for zone, name in DAYS.items())
    day = f"CASE u.zone {days} END"
    acting = f"CASE WHEN {acting_condition(capacity, day)} THEN 1 ELSE 0 END" if capacity else "0"
    return f"""
        SELECT {", ".join(columns.sql for columns in OBJECTS)}, {PRESENT},
            (SELECT {join}({listed("o.id, o.step_no, o.round, o.branch, o.position_id")}, ';')
                FROM {table(Task)} o WHERE o.case_id = c.id AND o.state = {TaskState.OPEN:d}),
            (SELECT {listed("r.step_no, r.round")} FROM {table(Task)} r WHERE r.case_id = c.id
                AND r.step_no = COALESCE(CAST(:target AS integer),
                    (SELECT min(f.step_no) FROM {table(Task)} f
                        WHERE f.case_id = c.id AND f.step_no > t.step_no))
                ORDER BY r.round DESC LIMIT 1),
            (SELECT {join}({listed("b.id, b.performer_id, b.position_id")}, ';')
                FROM {table(CaseBinding)} b WHERE b.case_id = c.id),
            {acting}
        FROM {table(Task)} t
        JOIN {table(Case)} c ON c.id = t.case_id
        JOIN {table(OrganisationUnit)} u ON u.id = c.unit_id
        JOIN {table(ProcedureVersion)} v ON v.id = c.procedure_version_id
        JOIN {table(Position)} p ON p.id = t.position_id
        WHERE t.uid = :uid"""  # noqa: S608 (names from the models)


def listed(columns: str) -> str:
    """Return the SQL that writes some numbers as "1,2,3"."""
    return columns.replace(", ", " || ',' || ")


def numbers_of(text: str | None) -> list[list[int]]:
    """Read the lists that sheet_sql writes: "1,2;3,4", in the order of their first number."""
    return sorted([int(number) for number in part.split(",")] for part in text.split(";")) if text else []


def bindings_of_rows(text: str | None) -> dict[int, tuple[int, ...]]:
    bindings: dict[int, tuple[int, ...]] = {}
    for _key, performer_id, position_id in numbers_of(text):
        bindings[performer_id] = (*bindings.get(performer_id, ()), position_id)
    return bindings


DAYS = {zone.value: f"day_{zone.name.lower()}" for zone in Zone}
"""By time zone: the name of the value that says which day it is there."""


def days_at(at: datetime) -> dict[str, date]:
    """Return the day of an instant in every time zone: which one counts, only the statement finds out."""
    return {name: at.astimezone(ZoneInfo(zone)).date() for zone, name in DAYS.items()}


def table(model: type[Model]) -> str:
    return model._meta.db_table


def tasks_with_case() -> QuerySet[Task]:
    """Return tasks with everything that a page or an act asks of them, in one statement."""
    return Task.objects.select_related(
        "case__unit", "case__procedure_version", "position", "claimed_by", "completed_by"
    )


def task_by_uid(uid: UUID) -> Task:
    """Return a task with its run; raise TaskUnknown."""
    found = tasks_with_case().filter(uid=uid).first()
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


def output_name(task: Task) -> str:
    """Return the name of a task's first output in the SOP, the step's own where it names none."""
    step = step_of(task)
    return step.outputs[0] if step.outputs else step.label


def bindings_of_step(case_id: int, step: StepNode) -> dict[int, tuple[int, ...]]:
    """Return the positions that a run has given to the performers of a step (one query)."""
    rows = CaseBinding.objects.filter(case=case_id, performer__in=step.everyone).order_by("id")
    bindings: dict[int, tuple[int, ...]] = {}
    for performer_id, position_id in rows.values_list("performer_id", "position_id"):
        bindings[performer_id] = (*bindings.get(performer_id, ()), position_id)
    return bindings

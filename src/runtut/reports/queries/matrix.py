"""Which office stands where with which SOP: the table of those who oversee."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from runtut.cases.enums import CaseState, TaskState
from runtut.cases.models import Case, Task
from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.enums import VersionState
from runtut.procedures.models import Procedure, ProcedureVersion
from runtut.procedures.queries import subjects_of

YEARLY: Final = Q(quarter__isnull=True)


@dataclass(frozen=True)
class Column:
    """An SOP that offices share: those adopted from one entry of the library, or of the same title."""

    key: str
    title: str


@dataclass(frozen=True)
class MatrixCell:
    """An office's newest run of an SOP in the period.

    `state` is None when nothing was started; `has_procedure` tells whether the SOP is in force there at all.
    `step_no` and `holder` say where a run under way stands; `late` that it, or an open task of it, is
    overdue.
    """

    has_procedure: bool
    state: CaseState | None = None
    case_uid: UUID | None = None
    step_no: int | None = None
    steps: int = 0
    holder: str = ""
    late: bool = False
    rounds: int = 0


@dataclass(frozen=True)
class MatrixRow:
    unit: OrganisationUnit
    cells: tuple[MatrixCell, ...]

    @property
    def late(self) -> int:
        return sum(cell.late for cell in self.cells)


@dataclass(frozen=True)
class OfficeMatrix:
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)


def office_matrix(*, units: Sequence[OrganisationUnit], quarter: Quarter, at: datetime) -> OfficeMatrix:
    """Return the offices that have an SOP in force, against those SOPs, for a quarter. Four queries.

    Runs of the quarter count, and those of the whole year (RKT, EKT), which have no quarter.
    """
    procedures = list(Procedure.objects.filter(unit__in=units).order_by("title", "id"))
    in_force = steps_in_force(procedures)
    cases = newest_cases(units, quarter)
    standing = open_tasks(case.pk for case in cases.values())
    subjects = subjects_of(procedures)
    columns = columns_of((one for one in procedures if one.pk in in_force), subjects)
    # Of several SOPs of an office under one subject the one in force counts.
    by_place = {
        (one.unit_id, subjects[one.pk]): one for one in sorted(procedures, key=lambda one: one.pk in in_force)
    }
    rows = [
        MatrixRow(
            unit,
            tuple(
                cell_of(by_place.get((unit.pk, column.key)), in_force, cases, standing, at)
                for column in columns
            ),
        )
        for unit in units
    ]
    return OfficeMatrix(columns, tuple(row for row in rows if any(one.has_procedure for one in row.cells)))


def columns_of(procedures: Iterable[Procedure], subjects: dict[int, str]) -> tuple[Column, ...]:
    titles: dict[str, str] = {}
    for procedure in procedures:
        titles.setdefault(subjects[procedure.pk], procedure.title)
    return tuple(Column(key, title) for key, title in titles.items())


def steps_in_force(procedures: Collection[Procedure]) -> dict[int, int]:
    """Return the number of steps of each procedure's version in force (one query)."""
    rows = ProcedureVersion.objects.filter(procedure__in=procedures, state=VersionState.EFFECTIVE)
    return dict(rows.values_list("procedure_id").annotate(count=Count("steps")))


def newest_cases(units: Collection[OrganisationUnit], quarter: Quarter) -> dict[int, Case]:
    """Return the newest run of each procedure in the period, by procedure id (one query); cancelled ones and
    child runs left out."""
    rows = Case.objects.filter(
        Q(quarter=quarter.number) | YEARLY, unit__in=units, year=quarter.year, parent_task=None
    ).exclude(state=CaseState.CANCELLED)
    return {
        case.procedure_version.procedure_id: case
        for case in rows.select_related("procedure_version").order_by("id")
    }


def open_tasks(cases: Iterable[int]) -> dict[int, list[Task]]:
    """Return the open tasks of runs with their positions (one query)."""
    found: dict[int, list[Task]] = {}
    rows = Task.objects.filter(case__in=list(cases), state=TaskState.OPEN).select_related("position")
    for task in rows.order_by("case_id", "step_no", "branch"):
        found.setdefault(task.case_id, []).append(task)
    return found


def cell_of(
    procedure: Procedure | None,
    in_force: dict[int, int],
    cases: dict[int, Case],
    standing: dict[int, list[Task]],
    at: datetime,
) -> MatrixCell:
    if procedure is None:
        return MatrixCell(has_procedure=False)
    steps = in_force.get(procedure.pk)
    case = cases.get(procedure.pk)
    if case is None:
        return MatrixCell(has_procedure=steps is not None, steps=steps or 0)
    tasks = standing.get(case.pk, [])
    state = CaseState(case.state)
    return MatrixCell(
        has_procedure=True,
        state=state,
        case_uid=case.uid,
        step_no=tasks[0].step_no if tasks else None,
        steps=steps or 0,
        holder=holder_of(tasks),
        late=state == CaseState.RUNNING and (case.due_at < at or any(task.due_at < at for task in tasks)),
        rounds=case.rounds,
    )


def holder_of(tasks: Sequence[Task]) -> str:
    """ "Sekcam", or "5 orang" where a step waits for several."""
    return tasks[0].position.short_title if len(tasks) == 1 else f"{len(tasks)} jabatan" if tasks else ""

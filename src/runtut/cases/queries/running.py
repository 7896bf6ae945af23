"""The list of runs, with the filters of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from runtut.cases.enums import CaseState
from runtut.cases.models import Case
from runtut.cases.queries.lines import PAGE, open_now
from runtut.procedures.models import Step


@dataclass(frozen=True)
class CaseFilter:
    """What the page's address asks for; None leaves a filter out. `unit_ids` are the offices whose runs the
    reader may see, narrowed to the chosen ones."""

    unit_ids: Collection[int]
    state: CaseState | None = None
    procedure_id: int | None = None
    year: int | None = None
    quarter: int | None = None
    late: bool = False
    text: str = ""


@dataclass(frozen=True)
class CurrentStep:
    """A step at which a run stands: one line for all its parallel tasks."""

    no: int
    positions: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True)
class CaseLine:
    """A run in a list. `steps` is how many its SOP has."""

    uid: UUID
    title: str
    unit: str
    procedure: str
    steps: int
    state: CaseState
    is_paused: bool
    rounds: int
    year: int
    quarter: int | None
    due_at: datetime
    closed_at: datetime | None
    current: tuple[CurrentStep, ...]


class CaseRow(NamedTuple):
    """What the list reads of a run, in the order of COLUMNS: plain values, because making objects of fifty
    runs took longer than finding them."""

    id: int
    uid: UUID
    title: str
    unit: str
    version_id: int
    procedure: str
    state: int
    paused_at: datetime | None
    rounds: int
    year: int
    quarter: int | None
    due_at: datetime
    closed_at: datetime | None


NAMED = {
    "unit": "unit__short_name",
    "version_id": "procedure_version_id",
    "procedure": "procedure_version__title",
}
COLUMNS = tuple(NAMED.get(name, name) for name in CaseRow._fields)


@dataclass(frozen=True)
class CasePage:
    """A page of runs, the newest first; `after` leads to the next page, None on the last."""

    lines: tuple[CaseLine, ...]
    after: int | None


def running_cases(
    *, filters: CaseFilter, at: datetime, after: int | None = None, limit: int = PAGE
) -> CasePage:
    """Return a page of runs, finished and cancelled ones too unless a state is asked for.

    Late is a run that is under way and past its own deadline, or has an open task past its. Three queries.
    """
    cases = filtered(filters, at)
    if after is not None:
        cases = cases.filter(id__lt=after)
    rows = [CaseRow._make(row) for row in cases.order_by("-id").values_list(*COLUMNS)[: limit + 1]]
    shown = rows[:limit]
    steps = steps_in({row.version_id for row in shown})
    current = current_steps([row.id for row in shown])
    lines = tuple(line_of(row, steps[row.version_id], current.get(row.id, ())) for row in shown)
    return CasePage(lines, shown[-1].id if len(rows) > limit else None)


def filtered(filters: CaseFilter, at: datetime) -> QuerySet[Case]:
    cases = Case.objects.filter(unit__in=filters.unit_ids)
    if filters.state is not None:
        cases = cases.filter(state=filters.state)
    if filters.procedure_id is not None:
        cases = cases.filter(procedure_version__procedure=filters.procedure_id)
    if filters.year is not None:
        cases = cases.filter(year=filters.year)
    if filters.quarter is not None:
        cases = cases.filter(quarter=filters.quarter)
    if filters.late:
        overdue = open_now().filter(due_at__lt=at, unit__in=filters.unit_ids).values("case")
        cases = cases.filter(Q(due_at__lt=at) | Q(id__in=overdue), state=CaseState.RUNNING)
    words = filters.text.split()
    for word in words:
        cases = cases.filter(
            Q(title__icontains=word)
            | Q(procedure_version__title__icontains=word)
            | Q(letter__number__icontains=word)
        )
    return cases


def steps_in(version_ids: Collection[int]) -> Counter[int]:
    """Return how many steps some SOPs have, by version (one query)."""
    return Counter(Step.objects.filter(version__in=version_ids).values_list("version_id", flat=True))


def current_steps(case_ids: Collection[int]) -> dict[int, tuple[CurrentStep, ...]]:
    """Return where runs stand, by case id (one query)."""
    tasks = open_now().filter(case__in=case_ids).order_by("case_id", "step_no", "branch")
    grouped: dict[tuple[int, int], list[tuple[str, datetime]]] = {}
    named = tasks.values_list("case_id", "step_no", "position__short_title", "due_at")
    for case_id, no, position, due_at in named:
        grouped.setdefault((case_id, no), []).append((position, due_at))
    found: dict[int, tuple[CurrentStep, ...]] = {}
    for (case_id, no), seats in grouped.items():
        positions, deadlines = zip(*seats, strict=True)
        step = CurrentStep(no, positions, min(deadlines))
        found[case_id] = (*found.get(case_id, ()), step)
    return found


def line_of(row: CaseRow, steps: int, current: tuple[CurrentStep, ...]) -> CaseLine:
    return CaseLine(
        uid=row.uid,
        title=row.title,
        unit=row.unit,
        procedure=row.procedure,
        steps=steps,
        state=CaseState(row.state),
        is_paused=row.paused_at is not None,
        rounds=row.rounds,
        year=row.year,
        quarter=row.quarter,
        due_at=row.due_at,
        closed_at=row.closed_at,
        current=current,
    )

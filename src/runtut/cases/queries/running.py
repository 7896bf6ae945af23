"""The list of runs, with the filters of its page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from runtut.cases.enums import CaseState
from runtut.cases.models import Case, Task
from runtut.cases.queries.lines import PAGE, open_now, steps_of
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
    label: str
    positions: tuple[str, ...]
    due_at: datetime


@dataclass(frozen=True)
class CaseLine:
    id: int
    uid: UUID
    title: str
    unit: str
    procedure: str
    state: CaseState
    is_paused: bool
    is_late: bool
    rounds: int
    year: int
    quarter: int | None
    started_at: datetime
    due_at: datetime
    closed_at: datetime | None
    current: tuple[CurrentStep, ...]


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
    rows = list(cases.select_related("unit", "procedure_version").order_by("-id")[: limit + 1])
    shown = rows[:limit]
    current = current_steps(shown)
    lines = tuple(line_of(case, current.get(case.pk, ()), at) for case in shown)
    return CasePage(lines, shown[-1].pk if len(rows) > limit else None)


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


def current_steps(cases: Sequence[Case]) -> dict[int, tuple[CurrentStep, ...]]:
    """Return where runs stand, by case id (two queries)."""
    tasks = list(
        open_now()
        .filter(case__in=[case.pk for case in cases])
        .select_related("case", "position")
        .order_by("case_id", "step_no", "branch")
    )
    steps = steps_of(tasks)
    grouped: dict[tuple[int, int], list[Task]] = {}
    for task in tasks:
        grouped.setdefault((task.case_id, task.step_no), []).append(task)
    found: dict[int, tuple[CurrentStep, ...]] = {}
    for (case_id, no), group in grouped.items():
        step = steps[group[0].case.procedure_version_id, no]
        found[case_id] = (*found.get(case_id, ()), current_step(step, group))
    return found


def current_step(step: Step, group: Sequence[Task]) -> CurrentStep:
    positions = tuple(task.position.short_title for task in group)
    return CurrentStep(step.no, step.label, positions, min(task.due_at for task in group))


def line_of(case: Case, current: tuple[CurrentStep, ...], at: datetime) -> CaseLine:
    running = case.state == CaseState.RUNNING
    overdue = any(step.due_at < at for step in current)
    return CaseLine(
        id=case.pk,
        uid=case.uid,
        title=case.title,
        unit=case.unit.short_name,
        procedure=case.procedure_version.title,
        state=CaseState(case.state),
        is_paused=case.paused_at is not None,
        is_late=running and (case.due_at < at or overdue),
        rounds=case.rounds,
        year=case.year,
        quarter=case.quarter,
        started_at=case.started_at,
        due_at=case.due_at,
        closed_at=case.closed_at,
        current=current,
    )

"""Actual against standard time, step by step, from the runs of an SOP (PermenPANRB 35/2012: monitoring)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q

from runtut.cases.enums import CaseState, EventKind, TaskState
from runtut.cases.models import Case, CaseEvent, Task
from runtut.cases.queries import calendar_of, renumbering_of
from runtut.procedures.graph import StepNode
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import graph_of
from runtut.reports.formulas import percentile, share_of

RUNS: Final = 500
REASONS: Final = 5


@dataclass(frozen=True)
class StepFigures:
    """One step over its attempts within working hours: working minutes per attempt, share done in time; and
    the returns that it made.

    `outside` counts the attempts that took no working time because they were done outside working hours: they
    tell nothing of the time. `ninetieth` is the 90th percentile: nine of ten attempts took as long or less.
    `reasons` are the newest, at most five. Figures are None without an attempt.
    """

    no: int
    activity: str
    standard: int
    attempts: int
    outside: int
    median: int | None
    ninetieth: int | None
    longest: int | None
    in_time: int | None
    returns: int
    reasons: tuple[str, ...]

    @property
    def is_slow(self) -> bool:
        """More than half of the attempts took longer than the standard."""
        return self.median is not None and self.median > self.standard


@dataclass(frozen=True)
class ProcedureFigures:
    """An SOP over its runs: how many, their working minutes from start to end, and each step. `measured` are
    the finished runs that took working time; the others were done outside working hours."""

    running: int
    finished: int
    cancelled: int
    measured: int
    standard: int
    median: int | None
    steps: tuple[StepFigures, ...]
    is_partial: bool

    @property
    def has_attempts(self) -> bool:
        return any(step.attempts or step.outside for step in self.steps)


@dataclass(frozen=True)
class Attempt:
    step_no: int
    minutes: int
    in_time: bool
    is_outside: bool


def procedure_figures(*, version: ProcedureVersion) -> ProcedureFigures:
    """Return the figures of one version over its newest 500 runs (five queries, six at the first call;
    the calendar beside where an attempt took no working time).

    Attempts are tasks that were completed or returned; the sum over a run's steps is not its elapsed time.
    `is_partial` tells that older runs were left out.
    """
    counts = Case.objects.filter(procedure_version=version).aggregate(
        running=Count("pk", filter=Q(state=CaseState.RUNNING)),
        finished=Count("pk", filter=Q(state=CaseState.DONE)),
        cancelled=Count("pk", filter=Q(state=CaseState.CANCELLED)),
    )
    newest = list(
        Case.objects.filter(procedure_version=version)
        .order_by("-id")
        .values_list("pk", "state", "minutes_used")[:RUNS]
    )
    pks = [pk for pk, _, _ in newest]
    attempts = attempts_of(pks, version)
    lasted = [minutes for _, state, minutes in newest if state == CaseState.DONE and minutes]
    returns = returns_of(pks)
    graph = graph_of(version)
    return ProcedureFigures(
        running=counts["running"],
        finished=counts["finished"],
        cancelled=counts["cancelled"],
        standard=sum(step.minutes for step in graph.steps),
        measured=len(lasted),
        median=percentile(lasted, 50),
        steps=tuple(step_figures(step, attempts, returns) for step in graph.steps),
        is_partial=sum(counts.values()) > RUNS,
    )


def attempts_of(cases: Sequence[int], version: ProcedureVersion) -> list[Attempt]:
    """Return the ended attempts of runs of a version (one query, and the calendar where one of
    them took no working time); withdrawn tasks count for nobody."""
    ended = Task.objects.filter(case__in=cases, state__in=(TaskState.DONE, TaskState.RETURNED))
    rows = list(ended.values_list("step_no", "minutes_used", "completed_at", "due_at"))
    calendar = calendar_of(version.procedure.unit) if any(minutes == 0 for _, minutes, _, _ in rows) else None
    return [
        Attempt(
            step_no=no,
            minutes=minutes,
            in_time=completed_at <= due_at,
            is_outside=calendar is not None and minutes == 0 and not calendar.is_open(completed_at),
        )
        for no, minutes, completed_at, due_at in rows
        if minutes is not None and completed_at is not None
    ]


def returns_of(cases: Sequence[int]) -> list[tuple[int, str]]:
    """Return (step that sent back, reason) of every return in runs, the newest first (two queries). Steps
    bear the numbers of the version that their run follows now."""
    rows = CaseEvent.objects.filter(case_id__in=cases, kind=EventKind.RETURNED).order_by("-at", "-id")
    numbers = renumbering_of(cases)
    told = (numbers.told(event) for event in rows)
    return [(data["step"], data.get("reason", "")) for data in told]


def step_figures(
    step: StepNode, attempts: Iterable[Attempt], returns: Iterable[tuple[int, str]]
) -> StepFigures:
    every = [attempt for attempt in attempts if attempt.step_no == step.no]
    own = [attempt for attempt in every if not attempt.is_outside]
    sent_back = [reason for no, reason in returns if no == step.no]
    minutes = [attempt.minutes for attempt in own]
    return StepFigures(
        no=step.no,
        activity=step.activity,
        standard=step.minutes,
        attempts=len(own),
        outside=len(every) - len(own),
        median=percentile(minutes, 50),
        ninetieth=percentile(minutes, 90),
        longest=max(minutes, default=None),
        in_time=share_of(sum(attempt.in_time for attempt in own), len(own)),
        returns=len(sent_back),
        reasons=tuple(sent_back[:REASONS]),
    )

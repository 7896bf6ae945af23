"""Who will do what, and by when, before a run starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtut.cases.engine import openings
from runtut.cases.models import Case
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.deadlines import due_date
from runtut.core.worktime import Calendar
from runtut.organisations.models import OrganisationUnit
from runtut.procedures.graph import Graph
from runtut.procedures.models import PerformerBinding, ProcedureVersion
from runtut.procedures.queries import graph_of


@dataclass(frozen=True)
class PlannedStep:
    """A step as it would go: the positions that complete it, those that take part, and the deadline if
    every step before it took its whole standard time."""

    no: int
    activity: str
    positions: tuple[int, ...]
    participants: tuple[int, ...]
    due_at: datetime


@dataclass(frozen=True)
class RunPlan:
    version: ProcedureVersion
    unit: OrganisationUnit
    graph: Graph
    bindings: dict[int, tuple[int, ...]]
    calendar: Calendar
    steps: tuple[PlannedStep, ...]
    due_at: datetime


def plan_run(*, version: ProcedureVersion, unit: OrganisationUnit, at: datetime) -> RunPlan:
    """Return how a run would go if it started now, with the office's present bindings.

    Steps whose performer has no position yet are planned without positions. Raises CalendarMissing.
    Two queries beside the SOP itself.
    """
    graph, calendar, bindings = graph_of(version), calendar_of(unit), bindings_of(version)
    steps: list[PlannedStep] = []
    moment = at
    for step in graph.steps:
        moment = due_date(calendar, moment, step.rule_value, step.rule_unit)
        bound = any(bindings.get(performer) for performer in step.actors)
        opened = openings(step, bindings, 1) if bound else ()
        positions = tuple(change.attempt.position_id for change in opened)
        participants = opened[0].participants if opened else ()
        steps.append(PlannedStep(step.no, step.activity, positions, participants, moment))
    return RunPlan(version, unit, graph, bindings, calendar, tuple(steps), moment)


def planned_end(case: Case, graph: Graph, calendar: Calendar) -> datetime:
    """Return when a run would end under an SOP if every step took its whole standard time from its start,
    plus what pauses and extensions have added."""
    moment = case.started_at
    for step in graph.steps:
        moment = due_date(calendar, moment, step.rule_value, step.rule_unit)
    return calendar.add(moment, case.added_minutes) if case.added_minutes else moment


def bindings_of(version: ProcedureVersion) -> dict[int, tuple[int, ...]]:
    """Return the positions in use that the office has given to each performer, in the order given (one
    query). A performer whose positions were all taken out of use has none."""
    rows = PerformerBinding.objects.filter(performer__version=version, position__is_active=True)
    bindings: dict[int, tuple[int, ...]] = {}
    for performer_id, position_id in rows.order_by("id").values_list("performer_id", "position_id"):
        bindings[performer_id] = (*bindings.get(performer_id, ()), position_id)
    return bindings

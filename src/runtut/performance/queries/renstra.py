"""The Renstra of an office, as a page and an RKT read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from runtut.organisations.models import OrganisationUnit
from runtut.performance.models import Goal, Indicator, Objective, Renstra, RenstraTarget
from runtut.performance.queries.grid_row import Bounds


@dataclass(frozen=True)
class PlannedIndicator:
    """An indicator with its base value and the targets in force, one for each year of the Renstra."""

    indicator: Indicator
    number: str
    targets: tuple[Bounds, ...]


@dataclass(frozen=True)
class PlannedObjective:
    objective: Objective
    indicators: tuple[PlannedIndicator, ...]


@dataclass(frozen=True)
class PlannedGoal:
    """A goal with its objectives; `goal` is None for objectives that serve none yet."""

    goal: Goal | None
    objectives: tuple[PlannedObjective, ...]


@dataclass(frozen=True)
class RenstraView:
    renstra: Renstra
    goals: tuple[PlannedGoal, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.renstra.years)

    @property
    def indicators(self) -> list[PlannedIndicator]:
        return [
            indicator
            for goal in self.goals
            for objective in goal.objectives
            for indicator in objective.indicators
        ]


def renstra_of(*, unit: OrganisationUnit, year: int) -> Renstra | None:
    """Return the Renstra of an office that covers a year, None without one (one query)."""
    return (
        Renstra.objects.filter(unit=unit, first_year__lte=year, last_year__gte=year)
        .select_related("unit")
        .first()
    )


def renstra_view(*, renstra: Renstra) -> RenstraView:
    """Return the whole Renstra, from goals to the targets in force (four queries)."""
    goals: dict[int | None, Goal | None] = {goal.pk: goal for goal in renstra.goals.order_by("sequence")}
    objectives = list(objectives_in(renstra))
    indicators: dict[int, list[Indicator]] = defaultdict(list)
    found = Indicator.objects.filter(objective__in=objectives).select_related("owner", "objective")
    for indicator in found.order_by("sequence", "id"):
        indicators[indicator.objective_id].append(indicator)
    targets = targets_in_force(indicator.pk for group in indicators.values() for indicator in group)
    planned: dict[int | None, list[PlannedObjective]] = defaultdict(list)
    for objective in objectives:
        rows = tuple(
            _planned(indicator, objective, renstra, targets) for indicator in indicators[objective.pk]
        )
        planned[objective.goal_id if objective.goal_id in goals else None].append(
            PlannedObjective(objective, rows)
        )
    if planned[None]:
        goals[None] = None
    return RenstraView(renstra, tuple(PlannedGoal(goal, tuple(planned[key])) for key, goal in goals.items()))


def objectives_in(renstra: Renstra) -> QuerySet[Objective]:
    """Return the objectives of the office that are in force in the Renstra's years."""
    return Objective.objects.filter(
        unit=renstra.unit_id,
        valid_from_year__lte=renstra.last_year,
        valid_until_year__gte=renstra.first_year,
    ).order_by("sequence", "id")


def goals_for(objective: Objective) -> QuerySet[Goal]:
    """Return the goals of the office's Renstra in the years of an objective, which it may serve."""
    return Goal.objects.filter(
        renstra__unit=objective.unit_id,
        renstra__first_year__lte=objective.valid_until_year,
        renstra__last_year__gte=objective.valid_from_year,
    ).order_by("renstra__first_year", "sequence")


def targets_in_force(indicator_ids: Iterable[int]) -> dict[tuple[int, int], RenstraTarget]:
    """Return the Renstra targets in force by indicator and year (one query)."""
    found = RenstraTarget.objects.filter(indicator__in=list(indicator_ids), superseded_at__isnull=True)
    return {(target.indicator_id, target.year): target for target in found}


def bounds_of(target: RenstraTarget | None) -> Bounds:
    """Return a target of the Renstra as the bounds that formulas read; without a target, none."""
    return Bounds(target.value, target.upper) if target else Bounds(None)


def target_versions(*, indicator: Indicator) -> QuerySet[RenstraTarget]:
    """Return every version of an indicator's Renstra targets, newest first within a year (one query)."""
    return indicator.renstra_targets.select_related("set_by").order_by("year", "-version")


def indicator_by_uid(uid: UUID) -> Indicator | None:
    """Return an indicator with its objective, goal, unit and owner (one query)."""
    return (
        Indicator.objects.select_related("objective__goal__renstra", "unit", "owner").filter(uid=uid).first()
    )


def _planned(
    indicator: Indicator,
    objective: Objective,
    renstra: Renstra,
    targets: dict[tuple[int, int], RenstraTarget],
) -> PlannedIndicator:
    return PlannedIndicator(
        indicator,
        f"{objective.sequence}.{indicator.sequence}",
        tuple(bounds_of(targets.get((indicator.pk, year))) for year in renstra.years),
    )

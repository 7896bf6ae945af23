"""Figures that wait for somebody without a step of a run that says so: given back to their owner, or handed
over and verified by nobody yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from runtut.cases.enums import CaseState, TaskState
from runtut.cases.models import Case, Task
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.enums import RealisationState
from runtut.performance.models import Realisation
from runtut.performance.rules import REVIEWERS


@dataclass(frozen=True)
class FiguresOpen:
    """Which figures of an office's quarter wait, by short name; `reason` is why they were given back, each
    reason once, the newest first."""

    unit: OrganisationUnit
    quarter: Quarter
    names: tuple[str, ...]
    reason: str

    @property
    def count(self) -> int:
        return len(self.names)


def figures_returned(*, position_ids: Collection[int]) -> list[FiguresOpen]:
    """Return the figures given back to some positions, the newest quarter first; those that an open step asks
    of their owner are told with that step (one query, none without positions)."""
    if not position_ids:
        return []
    asked = Task.objects.filter(
        state=TaskState.OPEN,
        position=OuterRef("indicator__owner"),
        case__unit=OuterRef("indicator__unit"),
        case__year=OuterRef("year"),
        case__quarter=OuterRef("quarter"),
    )
    rows = Realisation.objects.filter(indicator__owner__in=position_ids, state=RealisationState.RETURNED)
    return by_quarter(rows.filter(~Exists(asked)))


def figures_to_verify(*, authorities: Iterable[Authority]) -> list[FiguresOpen]:
    """Return the figures that wait for somebody who may verify them, the newest quarter first. A run under
    way verifies those of its quarter in its own steps (one query, none for who reviews nowhere)."""
    reviewers = [one for one in authorities if one.position_id and one.role in REVIEWERS]
    if not reviewers:
        return []
    within = Q()
    for one in reviewers:
        within |= Q(indicator__unit__path=one.office_path or one.unit_path)
    own = Q(entered_by__in=[one.user_id for one in reviewers]) | Q(
        indicator__owner__in=[one.position_id for one in reviewers]
    )
    under_way = Case.objects.filter(
        state=CaseState.RUNNING,
        unit=OuterRef("indicator__unit"),
        year=OuterRef("year"),
        quarter=OuterRef("quarter"),
    )
    rows = Realisation.objects.filter(within, state=RealisationState.SUBMITTED, verified_at__isnull=True)
    return by_quarter(rows.exclude(own).filter(~Exists(under_way)))


def by_quarter(rows: QuerySet[Realisation]) -> list[FiguresOpen]:
    found: dict[tuple[int, int, int], list[Realisation]] = {}
    newest = rows.select_related("indicator__unit").order_by(
        "-year", "-quarter", F("returned_at").desc(nulls_last=True), "id"
    )
    for row in newest:
        found.setdefault((row.indicator.unit_id, row.year, row.quarter), []).append(row)
    return [
        FiguresOpen(
            unit=group[0].indicator.unit,
            quarter=Quarter(year, number),
            names=tuple(row.indicator.short_name for row in group),
            reason=" ".join(dict.fromkeys(row.return_reason for row in group)),
        )
        for (_, year, number), group in found.items()
    ]

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import holders_of
from runtut.performance import formulas
from runtut.performance.enums import RealisationState
from runtut.performance.models import Objective, Realisation
from runtut.performance.queries.grid import grid
from runtut.performance.queries.grid_row import GridRow
from runtut.performance.queries.scales import predicate_scale


@dataclass(frozen=True)
class ObjectiveRows:
    """An objective with its indicators and the simple mean of their capped achievements."""

    objective: Objective
    rows: tuple[GridRow, ...]
    average: formulas.Average
    predicate: str


@dataclass(frozen=True)
class Summary:
    """The quarter of an office so far. `average` is the simple mean over all indicators that count; `filled`
    counts figures, `explained` blanks whose reason is written down."""

    quarter: Quarter
    objectives: tuple[ObjectiveRows, ...]
    average: formulas.Average
    predicate: str
    due: int
    filled: int
    explained: int
    handed_over: int
    scale: formulas.PredicateScale

    @property
    def is_complete(self) -> bool:
        return self.handed_over == self.due

    @property
    def is_filled(self) -> bool:
        """Whether every indicator of the quarter has its figure or the reason for none."""
        return self.filled + self.explained == self.due

    @property
    def is_blank(self) -> bool:
        """Whether figures are due and nobody has said anything yet: no figure, and no reason for none."""
        return self.due > 0 and not self.filled and not self.explained


@dataclass(frozen=True)
class OwnerStatus:
    """What one position still owes for a quarter, and since when: the day after the quarter ended, or the day
    on which a figure was given back. `is_awaited` tells whether that day has come."""

    position: Position
    holder: str
    due: int
    filled: int
    with_evidence: int
    handed_over: int
    owes: tuple[str, ...]
    since: date
    is_awaited: bool
    verified: int = 0
    stand_ins: tuple[str, ...] = ()
    """What others did for this owner: "3 diisi Kasubbag Perencanaan"."""

    @property
    def is_complete(self) -> bool:
        return self.handed_over == self.due


def summary(*, unit: OrganisationUnit, quarter: Quarter) -> Summary:
    """Return how the quarter of an office stands (four queries)."""
    return summarise(grid(unit=unit, quarter=quarter), quarter)


def newest_summary(*, unit: OrganisationUnit, current: Summary) -> Summary:
    """Return a quarter's summary once it has a figure; before that, the one of the newest quarter before it
    that has, or its own where none has (no query; one; five)."""
    if not current.is_blank:
        return current
    year, number = current.quarter.year, current.quarter.number
    earlier = Realisation.objects.filter(
        Q(year__lt=year) | Q(year=year, quarter__lt=number), indicator__unit=unit, value__isnull=False
    )
    newest = earlier.order_by("-year", "-quarter").values_list("year", "quarter").first()
    return summary(unit=unit, quarter=Quarter(*newest)) if newest else current


def summarise(rows: Sequence[GridRow], quarter: Quarter) -> Summary:
    """Average rows of the grid, by objective and over all; no query."""
    scale = predicate_scale(on=quarter.start)
    average = _average(rows)
    due = [row for row in rows if row.is_due]
    return Summary(
        quarter=quarter,
        objectives=tuple(_by_objective(rows, scale)),
        average=average,
        predicate=formulas.predicate(scale, average.value),
        due=len(due),
        filled=sum(row.value is not None for row in due),
        explained=sum(row.is_filled and row.value is None for row in due),
        handed_over=sum(row.is_handed_over for row in due),
        scale=scale,
    )


def completeness(*, unit: OrganisationUnit, quarter: Quarter, on: date) -> list[OwnerStatus]:
    """Return who owes what for a quarter, one entry per owner in the office's order (six queries).

    Owners whose indicators are not asked for in this quarter are left out.
    """
    return owner_statuses(rows=grid(unit=unit, quarter=quarter), quarter=quarter, on=on)


def owner_statuses(*, rows: Sequence[GridRow], quarter: Quarter, on: date) -> list[OwnerStatus]:
    """Return what completeness does, from rows that are at hand (two queries)."""
    due = [row for row in rows if row.is_due]
    owners = {row.indicator.owner_id: row.indicator.owner for row in due}
    holders = holders_of(position_ids=owners, on=on)
    labels = {key: ", ".join(holder.label for holder in found) for key, found in holders.items()}
    ordered = sorted(owners.values(), key=lambda position: (position.sequence, position.pk))
    return [_owner_status(position, labels[position.pk], due, quarter, on) for position in ordered]


def _owner_status(
    position: Position, holder: str, due: list[GridRow], quarter: Quarter, on: date
) -> OwnerStatus:
    rows = [row for row in due if row.indicator.owner_id == position.pk]
    since = max([quarter.end, *_returned_on(rows)])
    return OwnerStatus(
        position=position,
        holder=holder,
        due=len(rows),
        filled=sum(row.is_filled for row in rows),
        with_evidence=sum(row.has_evidence for row in rows),
        handed_over=sum(row.is_handed_over for row in rows),
        owes=tuple(row.indicator.short_name for row in rows if not row.is_handed_over),
        since=since,
        is_awaited=since <= on,
        verified=sum(row.is_verified for row in rows),
        stand_ins=tuple(f"{count} {deed}" for deed, count in _deeds(rows).items()),
    )


def _deeds(rows: Sequence[GridRow]) -> Counter[str]:
    """How many of the handed-over figures others gave in their owner's place, by whom."""
    return Counter(row.stand_in.deed for row in rows if row.is_handed_over and row.stand_in)


def _returned_on(rows: Sequence[GridRow]) -> list[date]:
    """The days on which figures that are owed now were given back."""
    return [
        row.indicator.unit.local_date(row.realisation.returned_at)
        for row in rows
        if row.state == RealisationState.RETURNED and row.realisation and row.realisation.returned_at
    ]


def _by_objective(rows: Sequence[GridRow], scale: formulas.PredicateScale) -> list[ObjectiveRows]:
    found = []
    for objective, group in groupby(rows, key=lambda row: row.indicator.objective):
        members = tuple(group)
        average = _average(members)
        found.append(ObjectiveRows(objective, members, average, formulas.predicate(scale, average.value)))
    return found


def _average(rows: Sequence[GridRow]) -> formulas.Average:
    return formulas.mean([formulas.Item(row.indicator.short_name, row.achievement) for row in rows])

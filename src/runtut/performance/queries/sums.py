"""Kept sums: what they should be, what they are, and where the two differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit
from runtut.performance import formulas
from runtut.performance.models import Indicator, KeptSum, Realisation
from runtut.performance.queries.grid import year_rows

Key = tuple[int, int, int]
"""An indicator's or a unit's id, the year, the quarter."""
PAGE = 500


@dataclass(frozen=True)
class UnitSum:
    """How a unit and all below it stand in a quarter: the mean over every indicator that counts."""

    unit: OrganisationUnit
    count: int
    mean: Decimal | None


@dataclass(frozen=True)
class SumFinding:
    """A sum that is not what the figures make it."""

    what: str
    year: int
    quarter: int
    stored: formulas.Kept | None
    computed: formulas.Kept | None

    @property
    def sentence(self) -> str:
        return f"{self.what}, {self.year} quarter {self.quarter}: {self.stored} instead of {self.computed}"


def computed_sums(*, indicators: Sequence[Indicator], year: int) -> dict[Key, formulas.Kept]:
    """Return what is to be kept of indicators in a year: of every quarter with a figure or an explained
    blank (two queries)."""
    return {
        (row.indicator.pk, year, row.quarter.number): formulas.kept(
            realisation=row.to_date.value, target=row.target.value, achievement=row.achievement
        )
        for row in year_rows(indicators, year)
        if row.is_filled
    }


def unit_sums(*, units: Sequence[OrganisationUnit], quarter: Quarter) -> list[UnitSum]:
    """Return how units stand in a quarter, in the order given (one query, no raw row)."""
    rows = KeptSum.objects.filter(
        unit__in=units, indicator__isnull=True, year=quarter.year, quarter=quarter.number
    )
    found = {row.unit_id: row for row in rows}
    return [_unit_sum(unit, found.get(unit.pk)) for unit in units]


def _unit_sum(unit: OrganisationUnit, row: KeptSum | None) -> UnitSum:
    if row is None:
        return UnitSum(unit, 0, None)
    return UnitSum(unit, row.count, formulas.kept_mean(count=row.count, ratios=row.ratios))


def kept_of(row: KeptSum) -> formulas.Kept:
    """Return a stored row of sums as the value that formulas add and compare."""
    return formulas.Kept(row.numerator, row.denominator, row.count, row.ratios)


def node_sums(*, region: int | None = None) -> dict[Key, formulas.Kept]:
    """Add the sums of indicators up the tree: what every unit with figures at or below it should hold."""
    parts = KeptSum.objects.filter(indicator__isnull=False)
    if region is not None:
        parts = parts.filter(region=region)
    ids = dict(OrganisationUnit.objects.values_list("path", "pk"))
    totals: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for row in parts.select_related("unit").iterator(chunk_size=PAGE):
        for path in row.unit.ancestor_paths:
            total = totals[ids[path], row.year, row.quarter]
            total[0] += row.count
            total[1] += row.ratios
    return {key: formulas.Kept(None, None, count, ratios) for key, (count, ratios) in totals.items()}


def wrong_sums() -> Iterator[SumFinding]:
    """Compute every sum anew and yield each that is kept otherwise, missing, or without a figure."""
    yield from _wrong_indicators()
    yield from _wrong_units()


def _wrong_indicators() -> Iterator[SumFinding]:
    years = {*_years(Realisation.objects.all()), *_years(KeptSum.objects.filter(indicator__isnull=False))}
    for year in sorted(years):
        for indicators in _pages(year):
            stored = {
                (row.indicator_id or 0, row.year, row.quarter): kept_of(row)
                for row in KeptSum.objects.filter(indicator__in=indicators, year=year)
            }
            names = {one.pk: f"{one.unit}: {one.short_name}" for one in indicators}
            yield from _differences(stored, computed_sums(indicators=indicators, year=year), names)


def _years(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by().values_list("year", flat=True).distinct())


def _pages(year: int) -> Iterator[list[Indicator]]:
    """Indicators that have a figure or a sum in a year, a few hundred at a time."""
    last = 0
    while True:
        wanted = Indicator.objects.filter(
            Exists(Realisation.objects.filter(indicator=OuterRef("pk"), year=year))
            | Exists(KeptSum.objects.filter(indicator=OuterRef("pk"), year=year)),
            pk__gt=last,
        )
        page = list(wanted.select_related("objective", "unit").order_by("pk")[:PAGE])
        if not page:
            return
        yield page
        last = page[-1].pk


def _wrong_units() -> Iterator[SumFinding]:
    rows = KeptSum.objects.filter(indicator__isnull=True).select_related("unit")
    empty = formulas.Kept(None, None, 0, 0)
    stored = {(row.unit_id, row.year, row.quarter): kept_of(row) for row in rows}
    stored = {key: one for key, one in stored.items() if one != empty}
    computed = {key: one for key, one in node_sums().items() if one != empty}
    names = dict(OrganisationUnit.objects.values_list("pk", "short_name"))
    yield from _differences(stored, computed, names)


def _differences(
    stored: dict[Key, formulas.Kept], computed: dict[Key, formulas.Kept], names: dict[int, str]
) -> Iterator[SumFinding]:
    for key in sorted(stored.keys() | computed.keys()):
        if stored.get(key) != computed.get(key):
            what, year, quarter = key
            yield SumFinding(names[what], year, quarter, stored.get(key), computed.get(key))

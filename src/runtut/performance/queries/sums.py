"""Kept sums: what they should be, what they are, and where the two differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Max, Min, Q, QuerySet, Sum

from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit
from runtut.performance import formulas
from runtut.performance.models import Indicator, KeptSum, Realisation
from runtut.performance.queries.reckoning import Key, Meaning, reckoned
from runtut.performance.queries.screening import doubtful_indicators

PAGE = 500
"""Indicators that the formulas look at together."""
RANGE = 50_000
"""Ids of indicators that the database looks at together."""


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
    meanings = {one.pk: Meaning(*(getattr(one, name) for name in Meaning._fields)) for one in indicators}
    return dict(reckoned(meanings, within=Q(indicator__in=[*meanings]), year=year))


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
    units = OrganisationUnit.objects.in_bulk()
    ids = {unit.path: pk for pk, unit in units.items()}
    totals: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    by_unit = parts.order_by().values_list("unit", "year", "quarter")
    for unit, year, quarter, count, ratios in by_unit.annotate(Sum("count"), Sum("ratios")):
        for path in units[unit].ancestor_paths:
            total = totals[ids[path], year, quarter]
            total[0] += count
            total[1] += ratios
    return {key: formulas.Kept(None, None, count, ratios) for key, (count, ratios) in totals.items()}


def wrong_sums() -> Iterator[SumFinding]:
    """Compute every sum anew and yield each that is kept otherwise, missing, or without a figure."""
    yield from _wrong_indicators()
    yield from _wrong_units()


def _wrong_indicators() -> Iterator[SumFinding]:
    years = {*_years(Realisation.objects.all()), *_years(KeptSum.objects.filter(indicator__isnull=False))}
    for year in sorted(years):
        for first, last in _ranges():
            doubtful = doubtful_indicators(first=first, last=last, year=year)
            for start in range(0, len(doubtful), PAGE):
                yield from _judged(doubtful[start : start + PAGE], year)


def _judged(indicators: Sequence[int], year: int) -> Iterator[SumFinding]:
    """What the formulas find wrong with the sums of some indicators in a year."""
    within = Q(indicator__in=indicators)
    rows = Indicator.objects.filter(pk__in=indicators).values_list("pk", *Meaning._fields)
    meanings = {pk: Meaning(*meaning) for pk, *meaning in rows}
    stored = _stored(within, year)
    computed = dict(reckoned(meanings, within=within, year=year))
    if stored != computed:
        names = {one.pk: f"{one.unit}: {one.short_name}" for one in _named(meanings)}
        yield from _differences(stored, computed, names)


def _stored(within: Q, year: int) -> dict[Key, formulas.Kept]:
    rows = KeptSum.objects.filter(within, year=year).values_list(
        "indicator_id", "quarter", "numerator", "denominator", "count", "ratios"
    )
    return {
        (indicator or 0, year, quarter): formulas.Kept(numerator, denominator, count, ratios)
        for indicator, quarter, numerator, denominator, count, ratios in rows
    }


def _named(keys: Iterable[int]) -> QuerySet[Indicator]:
    return Indicator.objects.filter(pk__in=[*keys]).select_related("unit")


def _years(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by().values_list("year", flat=True).distinct())


def _ranges() -> Iterator[tuple[int, int]]:
    """The ids of all indicators, cut so that the database works out a part at a time."""
    ends = Indicator.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is not None:
        for start in range(ends["first"], ends["last"] + 1, RANGE):
            yield start, start + RANGE - 1


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

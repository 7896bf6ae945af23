from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet

from runtut.core.periods import ROMAN, Quarter
from runtut.organisations.models import OrganisationUnit, Position
from runtut.performance import formulas
from runtut.performance.enums import Accumulation, Standing, Variant, ZeroRule
from runtut.performance.models import Evidence, Indicator, Realisation, Target
from runtut.performance.queries.grid_row import Bounds, GridRow
from runtut.performance.queries.scales import predicate_scale


def indicators_of(*, unit: OrganisationUnit, year: int) -> QuerySet[Indicator]:
    """Return the indicators of an office in force in a year, in official order, with objective and owner."""
    return (
        Indicator.objects.filter(
            unit=unit, objective__valid_from_year__lte=year, objective__valid_until_year__gte=year
        )
        .select_related("objective", "owner", "unit")
        .order_by("objective__sequence", "sequence", "id")
    )


def grid(*, unit: OrganisationUnit, quarter: Quarter) -> list[GridRow]:
    """Return the quarter of an office, one row per indicator in official order (four queries)."""
    return _rows(list(indicators_of(unit=unit, year=quarter.year)), quarter)


def owner_rows(*, position: Position, unit: OrganisationUnit, quarter: Quarter) -> list[GridRow]:
    """Return the rows of the grid that a position answers for, numbered as in the whole (four queries)."""
    return [row for row in grid(unit=unit, quarter=quarter) if row.indicator.owner_id == position.pk]


def is_due(indicator: Indicator, quarter: Quarter) -> bool:
    """Tell whether a quarter asks for a figure of this indicator."""
    return indicator.accumulation != Accumulation.ANNUAL or quarter.number == 4


def measure_of(indicator: Indicator) -> formulas.Measure:
    """Return what the indicator fixes for its achievement."""
    return formulas.Measure(
        variant=Variant(indicator.variant),
        zero_rule=ZeroRule(indicator.zero_rule),
        cap=indicator.cap,
        decimals=indicator.decimals,
    )


def _rows(indicators: Sequence[Indicator], quarter: Quarter) -> list[GridRow]:
    targets, realisations = _figures(indicators, quarter.year)
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for item in _evidence([indicator.pk for indicator in indicators], quarter):
        evidence[item.realisation.indicator_id].append(item)
    return [
        _row(one, quarter, targets[one.pk], realisations[one.pk], tuple(evidence[one.pk]))
        for one in indicators
    ]


def _figures(
    indicators: Sequence[Indicator], year: int
) -> tuple[dict[int, list[Target]], dict[int, dict[Quarter, Realisation]]]:
    """Targets of a year, and realisations of it and the year before, by indicator."""
    keys = [indicator.pk for indicator in indicators]
    targets: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(indicator__in=keys, year=year):
        targets[target.indicator_id].append(target)
    realisations: dict[int, dict[Quarter, Realisation]] = defaultdict(dict)
    given = Realisation.objects.filter(indicator__in=keys, year__in=[year - 1, year])
    for one in given.select_related("verified_in", "entered_in", "submitted_in"):
        realisations[one.indicator_id][Quarter(one.year, one.quarter)] = one
    return targets, realisations


def _evidence(keys: list[int], quarter: Quarter) -> QuerySet[Evidence]:
    return (
        Evidence.objects.filter(
            realisation__indicator__in=keys,
            realisation__year=quarter.year,
            realisation__quarter=quarter.number,
            removed_at__isnull=True,
        )
        .select_related("file", "realisation")
        .order_by("added_at", "id")
    )


def _earlier(quarter: Quarter, given: dict[Quarter, Realisation]) -> tuple[tuple[str, Decimal], ...]:
    """The figures of this quarter a year ago and of the year's earlier quarters, as far as there are any."""
    ago = Quarter(quarter.year - 1, quarter.number)
    wanted = [(ago.label, ago)]
    for number in range(1, quarter.number):
        wanted.append((f"TW {ROMAN[number - 1]}", Quarter(quarter.year, number)))
    found = [(label, given[one].value) for label, one in wanted if one in given]
    return tuple((label, value) for label, value in found if value is not None)


def _row(
    indicator: Indicator,
    quarter: Quarter,
    targets: list[Target],
    given: dict[Quarter, Realisation],
    evidence: tuple[Evidence, ...],
) -> GridRow:
    kind = Accumulation(indicator.accumulation)
    realisations = {one.number: found for one, found in given.items() if one.year == quarter.year}
    values = [realisations[n].value if n in realisations else None for n in range(1, 5)]
    own = realisations.get(quarter.number)
    target, year_target = _bounds(kind, targets, quarter.number)
    to_date = _accumulated(indicator, values, quarter.number)
    waiting = _waiting(indicator, own, quarter)
    achieved = [
        waiting
        or formulas.achievement(
            measure_of(indicator),
            target=against.value,
            upper=against.upper,
            realisation=to_date.value,
            expression=to_date.expression,
        )
        for against in (target, year_target)
    ]
    return GridRow(
        indicator=indicator,
        number=f"{indicator.objective.sequence}.{indicator.sequence}",
        quarter=quarter,
        is_due=is_due(indicator, quarter),
        realisation=own,
        evidence=evidence,
        target=target,
        year_target=year_target,
        before=_accumulated(indicator, values, quarter.number - 1),
        to_date=to_date,
        achievement=achieved[0],
        year_achievement=achieved[1],
        predicate=formulas.predicate(predicate_scale(on=quarter.start), achieved[0].shown),
        gaps=_gaps(kind, realisations, quarter.number),
        earlier=_earlier(quarter, given),
    )


def _accumulated(
    indicator: Indicator, values: Sequence[Decimal | None], through: int
) -> formulas.Accumulated:
    return formulas.accumulate(
        Accumulation(indicator.accumulation),
        values,
        through,
        decimals=indicator.decimals,
        measure=indicator.measure,
    )


def _bounds(kind: Accumulation, targets: list[Target], through: int) -> tuple[Bounds, Bounds]:
    """Return the target up to the quarter and the year's."""
    by_quarter = {target.quarter: target for target in targets}
    quarters = [by_quarter.get(number) for number in range(1, 5)]
    annual = by_quarter.get(None)
    year = Bounds(annual.value, annual.upper) if annual else Bounds(None)
    value = formulas.cumulative_target(kind, [t.value if t else None for t in quarters], year.value, through)
    upper = formulas.cumulative_target(kind, [t.upper if t else None for t in quarters], year.upper, through)
    return Bounds(value, upper), year


def _waiting(indicator: Indicator, own: Realisation | None, quarter: Quarter) -> formulas.Achievement | None:
    """A quarter has no achievement before its own figure is there, or its absence explained."""
    if not is_due(indicator, quarter):
        return formulas.not_counted(Standing.NOT_YET)
    if own is None or (own.value is None and not own.is_explained_blank):
        return formulas.not_counted(Standing.BLANK)
    return None


def _gaps(kind: Accumulation, realisations: dict[int, Realisation], through: int) -> tuple[int, ...]:
    if kind not in {Accumulation.SUM, Accumulation.MEAN}:
        return ()
    return tuple(
        number
        for number in range(1, through)
        if number not in realisations or realisations[number].value is None
    )

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from runtut.core.periods import ROMAN, Quarter
from runtut.organisations.models import OrganisationUnit, Position
from runtut.performance import formulas
from runtut.performance.enums import Accumulation, RealisationState, Standing, Variant, ZeroRule
from runtut.performance.models import Evidence, Indicator, Realisation, Target
from runtut.performance.queries.scales import predicate_scale
from runtut.performance.queries.standing_in import StandIn, stand_in


@dataclass(frozen=True)
class Bounds:
    """A target: one figure, or the two bounds of a range. None is "tanpa target"."""

    value: Decimal | None
    upper: Decimal | None = None

    def text(self, decimals: int) -> str:
        """Write it as a table does: "86,50", "80 - 90", empty without a target."""
        if self.value is None:
            return ""
        low = formulas.figure(self.value, decimals)
        return low if self.upper is None else f"{low} – {formulas.figure(self.upper, decimals)}"


@dataclass(frozen=True)
class GridRow:
    """One indicator in one quarter, as the official table has it.

    `is_due` tells whether the quarter asks for a figure (a yearly indicator only in TW IV). `to_date` is
    the realisation from TW I up to this quarter, `before` the same one quarter earlier. `achievement` holds
    it against the target up to the quarter, `year_achievement` against the year's: two figures, never one.
    `gaps` are earlier quarters that were left blank although they count in a sum or an average. `earlier`
    are the figures to compare with, oldest first: this quarter a year ago, then the year's quarters so far.
    """

    indicator: Indicator
    number: str
    quarter: Quarter
    is_due: bool
    realisation: Realisation | None
    evidence: tuple[Evidence, ...]
    target: Bounds
    year_target: Bounds
    before: formulas.Accumulated
    to_date: formulas.Accumulated
    achievement: formulas.Achievement
    year_achievement: formulas.Achievement
    predicate: str
    gaps: tuple[int, ...]
    earlier: tuple[tuple[str, Decimal], ...] = ()

    @property
    def value(self) -> Decimal | None:
        return self.realisation.value if self.realisation else None

    @property
    def cause(self) -> str:
        return self.realisation.cause if self.realisation else ""

    @property
    def source(self) -> str:
        """Where this figure was taken from, empty where it is the indicator's own source."""
        return self.realisation.source if self.realisation else ""

    @property
    def note(self) -> str:
        return self.realisation.note if self.realisation else ""

    @property
    def state(self) -> RealisationState:
        """Draft until something was entered."""
        return RealisationState(self.realisation.state) if self.realisation else RealisationState.DRAFT

    @property
    def version(self) -> int:
        return self.realisation.version if self.realisation else 0

    @property
    def is_filled(self) -> bool:
        """A figure, or a blank whose reason is written down."""
        return self.value is not None or (
            self.realisation is not None and self.realisation.is_explained_blank
        )

    @property
    def has_evidence(self) -> bool:
        """An explained blank needs none."""
        return bool(self.evidence) or (self.is_filled and self.value is None)

    @property
    def is_handed_over(self) -> bool:
        return not self.state.is_open

    @property
    def is_verified(self) -> bool:
        """Somebody else has compared the figure with its evidence."""
        return self.realisation is not None and self.realisation.verified_at is not None

    @property
    def stand_in(self) -> StandIn | None:
        """Who typed the figure or handed it over in its owner's place."""
        return stand_in(figure=self.realisation, owner=self.indicator.owner)

    @property
    def words(self) -> str:
        """How the figure came about, in sentences: accumulation, formula, gaps."""
        gaps = ", ".join(f"TW {ROMAN[number - 1]}" for number in self.gaps)
        missing = f"{gaps} belum diisi dan tidak ikut dihitung." if gaps else ""
        return " ".join(part for part in (self.to_date.words, self.achievement.words, missing) if part)


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

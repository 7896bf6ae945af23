"""The RKT of a year, beside the Renstra it is drawn from and what the sections propose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from runtut.cases.enums import CaseState
from runtut.core.numbers import format_decimal
from runtut.core.periods import ROMAN
from runtut.organisations.models import OrganisationUnit
from runtut.performance import formulas
from runtut.performance.enums import Accumulation, ItemLevel, SectionState
from runtut.performance.models import (
    Indicator,
    PeriodLock,
    Realisation,
    Rkt,
    RktItem,
    RktTarget,
    TargetProposal,
)
from runtut.performance.queries.grid import indicators_of
from runtut.performance.queries.grid_row import Bounds
from runtut.performance.queries.renstra import bounds_of, targets_in_force


@dataclass(frozen=True)
class RktRow:
    """One indicator of the plan: target of the year and the quarters, the Renstra's beside it, what the
    sections propose, and what was reached the year before."""

    indicator: Indicator
    number: str
    year: Bounds
    quarters: tuple[Bounds, ...]
    renstra: Bounds
    proposals: tuple[TargetProposal, ...]
    last_year: formulas.Accumulated = formulas.EMPTY

    @property
    def last_until(self) -> str:
        """Up to which quarter the figure of the year before goes, empty when that year is whole or blank."""
        last = max(self.last_year.quarters, default=4)
        return f"s.d. TW {ROMAN[last - 1]}" if last < 4 else ""

    @property
    def has_quarters(self) -> bool:
        """A yearly indicator has none."""
        return self.indicator.accumulation != Accumulation.ANNUAL

    @property
    def shown(self) -> tuple[str, ...]:
        """The year's target and the quarters', as a form shows them."""
        return tuple(bounds.text(self.indicator.decimals) for bounds in (self.year, *self.quarters))

    @property
    def target(self) -> str:
        """The year's target with its measure: "12 desa"; empty while it is blank."""
        return f"{self.shown[0]} {self.indicator.measure}" if self.shown[0] else ""

    @property
    def reached(self) -> Decimal | None:
        """What the quarterly targets lead to by the end of the year."""
        first, second, third, fourth = (bounds.value for bounds in self.quarters)
        kind = Accumulation(self.indicator.accumulation)
        return formulas.reached(kind, (first, second, third, fourth), self.indicator.decimals)

    @property
    def problem(self) -> str:
        """What keeps the row from being handed in, empty when nothing does."""
        if self.year.value is None:
            return "target tahun belum diisi"
        if not self.has_quarters:
            return ""
        if any(bounds.value is None for bounds in self.quarters):
            return "target triwulan belum lengkap"
        if self.reached != self.year.value:
            reached = Bounds(self.reached).text(self.indicator.decimals)
            word = WORDS[Accumulation(self.indicator.accumulation)]
            return f"target triwulan {word} {reached}, target tahun {self.shown[0]}"
        return ""


WORDS = {
    Accumulation.SUM: "berjumlah",
    Accumulation.LAST: "berakhir pada",
    Accumulation.MEAN: "rata-ratanya",
}


@dataclass(frozen=True)
class RktItemRow:
    """A programme, activity or sub-activity with its budget: its own, or the sum of what lies below; and what
    it is measured by: the name and the year's target of an indicator of the plan, else what was written.
    `named` is an indicator of the plan that the written one is called like."""

    item: RktItem
    depth: int
    budget: Decimal | None
    measured_by: str
    target: str
    named: RktRow | None = None

    @property
    def budget_text(self) -> str:
        return "" if self.budget is None else format_decimal(self.budget)

    @property
    def problem(self) -> str:
        """What keeps the item from being handed in, empty when nothing does."""
        if self.named is None:
            return ""
        return (
            f"{self.item.code}: “{self.measured_by}” adalah indikator {self.named.number} dengan target "
            f"{self.named.target}; pilih indikator itu pada baris ini"
        )


@dataclass(frozen=True)
class RktView:
    rkt: Rkt
    rows: tuple[RktRow, ...]
    items: tuple[RktItemRow, ...]

    @property
    def total(self) -> Decimal | None:
        """The budget of the year: the sum over sub-activities."""
        return formulas.total(row.item.budget for row in self.items)

    @property
    def problems(self) -> list[str]:
        """Everything that keeps the plan from being handed in, each with what it is about."""
        rows = [f"{row.number} {row.indicator.short_name}: {row.problem}" for row in self.rows if row.problem]
        subs = [row.item for row in self.items if row.item.level == ItemLevel.SUB_ACTIVITY]
        bare = [f"{item.code}: pagu belum diisi" for item in subs if item.budget is None]
        none = [] if self.rows else ["belum ada indikator"]
        double = [row.problem for row in self.items if row.problem]
        return [*none, *rows, *double, *bare, *([] if subs else ["belum ada sub kegiatan"])]


def rkt_of(*, unit: OrganisationUnit, year: int) -> Rkt | None:
    """Return the RKT of an office for a year, None before it is opened (one query)."""
    return (
        Rkt.objects.filter(unit=unit, year=year)
        .select_related("unit", "renstra", "document", "approved_in")
        .first()
    )


def rkt_by_uid(uid: UUID) -> Rkt | None:
    """Return an RKT with its unit (one query)."""
    return Rkt.objects.select_related("unit", "renstra", "document", "approved_in").filter(uid=uid).first()


def rkt_view(*, rkt: Rkt) -> RktView:
    """Return the plan with everything beside it (six queries, whatever its size)."""
    indicators = list(indicators_of(unit=rkt.unit, year=rkt.year))
    keys = [indicator.pk for indicator in indicators]
    planned: dict[int, list[RktTarget]] = defaultdict(list)
    for target in rkt.targets.all():
        planned[target.indicator_id].append(target)
    wanted = targets_in_force(keys)
    proposals = proposals_for(rkt)
    reached = year_reached(indicators, rkt.year - 1)
    rows = tuple(
        _row(
            indicator,
            planned[indicator.pk],
            bounds_of(wanted.get((indicator.pk, rkt.year))),
            tuple(proposals[indicator.pk]),
            reached[indicator.pk],
        )
        for indicator in indicators
    )
    items = list(rkt.items.select_related("objective", "owner").order_by("code"))
    return RktView(rkt, rows, tuple(item_rows(items, rows)))


def proposals_for(rkt: Rkt) -> dict[int, list[TargetProposal]]:
    """Return what sections have handed in as the target of the year, by indicator, newest run first."""
    found: dict[int, list[TargetProposal]] = defaultdict(list)
    handed_in = TargetProposal.objects.filter(
        report__case__unit=rkt.unit_id, report__case__year=rkt.year, report__state=SectionState.HANDED_IN
    ).exclude(report__case__state=CaseState.CANCELLED)
    for proposal in handed_in.select_related("report__position").order_by("-report__case_id", "id"):
        found[proposal.indicator_id].append(proposal)
    return found


def year_figures(indicators: Sequence[Indicator], year: int) -> dict[int, Decimal]:
    """Return what each indicator has reached by the end of a year, or so far in one that is not over (one
    query)."""
    found = year_reached(indicators, year)
    return {key: one.value for key, one in found.items() if one.value is not None}


def year_reached(indicators: Sequence[Indicator], year: int) -> dict[int, formulas.Accumulated]:
    """Return what each indicator has reached in a year, with the quarters it comes from (one query)."""
    values: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    keys = [indicator.pk for indicator in indicators]
    for row in Realisation.objects.filter(indicator__in=keys, year=year):
        values[row.indicator_id][row.quarter] = row.value
    return {
        indicator.pk: formulas.accumulate(
            Accumulation(indicator.accumulation),
            [values[indicator.pk].get(number) for number in range(1, 5)],
            4,
        )
        for indicator in indicators
    }


def item_rows(items: Sequence[RktItem], rows: Sequence[RktRow]) -> list[RktItemRow]:
    """Return the rows in the order of their codes, those above with the sum of the budgets below."""
    depths = {ItemLevel.PROGRAMME: 0, ItemLevel.ACTIVITY: 1, ItemLevel.SUB_ACTIVITY: 2}
    by_key = {row.indicator.pk: row for row in rows}
    return [
        RktItemRow(
            item,
            depths[ItemLevel(item.level)],
            budget_of(item, items),
            *measured(item, by_key.get(item.indicator_id or 0)),
            named=next((row for row in rows if is_called(row.indicator, item.indicator_text)), None),
        )
        for item in items
    ]


def measured(item: RktItem, row: RktRow | None) -> tuple[str, str]:
    """Return what an item is measured by, and its target."""
    return (row.indicator.name, row.target) if row else (item.indicator_text, item.target_text)


def is_called(indicator: Indicator, text: str) -> bool:
    """Tell whether a text is an indicator's name, long or short, however its letters and blanks are set."""
    plain = " ".join(text.casefold().split())
    return plain in {" ".join(name.casefold().split()) for name in (indicator.name, indicator.short_name)}


def budget_of(item: RktItem, items: Sequence[RktItem]) -> Decimal | None:
    if item.level == ItemLevel.SUB_ACTIVITY:
        return item.budget
    return formulas.total(other.budget for other in items if other.code.startswith(f"{item.code}."))


def first_locked(*, unit: OrganisationUnit, year: int) -> PeriodLock | None:
    """Return the first locked quarter of a year, None while all are open (one query)."""
    return PeriodLock.objects.filter(unit=unit, year=year).select_related("unit").order_by("quarter").first()


def _row(
    indicator: Indicator,
    targets: list[RktTarget],
    renstra: Bounds,
    proposals: tuple[TargetProposal, ...],
    last_year: formulas.Accumulated,
) -> RktRow:
    by_quarter = {target.quarter: Bounds(target.value, target.upper) for target in targets}
    return RktRow(
        indicator=indicator,
        number=f"{indicator.objective.sequence}.{indicator.sequence}",
        year=by_quarter.get(None, Bounds(None)),
        quarters=tuple(by_quarter.get(number, Bounds(None)) for number in range(1, 5)),
        renstra=renstra,
        proposals=proposals,
        last_year=last_year,
    )

"""Money of a year, per sub-activity, beside performance and never averaged with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from runtut.core.numbers import format_decimal
from runtut.core.periods import ROMAN
from runtut.organisations.models import OrganisationUnit
from runtut.performance import formulas
from runtut.performance.enums import ItemLevel
from runtut.performance.models import BudgetFigure, Rkt, RktItem


@dataclass(frozen=True)
class BudgetRow:
    """A programme, activity or sub-activity: its budget of the year, what was planned and spent up to the
    quarter, and the share of the budget spent. Those above hold the sums of what lies below."""

    item: RktItem
    depth: int
    budget: Decimal | None
    planned: Decimal | None
    spent: Decimal | None
    quarters: tuple[BudgetFigure | None, ...]

    @property
    def is_entered(self) -> bool:
        """Only sub-activities have money of their own."""
        return self.item.level == ItemLevel.SUB_ACTIVITY

    @property
    def absorption(self) -> formulas.Absorption:
        return formulas.absorption(self.spent, self.budget)


@dataclass(frozen=True)
class BudgetView:
    rkt: Rkt
    through: int
    rows: tuple[BudgetRow, ...]

    @property
    def own(self) -> list[BudgetRow]:
        return [row for row in self.rows if row.is_entered]

    @property
    def budget(self) -> Decimal | None:
        return formulas.total(row.budget for row in self.own)

    @property
    def planned(self) -> Decimal | None:
        return formulas.total(row.planned for row in self.own)

    @property
    def spent(self) -> Decimal | None:
        return formulas.total(row.spent for row in self.own)

    @property
    def absorption(self) -> formulas.Absorption:
        return formulas.absorption(self.spent, self.budget)

    @property
    def has_blanks(self) -> bool:
        """Tell whether the spending of the last quarter is still blank somewhere."""
        return any(one is None or one.spent is None for one in self._figures(self.through))

    @property
    def as_of(self) -> str:
        """The last quarter with any spending, where that is an earlier one: "TW II"; else empty."""
        spent = [number for number in range(1, self.through + 1) if self._is_spent(number)]
        return f"TW {ROMAN[spent[-1] - 1]}" if spent and spent[-1] < self.through else ""

    def _is_spent(self, number: int) -> bool:
        return any(one is not None and one.spent is not None for one in self._figures(number))

    def _figures(self, number: int) -> list[BudgetFigure | None]:
        return [row.quarters[number - 1] for row in self.own]


def budget_view(*, unit: OrganisationUnit, year: int, through: int) -> BudgetView | None:
    """Return the budget of a year up to a quarter, None without an RKT (three queries)."""
    rkt = Rkt.objects.filter(unit=unit, year=year).select_related("unit").first()
    if rkt is None:
        return None
    items = list(rkt.items.select_related("owner", "objective").order_by("code"))
    figures: dict[int, dict[int, BudgetFigure]] = defaultdict(dict)
    for figure in BudgetFigure.objects.filter(item__rkt=rkt):
        figures[figure.item_id][figure.quarter] = figure
    own = {item.pk: _own_row(item, figures[item.pk], through) for item in items}
    return BudgetView(rkt, through, tuple(_row(item, items, own) for item in items))


def _own_row(item: RktItem, figures: dict[int, BudgetFigure], through: int) -> BudgetRow:
    quarters = tuple(figures.get(number) for number in range(1, 5))
    passed = [one for one in quarters[:through] if one is not None]
    return BudgetRow(
        item=item,
        depth=2,
        budget=item.budget,
        planned=formulas.total(one.planned for one in passed),
        spent=formulas.total(one.spent for one in passed),
        quarters=quarters,
    )


def _row(item: RktItem, items: Sequence[RktItem], own: dict[int, BudgetRow]) -> BudgetRow:
    """A row above holds the sums of the sub-activities below it."""
    if item.level == ItemLevel.SUB_ACTIVITY:
        return own[item.pk]
    below = [
        own[other.pk]
        for other in items
        if other.level == ItemLevel.SUB_ACTIVITY and other.code.startswith(f"{item.code}.")
    ]
    return BudgetRow(
        item=item,
        depth=0 if item.level == ItemLevel.PROGRAMME else 1,
        budget=formulas.total(row.budget for row in below),
        planned=formulas.total(row.planned for row in below),
        spent=formulas.total(row.spent for row in below),
        quarters=(),
    )


def money(value: Decimal | None) -> str:
    """Write an amount in rupiah, empty for a blank."""
    return "" if value is None else format_decimal(value)

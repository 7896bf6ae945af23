"""Money of a quarter: planned and spent, per sub-activity."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from runtut.core.errors import SomeoneWasFaster
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority
from runtut.performance.actions.rkt_items import read_money
from runtut.performance.actions.rows import ensure_period_is_open
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import ItemLevel
from runtut.performance.errors import BudgetOnlyBelow
from runtut.performance.models import BudgetFigure, RktItem
from runtut.performance.rules import ensure_can_enter_budget

Amounts = tuple[Decimal | None, Decimal | None]


def enter_budget(
    *,
    item: RktItem,
    quarter: Quarter,
    planned_text: str,
    spent_text: str,
    authority: Authority,
    at: datetime,
    seen: Amounts | None = None,
) -> BudgetFigure | None:
    """Save the cash plan and the spending of a sub-activity in one quarter, in rupiah; blank is not 0.

    `seen` is what the form was drawn from. Nothing is written when nothing changed; None where nothing is
    stored. Raises NotTheBudgetKeeper, BudgetOnlyBelow, RealisationIsLocked, SomeoneWasFaster and, with the
    field "planned" or "spent", NotANumber, TooManyDecimals and MoneyOutOfRange.
    """
    ensure_can_enter_budget(authority, item)
    if item.level != ItemLevel.SUB_ACTIVITY:
        raise BudgetOnlyBelow
    wanted = (read_money(planned_text, field="planned"), read_money(spent_text, field="spent"))
    with write_transaction():
        RktItem.objects.select_for_update(no_key=True).get(pk=item.pk)
        ensure_period_is_open(unit=item.rkt.unit, quarter=quarter, at=at)
        row = BudgetFigure.objects.filter(item=item, quarter=quarter.number).first()
        before = (row.planned, row.spent) if row else (None, None)
        if before == wanted:
            return row
        if seen is not None and seen != before:
            raise SomeoneWasFaster
        row = row or BudgetFigure(region=item.region, item=item, quarter=quarter.number)
        row.planned, row.spent = wanted
        row.entered_by_id, row.entered_at = authority.user_id, at
        row.save()
        leave_trail(
            unit=item.rkt.unit,
            action="budget.entered",
            subject=row.uid,
            authority=authority,
            at=at,
            data={
                "code": item.code,
                "period": quarter.label,
                "before": {"planned": before[0], "spent": before[1]},
                "after": {"planned": wanted[0], "spent": wanted[1]},
            },
        )
    return row

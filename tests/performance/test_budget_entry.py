"""Entering the money of a quarter."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from tests.cast import Cast
from tests.performance.factories import AT, Plan, acts, make_plan

from runtut.core.errors import DomainError, SomeoneWasFaster
from runtut.core.numbers import NotANumber
from runtut.core.periods import Quarter
from runtut.performance import actions, queries
from runtut.performance.errors import (
    BudgetOnlyBelow,
    MoneyOutOfRange,
    NotTheBudgetKeeper,
    RealisationIsLocked,
)
from runtut.performance.models import BudgetFigure, PeriodLock, RktItem

pytestmark = pytest.mark.django_db

QUARTER = Quarter(2027, 1)


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return make_plan(cast.office)


def enter(
    cast: Cast, item: RktItem, planned: str, spent: str, by: str = "perencanaan", **more: object
) -> BudgetFigure | None:
    return actions.enter_budget(
        item=item,
        quarter=QUARTER,
        planned_text=planned,
        spent_text=spent,
        authority=cast.office.authority(by),
        at=AT,
        **more,
    )


def test_money_is_kept_and_shown_beside_the_budget(cast: Cast, plan: Plan) -> None:
    enter(cast, plan.item, "4.000.000", "Rp 3.000.000")

    view = queries.budget_view(unit=cast.office.unit, year=2027, through=1)

    assert view is not None
    assert (view.budget, view.planned, view.spent) == (12_000_000, 4_000_000, 3_000_000)
    assert view.absorption.value == 25
    entry = json.loads(acts().last().data)  # type: ignore[union-attr]  # one was just written
    assert entry["after"] == {"planned": "4000000", "spent": "3000000"}


def test_blank_is_not_zero_and_the_same_again_writes_nothing(cast: Cast, plan: Plan) -> None:
    assert enter(cast, plan.item, "", " ") is None
    row = enter(cast, plan.item, "", "0")
    enter(cast, plan.item, "", "0")

    assert row is not None
    assert (row.planned, row.spent) == (None, Decimal(0))
    assert acts().count() == 1


@pytest.mark.parametrize(
    ("planned", "spent", "refusal", "field"),
    [
        ("empat juta", "", NotANumber, "planned"),
        ("", "-5", MoneyOutOfRange, "spent"),
        ("", "10.000.000.000.000", MoneyOutOfRange, "spent"),
    ],
)
def test_what_is_no_money_is_refused_at_its_field(
    cast: Cast, plan: Plan, planned: str, spent: str, refusal: type[DomainError], field: str
) -> None:
    with pytest.raises(refusal) as raised:
        enter(cast, plan.item, planned, spent)

    assert raised.value.field == field
    assert not BudgetFigure.objects.exists()


def test_a_form_drawn_earlier_does_not_overwrite(cast: Cast, plan: Plan) -> None:
    enter(cast, plan.item, "", "1")

    with pytest.raises(SomeoneWasFaster):
        enter(cast, plan.item, "", "2", seen=(None, None))
    enter(cast, plan.item, "", "2", seen=(None, Decimal(1)))

    assert BudgetFigure.objects.get().spent == 2


def test_owner_enters_and_others_are_told_who_does(cast: Cast, plan: Plan) -> None:
    RktItem.objects.filter(pk=plan.item.pk).update(owner=cast.office.positions["kasi1"])
    item = RktItem.objects.select_related("owner", "rkt__unit").get(pk=plan.item.pk)
    enter(cast, item, "", "1", by="kasi1")

    with pytest.raises(NotTheBudgetKeeper, match=r"perencana Kec\. Sukamaju"):
        enter(cast, item, "", "2", by="kasi2")
    with pytest.raises(NotTheBudgetKeeper):
        actions.enter_budget(
            item=item,
            quarter=QUARTER,
            planned_text="",
            spent_text="2",
            authority=cast.other_office.authority("perencanaan"),
            at=AT,
        )

    assert BudgetFigure.objects.get().spent == 1


def test_only_sub_activities_have_money_and_only_in_an_open_quarter(cast: Cast, plan: Plan) -> None:
    with pytest.raises(BudgetOnlyBelow):
        enter(cast, plan.rkt.items.get(code="7.01.01"), "", "1")
    PeriodLock.objects.create(
        region=cast.office.unit.region,
        unit=cast.office.unit,
        year=2027,
        quarter=1,
        rule="Kalender Kinerja",
        locked_at=AT,
        contact=cast.office.positions["perencanaan"],
    )

    with pytest.raises(RealisationIsLocked, match="Kalender Kinerja"):
        enter(cast, plan.item, "", "1")

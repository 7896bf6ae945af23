"""Programmes, activities and sub-activities of an RKT, with their budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from runtut.core.locks import write_transaction
from runtut.core.numbers import format_decimal, parse_decimal
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import ensure_fits, ensure_text
from runtut.performance import formulas
from runtut.performance.actions.rkt import hold_open_rkt, raise_version
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import ItemLevel
from runtut.performance.errors import (
    BudgetOnlyBelow,
    CodeTaken,
    CodeUnknown,
    IndicatorHasTarget,
    IndicatorNotInPlan,
    ItemHasChildren,
    MoneyOutOfRange,
    OwnerOfAnotherOffice,
    ParentMissing,
)
from runtut.performance.models import Indicator, Objective, Rkt, RktItem
from runtut.performance.queries import indicators_of, is_called

MOST_MONEY = Decimal(10) ** 13


@dataclass(frozen=True)
class ItemFacts:
    """What a form says of an item. `budget_text` is for sub-activities only. With an indicator of the plan,
    that indicator's name and target take the place of `indicator_text` and `target_text`."""

    code: str
    name: str
    indicator: Indicator | None = None
    indicator_text: str = ""
    target_text: str = ""
    budget_text: str = ""
    funding: str = ""
    objective: Objective | None = None
    owner: Position | None = None


def put_item(
    *,
    rkt: Rkt,
    facts: ItemFacts,
    authority: Authority,
    at: datetime,
    item: RktItem | None = None,
    version: int | None = None,
) -> RktItem:
    """Add an item to an RKT, or change the one given.

    Raises NotThePlanner, RktIsClosed, SomeoneWasFaster and, each with its field, CodeUnknown, CodeTaken,
    ParentMissing, BudgetOnlyBelow, NotANumber, MoneyOutOfRange, OwnerOfAnotherOffice, IndicatorNotInPlan,
    IndicatorHasTarget, NameMissing and TextTooLong.
    """
    values = ensure_item(rkt, facts)
    with write_transaction():
        held = hold_open_rkt(rkt=rkt, version=version, authority=authority)
        _ensure_place(held, str(values["code"]), item)
        if item is None:
            kept = RktItem.objects.create(region=held.region, rkt=held, **values)
        else:
            kept = held.items.get(pk=item.pk)
            if kept.code != values["code"]:
                _ensure_childless(kept)
            for name, value in values.items():
                setattr(kept, name, value)
            kept.save()
        raise_version(held)
        leave_trail(
            unit=held.unit,
            action="rkt_item.changed" if item else "rkt_item.added",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"code": kept.code, "name": kept.name, "budget": kept.budget},
        )
    return kept


def remove_item(*, item: RktItem, authority: Authority, at: datetime) -> None:
    """Take an item out of an open RKT. Raises NotThePlanner, RktIsClosed and ItemHasChildren."""
    with write_transaction():
        held = hold_open_rkt(rkt=item.rkt, version=None, authority=authority)
        _ensure_childless(item)
        item.delete()
        raise_version(held)
        leave_trail(
            unit=held.unit,
            action="rkt_item.removed",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"code": item.code, "name": item.name, "budget": item.budget},
        )


def ensure_item(rkt: Rkt, facts: ItemFacts) -> dict[str, object]:
    """Return the facts as stored, or raise the refusal with its field."""
    code = formulas.normal_code(facts.code)
    level = formulas.level_of(code)
    if level is None:
        raise CodeUnknown(text=facts.code, field="code")
    budget = read_money(facts.budget_text, field="budget_text")
    if budget is not None and level is not ItemLevel.SUB_ACTIVITY:
        raise BudgetOnlyBelow(field="budget_text")
    if facts.owner is not None and not facts.owner.unit.path.startswith(rkt.unit.path):
        raise OwnerOfAnotherOffice(unit=rkt.unit.short_name, field="owner")
    return {
        "code": code,
        "level": level,
        "name": ensure_text(facts.name, what="Nama", limit=240, field="name"),
        **ensure_measure(rkt, facts),
        "funding": ensure_fits(facts.funding, what="Sumber dana", limit=80, field="funding"),
        "budget": budget,
        "objective": facts.objective,
        "owner": facts.owner,
    }


def ensure_measure(rkt: Rkt, facts: ItemFacts) -> dict[str, object]:
    """Return what an item is measured by. Raises IndicatorNotInPlan, and IndicatorHasTarget for a text that
    is the name of an indicator of the plan: its target is written once."""
    indicators = list(indicators_of(unit=rkt.unit, year=rkt.year))
    if facts.indicator is not None:
        if facts.indicator not in indicators:
            raise IndicatorNotInPlan(name=facts.indicator.short_name, year=rkt.year, field="indicator")
        return {"indicator": facts.indicator, "indicator_text": "", "target_text": ""}
    named = next((one for one in indicators if is_called(one, facts.indicator_text)), None)
    if named is not None:
        raise IndicatorHasTarget(name=named.name, field="indicator_text")
    return {
        "indicator": None,
        "indicator_text": ensure_fits(
            facts.indicator_text, what="Indikator", limit=240, field="indicator_text"
        ),
        "target_text": ensure_fits(facts.target_text, what="Target", limit=80, field="target_text"),
    }


def read_money(text: str, *, field: str) -> Decimal | None:
    """Read an amount in rupiah, None for a blank. Raises NotANumber and MoneyOutOfRange with the field."""
    value = parse_decimal(text.replace("Rp", "").strip(), decimals=2, field=field)
    if value is not None and not 0 <= value < MOST_MONEY:
        raise MoneyOutOfRange(value=format_decimal(value), field=field)
    return value


def _ensure_place(rkt: Rkt, code: str, item: RktItem | None) -> None:
    others = rkt.items.exclude(pk=item.pk) if item else rkt.items.all()
    there = others.filter(code=code).first()
    if there is not None:
        raise CodeTaken(code=code, name=there.name, field="code")
    parent = formulas.parent_of(code)
    if parent and not others.filter(code=parent).exists():
        level = formulas.level_of(parent)
        raise ParentMissing(level=str(level.label).lower() if level else "", code=parent, field="code")


def _ensure_childless(item: RktItem) -> None:
    count = RktItem.objects.filter(rkt=item.rkt_id, code__startswith=f"{item.code}.").count()
    if count:
        raise ItemHasChildren(code=item.code, count=count, field="code")

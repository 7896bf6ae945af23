"""The plan of a year and the report on one."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from runtut.demo.actions.desk import Answers, Move, Turn
from runtut.demo.queries import plan_items, words
from runtut.organisations.models import Authority
from runtut.performance import formulas
from runtut.performance.actions import ItemFacts, open_rkt, put_item
from runtut.performance.models import Indicator, Objective, Rkt
from runtut.performance.queries import ekt_facts, rkt_of, rkt_view

GROWTH = Decimal("1.04")
"""What a budget grows by from one year to the next."""


def plan_drawn(turn: Turn) -> Move | None:
    """Draw the plan from the Renstra; the first one needs its programmes and activities too, every later one
    new amounts."""
    rkt = rkt_of(unit=turn.office.unit, year=turn.planned.year)
    if rkt is None:
        return turn.move(turn.after(0.2), partial(draw, turn))
    if not rkt.items.exists():
        return turn.move(turn.after(0.5), partial(list_items, turn, rkt))
    if is_copied(rkt):
        return turn.move(turn.after(0.5), partial(raise_budgets, rkt))
    return None


def draw(turn: Turn, authority: Authority, at: datetime) -> None:
    open_rkt(unit=turn.office.unit, year=turn.planned.year, authority=authority, at=at)


def list_items(turn: Turn, rkt: Rkt, authority: Authority, at: datetime) -> None:
    objectives = {one.sequence: one for one in Objective.objects.filter(unit=rkt.unit)}
    indicators = {row.number: row.indicator for row in rkt_view(rkt=rkt).rows}
    for entry in plan_items():
        facts = item_facts(turn, entry, objectives, indicators)
        put_item(rkt=rkt, facts=facts, authority=authority, at=at)


def item_facts(
    turn: Turn, entry: dict[str, Any], objectives: dict[int, Objective], indicators: dict[str, Indicator]
) -> ItemFacts:
    return ItemFacts(
        code=entry["code"],
        name=entry["name"],
        indicator=indicators.get(entry.get("measure", "")),
        indicator_text=entry.get("indicator", ""),
        target_text=entry.get("target", ""),
        budget_text=formulas.figure(Decimal(entry["budget"]), 0) if entry["budget"] else "",
        funding=words()["funding"] if entry["budget"] else "",
        objective=objectives.get(entry["objective"]),
        owner=turn.office.seat(entry["owner"]) if entry["owner"] else None,
    )


def total(rkt: Rkt) -> Decimal:
    return sum((item.budget for item in rkt.items.all() if item.budget), Decimal(0))


def is_copied(rkt: Rkt) -> bool:
    """Tell whether the plan still has the amounts of the year before."""
    before = rkt_of(unit=rkt.unit, year=rkt.year - 1)
    return before is not None and total(before) == total(rkt)


def raise_budgets(rkt: Rkt, authority: Authority, at: datetime) -> None:
    for item in rkt.items.order_by("-code").select_related("indicator", "objective", "owner"):
        grown = ((item.budget or Decimal(0)) * GROWTH / 50000).to_integral_value() * 50000
        facts = ItemFacts(
            code=item.code,
            name=item.name,
            indicator=item.indicator,
            indicator_text=item.indicator_text,
            target_text=item.target_text,
            budget_text=formulas.figure(grown, 0) if item.budget else "",
            funding=item.funding,
            objective=item.objective,
            owner=item.owner,
        )
        put_item(rkt=rkt, facts=facts, item=item, authority=authority, at=at)


def year_explained(turn: Turn, authority: Authority, at: datetime) -> Answers:
    """Words on every objective, and the reason for a figure that is not there."""
    facts = ekt_facts(unit=turn.office.unit, year=turn.planned.year, on=turn.office.unit.local_date(at))
    known = words()["objectives"]
    return {
        "objectives": {
            one.key: dict(known[number % len(known)]) for number, one in enumerate(facts.objectives)
        },
        "missing_reason": turn.say("missing") if facts.missing else "",
    }

"""Renstra, RKT and budget of the demonstration kecamatan, from data/demo_renstra.json."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.organisations.actions.demo import demo_uid
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.rules import system_authority
from runtut.performance import formulas
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import ItemLevel, PlanState
from runtut.performance.models import (
    BudgetFigure,
    Goal,
    Indicator,
    Objective,
    Renstra,
    RenstraTarget,
    Rkt,
    RktItem,
    RktTarget,
    Target,
)

FILE = Path(__file__).resolve().parents[1] / "data" / "demo_renstra.json"
Entry = dict[str, Any]
KINDS = ("renstra", "goals", "renstra_targets", "rkt", "items", "budget_figures")


def load_demo_plans(*, at: datetime, until: Mapping[str, int] | None = None) -> dict[str, int]:
    """Add the plans of the demonstration offices where there are none: a Renstra with base values and yearly
    targets, the RKT of the years that have figures, and their budget. An office that has a Renstra keeps it.
    `until` gives the year from which on a unit, by its key, gets no RKT here, because it makes them itself.

    Returns the number of rows added by kind.
    """
    data = json.loads(FILE.read_text(encoding="utf-8"))
    total = dict.fromkeys(KINDS, 0)
    for key, figures in data["units"].items():
        unit = OrganisationUnit.objects.filter(uid=demo_uid("unit", key)).first()
        if unit is not None and not Renstra.objects.filter(unit=unit).exists():
            years = [year for year in data["years"] if year < (until or {}).get(key, year + 1)]
            for kind, count in _load_unit(key, unit, {**data, "years": years}, figures, at).items():
                total[kind] += count
    return total


def _load_unit(key: str, unit: OrganisationUnit, data: Entry, figures: Entry, at: datetime) -> dict[str, int]:
    with write_transaction():
        renstra = Renstra.objects.create(
            uid=demo_uid("renstra", key),
            region=unit.region,
            unit=unit,
            title=f"{data['title']} {unit.name}",
            decree=data["decree"],
            first_year=data["first_year"],
            last_year=data["last_year"],
        )
        added = {"renstra": 1, "goals": _load_goals(renstra, data)}
        added["renstra_targets"] = _load_targets(renstra, numbered(unit), data, figures, at)
        plans = [_load_rkt(key, renstra, year, data) for year in data["years"]]
        added["rkt"] = len(plans)
        added["items"] = sum(plan.items.count() for plan in plans)
        added["budget_figures"] = len(
            BudgetFigure.objects.bulk_create(row for plan in plans for row in _money(plan, data))
        )
        leave_trail(
            unit=unit,
            action="demo.plans_loaded",
            subject=renstra.uid,
            authority=system_authority(region=unit.region),
            at=at,
            data=added,
        )
    return added


def numbered(unit: OrganisationUnit) -> dict[str, Indicator]:
    """Return the indicators of an office by their numbers, as "2.1"."""
    rows = Indicator.objects.filter(unit=unit).select_related("objective")
    return {f"{one.objective.sequence}.{one.sequence}": one for one in rows}


def _load_goals(renstra: Renstra, data: Entry) -> int:
    for sequence, entry in enumerate(data["goals"], start=1):
        goal = Goal.objects.create(
            region=renstra.region, renstra=renstra, sequence=sequence, text=entry["text"]
        )
        Objective.objects.filter(
            unit=renstra.unit_id, sequence__in=entry["objectives"], goal__isnull=True
        ).update(goal=goal)
    return len(data["goals"])


def _load_targets(
    renstra: Renstra, indicators: dict[str, Indicator], data: Entry, figures: Entry, at: datetime
) -> int:
    rows = []
    for number, entry in figures.items():
        indicator = indicators.get(number)
        if indicator is None:
            continue
        indicator.base_value, indicator.base_year = Decimal(entry["base"]), data["base_year"]
        indicator.save(update_fields=["base_value", "base_year"])
        for year, text in zip(renstra.years, entry["targets"], strict=True):
            rows.append(
                RenstraTarget(
                    region=renstra.region, indicator=indicator, year=year, value=Decimal(text), set_at=at
                )
            )
    return len(RenstraTarget.objects.bulk_create(rows))


def _load_rkt(key: str, renstra: Renstra, year: int, data: Entry) -> Rkt:
    """The plan of a year that has begun: its targets are those in force, and it is locked."""
    opened = min(datetime(year - 1, 12, 1, 2, tzinfo=UTC), datetime(year, 1, 5, 2, tzinfo=UTC))
    rkt = Rkt.objects.create(
        uid=demo_uid("rkt", f"{key}.{year}"),
        region=renstra.region,
        unit=renstra.unit,
        renstra=renstra,
        year=year,
        state=PlanState.LOCKED,
        opened_at=opened,
        submitted_at=opened,
        approved_at=opened,
        approved_in=Position.objects.filter(unit=renstra.unit, is_head=True).first(),
    )
    RktTarget.objects.bulk_create(
        RktTarget(
            region=rkt.region,
            rkt=rkt,
            indicator_id=target.indicator_id,
            quarter=target.quarter,
            value=target.value,
            upper=target.upper,
        )
        for target in Target.objects.filter(indicator__unit=renstra.unit, year=year)
    )
    objectives = {one.sequence: one for one in Objective.objects.filter(unit=renstra.unit)}
    indicators = numbered(renstra.unit)
    owners = dict(Position.objects.values_list("uid", "pk"))
    RktItem.objects.bulk_create(
        RktItem(
            region=rkt.region,
            rkt=rkt,
            objective=objectives.get(entry["objective"]),
            owner_id=owners.get(demo_uid("position", f"{key}.{entry['owner']}")),
            code=entry["code"],
            level=formulas.level_of(entry["code"]) or ItemLevel.SUB_ACTIVITY,
            name=entry["name"],
            indicator=indicators.get(entry.get("measure", "")),
            indicator_text=entry.get("indicator", ""),
            target_text=entry.get("target", ""),
            budget=Decimal(entry["budget"]) if entry["budget"] else None,
            funding=data["funding"] if entry["budget"] else "",
        )
        for entry in data["items"]
    )
    return rkt


def _money(rkt: Rkt, data: Entry) -> Iterator[BudgetFigure]:
    """Quarterly budget and spending of the sub-activities; quarters that have not come stay blank."""
    spent = data["spent"].get(str(rkt.year), [])
    for item in rkt.items.filter(level=ItemLevel.SUB_ACTIVITY):
        assert item.budget is not None
        for number, share in enumerate(data["planned_shares"], start=1):
            reached = item.budget * Decimal(spent[number - 1]) if number <= len(spent) else None
            yield BudgetFigure(
                region=rkt.region,
                item=item,
                quarter=number,
                planned=item.budget * Decimal(share),
                spent=reached,
                entered_at=datetime.combine(Quarter(rkt.year, number).end, datetime.min.time(), UTC)
                if reached is not None
                else None,
            )

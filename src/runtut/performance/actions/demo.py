"""Indicators, targets and past figures of the demonstration offices, from data/demo*.json."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Q

from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.organisations.actions.demo import demo_uid
from runtut.organisations.errors import DemoNotAllowed
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.rules import system_authority
from runtut.performance.actions.locking import contact_for
from runtut.performance.actions.sums import keep_sums
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import Accumulation, RealisationState, Variant
from runtut.performance.models import Indicator, Objective, PeriodLock, Realisation, Target

DATA = Path(__file__).resolve().parents[1] / "data"
FILES = ("demo.json", "demo_dinas.json")
ENTERED, LOCKED = timedelta(days=9, hours=3), timedelta(days=19, hours=3)
Entry = dict[str, Any]
Row = TypeVar("Row", Target, Realisation)


def load_demo_performance(*, at: datetime, until: Mapping[str, int] | None = None) -> dict[str, int]:
    """Add what is missing of the demonstration: objectives, indicators, targets, the locked figures of past
    quarters. What users entered or changed stays as it is; units that are not there are passed over. `until`
    gives the year from which on a unit, by its key, gets no figures here, because it makes them itself.

    Returns the number of rows added by kind. Raises DemoNotAllowed unless RUNTUT_DEMO=1.
    """
    if not settings.DEMO:
        raise DemoNotAllowed
    total = {"objectives": 0, "indicators": 0, "targets": 0, "realisations": 0, "locks": 0}
    for name in FILES:
        data = json.loads((DATA / name).read_text(encoding="utf-8"))
        for key, figures in data["units"].items():
            unit = OrganisationUnit.objects.filter(uid=demo_uid("unit", key)).first()
            if unit is not None:
                known = _before(figures, (until or {}).get(key))
                for kind, count in _load_unit(key, unit, data, known, at).items():
                    total[kind] += count
    return total


def _before(figures: Entry, year: int | None) -> Entry:
    """Return the figures of the years before one; all where none is named."""
    return {
        number: {one: entry for one, entry in years.items() if year is None or int(one) < year}
        for number, years in figures.items()
    }


def _load_unit(key: str, unit: OrganisationUnit, data: Entry, figures: Entry, at: datetime) -> dict[str, int]:
    with write_transaction():
        indicators, added = _load_indicators(key, unit, data)
        added["targets"] = _add_missing(Target, _targets(indicators, figures))
        added["realisations"] = _add_missing(Realisation, _realisations(indicators, figures, at))
        for year in sorted({year for _, year, _ in _years(indicators, figures)}):
            keep_sums(indicators=[one.pk for one in indicators.values()], year=year)
        added["locks"] = _load_locks(unit, data, figures, at)
        if any(added.values()):
            leave_trail(
                unit=unit,
                action="demo.loaded",
                subject=unit.uid,
                authority=system_authority(region=unit.region),
                at=at,
                data=added,
            )
    return added


def _load_indicators(
    key: str, unit: OrganisationUnit, data: Entry
) -> tuple[dict[str, Indicator], dict[str, int]]:
    """Return the indicators by their number ("1.2"). A row is known by its uid, whatever it was renamed to,
    or else by its place, so that nothing is put where somebody has put something already."""
    added = {"objectives": 0, "indicators": 0}
    indicators: dict[str, Indicator] = {}
    for entry in data["objectives"]:
        objective, made = _load_objective(key, unit, data, entry)
        added["objectives"] += made
        for item in entry["indicators"]:
            number = f"{entry['sequence']}.{item['sequence']}"
            indicators[number], made = _load_indicator(key, objective, number, item)
            added["indicators"] += made
    return indicators, added


def _load_objective(key: str, unit: OrganisationUnit, data: Entry, entry: Entry) -> tuple[Objective, bool]:
    uid = demo_uid("objective", f"{key}.{entry['sequence']}")
    start = data["valid_from_year"]
    place = Q(unit=unit, sequence=entry["sequence"], valid_from_year=start)
    there = Objective.objects.filter(Q(uid=uid) | place).first()
    if there is not None:
        return there, False
    made = Objective.objects.create(
        uid=uid,
        region=unit.region,
        unit=unit,
        sequence=entry["sequence"],
        text=entry["text"],
        valid_from_year=start,
        valid_until_year=data["valid_until_year"],
    )
    return made, True


def _load_indicator(key: str, objective: Objective, number: str, item: Entry) -> tuple[Indicator, bool]:
    uid = demo_uid("indicator", f"{key}.{number}")
    place = Q(objective=objective, sequence=item["sequence"])
    there = Indicator.objects.filter(Q(uid=uid) | place).first()
    if there is not None:
        return there, False
    made = Indicator.objects.create(
        uid=uid,
        region=objective.region,
        objective=objective,
        unit_id=objective.unit_id,
        owner=Position.objects.get(uid=demo_uid("position", owner_key(key, item["owner"]))),
        sequence=item["sequence"],
        name=item["name"],
        short_name=item["short_name"],
        definition=item["definition"],
        formula_text=item["formula_text"],
        measure=item["measure"],
        source=item["source"],
        required_evidence=item["required_evidence"],
        variant=Variant(item["variant"]),
        accumulation=Accumulation(item["accumulation"]),
        decimals=item["decimals"],
        minimum=_decimal(item["minimum"]),
        maximum=_decimal(item["maximum"]),
        cap=_decimal(item["cap"]),
    )
    return made, True


def owner_key(unit: str, owner: str) -> str:
    """Return the key of a position: a kecamatan names its own without the unit, a dinas in full."""
    return owner if "." in owner else f"{unit}.{owner}"


def _years(indicators: dict[str, Indicator], figures: Entry) -> Iterator[tuple[Indicator, int, Entry]]:
    for number, years in figures.items():
        for year, entry in years.items():
            yield indicators[number], int(year), entry


def _targets(indicators: dict[str, Indicator], figures: Entry) -> Iterator[Target]:
    for indicator, year, entry in _years(indicators, figures):
        for quarter, text in enumerate([entry["year"], *entry["quarters"]]):
            if text is not None:
                yield Target(
                    region=indicator.region,
                    indicator=indicator,
                    year=year,
                    quarter=quarter or None,
                    value=Decimal(text),
                )


def _realisations(indicators: dict[str, Indicator], figures: Entry, at: datetime) -> Iterator[Realisation]:
    """Past figures are history: entered by their owners' positions soon after the quarter, and locked."""
    for indicator, year, entry in _years(indicators, figures):
        for quarter, text in enumerate(entry["realisation"], 1):
            if text is not None:
                yield Realisation(
                    region=indicator.region,
                    indicator=indicator,
                    year=year,
                    quarter=quarter,
                    value=Decimal(text),
                    cause=entry["causes"].get(str(quarter), ""),
                    state=RealisationState.LOCKED,
                    entered_in_id=indicator.owner_id,
                    entered_at=_after(Quarter(year, quarter), ENTERED, at),
                )


def _add_missing(model: type[Row], rows: Iterator[Row]) -> int:
    """Insert the rows whose indicator, year and quarter have none yet; a quarter that somebody filled in
    keeps what they wrote."""
    wanted: dict[tuple[int, int, int | None], Row] = {
        (row.indicator_id, row.year, row.quarter): row for row in rows
    }
    keys = {indicator for indicator, _, _ in wanted}
    there = model._default_manager.filter(indicator__in=keys).values_list("indicator", "year", "quarter")
    missing: list[Row] = [wanted[key] for key in wanted.keys() - set(there)]
    model._default_manager.bulk_create(missing)
    return len(missing)


def _load_locks(unit: OrganisationUnit, data: Entry, figures: Entry, at: datetime) -> int:
    """Lock every quarter that has past figures. A lock that is there stays as it is, and a quarter in which
    somebody has a figure of their own stays open."""
    closed = {
        Quarter(int(year), number)
        for years in figures.values()
        for year, entry in years.items()
        for number, text in enumerate(entry["realisation"], 1)
        if text is not None
    }
    locks = PeriodLock.objects.filter(unit=unit).values_list("year", "quarter")
    own = Realisation.objects.filter(indicator__unit=unit).exclude(state=RealisationState.LOCKED)
    kept = {Quarter(*period) for period in [*locks, *own.values_list("year", "quarter")]}
    contact = contact_for(unit=unit, fallback_id=None)
    made = PeriodLock.objects.bulk_create(
        PeriodLock(
            region=unit.region,
            unit=unit,
            year=quarter.year,
            quarter=quarter.number,
            rule=data["lock_rule"],
            locked_at=_after(quarter, LOCKED, at),
            contact=contact,
        )
        for quarter in sorted(closed - kept)
    )
    return len(made)


def _after(quarter: Quarter, delay: timedelta, at: datetime) -> datetime:
    """An instant after a quarter's end, never later than the loading itself."""
    return min(datetime.combine(quarter.end, time(), UTC) + delay, at)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)

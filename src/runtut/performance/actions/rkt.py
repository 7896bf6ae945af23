"""Drawing the RKT of a year from the Renstra, and editing its targets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from runtut.cases.rules import ensure_reason
from runtut.core.dates import long_date
from runtut.core.errors import SomeoneWasFaster
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance import formulas
from runtut.performance.actions.renstra_targets import read_bounds
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import Accumulation, PlanState, Variant
from runtut.performance.errors import (
    RenstraMissing,
    RktExists,
    RktIsClosed,
    YearHasLockedQuarter,
)
from runtut.performance.models import Indicator, Rkt, RktItem, RktTarget
from runtut.performance.queries import (
    Bounds,
    bounds_of,
    first_locked,
    indicators_of,
    renstra_of,
    targets_in_force,
    year_figures,
)
from runtut.performance.rules import ensure_can_plan

KEYS = ("year", "tw1", "tw2", "tw3", "tw4")
STATE_WORDS = {
    PlanState.WAITING: "diajukan",
    PlanState.APPROVED: "disetujui",
    PlanState.LOCKED: "terkunci",
}
WAYS_OUT = {
    PlanState.WAITING: "Tarik kembali lebih dahulu bila angkanya perlu diperbaiki.",
    PlanState.APPROVED: "Perubahan target sesudah disetujui dilakukan melalui perubahan Perjanjian Kinerja.",
    PlanState.LOCKED: "Perubahan target sesudah disetujui dilakukan melalui perubahan Perjanjian Kinerja.",
}


def open_rkt(*, unit: OrganisationUnit, year: int, authority: Authority, at: datetime) -> Rkt:
    """Open the RKT of a year: targets from the Renstra with quarters proposed from them, programmes,
    activities and sub-activities from the year before.

    Raises NotThePlanner, RenstraMissing, YearHasLockedQuarter and RktExists.
    """
    ensure_can_plan(authority, unit)
    ensure_year_is_open(unit=unit, year=year)
    renstra = renstra_of(unit=unit, year=year)
    if renstra is None:
        raise RenstraMissing(unit=unit.short_name, year=year, field="year")
    with write_transaction():
        OrganisationUnit.objects.select_for_update().get(pk=unit.pk)
        there = Rkt.objects.filter(unit=unit, year=year).first()
        if there is not None:
            since = long_date(unit.local_date(there.opened_at))
            raise RktExists(year=year, unit=unit.short_name, since=since)
        rkt = Rkt.objects.create(
            region=unit.region,
            unit=unit,
            renstra=renstra,
            year=year,
            opened_by_id=authority.user_id,
            opened_at=at,
        )
        targets = RktTarget.objects.bulk_create(_drawn(rkt))
        items = RktItem.objects.bulk_create(_items_again(rkt))
        leave_trail(
            unit=unit,
            action="rkt.opened",
            subject=rkt.uid,
            authority=authority,
            at=at,
            data={"year": year, "renstra": renstra.uid, "targets": len(targets), "items": len(items)},
        )
    return rkt


def ensure_year_is_open(*, unit: OrganisationUnit, year: int, field: str | None = None) -> None:
    """Raise YearHasLockedQuarter when figures were locked under the targets of a year."""
    lock = first_locked(unit=unit, year=year)
    if lock is not None:
        raise YearHasLockedQuarter(
            year=year,
            unit=unit.short_name,
            period=Quarter(lock.year, lock.quarter).label,
            since=long_date(unit.local_date(lock.locked_at)),
            field=field,
        )


def _drawn(rkt: Rkt) -> list[RktTarget]:
    indicators = list(indicators_of(unit=rkt.unit, year=rkt.year))
    wanted = targets_in_force(indicator.pk for indicator in indicators)
    before = year_figures(indicators, rkt.year - 1)
    rows: list[RktTarget] = []
    for indicator in indicators:
        year = bounds_of(wanted.get((indicator.pk, rkt.year)))
        if year.value is not None:
            quarters = proposed_quarters(indicator, year, before.get(indicator.pk))
            rows += target_rows(rkt, indicator, [year, *quarters])
    return rows


def proposed_quarters(indicator: Indicator, year: Bounds, before: Decimal | None) -> list[Bounds]:
    """Return quarterly targets that lead to the year's; a range is the same range every quarter."""
    assert year.value is not None
    kind = Accumulation(indicator.accumulation)
    if year.upper is not None:
        blank = kind is Accumulation.ANNUAL
        return [Bounds(None) if blank else year] * 4
    spread = formulas.spread(
        kind,
        year.value,
        decimals=indicator.decimals,
        before=before,
        lower_is_better=Variant(indicator.variant).lower_is_better,
    )
    return [Bounds(value) for value in spread]


def target_rows(rkt: Rkt, indicator: Indicator, bounds: list[Bounds]) -> list[RktTarget]:
    """Return the rows of the year's target and the four quarters'; a blank has none."""
    return [
        RktTarget(
            region=rkt.region,
            rkt=rkt,
            indicator=indicator,
            quarter=number or None,
            value=one.value,
            upper=one.upper,
        )
        for number, one in enumerate(bounds)
        if one.value is not None
    ]


def _items_again(rkt: Rkt) -> list[RktItem]:
    """The items of the newest earlier RKT, as a first draft."""
    before = Rkt.objects.filter(unit=rkt.unit, year__lt=rkt.year).order_by("-year").first()
    if before is None:
        return []
    still = {indicator.pk for indicator in indicators_of(unit=rkt.unit, year=rkt.year)}
    return [
        RktItem(
            region=rkt.region,
            rkt=rkt,
            objective_id=item.objective_id,
            owner_id=item.owner_id,
            code=item.code,
            level=item.level,
            name=item.name,
            **measure_again(item, still),
            budget=item.budget,
            funding=item.funding,
        )
        for item in before.items.select_related("indicator").order_by("code")
    ]


def measure_again(item: RktItem, still: Collection[int]) -> dict[str, Any]:
    """What an item of an earlier plan is measured by; an indicator that is no longer in force leaves its
    name, and its target to be written."""
    if item.indicator is None or item.indicator_id in still:
        return {
            "indicator_id": item.indicator_id,
            "indicator_text": item.indicator_text,
            "target_text": item.target_text,
        }
    return {"indicator_text": item.indicator.name}


def hold_open_rkt(*, rkt: Rkt, version: int | None, authority: Authority) -> Rkt:
    """Return the plan read again under its row's lock. Raises NotThePlanner, RktIsClosed with the way out,
    and SomeoneWasFaster when `version` is given and no longer the plan's."""
    ensure_can_plan(authority, rkt.unit)
    held = Rkt.objects.select_for_update(of=("self",)).select_related("unit", "document").get(pk=rkt.pk)
    ensure_is_open(held)
    if version is not None and version != held.version:
        raise SomeoneWasFaster
    return held


def ensure_is_open(rkt: Rkt) -> None:
    """Raise RktIsClosed unless targets and items may still be changed."""
    state = PlanState(rkt.state)
    if not state.is_open:
        raise RktIsClosed(year=rkt.year, state=STATE_WORDS[state], way_out=WAYS_OUT[state])


def raise_version(rkt: Rkt) -> None:
    rkt.version += 1
    rkt.save(update_fields=["version"])


def set_rkt_targets(
    *,
    rkt: Rkt,
    indicator: Indicator,
    texts: Mapping[str, str],
    authority: Authority,
    at: datetime,
    seen: Mapping[str, str] | None = None,
) -> list[RktTarget]:
    """Set the targets of one indicator: `texts` by "year", "tw1" to "tw4", for a range also "year_upper"
    ("tw1_upper" and so on). What is left out, or blank, has no target.

    `seen` says of the targets that were typed over how the form showed them; all others then stay as they
    are. Nothing is written when nothing changed. Raises NotThePlanner, RktIsClosed and, with the name of the
    text as the field, SomeoneWasFaster and what read_bounds refuses.
    """
    bounds = [read_text(rkt, indicator, key, texts) for key in KEYS]
    with write_transaction():
        held = hold_open_rkt(rkt=rkt, version=None, authority=authority)
        rows = {row.quarter: row for row in held.targets.filter(indicator=indicator)}
        before = [bounds_of_row(rows.get(number or None)) for number in range(5)]
        if seen is not None:
            bounds = typed_over(before, bounds, seen, indicator)
        if before == bounds:
            return list(rows.values())
        held.targets.filter(indicator=indicator).delete()
        made = RktTarget.objects.bulk_create(target_rows(held, indicator, bounds))
        raise_version(held)
        leave_trail(
            unit=held.unit,
            action="rkt_target.set",
            subject=held.uid,
            authority=authority,
            at=at,
            data={
                "indicator": indicator.uid,
                "before": [one.value for one in before],
                "after": [one.value for one in bounds],
            },
        )
    return made


def typed_over(
    before: Sequence[Bounds], wanted: Sequence[Bounds], seen: Mapping[str, str], indicator: Indicator
) -> list[Bounds]:
    """Return the targets with those that were typed over. Raises SomeoneWasFaster, with the name of the text
    as the field, where somebody has changed one since it was shown."""
    found = list(before)
    for at, key in enumerate(KEYS):
        if key not in seen or before[at] == wanted[at]:
            continue
        if seen[key] != before[at].text(indicator.decimals):
            raise SomeoneWasFaster(field=key)
        found[at] = wanted[at]
    return found


def bounds_of_row(row: RktTarget | None) -> Bounds:
    return Bounds(row.value, row.upper) if row else Bounds(None)


def read_text(rkt: Rkt, indicator: Indicator, key: str, texts: Mapping[str, str]) -> Bounds:
    """Read one target; a refusal names the text it came from."""
    text = texts.get(key, "")
    if not text.strip():
        return Bounds(None)
    upper = texts.get(f"{key}_upper", "")
    value, high = read_bounds(
        indicator=indicator, year=rkt.year, value_text=text, upper_text=upper, field=key
    )
    return Bounds(value, high)


def reopen_rkt(*, rkt: Rkt, reason: str, authority: Authority, at: datetime) -> Rkt:
    """Take back a plan that was handed in, to correct its figures: it must be composed again before it can
    be approved. Raises NotThePlanner, RktIsClosed (approved or locked) and ReasonMissing."""
    ensure_can_plan(authority, rkt.unit)
    text = ensure_reason(reason)
    with write_transaction():
        held = Rkt.objects.select_for_update(of=("self",)).select_related("unit").get(pk=rkt.pk)
        state = PlanState(held.state)
        if state.is_open:
            return held
        if state is not PlanState.WAITING:
            raise RktIsClosed(year=held.year, state=STATE_WORDS[state], way_out=WAYS_OUT[state])
        held.state, held.return_reason = PlanState.RETURNED, text
        held.version += 1
        held.save(update_fields=["state", "return_reason", "version"])
        leave_trail(
            unit=held.unit,
            action="rkt.reopened",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"year": held.year, "reason": text},
        )
    return held

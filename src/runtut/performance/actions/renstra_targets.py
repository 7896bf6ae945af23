"""What the Renstra wants of an indicator: where it begins, and the target of each year."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import Max

from runtut.core.errors import SomeoneWasFaster
from runtut.core.locks import write_transaction
from runtut.core.numbers import parse_decimal
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits
from runtut.performance.actions.entry import read_value
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import Variant
from runtut.performance.errors import (
    ChangeReasonMissing,
    TargetMissing,
    TargetStays,
    UpperMissing,
    YearOutsideRenstra,
)
from runtut.performance.models import Indicator, RenstraTarget
from runtut.performance.queries import Bounds, bounds_of, renstra_of
from runtut.performance.rules import ensure_can_plan


def set_renstra_target(
    *,
    indicator: Indicator,
    year: int,
    value_text: str,
    upper_text: str = "",
    reason: str = "",
    authority: Authority,
    at: datetime,
    seen: str | None = None,
) -> RenstraTarget | None:
    """Set the Renstra's target of a year, or with a blank take it away; every change adds a version and keeps
    the one before. None where no target is in force afterwards.

    Once the Renstra is fixed by a decree, a target that was set stays and changes only with a reason; while
    it is being written it follows whoever writes it. `seen` is the target as the form showed it. Nothing is
    written when nothing changed. Raises NotThePlanner, YearOutsideRenstra, TargetStays, UpperMissing,
    ChangeReasonMissing, SomeoneWasFaster, and what read_value refuses.
    """
    ensure_can_plan(authority, indicator.unit)
    renstra = renstra_of(unit=indicator.unit, year=year)
    if renstra is None:
        raise YearOutsideRenstra(year=year, period=period_of(indicator), field="year")
    wanted = _wanted(indicator, year, value_text, upper_text)
    text = ensure_fits(reason, what="Alasan perubahan", limit=300, field="reason")
    with write_transaction():
        Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
        there = indicator.renstra_targets.filter(year=year, superseded_at__isnull=True).first()
        before = bounds_of(there)
        if before == wanted:
            return there
        if seen is not None and seen != before.text(indicator.decimals):
            raise SomeoneWasFaster
        if there is not None:
            _ensure_may_change(there, wanted, bool(renstra.decree), text)
            there.superseded_at = at
            there.save(update_fields=["superseded_at"])
        made = _next_version(indicator, year, wanted, text if there else "", authority, at)
        leave_trail(
            unit=indicator.unit,
            action="renstra_target.set",
            subject=indicator.uid,
            authority=authority,
            at=at,
            data={
                "year": year,
                "version": made.version if made else None,
                "before": before.value,
                "after": wanted.value,
                "reason": text,
            },
        )
    return made


def _wanted(indicator: Indicator, year: int, value_text: str, upper_text: str) -> Bounds:
    if not value_text.strip() and not upper_text.strip():
        return Bounds(None)
    return Bounds(*read_bounds(indicator=indicator, year=year, value_text=value_text, upper_text=upper_text))


def _ensure_may_change(there: RenstraTarget, wanted: Bounds, is_fixed: bool, reason: str) -> None:
    if is_fixed and wanted.value is None:
        raise TargetStays(year=there.year, field="value_text")
    if is_fixed and not reason:
        raise ChangeReasonMissing(field="reason")


def _next_version(
    indicator: Indicator, year: int, wanted: Bounds, reason: str, authority: Authority, at: datetime
) -> RenstraTarget | None:
    if wanted.value is None:
        return None
    last = indicator.renstra_targets.filter(year=year).aggregate(last=Max("version"))["last"] or 0
    return RenstraTarget.objects.create(
        region=indicator.region,
        indicator=indicator,
        year=year,
        version=last + 1,
        value=wanted.value,
        upper=wanted.upper,
        reason=reason,
        set_by_id=authority.user_id,
        set_at=at,
    )


def set_base_value(
    *, indicator: Indicator, value_text: str, authority: Authority, at: datetime, seen: str | None = None
) -> Indicator:
    """Set where an indicator stood before the Renstra began; blank is not known, never 0.

    `seen` is the figure as the form showed it. Nothing is written when nothing changed. Raises NotThePlanner,
    SomeoneWasFaster, and what read_value refuses.
    """
    ensure_can_plan(authority, indicator.unit)
    value = read_value(indicator=indicator, text=value_text)
    with write_transaction():
        held = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
        before = held.base_value
        if before == value:
            return held
        if seen is not None and seen != Bounds(before).text(indicator.decimals):
            raise SomeoneWasFaster
        held.base_value = value
        held.save(update_fields=["base_value"])
        leave_trail(
            unit=indicator.unit,
            action="indicator.changed",
            subject=indicator.uid,
            authority=authority,
            at=at,
            data={"before": {"base_value": before}, "after": {"base_value": value}},
        )
    return held


def period_of(indicator: Indicator) -> str:
    """The years in which an indicator's objective is in force."""
    objective = indicator.objective
    return f"{objective.valid_from_year}–{objective.valid_until_year}"


def read_bounds(
    *, indicator: Indicator, year: int, value_text: str, upper_text: str, field: str = "value_text"
) -> tuple[Decimal, Decimal | None]:
    """Read a target: one figure, or the two bounds of a range. Raises TargetMissing and UpperMissing with the
    field, and what read_value refuses."""
    value = read_value(indicator=indicator, text=value_text, field=field)
    if value is None:
        raise TargetMissing(indicator=indicator.short_name, year=year, field=field)
    if not Variant(indicator.variant).has_range:
        return value, None
    upper = parse_decimal(upper_text, decimals=indicator.decimals, field=field)
    if upper is None or upper < value:
        raise UpperMissing(indicator=indicator.short_name, field=field)
    return value, upper

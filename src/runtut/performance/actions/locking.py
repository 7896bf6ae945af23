"""Locking a quarter, and opening it again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from runtut.core.dates import long_date
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.organisations.enums import Role
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import positions_in
from runtut.performance.actions.handover import ensure_all_submitted
from runtut.performance.actions.telling import tell_of_return
from runtut.performance.actions.trail import leave_trail
from runtut.performance.enums import PlanState, RealisationState
from runtut.performance.errors import (
    NotAllApproved,
    OpeningReasonMissing,
    PeriodAlreadyLocked,
    PeriodIsNotLocked,
)
from runtut.performance.models import PeriodLock, Realisation, Rkt
from runtut.performance.queries import period_lock
from runtut.performance.rules import ensure_can_review, ensure_can_unlock


def lock_period(
    *, unit: OrganisationUnit, quarter: Quarter, rule: str, authority: Authority, at: datetime
) -> PeriodLock:
    """Close a quarter of an office: every figure handed over is locked, under a rule in words, and with the
    first quarter the year's RKT.

    Raises NotAllowed, NotAllSubmitted, NotAllApproved, and PeriodAlreadyLocked (who did it and when) the
    second time.
    """
    ensure_can_review(authority, unit)
    return close_period(unit=unit, quarter=quarter, rule=rule, authority=authority, at=at)


def close_period(
    *, unit: OrganisationUnit, quarter: Quarter, rule: str, authority: Authority, at: datetime
) -> PeriodLock:
    """Do what lock_period does, for a run whose own rules have already allowed the step."""
    with write_transaction():
        _ensure_not_locked(unit, quarter)
        ensure_all_submitted(unit=unit, quarter=quarter)
        ensure_all_approved(unit=unit, quarter=quarter)
        lock, made = PeriodLock.objects.get_or_create(
            unit=unit,
            year=quarter.year,
            quarter=quarter.number,
            opened_at=None,
            defaults={
                "region": unit.region,
                "rule": rule,
                "locked_by_id": authority.user_id,
                "locked_in_id": authority.position_id,
                "locked_at": at,
                "contact": contact_for(unit=unit, fallback_id=authority.position_id),
            },
        )
        if not made:
            _ensure_not_locked(unit, quarter)
        rows = Realisation.objects.filter(indicator__unit=unit, year=quarter.year, quarter=quarter.number)
        count = rows.update(state=RealisationState.LOCKED, version=F("version") + 1)
        Rkt.objects.filter(unit=unit, year=quarter.year, state=PlanState.APPROVED).update(
            state=PlanState.LOCKED, version=F("version") + 1
        )
        leave_trail(
            unit=unit,
            action="period.locked",
            subject=lock.uid,
            authority=authority,
            at=at,
            data={"period": quarter.label, "rule": rule, "figures": count},
        )
    return lock


def unlock_period(
    *, unit: OrganisationUnit, quarter: Quarter, reason: str, authority: Authority, at: datetime
) -> PeriodLock:
    """Open a locked quarter again, with a reason: its figures go back to their owners, who hand them in
    anew and are told so. The lock stays as history; the year's targets stay as they are.

    Raises PeriodIsNotLocked, NotTheOpener and OpeningReasonMissing with the field "reason".
    """
    lock = period_lock(unit=unit, quarter=quarter)
    if lock is None:
        raise PeriodIsNotLocked(period=quarter.label, unit=unit.short_name)
    ensure_can_unlock(authority, lock)
    text = reason.strip()
    if not text:
        raise OpeningReasonMissing(field="reason")
    with write_transaction():
        opened = {
            "opened_at": at,
            "opened_by_id": authority.user_id,
            "opened_in_id": authority.position_id,
            "opening_reason": text,
        }
        if not PeriodLock.objects.filter(pk=lock.pk, opened_at__isnull=True).update(**opened):
            raise PeriodIsNotLocked(period=quarter.label, unit=unit.short_name)
        rows = Realisation.objects.filter(indicator__unit=unit, year=quarter.year, quarter=quarter.number)
        locked = list(rows.filter(state=RealisationState.LOCKED).select_related("indicator").order_by("id"))
        count = rows.filter(state=RealisationState.LOCKED).update(
            state=RealisationState.RETURNED,
            return_reason=text,
            returned_at=at,
            returned_in=authority.position_id,
            approved_at=None,
            verified_at=None,
            verified_by=None,
            verified_in=None,
            version=F("version") + 1,
        )
        leave_trail(
            unit=unit,
            action="period.unlocked",
            subject=lock.uid,
            authority=authority,
            at=at,
            data={"period": quarter.label, "rule": lock.rule, "reason": text, "figures": count},
        )
        tell_of_return(locked, unit=unit, quarter=quarter, reason=text, authority=authority, at=at)
    lock.refresh_from_db()
    return lock


def ensure_all_approved(*, unit: OrganisationUnit, quarter: Quarter) -> None:
    """Raise NotAllApproved when a figure was handed over and the head has not approved it."""
    rows = Realisation.objects.filter(
        indicator__unit=unit,
        year=quarter.year,
        quarter=quarter.number,
        state=RealisationState.SUBMITTED,
    ).order_by("indicator__objective__sequence", "indicator__sequence", "id")
    missing = [row.indicator.short_name for row in rows.select_related("indicator")]
    if missing:
        raise NotAllApproved(period=quarter.label, missing=", ".join(missing))


def contact_for(*, unit: OrganisationUnit, fallback_id: int | None) -> Position:
    """Return whom to ask about a lock: the planning head, else the head of the office, else who locked it."""
    planning = positions_in(unit=unit, role=Role.KASUBBAG_PERENCANAAN).first()
    head = Position.objects.filter(unit=unit, is_head=True).first()
    return planning or head or Position.objects.get(pk=fallback_id or 0)


def _ensure_not_locked(unit: OrganisationUnit, quarter: Quarter) -> None:
    lock = period_lock(unit=unit, quarter=quarter)
    if lock is not None:
        raise PeriodAlreadyLocked(
            period=quarter.label,
            unit=unit.short_name,
            who=lock.locked_in.short_title if lock.locked_in else "sistem",
            since=long_date(unit.local_date(lock.locked_at)),
        )

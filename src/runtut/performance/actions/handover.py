"""Handing figures over, giving them back, approving them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from runtut.cases.actions import close_notices
from runtut.cases.enums import NoticeAbout
from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.performance.actions.rows import ensure_period_is_open
from runtut.performance.actions.telling import tell_of_mending, tell_of_return
from runtut.performance.actions.trail import leave_trail
from runtut.performance.actions.verifying import handed_over, keep_verified
from runtut.performance.enums import RealisationState
from runtut.performance.errors import (
    EvidenceMissing,
    NotAllSubmitted,
    NothingChosen,
    NothingToReturn,
    NotVerified,
    ReturnReasonMissing,
    ValueOrReasonMissing,
)
from runtut.performance.models import Indicator, Realisation
from runtut.performance.queries import GridRow, grid, not_handed_over, owner_rows
from runtut.performance.rules import ensure_can_approve, ensure_can_enter, ensure_can_review, is_anothers


def submit_realisations(
    *, position: Position, unit: OrganisationUnit, quarter: Quarter, authority: Authority, at: datetime
) -> list[Realisation]:
    """Hand over every figure that a position owes for a quarter; what was handed over before is left alone.

    Raises NotTheOwner, RealisationIsLocked, ValueOrReasonMissing and EvidenceMissing (naming the first
    indicator that falls short); then nothing is handed over.
    """
    with write_transaction():
        rows = owner_rows(position=position, unit=unit, quarter=quarter)
        owed = [row for row in rows if row.is_due and not row.is_handed_over]
        if owed:
            ensure_period_is_open(unit=unit, quarter=quarter, at=at)
        ready = [ensure_ready(row, authority) for row in owed]
        return hand_over_rows(ready, unit=unit, quarter=quarter, authority=authority, at=at)


def hand_over_rows(
    rows: Iterable[Realisation],
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    authority: Authority,
    at: datetime,
) -> list[Realisation]:
    """Hand rows over, in the caller's transaction; those that somebody else has just handed over are left."""
    submitted = [row for row in rows if _submit(row, authority, at)]
    for row in submitted:
        leave_trail(
            unit=unit,
            action="realisation.submitted",
            subject=row.uid,
            authority=authority,
            at=at,
            data={"indicator": row.indicator.uid, "period": quarter.label, "value": row.value},
        )
    close_notices(
        about=NoticeAbout.FIGURES,
        at=at,
        position__in={row.indicator.owner_id for row in submitted},
        task__case__unit=unit,
        task__case__year=quarter.year,
        task__case__quarter=quarter.number,
    )
    tell_of_mending(submitted, unit=unit, quarter=quarter, authority=authority, at=at)
    return submitted


def ensure_ready(row: GridRow, authority: Authority) -> Realisation:
    """Return the realisation of a row that can be handed over, or raise the refusal that says what lacks."""
    ensure_can_enter(authority, row.indicator)
    if row.realisation is None or not row.is_filled:
        raise ValueOrReasonMissing(
            indicator=row.indicator.short_name, field=f"value_text:{row.indicator.uid}"
        )
    if not row.has_evidence:
        raise EvidenceMissing(
            indicator=row.indicator.short_name,
            evidence=row.indicator.required_evidence,
            field=f"evidence:{row.indicator.uid}",
        )
    row.realisation.indicator = row.indicator
    return row.realisation


def _submit(row: Realisation, authority: Authority, at: datetime) -> bool:
    """Move one row forward; False when somebody else has just done so."""
    moved = Realisation.objects.filter(
        pk=row.pk,
        version=row.version,
        state__in=[RealisationState.DRAFT, RealisationState.RETURNED],
    ).update(
        state=RealisationState.SUBMITTED,
        submitted_at=at,
        submitted_in=authority.position_id,
        version=row.version + 1,
    )
    return bool(moved)


def return_realisations(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    reason: str,
    authority: Authority,
    at: datetime,
    indicators: Iterable[Indicator] | None = None,
) -> list[Realisation]:
    """Give handed-over figures back to their owners with a reason: all of the quarter, or those named.

    Their owners are told, in the application and by mail. Raises NotAllowed, NothingChosen where none is
    named, ReturnReasonMissing, RealisationIsLocked and NothingToReturn.
    """
    ensure_can_review(authority, unit)
    chosen = None if indicators is None else list(indicators)
    if chosen is not None and not chosen:
        raise NothingChosen(field="indicators")
    with write_transaction():
        rows = give_back(
            unit=unit, quarter=quarter, reason=reason, authority=authority, at=at, indicators=chosen
        )
        told = reason.strip()
        tell_of_return(rows, unit=unit, quarter=quarter, reason=told, authority=authority, at=at)
    return rows


def give_back(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    reason: str,
    authority: Authority,
    at: datetime,
    indicators: Iterable[Indicator] | None = None,
) -> list[Realisation]:
    """Give figures back for whoever is allowed to. A run that returns tells their owners by its own steps."""
    text = reason.strip()
    if not text:
        raise ReturnReasonMissing(field="reason")
    with write_transaction():
        ensure_period_is_open(unit=unit, quarter=quarter, at=at)
        rows = handed_over(unit, quarter)
        if indicators is not None:
            rows = [row for row in rows if row.indicator_id in {indicator.pk for indicator in indicators}]
        if not rows:
            raise NothingToReturn(period=quarter.label)
        for row in rows:
            _return(row, text, authority, at)
            leave_trail(
                unit=unit,
                action="realisation.returned",
                subject=row.uid,
                authority=authority,
                at=at,
                data={"indicator": row.indicator.uid, "period": quarter.label, "reason": text},
            )
    return rows


def _return(row: Realisation, reason: str, authority: Authority, at: datetime) -> None:
    row.state = RealisationState.RETURNED
    row.return_reason, row.returned_at, row.returned_in_id = reason, at, authority.position_id
    row.approved_at = row.verified_at = row.verified_by_id = row.verified_in_id = None
    row.version += 1
    row.save(
        update_fields=[
            "state",
            "return_reason",
            "returned_at",
            "returned_in",
            "approved_at",
            "verified_at",
            "verified_by",
            "verified_in",
            "version",
        ]
    )


def approve_realisations(
    *, unit: OrganisationUnit, quarter: Quarter, authority: Authority, at: datetime
) -> list[Realisation]:
    """Approve every figure of a quarter as the head of the office; approved ones are left alone, and what
    nobody has verified is verified with it.

    Raises NotTheHead, RealisationIsLocked, NotAllSubmitted naming what has not been handed over, and
    NotVerified naming what the head has typed or owns.
    """
    ensure_can_approve(authority, unit)
    return approve_figures(unit=unit, quarter=quarter, authority=authority, at=at)


def approve_figures(
    *, unit: OrganisationUnit, quarter: Quarter, authority: Authority, at: datetime
) -> list[Realisation]:
    """Do what approve_realisations does, for a run whose own rules have already allowed the step."""
    with write_transaction():
        ensure_period_is_open(unit=unit, quarter=quarter, at=at)
        ensure_all_submitted(unit=unit, quarter=quarter)
        rows = [row for row in handed_over(unit, quarter) if row.state == RealisationState.SUBMITTED]
        waiting = [row for row in rows if row.verified_at is None]
        own = [row.indicator.short_name for row in waiting if not is_anothers(authority, row)]
        if own:
            raise NotVerified(missing=", ".join(own))
        keep_verified(waiting, unit=unit, quarter=quarter, authority=authority, at=at)
        for row in rows:
            row.state, row.approved_at = RealisationState.APPROVED, at
            row.version += 1
            row.save(update_fields=["state", "approved_at", "version"])
            leave_trail(
                unit=unit,
                action="realisation.approved",
                subject=row.uid,
                authority=authority,
                at=at,
                data={"indicator": row.indicator.uid, "period": quarter.label, "value": row.value},
            )
    return rows


def ensure_all_submitted(*, unit: OrganisationUnit, quarter: Quarter) -> None:
    """Raise NotAllSubmitted unless every figure that the quarter asks for has been handed over."""
    missing = [row.indicator.short_name for row in not_handed_over(grid(unit=unit, quarter=quarter))]
    if missing:
        raise NotAllSubmitted(period=quarter.label, missing=", ".join(missing))

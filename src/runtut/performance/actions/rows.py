"""Taking hold of a realisation that may still be changed."""

from __future__ import annotations

from datetime import datetime

from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit
from runtut.performance.enums import RealisationState
from runtut.performance.errors import (
    NotDueThisQuarter,
    RealisationIsApproved,
    RealisationIsLocked,
    RealisationIsSubmitted,
)
from runtut.performance.models import Indicator, Realisation
from runtut.performance.queries import is_due, lock_notice, period_lock


def ensure_period_is_open(*, unit: OrganisationUnit, quarter: Quarter, at: datetime) -> None:
    """Raise RealisationIsLocked, with date, rule and person, when the quarter is locked."""
    lock = period_lock(unit=unit, quarter=quarter)
    if lock is not None:
        notice = lock_notice(lock=lock, on=unit.local_date(at))
        raise RealisationIsLocked(
            period=notice.period, since=notice.since, rule=notice.rule, contact=notice.contact
        )


def hold_open_row(*, indicator: Indicator, quarter: Quarter, at: datetime) -> Realisation:
    """Return the row of a quarter, made when missing and held until the commit.

    Raises NotDueThisQuarter, RealisationIsLocked, RealisationIsSubmitted and RealisationIsApproved.
    """
    if not is_due(indicator, quarter):
        raise NotDueThisQuarter(indicator=indicator.short_name)
    ensure_period_is_open(unit=indicator.unit, quarter=quarter, at=at)
    row, _ = Realisation.objects.get_or_create(
        indicator=indicator,
        year=quarter.year,
        quarter=quarter.number,
        defaults={"region": indicator.region},
    )
    row = Realisation.objects.select_for_update().get(pk=row.pk)
    ensure_row_is_open(row=row, indicator=indicator, quarter=quarter, at=at)
    return row


def ensure_row_is_open(*, row: Realisation, indicator: Indicator, quarter: Quarter, at: datetime) -> None:
    """Raise the refusal that fits the row's state, unless its owner may change it."""
    if row.state == RealisationState.SUBMITTED:
        raise RealisationIsSubmitted(indicator=indicator.short_name)
    if row.state == RealisationState.APPROVED:
        raise RealisationIsApproved(indicator=indicator.short_name)
    if row.state == RealisationState.LOCKED:
        # The lock came in between: the period is read again for its words.
        ensure_period_is_open(unit=indicator.unit, quarter=quarter, at=at)

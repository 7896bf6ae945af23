from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from runtut.core.dates import long_date
from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import holders_of
from runtut.performance.models import PeriodLock


@dataclass(frozen=True)
class LockNotice:
    """What is said beside a locked figure: since when, by which rule, whom to ask."""

    period: str
    since: str
    rule: str
    contact: str


def period_lock(*, unit: OrganisationUnit, quarter: Quarter) -> PeriodLock | None:
    """Return the lock of a quarter with its unit and contact, None while the quarter is open (one query)."""
    return (
        PeriodLock.objects.filter(
            unit=unit, year=quarter.year, quarter=quarter.number, opened_at__isnull=True
        )
        .select_related("unit", "contact", "locked_in")
        .first()
    )


def last_opening(*, unit: OrganisationUnit, quarter: Quarter) -> PeriodLock | None:
    """Return the lock of a quarter that was opened last, None where none ever was (one query)."""
    return (
        PeriodLock.objects.filter(
            unit=unit, year=quarter.year, quarter=quarter.number, opened_at__isnull=False
        )
        .select_related("unit", "opened_in", "locked_in")
        .order_by("-opened_at", "-pk")
        .first()
    )


def lock_notice(*, lock: PeriodLock, on: date) -> LockNotice:
    """Return the words for a lock; the contact is whoever acts for the position on the day (two queries)."""
    return LockNotice(
        period=Quarter(lock.year, lock.quarter).label,
        since=long_date(lock.unit.local_date(lock.locked_at)),
        rule=lock.rule,
        contact=contact_label(position=lock.contact, on=on),
    )


def contact_label(*, position: Position, on: date) -> str:
    """Return "Kasubbag Perencanaan · Budi (contoh)", the position alone while it is vacant."""
    holders = holders_of(position_ids=[position.pk], on=on)[position.pk]
    return f"{position.short_title} · {holders[0].label}" if holders else position.short_title

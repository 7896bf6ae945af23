"""Work calendars as values, built once per version and process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date
from uuid import UUID

from django.db import transaction

from runtut.core.worktime import Calendar, HoursRule, build_calendar
from runtut.organisations.errors import CalendarMissing
from runtut.organisations.models import Holiday, OrganisationUnit, WorkCalendar
from runtut.organisations.queries.units import ancestors_of

Key = tuple[UUID, int, str]
KEPT = 64

_guard = threading.Lock()
_built: OrderedDict[Key, Calendar] = OrderedDict()


def calendar_row_of(unit: OrganisationUnit) -> WorkCalendar | None:
    """Return the calendar of a unit: its own, or that of the nearest unit above that has one (one query)."""
    nearest = ancestors_of(unit).filter(calendar__isnull=False).select_related("calendar").first()
    return nearest.calendar if nearest else None


def holidays_of(*, unit: OrganisationUnit, since: date, until: date) -> list[Holiday]:
    """Return the holidays of a unit's calendar within a span (its end excluded), in order. Two queries."""
    row = calendar_row_of(unit)
    if row is None:
        return []
    return list(row.holidays.filter(date__gte=since, date__lt=until).order_by("date"))


def calendar_for(*, unit: OrganisationUnit) -> Calendar:
    """Return the work calendar of a unit in its own time zone; raises CalendarMissing.

    One query; two more where this process has not yet built the calendar's present version.
    """
    row = calendar_row_of(unit)
    if row is None:
        raise CalendarMissing(unit=unit.short_name)
    key = (row.uid, row.version, unit.zone)
    with _guard:
        found = _built.get(key)
        if found is not None:
            _built.move_to_end(key)
    if found is None:
        found = build_from_rows(row, unit.zone)
        keep_after_commit(key, found)
    return found


def build_from_rows(row: WorkCalendar, zone: str) -> Calendar:
    """Build a calendar from its rows (two queries), its table spanning the years that they speak of."""
    hours = [
        HoursRule(
            kind=span.kind,
            valid_from=span.valid_from,
            valid_until=span.valid_until,
            weekday=span.weekday,
            start=span.start,
            end=span.end,
        )
        for span in row.hours.all()
    ]
    holidays = list(row.holidays.values_list("date", flat=True))
    years = [day.year for day in holidays] or [2024]
    return build_calendar(
        hours=hours,
        holidays=holidays,
        zone=zone,
        version=row.version,
        first=date(min(years), 1, 1),
        last=date(max(years), 12, 31),
    )


def keep_after_commit(key: Key, calendar: Calendar) -> None:
    """Keep a calendar for the process once the transaction that read it has committed.

    A version read inside a transaction that rolls back would otherwise stay under a number that the next
    change uses again.
    """

    def keep() -> None:
        with _guard:
            _built[key] = calendar
            while len(_built) > KEPT:
                _built.popitem(last=False)

    transaction.on_commit(keep)

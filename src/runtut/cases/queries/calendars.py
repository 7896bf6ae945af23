"""The work calendar of a run's office, asked for at every act.

organisations.queries.calendar_for says which calendar holds; what it answered is kept here by the calendar's
uid and version, so that an act asks for these two alone, in plain SQL.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from django.db import transaction

from runtut.core.dates import clock_time, full_day_date
from runtut.core.sql import fetch_one
from runtut.core.worktime import Calendar, OutsideCalendar
from runtut.organisations.models import OrganisationUnit, WorkCalendar
from runtut.organisations.models.unit import PATH_LEVELS, PATH_STEP
from runtut.organisations.queries import calendar_for, holidays_of

Key = tuple[str, str]
"""Uid and version of a calendar as PRESENT tells them, and the zone it is read in."""

KEPT = 64

UNITS = OrganisationUnit._meta.db_table
CALENDARS = WorkCalendar._meta.db_table

ANCESTORS = ", ".join(f"substr(u.path, 1, {PATH_STEP * level})" for level in range(1, PATH_LEVELS + 1))
"""The paths at and above the unit `u`; beyond its own length its own path again."""

PRESENT = (
    f"(SELECT CAST(k.uid AS text) || ' ' || k.version FROM {UNITS} n "  # noqa: S608 (names from the models)
    f"JOIN {CALENDARS} k ON k.id = n.calendar_id WHERE n.path IN ({ANCESTORS}) ORDER BY n.path DESC LIMIT 1)"
)
"""Uid and version of the nearest calendar at or above the unit `u`."""

OF_UNIT = f"SELECT {PRESENT} FROM {UNITS} u WHERE u.id = :unit"  # noqa: S608 (names from the models)

_guard = Lock()
_kept: OrderedDict[Key, Calendar] = OrderedDict()


def calendar_of(unit: OrganisationUnit) -> Calendar:
    """Return the work calendar of a unit as it now is; raises CalendarMissing. One statement, more where
    this process has not yet seen the calendar's present version."""
    row = fetch_one(OF_UNIT, {"unit": unit.pk})
    return calendar_at(unit, row[0] if row else None)


def calendar_at(unit: OrganisationUnit, present: str | None) -> Calendar:
    """Return the calendar of a unit, of which uid and version have been read."""
    if present is None:
        return calendar_for(unit=unit)
    key = (present, unit.zone)
    found = _kept.get(key)
    if found is None:
        found = calendar_for(unit=unit)
        keep_after_commit(key, found)
    return found


def keep_after_commit(key: Key, calendar: Calendar) -> None:
    """Keep a calendar once the transaction that read it has committed: a version that is rolled back would
    otherwise stay under a number that the next change uses again."""

    def keep() -> None:
        with _guard:
            _kept[key] = calendar
            while len(_kept) > KEPT:
                _kept.popitem(last=False)

    transaction.on_commit(keep)


def off_hours(unit: OrganisationUnit, starts_at: datetime) -> str:
    """Say why an instant is not one at which an office works: "Minggu, 1 November 2026 bukan hari kerja"; ""
    for one that is, the breaks of a working day included. A year that no calendar reaches, a slip of the pen,
    is such a reason too. Three statements at most."""
    calendar, local = calendar_of(unit), starts_at.astimezone(ZoneInfo(unit.zone))
    day = local.date()
    try:
        is_working = calendar.is_working_day(day)
    except OutsideCalendar as slip:
        return slip.sentence.removesuffix(".")
    if not is_working:
        found = holidays_of(unit=unit, since=day, until=day + timedelta(days=1))
        why = f"hari libur: {found[0].name}" if found else "bukan hari kerja"
        return f"{full_day_date(day)} {why}"
    morning = local.replace(hour=0, minute=0, second=0, microsecond=0)
    begun = calendar.between(morning, starts_at) > 0
    goes_on = calendar.between(starts_at, morning + timedelta(days=1)) > 0
    if calendar.is_open(starts_at) or (begun and goes_on):
        return ""
    return f"{full_day_date(day)} pukul {clock_time(local.time())} di luar jam kerja"

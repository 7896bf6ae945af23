"""The work calendar of a run's office, asked for at every act.

organisations.queries.calendar_for says which calendar holds; what it answered is kept here by the calendar's
uid and version, so that an act asks for these two alone, in plain SQL.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from django.db import connection, transaction

from runtut.core.worktime import Calendar
from runtut.organisations.models import OrganisationUnit, WorkCalendar
from runtut.organisations.queries import calendar_for

Key = tuple[str, int, str]
"""Uid and version of a calendar, and the zone it is read in."""

KEPT = 64

UNITS = OrganisationUnit._meta.db_table
CALENDARS = WorkCalendar._meta.db_table

_guard = Lock()
_kept: OrderedDict[Key, Calendar] = OrderedDict()


def calendar_of(unit: OrganisationUnit) -> Calendar:
    """Return the work calendar of a unit as it now is; raises CalendarMissing. One statement, more where
    this process has not yet seen the calendar's present version."""
    sql, params = present_version(unit)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchone()
    return calendar_at(unit, found)


def calendar_at(unit: OrganisationUnit, present: tuple[str, int] | None) -> Calendar:
    """Return the calendar of a unit, of which uid and version have been read."""
    if present is None:
        return calendar_for(unit=unit)
    key = (*present, unit.zone)
    with _guard:
        found = _kept.get(key)
    if found is None:
        found = calendar_for(unit=unit)
        keep_after_commit(key, found)
    return found


def present_version(unit: OrganisationUnit) -> tuple[str, list[str]]:
    """Return the statement, with its parameters, that reads uid and version of the nearest calendar at or
    above a unit."""
    paths = unit.ancestor_paths
    marks = ", ".join(["%s"] * len(paths))
    sql = (
        f"SELECT CAST(c.uid AS text) AS uid, c.version FROM {UNITS} u "  # noqa: S608 (names from the models)
        f"JOIN {CALENDARS} c ON c.id = u.calendar_id WHERE u.path IN ({marks}) ORDER BY u.path DESC LIMIT 1"
    )
    return sql, list(paths)


def keep_after_commit(key: Key, calendar: Calendar) -> None:
    """Keep a calendar once the transaction that read it has committed: a version that is rolled back would
    otherwise stay under a number that the next change uses again."""

    def keep() -> None:
        with _guard:
            _kept[key] = calendar
            while len(_kept) > KEPT:
                _kept.popitem(last=False)

    transaction.on_commit(keep)

"""A work calendar that answers questions in O(log n), and grows as far as it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from runtut.core.dates import long_date
from runtut.core.worktime.errors import NoWorkingTime, OutsideCalendar
from runtut.core.worktime.rules import HoursRule, work_days
from runtut.core.worktime.table import MINUTE, WorkTable, from_ticks, to_ticks
from runtut.core.worktime.words import MINUTES_A_DAY

FIRST_YEAR = 1990
LAST_YEAR = 2199
"""Dates outside these years are refused, so that a slip of the pen cannot build a table of millennia."""

UNITS = ("menit", "jam", "hari")

KEPT = 32
"""Tables kept by a process; five years take less than half a megabyte."""


@lru_cache(maxsize=KEPT)
def table_of(
    hours: tuple[HoursRule, ...], holidays: frozenset[date], zone: ZoneInfo, first: date, last: date
) -> WorkTable:
    """Return the table of these very rules. Offices that work the same hours share it, and it holds whatever
    becomes of the transaction in which the rules were read."""
    return WorkTable.of(work_days(hours, holidays, zone, first, last))


class Reach(NamedTuple):
    """A table and the days that it spans, both included: replaced as one, never changed."""

    first: date
    last: date
    table: WorkTable


class Calendar:
    """The working time of a unit at one version of its calendar.

    Instants go in aware and come out in UTC, exact to the microsecond. A start outside working time counts
    from the next span of work. Safe to share between threads.
    """

    def __init__(
        self,
        *,
        hours: Iterable[HoursRule],
        holidays: Iterable[date],
        zone: str,
        version: int,
        first: date,
        last: date,
    ) -> None:
        self.version = version
        self.zone = ZoneInfo(zone)
        self._hours = tuple(hours)
        self._holidays = frozenset(holidays)
        self._reach = self._build(first, last)

    def add(self, start: datetime, minutes: int) -> datetime:
        """Return the instant at which `minutes` of work after `start` are done.

        Work that ends exactly with a span ends there (16.00), not at the next start (07.30). With 0 minutes:
        `start` itself in working time, else the next opening. Raises ValueError for negative minutes,
        NoWorkingTime when the calendar has no more work, OutsideCalendar beyond the year 2199.
        """
        if minutes < 0:
            raise ValueError(f"{minutes} minutes")
        ticks = to_ticks(start)
        return self._ask(start, lambda table: table.instant_after(ticks, minutes * MINUTE))

    def between(self, a: datetime, b: datetime) -> int:
        """Return the whole working minutes from `a` to `b`; negative when `b` is the earlier one."""
        if b < a:
            return -self.between(b, a)
        table = self._covering(self._day_of(a), self._day_of(b)).table
        return (table.worked(to_ticks(b)) - table.worked(to_ticks(a))) // MINUTE

    def end_of_nth_working_day(self, start: datetime, n: int) -> datetime:
        """Return the end of the n-th working day after the day of `start` in the unit's zone (n from 1).

        The day of the start is day 0, whatever the hour: see docs/decisions/0016-working-days.md.
        """
        if n < 1:
            raise ValueError(f"working day {n}")
        ordinal = self._day_of(start).toordinal()
        return self._ask(start, lambda table: table.closing_of_nth_day_after(ordinal, n))

    def is_working_day(self, day: date) -> bool:
        return self._covering(day).table.has_day(day.toordinal())

    def is_open(self, at: datetime) -> bool:
        """Whether an instant lies in working time; a span's first instant does, its last does not."""
        table = self._covering(self._day_of(at)).table
        ticks = to_ticks(at)
        return table.worked(ticks + 1) > table.worked(ticks)

    def deadline(self, start: datetime, value: Decimal, unit: str) -> datetime:
        """Return when a standard time that begins at `start` is over.

        `menit` and `jam` are exact working minutes. Whole `hari` end with the n-th working day. Of a broken
        number the whole days count so, and the rest is exact minutes of a day of 450 (0,5 hari = 225
        minutes), but never later than the next whole number of days.
        """
        if value <= 0:
            raise ValueError(f"a standard time of {value} {unit}")
        if unit == "hari":
            return self._end_of_days(start, value)
        if unit not in UNITS:
            raise ValueError(f"unit {unit!r}")
        return self.add(start, _whole(value * (60 if unit == "jam" else 1)))

    def _end_of_days(self, start: datetime, value: Decimal) -> datetime:
        whole = int(value.to_integral_value(ROUND_FLOOR))
        base = self.end_of_nth_working_day(start, whole) if whole else start
        if whole == value:
            return base
        part = self.add(base, _whole((value - whole) * MINUTES_A_DAY))
        ceiling = int(value.to_integral_value(ROUND_CEILING))
        return min(part, self.end_of_nth_working_day(start, ceiling))

    def _day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _build(self, first: date, last: date) -> Reach:
        return Reach(first, last, table_of(self._hours, self._holidays, self.zone, first, last))

    def _covering(self, *days: date) -> Reach:
        """Return a table that spans the days, rebuilt with whole years when the present one does not.

        Two threads may rebuild at once; each works on with its own table, and either may be kept.
        """
        reach = self._reach
        first, last = min(reach.first, *days), max(reach.last, *days)
        if (first, last) == (reach.first, reach.last):
            return reach
        for day in days:
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise OutsideCalendar(year=day.year, first=FIRST_YEAR, last=LAST_YEAR)
        first = min(reach.first, date(first.year, 1, 1))
        last = max(reach.last, date(last.year, 12, 31))
        longer = self._build(first, last)
        self._reach = longer
        return longer

    def _ask(self, start: datetime, question: Callable[[WorkTable], int | None]) -> datetime:
        """Ask the table, and one of twice the years for as long as it has no answer but they have work."""
        reach = self._covering(self._day_of(start))
        while (answer := question(reach.table)) is None:
            year = reach.last.year + max(reach.last.year - reach.first.year, 1)
            if reach.last.year < LAST_YEAR:
                year = min(year, LAST_YEAR)
            longer = self._covering(reach.first, date(year, 12, 31))
            if len(longer.table.starts) == len(reach.table.starts):
                raise NoWorkingTime(day=long_date(start.astimezone(self.zone).date()))
            reach = longer
        return from_ticks(answer)


def _whole(minutes: Decimal) -> int:
    return int(minutes.to_integral_value(ROUND_HALF_UP))


def build_calendar(
    *,
    hours: Iterable[HoursRule],
    holidays: Iterable[date],
    zone: str,
    version: int,
    first: date,
    last: date,
) -> Calendar:
    """Build a calendar whose table spans `first` to `last` (inclusive) at once and grows by years on demand.

    Five years take some milliseconds, a question about two microseconds: build once per calendar version.
    `zone` is an IANA name (Asia/Jakarta, Asia/Makassar, Asia/Jayapura).
    """
    return Calendar(hours=hours, holidays=holidays, zone=zone, version=version, first=first, last=last)

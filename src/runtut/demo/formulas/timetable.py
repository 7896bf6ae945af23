"""Which SOP the made-up office runs when: plan, four quarters, evaluation, up to the present day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from runtut.core.periods import Quarter

FIRST_RENSTRA_YEAR, LAST_RENSTRA_YEAR = 2025, 2029
"""The years of the demonstration's Renstra: nothing can be planned outside them."""

COLLECT, MEASURE, EVALUATE = 2, 13, 28
"""Working days after a quarter's end on which S3, S2 and S1 begin, one after the other."""
REPORT, EXAMINE = 33, 52
"""Working days after New Year on which S6 and S4 of the past year begin."""
PLAN_MONTH, PLAN_DAY = 11, 3
UNDER_WAY, WATCHED = 3, 7
"""How many working days ago the newest plan, and the newest S1, have begun."""
SETTLED = timedelta(days=45)
"""How long a quarter has run before its own data are asked for."""

BEFORE = {"s2": "s3", "s1": "s2"}

WorkingDay = Callable[[date], bool]


@dataclass(frozen=True)
class Planned:
    """A run to be started on a working day; `is_fresh` one that has only just come in, at the end of it, and
    still waits for its first step. `key` names it for good ("s2.2025.1")."""

    sop: str
    year: int
    quarter: int | None
    starts_on: date
    is_fresh: bool = False

    @property
    def key(self) -> str:
        return ".".join(str(part) for part in (self.sop, self.year, self.quarter) if part is not None)

    @property
    def goes_on_from(self) -> str:
        """The key of the run that must be over first, "" where there is none."""
        if self.sop in BEFORE:
            return f"{BEFORE[self.sop]}.{self.year}.{self.quarter}"
        return {"s6": f"s2.{self.year}.4", "s4": f"s6.{self.year}"}.get(self.sop, "")


def first_year(today: date) -> int:
    """Return the year whose work is shown whole: the past one, within the Renstra."""
    return min(max(today.year - 1, FIRST_RENSTRA_YEAR), LAST_RENSTRA_YEAR - 1)


def founding_day(today: date) -> date:
    """Return the day on which the office has taken the system into use."""
    return date(first_year(today) - 1, 10, 1)


def timetable(today: date, is_working_day: WorkingDay) -> list[Planned]:
    """Return every run from the plan of the first year to today, in the order of their days.

    The next year's plan and the last evaluation of a quarter, once their day has come, have begun only a few
    working days ago, and the data of the present quarter have just been asked for: somebody who looks in
    finds work under way.
    """
    first = first_year(today)
    last = min(today.year, LAST_RENSTRA_YEAR)
    lately = _before(today, UNDER_WAY, is_working_day)
    found = [_plan(year, today, lately, is_working_day) for year in range(first, last + 2)]
    quarter = Quarter(first, 1)
    while quarter.end <= today and quarter.year <= last:
        found += _quarter(quarter, today, is_working_day)
        quarter = Quarter.of(quarter.end)
    if quarter.year <= last and today - quarter.start >= SETTLED:
        day = _before(today, 1, is_working_day)
        found.append(Planned("s3", quarter.year, quarter.number, day, is_fresh=True))
    if last > first:
        found.append(Planned("s6", first, None, _after(date(last, 1, 1), REPORT, is_working_day)))
        found.append(Planned("s4", first, None, _after(date(last, 1, 1), EXAMINE, is_working_day)))
    known = [one for one in found if one is not None and one.starts_on <= today]
    return sorted(known, key=lambda one: (one.starts_on, one.key))


def _plan(year: int, today: date, lately: date, is_working_day: WorkingDay) -> Planned | None:
    """The RKT of a year is made in the November before it."""
    if year > LAST_RENSTRA_YEAR:
        return None
    day = _after(date(year - 1, PLAN_MONTH, PLAN_DAY), 0, is_working_day)
    return Planned("s5", year, None, max(day, lately) if today.year == year - 1 else day)


def _quarter(quarter: Quarter, today: date, is_working_day: WorkingDay) -> list[Planned]:
    days = [_after(quarter.end, count, is_working_day) for count in (COLLECT, MEASURE, EVALUATE)]
    if Quarter.of(today).previous() == quarter:
        days[2] = max(days[2], _before(today, WATCHED, is_working_day))
    return [
        Planned(sop, quarter.year, quarter.number, day)
        for sop, day in zip(("s3", "s2", "s1"), days, strict=True)
    ]


def _after(day: date, count: int, is_working_day: WorkingDay) -> date:
    """Return the working day that comes `count` working days after the first one from a day on."""
    while True:
        if is_working_day(day):
            if count == 0:
                return day
            count -= 1
        day += timedelta(days=1)


def _before(day: date, count: int, is_working_day: WorkingDay) -> date:
    """Return the working day so many working days before a day."""
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day

"""When a task is due, and when somebody is reminded of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from runtut.cases.enums import ReminderKind
from runtut.core.worktime import Calendar

SOON_PERCENT = 80
"""Share of the standard time after which somebody is reminded that the rest is short."""

LONGEST_BREAK = 31
"""Days that an office is closed at a stretch, at most, as far as reminders look back."""


def due_date(
    calendar: Calendar, opened_at: datetime, value: Decimal, unit: str, added_minutes: int = 0
) -> datetime:
    """Return the deadline of a task opened at an instant: its standard time, then the working minutes that
    pauses and extensions have added."""
    due_at = calendar.deadline(opened_at, value, unit)
    return calendar.add(due_at, added_minutes) if added_minutes else due_at


def reminder_times(calendar: Calendar, opened_at: datetime, due_at: datetime) -> dict[ReminderKind, datetime]:
    """Return when to remind of a task: when 80 % of its working time has gone, and when all of it has."""
    minutes = calendar.between(opened_at, due_at) * SOON_PERCENT // 100
    return {ReminderKind.SOON: calendar.add(opened_at, minutes), ReminderKind.LATE: due_at}


def minutes_worked(calendar: Calendar, opened_at: datetime, until: datetime, paused_minutes: int) -> int:
    """Return the working minutes that an attempt has taken, pauses left out."""
    return max(0, calendar.between(opened_at, until) - paused_minutes)


def eve_of(calendar: Calendar, day: date) -> datetime | None:
    """Return the opening of the last working day before a day; None when a month before has none."""
    for days in range(1, LONGEST_BREAK + 1):
        before = day - timedelta(days=days)
        if calendar.is_working_day(before):
            return calendar.add(datetime.combine(before, time(), calendar.zone), 0)
    return None

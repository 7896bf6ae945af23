"""Dates of law as plain arithmetic."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from runtut.core.dates import long_date

PLT_MONTHS = 3


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, the last day of the month where that day does not exist."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def plt_limit(start: date) -> date:
    """Return the first day on which a Plt. that began on `start` no longer holds: three months at most, an
    extension counts anew (SE BKN 1/SE/I/2021)."""
    return add_months(start, PLT_MONTHS)


def last_day(until: date) -> date:
    """Return the last day before an exclusive end."""
    return until - timedelta(days=1)


def period_words(start: date, until: date | None) -> str:
    """Say a range of days as people do, its last day included: "sejak 2 Januari 2024", "2 Januari 2024 sampai
    31 Maret 2026"."""
    if until is None:
        return f"sejak {long_date(start)}"
    return f"{long_date(start)} sampai {long_date(last_day(until))}"

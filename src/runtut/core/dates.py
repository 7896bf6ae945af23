"""Dates and times as Indonesian offices write them; the names stand here, never in the machine's locale."""

from __future__ import annotations

from datetime import date, datetime, time

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def long_date(day: date) -> str:
    """Write a date as on a letter: "21 November 2026". A datetime is taken in its own zone."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_date(day: date) -> str:
    """Write a date near today, with the day's name and without the year: "Sabtu, 21 Nov"."""
    return f"{DAYS[day.weekday()]}, {day.day} {SHORT_MONTHS[day.month - 1]}"


def full_day_date(day: date) -> str:
    """Write a date with the day's name: "Sabtu, 21 November 2026"."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def month_year(day: date) -> str:
    """Write a month: "November 2026" (SOP dates may know no day)."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def loose_date(text: str) -> str:
    """Write an ISO date of any precision: "12 Januari 2026", "Januari 2026" or "2026"; as it is when
    unreadable."""
    parts = text.split("-")
    try:
        if len(parts) == 3:
            return long_date(date.fromisoformat(text))
        if len(parts) == 2:
            return month_year(date(int(parts[0]), int(parts[1]), 1))
    except ValueError:
        return text
    return text


def roman_month(number: int) -> str:
    """Write a month (1 to 12) as in letter numbers: "XI"."""
    if not 1 <= number <= 12:
        raise ValueError(f"month {number}")
    return ROMAN_MONTHS[number - 1]


def clock_time(moment: time | datetime) -> str:
    """Write a time of day: "13.05". A datetime is taken in its own zone; seconds are cut off."""
    return f"{moment.hour:02d}.{moment.minute:02d}"

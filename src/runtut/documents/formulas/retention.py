"""When an archived file passes from active to inactive, and when its fate is to be decided."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def years_after(start: date, years: int) -> date:
    """Return the day so many years later; 29 February becomes the last of the month.

    Calendar years, as retention is counted, from the day the file was closed.
    """
    year = start.year + years
    return date(year, start.month, min(start.day, monthrange(year, start.month)[1]))


def nearest_code(code: str, known: set[str]) -> str:
    """Return the code itself or its nearest parent among those known, empty where there is none."""
    parts = code.split(".")
    candidates = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((candidate for candidate in candidates if candidate in known), "")

"""What the made-up office does when, and what it reaches: the same for the same dates, every time."""

from __future__ import annotations

from runtut.demo.formulas.chance import chance, pick
from runtut.demo.formulas.figures import reached
from runtut.demo.formulas.pace import minutes_taken
from runtut.demo.formulas.timetable import (
    FIRST_RENSTRA_YEAR,
    LAST_RENSTRA_YEAR,
    Planned,
    first_year,
    founding_day,
    timetable,
)

__all__ = [
    "FIRST_RENSTRA_YEAR",
    "LAST_RENSTRA_YEAR",
    "Planned",
    "chance",
    "first_year",
    "founding_day",
    "minutes_taken",
    "pick",
    "reached",
    "timetable",
]

"""Working time: adding and counting minutes that exist only while the office is open."""

from __future__ import annotations

from runtut.core.worktime.calendar import Calendar, build_calendar
from runtut.core.worktime.errors import NoWorkingTime, OutsideCalendar
from runtut.core.worktime.rules import NORMAL, RAMADAN, HoursRule
from runtut.core.worktime.words import MINUTES_A_DAY, humanise

__all__ = [
    "MINUTES_A_DAY",
    "NORMAL",
    "RAMADAN",
    "Calendar",
    "HoursRule",
    "NoWorkingTime",
    "OutsideCalendar",
    "build_calendar",
    "humanise",
]

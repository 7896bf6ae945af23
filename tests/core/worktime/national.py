"""The shipped national calendar, read from its file as any loader would."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from runtut.core.worktime import Calendar, HoursRule, build_calendar

WIB = ZoneInfo("Asia/Jakarta")


@cache
def data() -> dict[str, Any]:
    return json.loads(files("runtut.organisations").joinpath("data/work_calendar.json").read_text("utf-8"))


def hours() -> list[HoursRule]:
    return [
        HoursRule(
            kind=row["kind"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_until=date.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
            weekday=row["weekday"],
            start=time.fromisoformat(row["start"]),
            end=time.fromisoformat(row["end"]),
        )
        for row in data()["hours"]
    ]


def holidays(known_on: date | None = None) -> list[date]:
    """The holidays, or those that had been announced by a day."""
    return [
        date.fromisoformat(row["date"])
        for row in data()["holidays"]
        if known_on is None or date.fromisoformat(row["announced"]) <= known_on
    ]


@cache
def calendar(zone: str = "Asia/Jakarta", known_on: date | None = None) -> Calendar:
    return build_calendar(
        hours=hours(),
        holidays=holidays(known_on),
        zone=zone,
        version=1,
        first=date(2024, 1, 1),
        last=date(2026, 12, 31),
    )


def wib(text: str) -> datetime:
    """Read "2025-03-27 10.00" as an instant in WIB."""
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WIB)

"""What the calendar pages show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from runtut.organisations.enums import HoursKind
from runtut.organisations.models import Holiday, OrganisationUnit, WorkCalendar, WorkHours
from runtut.organisations.queries import in_force
from runtut.web.forms.base import last_day
from runtut.web.forms.calendar import WEEKDAYS
from runtut.web.frame.trail import Change, last_change


@dataclass(frozen=True)
class CalendarRow:
    calendar: WorkCalendar
    units: str


@dataclass(frozen=True)
class HoursBlock:
    """Weekly hours that hold over the same days."""

    kind: str
    valid_from: date
    last_day: date | None
    days: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CalendarPage:
    calendar: WorkCalendar
    year: int
    holidays: tuple[Holiday, ...]
    blocks: tuple[HoursBlock, ...]
    changed: Change | None

    @property
    def years(self) -> tuple[int, int]:
        return self.year - 1, self.year + 1


def calendar_rows(units: Iterable[OrganisationUnit]) -> list[CalendarRow]:
    """The calendars to which these units refer, with the units' names. Two queries."""
    named: dict[int, list[str]] = {}
    for unit in units:
        if unit.calendar_id:
            named.setdefault(unit.calendar_id, []).append(unit.short_name)
    rows = WorkCalendar.objects.filter(pk__in=named).order_by("name", "id")
    return [CalendarRow(row, ", ".join(named[row.pk])) for row in rows]


def calendar_page(calendar: WorkCalendar, *, year: int, on: date) -> CalendarPage:
    """One year of a calendar: holidays, and hours that hold today or later. Four queries."""
    holidays = calendar.holidays.filter(date__year=year).order_by("date")
    later = Q(valid_from__gt=on)
    spans = list(
        calendar.hours.filter(in_force(on) | later).order_by("valid_from", "kind", "weekday", "start")
    )
    keys = dict.fromkeys((span.kind, span.valid_from, span.valid_until) for span in spans)
    return CalendarPage(
        calendar=calendar,
        year=year,
        holidays=tuple(holidays),
        blocks=tuple(block(key, spans) for key in keys),
        changed=last_change(calendar.uid),
    )


def block(key: tuple[str, date, date | None], spans: list[WorkHours]) -> HoursBlock:
    mine = [span for span in spans if (span.kind, span.valid_from, span.valid_until) == key]
    days = []
    for number, name in enumerate(WEEKDAYS):
        parts = [f"{span.start:%H.%M}–{span.end:%H.%M}" for span in mine if span.weekday == number]
        days.append((name, ", ".join(parts)))
    kind, start, end = key
    return HoursBlock(HoursKind(kind).label, start, last_day(end), tuple(days))


def hours_initial(calendar: WorkCalendar, *, kind: str, on: date) -> dict[str, Any]:
    """The hours in force as the beginning of a form. One query."""
    initial: dict[str, Any] = {"kind": kind}
    parts: dict[int, int] = {}
    for span in calendar.hours.filter(in_force(on), kind=kind).order_by("weekday", "start"):
        part = "ab"[min(parts.get(span.weekday, 0), 1)]
        parts[span.weekday] = parts.get(span.weekday, 0) + 1
        initial[f"start_{span.weekday}{part}"] = span.start
        initial[f"end_{span.weekday}{part}"] = span.end
    return initial

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from runtut.core.dates import DAYS, long_date
from runtut.core.locks import write_transaction
from runtut.organisations.actions.trail import note
from runtut.organisations.enums import HolidayKind, HoursKind
from runtut.organisations.errors import (
    CalendarExists,
    CalendarMissing,
    HolidayExists,
    HolidayUnknown,
    HoursMissing,
    HoursOverlap,
    HoursReversed,
)
from runtut.organisations.events import calendar_changed
from runtut.organisations.models import Authority, Holiday, OrganisationUnit, WorkCalendar, WorkHours
from runtut.organisations.queries import calendar_row_of
from runtut.organisations.rules import ensure_can_administer, ensure_dates, ensure_fits, ensure_text

FILE = Path(__file__).resolve().parent.parent / "data" / "work_calendar.json"
NAMESPACE = uuid5(NAMESPACE_DNS, "calendar.runtut.example")


@dataclass(frozen=True)
class Span:
    """One span of work on a weekday (0 = Monday), in the local time of the unit."""

    weekday: int
    start: time
    end: time


def set_holiday(
    *,
    calendar: WorkCalendar,
    day: date,
    kind: HolidayKind,
    name: str,
    decree: str,
    authority: Authority,
    at: datetime,
) -> Holiday:
    """Add a holiday, cuti bersama or polling day. The calendar gets a new version; deadlines of open work are
    computed anew after the commit, those of closed work stay.

    Raises NotAdministrator, HolidayExists, NameMissing, TextTooLong.
    """
    name = ensure_text(name, what="Nama hari libur", limit=120, field="name")
    decree = ensure_fits(decree, what="Dasar", limit=120, field="decree")
    with write_transaction():
        calendar = lock_calendar(calendar, authority)
        existing = calendar.holidays.filter(date=day).first()
        if existing:
            raise HolidayExists(day=long_date(day), name=existing.name, field="day")
        holiday = Holiday.objects.create(calendar=calendar, date=day, kind=kind, name=name, decree=decree)
        announce(
            calendar=calendar,
            action="holiday_set",
            authority=authority,
            at=at,
            data={"date": day, "kind": kind, "name": name, "decree": decree},
        )
    return holiday


def remove_holiday(*, calendar: WorkCalendar, day: date, authority: Authority, at: datetime) -> WorkCalendar:
    """Make a holiday a working day again; new calendar version. Raises HolidayUnknown."""
    with write_transaction():
        calendar = lock_calendar(calendar, authority)
        holiday = calendar.holidays.filter(date=day).first()
        if holiday is None:
            raise HolidayUnknown(day=long_date(day), field="day")
        data = {"date": day, "kind": holiday.kind, "name": holiday.name, "decree": holiday.decree}
        holiday.delete()
        announce(calendar=calendar, action="holiday_removed", authority=authority, at=at, data=data)
    return calendar


def set_hours(
    *,
    calendar: WorkCalendar,
    kind: HoursKind,
    valid_from: date,
    valid_until: date | None,
    spans: Sequence[Span],
    authority: Authority,
    at: datetime,
) -> WorkCalendar:
    """Set the weekly hours of a kind from a day on; breaks are the gaps between the spans of a day.

    Hours of the kind that begin on the same day are replaced, earlier ones end there. New calendar version.
    Raises DatesReversed, HoursMissing, HoursReversed, and HoursOverlap when hours that begin later would be
    covered.
    """
    ensure_dates(valid_from, valid_until)
    ensure_spans(spans)
    with write_transaction():
        calendar = lock_calendar(calendar, authority)
        ensure_no_later_hours(calendar, kind, valid_from, valid_until)
        same = calendar.hours.filter(kind=kind, valid_from=valid_from)
        before = spans_as_data(same.order_by("weekday", "start"))
        same.delete()
        calendar.hours.filter(kind=kind, valid_from__lt=valid_from).exclude(
            valid_until__lte=valid_from
        ).update(valid_until=valid_from)
        WorkHours.objects.bulk_create(
            WorkHours(
                calendar=calendar,
                kind=kind,
                valid_from=valid_from,
                valid_until=valid_until,
                weekday=span.weekday,
                start=span.start,
                end=span.end,
            )
            for span in spans
        )
        announce(
            calendar=calendar,
            action="hours_set",
            authority=authority,
            at=at,
            data={
                "kind": kind,
                "valid_from": valid_from,
                "valid_until": valid_until,
                "before": before,
                "after": spans_as_data(spans),
            },
        )
    return calendar


def give_own_calendar(
    *, unit: OrganisationUnit, name: str, authority: Authority, at: datetime
) -> WorkCalendar:
    """Give a unit a calendar of its own, a copy of the one it inherits, for it and all below.

    Raises CalendarExists, and CalendarMissing when there is none to copy.
    """
    name = ensure_text(name, what="Nama kalender", limit=120, field="name")
    with write_transaction():
        unit = OrganisationUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        ensure_can_administer(authority, unit)
        if unit.calendar_id:
            raise CalendarExists(unit=unit.short_name, calendar=str(unit.calendar))
        source = calendar_row_of(unit)
        if source is None:
            raise CalendarMissing(unit=unit.short_name)
        calendar = copy_of(source, region=unit.region, name=name)
        unit.calendar = calendar
        unit.save(update_fields=["calendar"])
        announce(
            calendar=calendar,
            action="created",
            authority=authority,
            at=at,
            data={"name": name, "copied_from": source.name, "source_version": source.version},
        )
    return calendar


def copy_of(source: WorkCalendar, *, region: int, name: str) -> WorkCalendar:
    calendar = WorkCalendar.objects.create(region=region, name=name, basis=source.basis, version=0)
    WorkHours.objects.bulk_create(rows_of(WorkHours, source, calendar))
    Holiday.objects.bulk_create(rows_of(Holiday, source, calendar))
    return calendar


def rows_of(model: type[Any], source: WorkCalendar, target: WorkCalendar) -> list[Any]:
    rows = list(model.objects.filter(calendar=source).order_by("id"))
    for row in rows:
        row.pk, row.calendar = None, target
    return rows


def load_standard_calendar(*, region: int) -> WorkCalendar:
    """Return the region's national calendar (Perpres 21/2023, SKB of three ministers), loading it from
    data/work_calendar.json where it is missing. What an administrator has changed since is kept.

    The caller holds a transaction.
    """
    uid = standard_uid(region)
    existing = WorkCalendar.objects.filter(uid=uid).first()
    if existing:
        return existing
    data = json.loads(FILE.read_text(encoding="utf-8"))
    calendar = WorkCalendar.objects.create(uid=uid, region=region, name=data["name"], basis=data["basis"])
    WorkHours.objects.bulk_create(hours_from(row, calendar) for row in data["hours"])
    Holiday.objects.bulk_create(holiday_from(row, calendar) for row in data["holidays"])
    return calendar


def standard_uid(region: int) -> UUID:
    return uuid5(NAMESPACE, str(region))


def hours_from(row: dict[str, Any], calendar: WorkCalendar) -> WorkHours:
    until = row["valid_until"]
    return WorkHours(
        calendar=calendar,
        kind=HoursKind(row["kind"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
        weekday=row["weekday"],
        start=time.fromisoformat(row["start"]),
        end=time.fromisoformat(row["end"]),
    )


def holiday_from(row: dict[str, Any], calendar: WorkCalendar) -> Holiday:
    return Holiday(
        calendar=calendar,
        date=date.fromisoformat(row["date"]),
        kind=HolidayKind(row["kind"]),
        name=row["name"],
        decree=row["decree"],
    )


def lock_calendar(calendar: WorkCalendar, authority: Authority) -> WorkCalendar:
    """Lock a calendar and make sure that the authority administers every unit that refers to it: a change
    moves the deadlines of all of them."""
    calendar = WorkCalendar.objects.select_for_update(no_key=True).get(pk=calendar.pk)
    for unit in calendar.units.order_by("path"):
        ensure_can_administer(authority, unit)
    return calendar


def announce(
    *,
    calendar: WorkCalendar,
    action: str,
    authority: Authority,
    at: datetime,
    data: dict[str, object],
) -> None:
    """Raise the calendar's version, note the act with every unit that refers to it and tell the upper rooms,
    which have deadlines to move; all in the same transaction."""
    calendar.version += 1
    calendar.save(update_fields=["version"])
    for unit in calendar.units.order_by("path"):
        note(
            unit=unit,
            action=f"calendar.{action}",
            subject=calendar.uid,
            authority=authority,
            at=at,
            data={**data, "version": calendar.version},
        )
    calendar_changed.send(sender=WorkCalendar, calendar=calendar, at=at)


def ensure_spans(spans: Sequence[Span]) -> None:
    if not spans:
        raise HoursMissing(field="spans")
    last: dict[int, time] = {}
    for span in sorted(spans, key=lambda span: (span.weekday, span.start)):
        if span.end <= span.start or span.start < last.get(span.weekday, time.min):
            raise HoursReversed(day=DAYS[span.weekday], field="spans")
        last[span.weekday] = span.end


def ensure_no_later_hours(
    calendar: WorkCalendar, kind: HoursKind, valid_from: date, valid_until: date | None
) -> None:
    later = calendar.hours.filter(kind=kind, valid_from__gt=valid_from)
    if valid_until is not None:
        later = later.filter(valid_from__lt=valid_until)
    first = later.order_by("valid_from").first()
    if first:
        raise HoursOverlap(kind=kind.label.lower(), start=long_date(first.valid_from), field="valid_from")


def spans_as_data(spans: Iterable[Span | WorkHours]) -> list[list[object]]:
    return [[span.weekday, f"{span.start:%H.%M}", f"{span.end:%H.%M}"] for span in spans]

"""The calendar of duties: a month of what is due, planned, expected and free for one reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone

from runtut.cases.enums import FollowUpState
from runtut.cases.queries import coming_steps, follow_ups_due, meetings_between, tasks_due
from runtut.cases.rules import can_steer
from runtut.core.dates import DAYS, clock_time, month_year
from runtut.core.periods import Quarter
from runtut.core.worktime import Calendar
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import holidays_of
from runtut.performance.queries import Summary
from runtut.web.frame.addresses import run_address
from runtut.web.showing.answer_rows import answer_duties
from runtut.web.showing.obligations import (
    Obligation,
    checkup_duties,
    mandate_ends,
    measurements,
    own_figures,
    step_obligation,
)

FIRST: Final = date(2020, 1, 1)
NAMED: Final = re.compile(r"[0-9]{4}-[0-9]{2}")
LAST: Final = date(2099, 12, 1)
DEADLINE, FOLLOW_UP, MEETING, DUTY, HOLIDAY = "tenggat", "tindak", "rapat", "wajib", "libur"
WORDS: Final = {
    DEADLINE: "Tenggat",
    FOLLOW_UP: "Tindak lanjut",
    MEETING: "Rapat",
    DUTY: "Kewajiban",
    HOLIDAY: "Libur",
}


@dataclass(frozen=True)
class Entry:
    """Something on a day. `clock` is empty for what lasts the whole day."""

    day: date
    kind: str
    title: str
    note: str = ""
    url: str = ""
    clock: str = ""
    is_late: bool = False

    @property
    def word(self) -> str:
        return WORDS[self.kind]


@dataclass(frozen=True)
class Day:
    day: date
    entries: tuple[Entry, ...]
    is_today: bool
    is_free: bool

    @property
    def name(self) -> str:
        return DAYS[self.day.weekday()]


@dataclass(frozen=True)
class Month:
    """A month, its days in order; `column` is the weekday of the first (1 = Monday)."""

    first: date
    days: tuple[Day, ...]
    column: int

    @property
    def title(self) -> str:
        return month_year(self.first)

    @property
    def count(self) -> int:
        """How many things there are to do: holidays are none."""
        return sum(entry.kind != HOLIDAY for day in self.days for entry in day.entries)


@dataclass(frozen=True)
class Reader:
    """Whose month it is. `unit` is the office whose holidays and periods count, `calendar` its working time,
    `figures` its figures of the quarter that is under way."""

    authorities: Sequence[Authority]
    unit: OrganisationUnit | None
    unit_ids: Sequence[int]
    calendar: Calendar | None
    figures: Summary | None

    @property
    def positions(self) -> list[int]:
        return [one.position_id for one in self.authorities if one.position_id]


def month_named(text: str, today: date) -> date:
    """The first day of a month as an address names it ("2026-11"); of the present one for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01" if NAMED.fullmatch(text) else "")
    except ValueError:
        return today.replace(day=1)
    return first if FIRST <= first <= LAST else today.replace(day=1)


def following(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def previous(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def month_of(reader: Reader, first: date, at: datetime) -> Month:
    """The month that begins with a day. About twenty queries, whatever there is."""
    end, today = following(first), timezone.localtime(at).date()
    found = [
        *holiday_entries(reader, first, end),
        *own_entries(reader, first, end, at),
        *period_entries(reader, first, end, at),
    ]
    length = (end - first).days
    days = [first + timedelta(days=number) for number in range(length)]
    return Month(
        first=first,
        days=tuple(Day(day, entries_on(found, day), day == today, is_free(reader, day)) for day in days),
        column=first.isoweekday(),
    )


def entries_on(found: Iterable[Entry], day: date) -> tuple[Entry, ...]:
    """What falls on a day: the whole day first, then by the clock."""
    return tuple(sorted((one for one in found if one.day == day), key=lambda one: (one.clock, one.title)))


def is_free(reader: Reader, day: date) -> bool:
    """Tell whether the office does not work on a day."""
    return reader.calendar is not None and not reader.calendar.is_working_day(day)


def own_entries(reader: Reader, first: date, end: date, at: datetime) -> Iterator[Entry]:
    """Deadlines, follow-ups and meetings of the reader's positions (five queries)."""
    positions = reader.positions
    if not positions:
        return
    since, until = beginning(first), beginning(end)
    for line in tasks_due(position_ids=positions, since=since, until=until, at=at):
        note = f"{line.label}; sebagai {line.position}"
        yield timed(
            line.due_at, DEADLINE, line.case_title, note, run_address(line.case_uid), late=line.is_late
        )
    for item in follow_ups_due(position_ids=positions, since=since, until=until):
        note = "diperiksa" if item.state == FollowUpState.SUBMITTED else "dikerjakan"
        url = reverse("web:tindak_rinci", args=[item.uid])
        yield timed(item.due_at, FOLLOW_UP, item.text, note, url, late=item.due_at < at)
    for meeting in meetings_between(position_ids=positions, since=since, until=until):
        url = reverse("web:rapat", args=[meeting.uid])
        yield timed(meeting.starts_at, MEETING, meeting.title, meeting.place, url)
    for duty in answer_duties(position_ids=positions, at=at):
        if since <= duty.deadline.due_at < until:
            yield timed(
                duty.deadline.due_at,
                DEADLINE,
                duty.title,
                duty.details[0],
                duty.url,
                late=duty.deadline.is_late,
            )


def period_entries(reader: Reader, first: date, end: date, at: datetime) -> Iterator[Entry]:
    """What the periods ask for, mandates that end, and the steps that are expected (eleven queries at
    most)."""
    for one in obligations_of(reader, at):
        if first <= one.day < end:
            note = f"{one.note} (perkiraan)" if one.is_reckoned else one.note
            yield Entry(one.day, DUTY, one.title, note, one.url, is_late=one.is_past)


def obligations_of(reader: Reader, at: datetime) -> Iterator[Obligation]:
    """What Beranda says of the days to come, all of it."""
    today = timezone.localtime(at).date()
    yield from mandate_ends(reader.authorities, today)
    yield from checkup_duties(reader.positions, today)
    if reader.unit is None:
        return
    if any(can_steer(one, reader.unit) for one in reader.authorities):
        yield from measurements(reader.unit, reader.calendar, at)
    if reader.figures:
        yield from own_figures(reader.figures, reader.positions, Quarter.of(today))
    if reader.calendar and reader.positions:
        steps = coming_steps(
            position_ids=reader.positions, unit_ids=reader.unit_ids, calendar=reader.calendar, at=at
        )
        yield from (step_obligation(step) for step in steps)


def holiday_entries(reader: Reader, first: date, end: date) -> Iterator[Entry]:
    """The holidays of the office's calendar (two queries)."""
    if reader.unit is not None:
        for holiday in holidays_of(unit=reader.unit, since=first, until=end):
            yield Entry(holiday.date, HOLIDAY, holiday.name, holiday.get_kind_display())


def timed(instant: datetime, kind: str, title: str, note: str, url: str, *, late: bool = False) -> Entry:
    local = timezone.localtime(instant)
    return Entry(local.date(), kind, title, note, url, clock_time(local), late)


def beginning(day: date) -> datetime:
    """The first instant of a day in the zone of the page."""
    return timezone.make_aware(datetime.combine(day, time.min))

"""Kewajiban mendatang: what the system knows will come, each with its day and where to go for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from runtut.cases.models import Meeting
from runtut.cases.queries import ComingStep, coming_steps, meetings_between
from runtut.cases.rules import can_steer
from runtut.core.dates import SHORT_MONTHS, clock_time, day_date, long_date
from runtut.core.periods import Quarter
from runtut.core.worktime import Calendar
from runtut.organisations.enums import OFFICE_KINDS, OversightKind
from runtut.organisations.models import Authority, Mandate, OrganisationUnit, Position
from runtut.organisations.queries import mandates_ending
from runtut.performance.queries import Measuring, Summary, forms_sent_to, measuring_of, period_lock
from runtut.procedures.models import Checkup
from runtut.procedures.queries import checkups_waiting_for
from runtut.web.forms.base import last_day
from runtut.web.frame.addresses import address, run_address, start_address
from runtut.web.showing.beranda_words import in_words
from runtut.web.showing.owing import grid_address

MOST: Final = 6
MANDATE_NOTICE: Final = timedelta(days=30)
CHECKUP_NOTICE: Final = timedelta(days=30)
MEETING_NOTICE: Final = timedelta(days=14)


@dataclass(frozen=True)
class Obligation:
    """A day and what falls on it. `is_past` for what should have begun already, `is_reckoned` for a day that
    follows from the standard times of an SOP."""

    day: date
    title: str
    url: str
    note: str
    is_past: bool = False
    is_reckoned: bool = False

    @property
    def month(self) -> str:
        return SHORT_MONTHS[self.day.month - 1]


def obligations(
    *,
    unit: OrganisationUnit,
    unit_ids: Sequence[int],
    authorities: Sequence[Authority],
    figures: Summary,
    calendar: Calendar | None,
    at: datetime,
) -> list[Obligation]:
    """What comes for a person with positions, the nearest first. `figures` are those of the unit in the
    quarter shown. Thirteen queries at most while no form is out, whatever else there is."""
    on = timezone.localtime(at).date()
    positions = [one.position_id for one in authorities if one.position_id]
    found = mandate_ends(authorities, on)
    if calendar and positions:
        coming = coming_steps(
            position_ids=positions, unit_ids=unit_ids, calendar=calendar, at=at, limit=MOST * 2
        )
        found += [step_obligation(step) for step in coming[: MOST - 2]]
    found += meetings(positions, at)
    asked = form_obligations(positions, {one.opens for one in authorities if one.position_id}, at)
    named = {one.title for one in asked}
    found += asked
    found += [one for one in own_figures(figures, positions, Quarter.of(on)) if one.title not in named]
    found += [one for one in checkup_duties(positions, on) if one.day <= on + CHECKUP_NOTICE]
    if any(can_steer(one, unit) for one in authorities):
        found += measurements(unit, calendar, at)
    return sorted(found, key=lambda one: (one.day, one.title))[:MOST]


def step_obligation(step: ComingStep) -> Obligation:
    return Obligation(
        timezone.localtime(step.expected_at).date(),
        step.case_title,
        run_address(step.case_uid),
        f"langkah {step.step_no}, {lowered(step.label)}; sekarang di langkah {step.now_no}",
        is_reckoned=True,
    )


def meetings(positions: Collection[int], at: datetime) -> list[Obligation]:
    """The meetings of these two weeks to which the person is called and that are not over (one query)."""
    morning = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    called = meetings_between(position_ids=positions, since=morning, until=at + MEETING_NOTICE)
    return [meeting_obligation(one) for one in called if one.closed_at is None]


def meeting_obligation(meeting: Meeting) -> Obligation:
    begins = timezone.localtime(meeting.starts_at)
    note = f"pukul {clock_time(begins)} di {meeting.place}"
    return Obligation(begins.date(), meeting.title, address("web:rapat", meeting.uid), note)


def lowered(text: str) -> str:
    """A label inside a sentence: its first letter small unless it begins an abbreviation ("RKT bersih")."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def checkup_duties(positions: Collection[int], on: date) -> list[Obligation]:
    """The SOPs that the person is to judge; those of one kind and day are one duty (one query)."""
    groups: dict[tuple[date, str], list[Checkup]] = {}
    for checkup in checkups_waiting_for(positions):
        groups.setdefault((checkup.due_on, checkup.kind), []).append(checkup)
    return [checkup_duty(group, on) for group in groups.values()]


def checkup_duty(group: Sequence[Checkup], on: date) -> Obligation:
    first = group[0]
    is_late, seat = first.due_on < on, first.position.short_title if first.position else ""
    title = first.title if len(group) == 1 else f"{first.get_kind_display()} {in_words(len(group))} SOP"
    url = address("web:sop_pantau", first.uid) if len(group) == 1 else address("web:pemantauan_sop")
    return Obligation(
        first.due_on,
        f"{title} belum dinilai" if is_late else title,
        url,
        f"penilainya Anda sebagai {seat}",
        is_past=is_late,
    )


def form_obligations(positions: Collection[int], paths: Collection[str], at: datetime) -> list[Obligation]:
    """The figures that a form has asked of the person's positions, before a step gathers them (one query
    while no form is out)."""
    found = forms_sent_to(position_ids=positions, unit_paths=paths, at=at)
    return [
        Obligation(
            timezone.localtime(sent.by).date(),
            f"Isi realisasi {sent.quarter.label}",
            grid_address(sent.case, sent.quarter),
            f"{in_words(sent.left(owner.pk))} indikator {owner.short_title}, diminta {sent.case.title}; "
            "dapat diisi sekarang",
            is_reckoned=True,
        )
        for sent, owner in found
    ]


def own_figures(figures: Summary, positions: Sequence[int], now: Quarter) -> list[Obligation]:
    """The figures that the person's positions owe for the present quarter; it ends before they are due."""
    rows = [row for one in figures.objectives for row in one.rows]
    own = [row for row in rows if row.is_due and row.indicator.owner_id in positions]
    if figures.quarter != now or not own:
        return []
    filled = sum(row.is_filled for row in own)
    done = f", {in_words(filled)} sudah diisi" if filled else ""
    note = f"{in_words(len(own))} indikator jabatan Anda{done}"
    return [Obligation(now.end, f"Isi realisasi {now.label}", address("web:kinerja"), note)]


def measurements(unit: OrganisationUnit, calendar: Calendar | None, at: datetime) -> list[Obligation]:
    """The quarter that ended without being measured, and the one that ends next (four queries)."""
    measuring = measuring_of(unit=unit)
    if measuring is None:
        return []
    now = Quarter.of(timezone.localtime(at).date())
    found = []
    if not measuring.has_begun(now.previous()) and not period_lock(unit=unit, quarter=now.previous()):
        found.append(unmeasured(measuring, now.previous(), calendar, at))
    if not measuring.has_begun(now):
        found.append(next_measurement(measuring, now))
    return found


def unmeasured(measuring: Measuring, quarter: Quarter, calendar: Calendar | None, at: datetime) -> Obligation:
    end = calendar.add(at, measuring.minutes) if calendar else None
    soon = (
        f"; bila dimulai hari ini, selesai sekitar {day_date(timezone.localtime(end).date())}" if end else ""
    )
    return Obligation(
        last_day(quarter.end) or quarter.end,
        f"Pengukuran {quarter.label} belum dimulai",
        start_address(measuring.version.procedure.uid),
        f"triwulannya sudah berakhir{soon}",
        is_past=True,
    )


def next_measurement(measuring: Measuring, quarter: Quarter) -> Obligation:
    return Obligation(
        quarter.end,
        f"Mulai pengukuran {quarter.label}",
        address("web:sop_rinci", measuring.version.procedure.uid),
        f"menurut SOP {measuring.version.title}",
    )


def mandate_ends(authorities: Sequence[Authority], on: date) -> list[Obligation]:
    """The person's own mandates, and those in units they administer, that end within a month (one query)."""
    users = {one.user_id for one in authorities if one.user_id}
    administered = [one.unit_path for one in authorities if one.oversight == OversightKind.ADMINISTRATOR]
    rows = mandates_ending(user_ids=users, paths=administered, on=on, until=on + MANDATE_NOTICE)
    return [mandate_end(row, is_own=row.user_id in users) for row in rows[:MOST]]


def mandate_end(row: Mandate, *, is_own: bool) -> Obligation:
    what = f"{row.get_kind_display()} {row.position.short_title}"
    end = last_day(row.valid_until)
    assert end is not None
    if is_own:
        return Obligation(end, f"Mandat Anda sebagai {what} berakhir", address("web:saya"), until_note(end))
    url = address("web:jabatan", row.position.uid)
    who = f"{row.user.display_name}, {place_of(row.position)}"
    return Obligation(end, f"Mandat {what} berakhir", url, f"{who}; {until_note(end)}")


def place_of(position: Position) -> str:
    """The office of a position as one names it: a part of an office by the unit above it."""
    unit = position.unit
    place = unit if unit.kind in OFFICE_KINDS or unit.parent is None else unit.parent
    return place.short_name


def until_note(end: date) -> str:
    return f"berlaku sampai {long_date(end)}"

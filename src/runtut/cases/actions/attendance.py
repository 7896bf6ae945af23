"""Who came: ticked by the secretary for everybody, by each for himself, or as an uploaded list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from runtut.cases.actions.meetings import Guest, ensure_meeting_open, hold_meeting
from runtut.cases.actions.seats import seat_holders
from runtut.cases.actions.trail import leave_trail
from runtut.cases.enums import AttendanceState
from runtut.cases.errors import DateNotYet, NotInvited, RepresentativeMissing
from runtut.cases.models import Invitee, Meeting
from runtut.cases.queries.meeting_papers import names_on_paper
from runtut.cases.queries.meetings import takes_ticks
from runtut.cases.rules import can_run_meeting, ensure_acting, ensure_can_run_meeting, local_day
from runtut.core.dates import long_date
from runtut.core.locks import write_transaction
from runtut.documents.errors import ScanNotReadable
from runtut.documents.formulas.sniffing import SCANS
from runtut.documents.models import StoredFile
from runtut.documents.rules import ensure_own_file
from runtut.organisations.models import Authority
from runtut.organisations.queries import holders_of
from runtut.organisations.rules import ensure_fits, ensure_text

TICKED: Final = ("state", "note", "person", "full_name", "ticked_by", "ticked_at")
"""What a tick writes into a line."""


@dataclass(frozen=True)
class Tick:
    """What is said of one who was called; `note` names the representative, or tells why nobody came."""

    state: AttendanceState
    note: str = ""


def record_attendance(
    *, meeting: Meeting, ticks: Mapping[UUID, Tick], authority: Authority, at: datetime
) -> int:
    """Note who came, and return how many lines changed. Only the lines named are touched: two people who tick
    at once lose nothing of each other's.

    By whoever looks after the meeting for anybody, by each position for itself. Raises NotInvited,
    MayNotRunMeeting, DateNotYet before the day, MeetingIsClosed, RepresentativeMissing.
    """
    on = local_day(at, meeting.unit)
    with write_transaction():
        held = hold_meeting(meeting)
        ensure_takes_ticks(held)
        ensure_day_has_come(held, at)
        rows = {row.uid: row for row in Invitee.objects.filter(meeting=held).select_related("position")}
        if unknown := ticks.keys() - rows.keys():
            raise NotInvited(uids=unknown)
        ensure_may_tick(held, [rows[uid] for uid in ticks], authority, at)
        changed = [rows[uid] for uid, tick in ticks.items() if differs(rows[uid], tick)]
        if not changed:
            return 0
        people = people_of(changed, on)
        names = names_on_paper([person for person in people.values() if person])
        for row in changed:
            row.person_id = people[row.pk]
            put(row, ticks[row.uid], names.get(row.person_id or 0, ""), authority, at)
        Invitee.objects.bulk_update(changed, TICKED)
        seat_holders(held)
        leave_trail(
            unit=held.unit,
            action="meeting.attendance",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"title": held.title, "lines": {str(row.uid): row.state for row in changed}},
        )
    return len(changed)


def ensure_takes_ticks(meeting: Meeting) -> None:
    """Raise MeetingIsClosed or MeetingIsCancelled where nobody is ticked any more."""
    if not takes_ticks(meeting):
        ensure_meeting_open(meeting)


def ensure_day_has_come(meeting: Meeting, at: datetime) -> None:
    """Raise DateNotYet before the day of the meeting."""
    day = local_day(meeting.starts_at, meeting.unit)
    if day > local_day(at, meeting.unit):
        raise DateNotYet(what="Rapat", date=long_date(day))


def ensure_may_tick(meeting: Meeting, rows: Sequence[Invitee], authority: Authority, at: datetime) -> None:
    """Raise MayNotRunMeeting unless all the lines are the authority's own, or it looks after the meeting."""
    on = local_day(at, meeting.unit)
    own = authority.position_id is not None and all(is_own_line(row, authority) for row in rows)
    if own and not can_run_meeting(authority, meeting):
        ensure_acting(authority, on)
    else:
        ensure_can_run_meeting(authority, meeting, on)


def is_own_line(row: Invitee, authority: Authority) -> bool:
    """Tell whether a line is that of an authority: its position's, and where it names a person, its own."""
    return row.position_id == authority.position_id and row.person_id in (None, authority.user_id)


def differs(row: Invitee, tick: Tick) -> bool:
    return (row.state, row.note) != (str(tick.state), tick.note.strip())


def people_of(rows: Sequence[Invitee], on: date) -> dict[int, int | None]:
    """Return whose each line is, by its key: the person it names, else whoever acts for its position on the
    day; None for guests and vacant positions (two queries)."""
    seats = holders_of(position_ids=[row.position_id for row in rows if row.position_id], on=on)
    acting = {key: found[0].user_id for key, found in seats.items() if found}
    return {row.pk: row.person_id or acting.get(row.position_id or 0) for row in rows}


def put(row: Invitee, tick: Tick, name: str, authority: Authority, at: datetime) -> None:
    """Write a tick into a line: a representative's name stands instead of the holder's."""
    note = ensure_fits(tick.note, what="Keterangan", limit=200, field=f"note-{row.uid}")
    own = name or row.guest
    if tick.state == AttendanceState.REPRESENTED:
        if not note:
            raise RepresentativeMissing(field=f"note-{row.uid}", who=str(row))
        own = note
    row.state, row.note, row.full_name = tick.state, note, own[:220]
    row.ticked_by_id, row.ticked_at = authority.user_id, at


def add_attendee(*, meeting: Meeting, guest: Guest, authority: Authority, at: datetime) -> Invitee:
    """Put somebody who came uninvited on the list, as present. Raises NameMissing, and as
    record_attendance."""
    name = ensure_text(guest.name, what="Nama peserta", limit=120, field="guest")
    agency = ensure_fits(guest.agency, what="Asal", limit=120, field="agency")
    with write_transaction():
        held = hold_meeting(meeting)
        ensure_takes_ticks(held)
        ensure_day_has_come(held, at)
        ensure_can_run_meeting(authority, held, local_day(at, held.unit))
        row, made = Invitee.objects.get_or_create(
            meeting=held,
            guest=name,
            agency=agency,
            defaults={
                "region": held.region,
                "sequence": Invitee.objects.filter(meeting=held).count() + 1,
                "state": AttendanceState.PRESENT,
                "full_name": name,
                "ticked_by_id": authority.user_id,
                "ticked_at": at,
            },
        )
        if made:
            leave_trail(
                unit=held.unit,
                action="meeting.attendee_added",
                subject=held.uid,
                authority=authority,
                at=at,
                data={"title": held.title, "name": name, "agency": agency},
            )
    return row


def attach_list(*, meeting: Meeting, file: StoredFile, authority: Authority, at: datetime) -> Meeting:
    """Take the scan or photo of a signed list as the meeting's attendance; a newer one replaces it. Raises
    ScanNotReadable (field daftar), and as record_attendance."""
    with write_transaction():
        ensure_can_run_meeting(authority, hold_meeting(meeting), local_day(at, meeting.unit))
        return hand_in_list(meeting=meeting, file=file, authority=authority, at=at)


def hand_in_list(*, meeting: Meeting, file: StoredFile, authority: Authority, at: datetime) -> Meeting:
    """Do what attach_list does, for a step whose own rules have already allowed it."""
    ensure_own_file(authority, file)
    if file.content_type not in SCANS:
        raise ScanNotReadable(name=file.name, field="daftar")
    with write_transaction():
        held = hold_meeting(meeting)
        ensure_meeting_open(held)
        held.attendance_file = file
        held.save(update_fields=["attendance_file"])
        leave_trail(
            unit=held.unit,
            action="meeting.list_attached",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"title": held.title, "file": file.uid, "name": file.name},
        )
    return held

"""A meeting as its page shows it: who came, what was decided, and what of it the reader may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from runtut.cases.actions import DecisionDraft, Tick
from runtut.cases.enums import AttendanceState
from runtut.cases.models import Decision, Meeting
from runtut.cases.queries import Attendee, MeetingView
from runtut.cases.rules import can_run_meeting
from runtut.core.periods import Quarter
from runtut.documents.enums import DocumentState, SigningWay
from runtut.documents.models import Document, DocumentVersion
from runtut.documents.queries import signing_way, turn_on
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import positions_in
from runtut.performance.queries import indicators_of
from runtut.web.forms.meeting import as_day
from runtut.web.frame.authority import authorities
from runtut.web.frame.parsing import uid_of

BLANK_ROWS: Final = 2
MOST_ROWS: Final = 60
STATES: Final = tuple((state.value, state.label) for state in AttendanceState)


@dataclass(frozen=True)
class AttendeeRow:
    """One line of the list as a form; `before` is what stood in it when the page was made."""

    attendee: Attendee
    is_mine: bool
    state: str
    note: str

    @property
    def key(self) -> str:
        return str(self.attendee.invitee.uid)

    @property
    def before(self) -> str:
        return f"{self.attendee.invitee.state}|{self.attendee.invitee.note}"


@dataclass
class DecisionRow:
    """A decision as a form."""

    number: int
    uid: str = ""
    text: str = ""
    position: str = ""
    due: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def runner(request: HttpRequest, meeting: Meeting) -> Authority | None:
    """The authority in which the reader looks after the meeting, if any: one named in it before others."""
    mine = [one for one in authorities(request) if can_run_meeting(one, meeting)]
    named = {meeting.chair_id, meeting.secretary_id, meeting.prepared_in_id}
    return next(iter([*(one for one in mine if one.position_id in named), *mine]), None)


def own_lines(request: HttpRequest, view: MeetingView) -> dict[int, Authority]:
    """The positions on the list that the reader holds, with the authority for each."""
    called = {one.invitee.position_id for one in view.attendees}
    return {
        one.position_id: one for one in authorities(request) if one.position_id and one.position_id in called
    }


def is_own(line: Attendee, mine: Mapping[int, Authority]) -> bool:
    """Tell whether a line is the reader's: of a position that he holds, and where it names a person, him."""
    found = mine.get(line.invitee.position_id or 0)
    return found is not None and line.invitee.person_id in (None, found.user_id)


def attendee_rows(request: HttpRequest, view: MeetingView) -> list[AttendeeRow]:
    """The list as a form; what was typed and refused stands in it again."""
    mine, posted = own_lines(request, view), request.POST
    return [
        AttendeeRow(
            attendee=one,
            is_mine=is_own(one, mine),
            state=posted.get(f"hadir-{one.invitee.uid}", one.invitee.state),
            note=posted.get(f"catatan-{one.invitee.uid}", one.invitee.note),
        )
        for one in view.attendees
    ]


def ticks_in(posted: QueryDict, view: MeetingView) -> dict[UUID, Tick]:
    """What the sender has changed: other lines stay as others may have ticked them meanwhile."""
    every = posted.get("semua") == "hadir"
    found = {}
    for one in view.attendees:
        key, row = str(one.invitee.uid), one.invitee
        state, note = posted.get(f"hadir-{key}", ""), posted.get(f"catatan-{key}", "").strip()
        if state not in AttendanceState.values:
            state = AttendanceState.PRESENT.value if every and not row.state else ""
        if state and f"{state}|{note}" != posted.get(f"tadi-{key}", "|"):
            found[row.uid] = Tick(AttendanceState(state), note)
    return found


def positions_for(meeting: Meeting, view: MeetingView) -> dict[str, Position]:
    """Whom a decision may be given to: the office's positions, and whoever is called to the meeting."""
    found = {str(one.uid): one for one in positions_in(unit=meeting.unit)}
    for one in view.attendees:
        if one.invitee.position:
            found.setdefault(str(one.invitee.position.uid), one.invitee.position)
    return found


def decision_rows(decisions: tuple[Decision, ...]) -> list[DecisionRow]:
    """The decisions as a form, with some blank rows below."""
    rows = [
        DecisionRow(
            number=number,
            uid=str(one.uid),
            text=one.text,
            position=str(one.position.uid) if one.position else "",
            due=one.due_on.isoformat() if one.due_on else "",
        )
        for number, one in enumerate(decisions, start=1)
    ]
    blank = range(len(rows) + 1, len(rows) + BLANK_ROWS + 1)
    return [*rows, *(DecisionRow(number) for number in blank)]


def posted_rows(posted: QueryDict) -> list[DecisionRow]:
    """The rows as they were sent."""
    numbers = [number for number in range(1, MOST_ROWS + 1) if f"text-{number}" in posted]
    return [
        DecisionRow(
            number=number,
            uid=posted.get(f"uid-{number}", ""),
            text=posted.get(f"text-{number}", ""),
            position=posted.get(f"position-{number}", ""),
            due=posted.get(f"due-{number}", ""),
        )
        for number in numbers
    ]


def drafts_in(rows: list[DecisionRow], positions: Mapping[str, Position]) -> list[DecisionDraft]:
    """The rows as the action takes them."""
    return [
        DecisionDraft(
            text=row.text,
            position=positions.get(row.position),
            due_on=as_day(row.due),
            uid=uid_of(row.uid),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Paper:
    """One of the meeting's documents, with its newest version. `waits_for_reader`: the reader's press on the
    meeting's page signs it; `asks_reader`: it is signed on its own page, with the passphrase."""

    word: str
    document: Document
    version: DocumentVersion | None
    waits_for_reader: bool = False
    asks_reader: bool = False


def papers_of(meeting: Meeting, reader: Authority | None) -> list[Paper]:
    """The meeting's documents; the invitation waits for the chair (one query, three for the chair)."""
    named = (
        ("invitation", "Undangan", meeting.invitation),
        ("attendance", "Daftar hadir", meeting.attendance),
        ("minutes", "Notulen", meeting.minutes),
    )
    versions = newest_versions([one for _, _, one in named if one])
    papers = [Paper(word, one, versions.get(one.pk)) for _, word, one in named if one is not None]
    if meeting.invitation is None or reader is None or reader.position_id != meeting.chair_id:
        return papers
    return [with_turn(papers[0], reader, meeting.unit), *papers[1:]]


def with_turn(invitation: Paper, chair: Authority, unit: OrganisationUnit) -> Paper:
    """The Undangan as its chair finds it (two queries)."""
    document = invitation.document
    if signing_way(unit=unit) == SigningWay.WET:
        return replace(invitation, waits_for_reader=document.state == DocumentState.WAITING)
    turn = turn_on(document=document)
    return replace(invitation, asks_reader=turn is not None and turn.position_id == chair.position_id)


def newest_versions(documents: list[Document]) -> dict[int, Any]:
    """The newest version of each document (one query)."""
    rows = DocumentVersion.objects.filter(document__in=documents).order_by("number")
    return {row.document_id: row for row in rows.select_related("pdf", "docx")}


def material_of(found: Meeting) -> list[tuple[str, str]]:
    """The figures and plans that a meeting speaks of, as far as its office measures anything in the year of
    the run: words and address (one query)."""
    case = found.case
    if not indicators_of(unit=case.unit, year=case.year).exists():
        return []
    quarter = Quarter(case.year, case.quarter or 4)
    query = urlencode({"unit": case.unit.uid, "tahun": quarter.year, "tw": quarter.number})
    places = (
        (f"Realisasi {quarter.label}", "web:kinerja"),
        (f"RKT {case.year}", "web:rkt"),
        ("Renstra", "web:renstra"),
    )
    return [(words, f"{reverse(name)}?{query}") for words, name in places]

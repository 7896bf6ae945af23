"""What a press on a meeting's page brings along: the whole sheet is kept, whichever button was pressed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from django.http import HttpRequest, QueryDict

from runtut.cases import actions
from runtut.cases.enums import AttendanceState
from runtut.cases.models import Meeting
from runtut.cases.queries import MeetingView, meeting_page
from runtut.core.errors import DomainError
from runtut.documents.actions import store_file
from runtut.organisations.models import Authority
from runtut.web.frame.authority import acting_in, moment
from runtut.web.frame.parsing import whole_number
from runtut.web.showing.meetings import (
    DecisionRow,
    drafts_in,
    own_lines,
    positions_for,
    posted_rows,
    runner,
    ticks_in,
)

SAID: Final[Mapping[str, str]] = {
    "hadir": "Kehadiran tersimpan.",
    "peserta": "Peserta ditambahkan.",
    "daftar": "Daftar hadir terlampir.",
    "notulen": "Notulen tersimpan.",
}
"""The parts of the sheet, in the order in which they are kept, and what is said of each."""


@dataclass
class Kept:
    """What became of a sheet: what was saved, what was refused at which control, and the decisions as typed
    where they were refused."""

    said: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200
    rows: list[DecisionRow] | None = None


def keep_sheet(request: HttpRequest, found: Meeting, pressed: str = "", *, passing: bool = False) -> Kept:
    """Save every part of a meeting's sheet that was filled in, and the part whose button was pressed.

    A part that is refused does not hold up the others. What is not the reader's to do raises as it is.
    `passing` is a save while somebody types: half a tick waits for its other half, and nobody is added to
    the list without a press.
    """
    sheet = Sheet(request, found, passing)
    kept = Kept()
    for part in SAID:
        if part != pressed and not sheet.is_given(part):
            continue
        refusal = attempt_beside(kept, partial(sheet.keep, part), SAID[part], part)
        if refusal is not None and part == "notulen":
            kept.rows = marked(sheet.rows, refusal)
    return kept


def attempt_beside(kept: Kept, act: Callable[[], object], said: str, anchor: str = "") -> DomainError | None:
    """Do something and note what became of it; return the refusal. What is not the reader's to do raises."""
    try:
        act()
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        kept.problems.append((refusal.sentence, refusal.field or anchor))
        kept.status = max(kept.status, refusal.status)
        return refusal
    kept.said.append(said)
    return None


class Sheet:
    """A meeting's sheet as it was sent."""

    def __init__(self, request: HttpRequest, found: Meeting, passing: bool) -> None:
        self.request, self.found, self.passing = request, found, passing
        self.at = moment(request)
        self.view: MeetingView = meeting_page(meeting=found, at=self.at)
        self.rows = posted_rows(request.POST)
        ticks = ticks_in(request.POST, self.view)
        self.ticks = {uid: tick for uid, tick in ticks.items() if not (passing and is_half(tick))}

    def is_given(self, part: str) -> bool:
        """Tell whether a part says something that is not kept yet."""
        posted, by_hand = self.request.POST, not self.passing
        if part == "hadir":
            return bool(self.ticks)
        if part == "peserta":
            return by_hand and bool(posted.get("guest", "").strip())
        if part == "daftar":
            return by_hand and "daftar" in self.request.FILES
        return "discussion" in posted and posted.get("notulen-tadi") != posted_mark(posted)

    def keep(self, part: str) -> None:
        act: dict[str, Callable[[], object]] = {
            "hadir": self.keep_ticks,
            "peserta": self.keep_guest,
            "daftar": self.keep_list,
            "notulen": self.keep_minutes,
        }
        act[part]()

    def keeper(self) -> Authority:
        """The authority that looks after the meeting; another one is refused by the action."""
        return runner(self.request, self.found) or acting_in(self.request, self.found.unit)

    def ticker(self) -> Authority:
        """As keeper; for one's own line the authority of its position."""
        called = {one.invitee.uid: one.invitee.position_id for one in self.view.attendees}
        mine = own_lines(self.request, self.view)
        own = next((mine[key] for uid in self.ticks if (key := called[uid]) in mine), None)
        return runner(self.request, self.found) or own or self.keeper()

    def keep_ticks(self) -> object:
        return actions.record_attendance(
            meeting=self.found, ticks=self.ticks, authority=self.ticker(), at=self.at
        )

    def keep_guest(self) -> object:
        posted = self.request.POST
        guest = actions.Guest(posted.get("guest", ""), posted.get("agency", ""))
        return actions.add_attendee(meeting=self.found, guest=guest, authority=self.keeper(), at=self.at)

    def keep_list(self) -> object:
        given, authority = self.request.FILES.get("daftar"), self.keeper()
        name, content = (given.name or "", given.read()) if given else ("", b"")
        file = store_file(unit=self.found.unit, name=name, content=content, authority=authority, at=self.at)
        return actions.attach_list(meeting=self.found, file=file, authority=authority, at=self.at)

    def keep_minutes(self) -> object:
        posted = self.request.POST
        return actions.save_minutes(
            meeting=self.found,
            discussion=posted.get("discussion", ""),
            decisions=drafts_in(self.rows, positions_for(self.found, self.view)),
            version=whole_number(posted.get("versi", ""), 0),
            authority=self.keeper(),
            at=self.at,
        )


def is_half(tick: actions.Tick) -> bool:
    return tick.state == AttendanceState.REPRESENTED and not tick.note


def marked(rows: list[DecisionRow], refusal: DomainError) -> list[DecisionRow]:
    """The rows with a refusal at its own."""
    name, _, number = (refusal.field or "").partition("-")
    for row in rows:
        if str(row.number) == number:
            row.errors[name] = refusal.sentence
    return rows


def mark_of(discussion: str, rows: list[DecisionRow]) -> str:
    """A digest of minutes as they stand in a page: unchanged minutes are not written over what somebody else
    has saved meanwhile."""
    said = [[plain(row.text), row.position, row.due] for row in rows if row.text.strip()]
    text = json.dumps([plain(discussion), said])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def plain(text: str) -> str:
    """A text without what sending it through a form changes."""
    return text.replace("\r\n", "\n").strip()


def posted_mark(posted: QueryDict) -> str:
    return mark_of(posted.get("discussion", ""), posted_rows(posted))


def now_kept(view: MeetingView, rows: list[DecisionRow]) -> dict[str, str]:
    """The hidden controls of a page whose sheet has been saved behind it, as they must now read: the rows
    that say something stand for the decisions in order."""
    news = {f"tadi-{one.invitee.uid}": f"{one.invitee.state}|{one.invitee.note}" for one in view.attendees}
    news["versi"] = str(view.meeting.version)
    said = [row for row in rows if row.text.strip()]
    return news | {f"uid-{row.number}": str(one.uid) for row, one in zip(said, view.decisions, strict=False)}

"""Papers that wait for the reader's paraf or signature, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from runtut.cases.queries import Arrival, DecisionLine, arrivals, decisions_waiting
from runtut.core.worktime import Calendar
from runtut.documents.models import Document, SignerTurn
from runtut.documents.queries import turns_of
from runtut.procedures.enums import Work
from runtut.web.frame.addresses import address, run_address
from runtut.web.frame.authority import authorities, moment, person
from runtut.web.frame.deadlines import Deadline, deadline
from runtut.web.frame.selectors import selection
from runtut.web.showing.work_rows import calendar_shown, returned

QUEUED: Final = "antre"
"""Marks an address or a form of somebody who goes through the papers one after the other."""

MOST: Final = 50
DEEDS: Final = {Work.SIGN: "Tanda tangan", Work.REVIEW: "Paraf"}


@dataclass(frozen=True)
class Paper:
    """A paper that waits. `deed` is what is asked of the reader."""

    title: str
    deed: str
    source: str
    returned: str
    deadline: Deadline | None
    url: str


def waiting_papers(request: HttpRequest) -> list[Paper]:
    """What waits for the reader, the most pressing first, 50 at most, then the papers that only name the
    reader. Nine queries whatever there is."""
    named = [named_paper(turn) for turn in turns_of(position_ids=own_positions(request))]
    lines = waiting_lines(request)
    calendar = calendar_shown(request, selection(request)) if lines else None
    if calendar is None:
        return named
    came = arrivals(task_uids=[one.line.uid for one in lines])
    return [*(paper(request, one, came.get(one.line.uid), calendar) for one in lines), *named]


def named_paper(turn: SignerTurn) -> Paper:
    document = turn.version.document
    return Paper(
        title=document.title,
        deed=DEEDS[Work.SIGN],
        source=f"{document.get_kind_display()} · sebagai {turn.position.short_title}",
        returned="",
        deadline=None,
        url=queued_document(turn),
    )


def other_paper(request: HttpRequest, document: Document) -> SignerTurn | None:
    """The next paper but this one that names the reader among its signers (one query)."""
    named = turns_of(position_ids=own_positions(request))
    return next((one for one in named if one.version.document_id != document.pk), None)


def own_positions(request: HttpRequest) -> list[int]:
    return [one.position_id for one in authorities(request) if one.position_id]


def waiting_lines(request: HttpRequest) -> list[DecisionLine]:
    return decisions_waiting(
        position_ids=own_positions(request),
        user_id=person(request).pk,
        at=moment(request),
        limit=MOST,
    )


def paper(request: HttpRequest, one: DecisionLine, arrival: Arrival | None, calendar: Calendar) -> Paper:
    line = one.line
    is_return = arrival is not None and arrival.is_return
    sender = f"dari {arrival.label}" if arrival and not is_return else ""
    parts = (line.case_title if one.document else line.label, sender, f"sebagai {line.position}")
    return Paper(
        title=one.document.title if one.document else line.case_title,
        deed=DEEDS[Work(line.work)],
        source=" · ".join(part for part in parts if part),
        returned=returned(arrival) if arrival and is_return else "",
        deadline=deadline(due_at=line.due_at, at=moment(request), calendar=calendar),
        url=queued_address(one),
    )


def queued_address(one: DecisionLine) -> str:
    return f"{run_address(one.line.case_uid)}?tugas={one.line.uid}&{QUEUED}=1"


def queued_document(turn: SignerTurn) -> str:
    return f"{address('web:dokumen_rinci', turn.version.document.uid)}?{QUEUED}=1"


def is_queued(request: HttpRequest) -> bool:
    """Tell whether the reader goes through the papers one after the other."""
    return QUEUED in request.GET or QUEUED in request.POST


def next_paper(request: HttpRequest, sentence: str, done_with: UUID) -> HttpResponseRedirect:
    """Say what became of a paper (a task's or a document's uid), and open the next one in the order of the
    list; after the last, go back to the list."""
    messages.success(request, sentence)
    rest = [queued_address(one) for one in waiting_lines(request) if one.line.uid != done_with]
    if not rest:
        turns = turns_of(position_ids=own_positions(request))
        rest = [queued_document(turn) for turn in turns if turn.version.document.uid != done_with]
    return redirect(rest[0] if rest else "web:antrean")

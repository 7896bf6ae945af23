"""News from the rooms below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from runtut.cases.actions.letter_news import close_letter_news, order_letter_news
from runtut.cases.actions.reschedule import RESCHEDULE
from runtut.cases.actions.telling import tell_of_assignment
from runtut.cases.actions.upkeep import ensure_position_is_idle, follow_moved_unit
from runtut.cases.actions.version_news import tell_of_comment, tell_of_version, tell_performers
from runtut.cases.enums import NoticeKind
from runtut.cases.models import Case
from runtut.cases.queries.searching import RUNS, run_entries, run_uids
from runtut.core import search
from runtut.core.jobs import enqueue
from runtut.documents.events import disposisi_answered, disposisi_given, letter_registered
from runtut.documents.models import Disposisi, IncomingLetter
from runtut.organisations.events import calendar_changed, position_closing, unit_moved
from runtut.organisations.models import OrganisationUnit, Position, WorkCalendar
from runtut.procedures.events import (
    checkup_assigned,
    version_commented,
    version_sent_back,
    version_submitted,
)
from runtut.procedures.models import Checkup, ProcedureVersion, ReviewComment


def on_calendar_changed(*, calendar: WorkCalendar, at: datetime, **kwargs: Any) -> None:
    """Leave the moving of deadlines to the worker: run by run, so that nobody's act waits for all of it."""
    enqueue(
        region=calendar.region,
        topic=RESCHEDULE,
        key=f"{RESCHEDULE}:{calendar.uid}:{calendar.version}",
        payload={"calendar": calendar.uid},
        at=at,
    )


def on_position_closing(*, position: Position, **kwargs: Any) -> None:
    ensure_position_is_idle(position)


def on_unit_moved(*, unit: OrganisationUnit, **kwargs: Any) -> None:
    follow_moved_unit(unit)


def on_checkup_assigned(*, checkup: Checkup, at: datetime, **kwargs: Any) -> None:
    tell_of_assignment(checkup, at)


def on_version_submitted(*, version: ProcedureVersion, at: datetime, **kwargs: Any) -> None:
    if version.approver_position_id is not None:
        tell_of_version(version, version.approver_position_id, NoticeKind.ASSIGNED, at)
    tell_performers(version, at)


def on_version_commented(
    *, version: ProcedureVersion, comment: ReviewComment, at: datetime, **kwargs: Any
) -> None:
    tell_of_comment(comment, version, at)


def on_version_sent_back(*, version: ProcedureVersion, position_id: int, at: datetime, **kwargs: Any) -> None:
    tell_of_version(version, position_id, NoticeKind.RETURNED, at)


def on_letter_registered(*, letter: IncomingLetter, at: datetime, **kwargs: Any) -> None:
    order_letter_news(letter, letter.uid, at)


def on_disposisi_given(*, disposisi: Disposisi, at: datetime, **kwargs: Any) -> None:
    close_letter_news(letter_id=disposisi.letter_id, at=at)
    order_letter_news(disposisi.letter, disposisi.uid, at)


def on_disposisi_answered(*, letter_id: int, at: datetime, **kwargs: Any) -> None:
    close_letter_news(letter_id=letter_id, at=at)


def listen() -> None:
    """Connect the room's receivers; once per process."""
    calendar_changed.connect(on_calendar_changed, dispatch_uid="cases.calendar_changed")
    position_closing.connect(on_position_closing, dispatch_uid="cases.position_closing")
    checkup_assigned.connect(on_checkup_assigned, dispatch_uid="cases.checkup_assigned")
    version_submitted.connect(on_version_submitted, dispatch_uid="cases.version_submitted")
    version_commented.connect(on_version_commented, dispatch_uid="cases.version_commented")
    version_sent_back.connect(on_version_sent_back, dispatch_uid="cases.version_sent_back")
    letter_registered.connect(on_letter_registered, dispatch_uid="cases.letter_registered")
    disposisi_given.connect(on_disposisi_given, dispatch_uid="cases.disposisi_given")
    disposisi_answered.connect(on_disposisi_answered, dispatch_uid="cases.disposisi_answered")
    unit_moved.connect(on_unit_moved, dispatch_uid="cases.unit_moved")


def offer_search() -> None:
    """Offer runs to the search; once per process. Only their beginning marks them: no act changes what is
    found of a run."""
    search.offer(RUNS, search.Source(run_uids, run_entries))
    search.follow(Case, RUNS, fields=("title",))

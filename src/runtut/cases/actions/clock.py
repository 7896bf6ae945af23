from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runtut.cases import engine
from runtut.cases.actions import decide
from runtut.cases.actions.act import Act
from runtut.cases.actions.press import press_case, press_task
from runtut.cases.actions.write import write_act
from runtut.cases.enums import CaseState, EventKind
from runtut.cases.errors import CaseIsNotPaused, CaseIsPaused, ExtensionInvalid
from runtut.cases.models import Case, CasePause
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.children import running_children
from runtut.cases.queries.sheet import Sheet, open_tasks
from runtut.cases.rules import ensure_can_steer, ensure_reason
from runtut.core.worktime import MINUTES_A_DAY, Calendar
from runtut.organisations.models import Authority

LONGEST_EXTENSION = 60 * MINUTES_A_DAY


def pause_case(
    *, case_uid: UUID, reason: str, authority: Authority, at: datetime, key: UUID | None = None
) -> Case:
    """Stop the clock of a run, and of the runs it has called, for a reason.

    Nothing can be completed until it goes on. Raises MayNotSteer, ReasonMissing, CaseIsClosed, CaseIsPaused.
    """

    def act(case: Case) -> Case:
        ensure_can_steer(authority, case.unit, "menjeda pelaksanaan ini")
        ensure_running(case)
        if case.paused_at is not None:
            raise CaseIsPaused
        return pause(case, ensure_reason(reason), authority, at, key)

    return press_case(case_uid=case_uid, kind=EventKind.PAUSED, key=key, authority=authority, act=act)


def pause(case: Case, reason: str, authority: Authority, at: datetime, key: UUID | None = None) -> Case:
    for child in running_children(case):
        if child.paused_at is None:
            pause(child, reason, authority, at)
    CasePause.objects.create(case=case, reason=reason, paused_at=at)
    return write_act(
        Act(
            case,
            EventKind.PAUSED,
            authority,
            at,
            key=key,
            data={"reason": reason},
            changes={"paused_at": at},
        )
    )


def resume_case(*, case_uid: UUID, authority: Authority, at: datetime, key: UUID | None = None) -> Case:
    """Let the clock of a paused run go on: every open deadline moves by the working minutes of the pause.

    The runs it has called go on with it. Raises MayNotSteer, CaseIsClosed, CaseIsNotPaused.
    """

    def act(case: Case) -> Case:
        ensure_can_steer(authority, case.unit, "melanjutkan pelaksanaan ini")
        ensure_running(case)
        if case.paused_at is None:
            raise CaseIsNotPaused
        return resume(case, authority, at, key)

    return press_case(case_uid=case_uid, kind=EventKind.RESUMED, key=key, authority=authority, act=act)


def resume(case: Case, authority: Authority, at: datetime, key: UUID | None = None) -> Case:
    for child in running_children(case):
        if child.paused_at is not None:
            resume(child, authority, at)
    calendar = calendar_of(case.unit)
    minutes = max(0, calendar.between(case.paused_at or at, at))
    CasePause.objects.filter(case=case, resumed_at=None).update(resumed_at=at)
    return write_act(
        Act(
            case,
            EventKind.RESUMED,
            authority,
            at,
            key=key,
            data={"minutes": minutes},
            changes={"paused_at": None} | later(case, calendar, minutes),
            movings=tuple(
                decide.moving(task, calendar, paused_minutes=task.paused_minutes + minutes)
                for task in open_tasks(case)
            ),
        )
    )


def extend_task(
    *,
    task_uid: UUID,
    minutes: int,
    reason: str,
    authority: Authority,
    at: datetime,
    key: UUID | None = None,
) -> Case:
    """Give an open task more working minutes, for a reason; the run's own deadline moves along.

    Raises MayNotSteer, ReasonMissing, ExtensionInvalid (1 minute to 60 days), CaseIsPaused, AlreadyCompleted.
    """

    def act(sheet: Sheet) -> Case:
        task = sheet.task
        ensure_can_steer(authority, sheet.case.unit, "memperpanjang tenggat")
        said = ensure_reason(reason)
        if not 1 <= minutes <= LONGEST_EXTENSION:
            raise ExtensionInvalid(field="minutes", most=LONGEST_EXTENSION // MINUTES_A_DAY)
        engine.ensure_open(sheet.state, sheet.attempt)
        moving = decide.moving(task, sheet.calendar, extended_minutes=task.extended_minutes + minutes)
        return write_act(
            Act(
                sheet.case,
                EventKind.EXTENDED,
                authority,
                at,
                task_id=task.pk,
                key=key,
                data={"minutes": minutes, "reason": said, "due": moving.row["due_at"]},
                changes=later(sheet.case, sheet.calendar, minutes),
                movings=(moving,),
            )
        )

    return press_task(
        task_uid=task_uid, kind=EventKind.EXTENDED, key=key, authority=authority, at=at, act=act
    )


def later(case: Case, calendar: Calendar, minutes: int) -> dict[str, object]:
    """Return the run's deadline moved by working minutes."""
    return {
        "due_at": calendar.add(case.due_at, minutes) if minutes else case.due_at,
        "added_minutes": case.added_minutes + minutes,
    }


def ensure_running(case: Case) -> None:
    """Raise CaseIsClosed for a finished or cancelled run."""
    engine.ensure_not_closed(engine.RunState(case=CaseState(case.state)))

"""The day of a meeting: moved for a reason, and followed by the deadlines of the steps that wait for it."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.actions.meeting_deadlines import follow_move
from runtut.cases.actions.meetings import (
    change,
    ensure_meeting_open,
    ensure_times,
    hold_meeting,
    rescheduled,
)
from runtut.cases.actions.minutes import issue_invitation
from runtut.cases.actions.press import until_undisturbed
from runtut.cases.actions.seats import seat_holders
from runtut.cases.actions.trail import leave_trail
from runtut.cases.models import Case, Meeting
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.deadlines import eve_of
from runtut.cases.rules import ensure_can_run_meeting, ensure_reason, local_day, local_moment
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_text


def move_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    ends_at: datetime | None,
    place: str,
    reason: str,
    authority: Authority,
    at: datetime,
    off_hours: bool = False,
) -> Meeting:
    """Give a meeting another day, hour or place, for a reason; a day that has passed is one on which it was
    held already.

    By whoever looks after it. Everybody called is told anew, an Undangan that was made gets its next version,
    the run's history says why, and open steps that wait for the meeting are due when it ends. Raises
    MayNotRunMeeting, MeetingIsClosed, ReasonMissing, DateBeforeStart, EndBeforeBegin, MeetingOffHours unless
    `off_hours` says that such a time is meant, and what is wrong with the place, at its field.
    """
    moved: list[Meeting] = []

    def attempt() -> Case:
        held = hold_meeting(meeting)
        ensure_meeting_open(held)
        ensure_can_run_meeting(authority, held, local_day(at, held.unit))
        said = ensure_reason(reason)
        ensure_times(held.case, starts_at, ends_at, off_hours=off_hours)
        day = local_day(starts_at, held.unit)
        values = {
            "starts_at": starts_at,
            "ends_at": ends_at,
            "place": ensure_text(place, what="Tempat", limit=200, field="place"),
            "soon_at": eve_of(calendar_of(held.unit), day),
        }
        before = local_moment(held.starts_at, held.unit)
        change(held, **values, **rescheduled(held, values))
        seat_holders(held)
        if held.invitation_id is not None:
            issue_invitation(meeting=held, authority=authority, at=at)
        data = {
            "title": held.title,
            "from": before,
            "when": local_moment(starts_at, held.unit),
            "reason": said,
        }
        leave_trail(
            unit=held.unit, action="meeting.moved", subject=held.uid, authority=authority, at=at, data=data
        )
        moved.append(held)
        return follow_move(held, data, authority, at)

    until_undisturbed(attempt, lambda: False)
    return moved[-1]

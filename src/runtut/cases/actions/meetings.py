"""Preparing a meeting: who, when, where, what about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from runtut.cases.actions.meeting_deadlines import let_follow
from runtut.cases.actions.seats import invite
from runtut.cases.actions.telling import call_to_meeting
from runtut.cases.actions.trail import leave_trail
from runtut.cases.errors import (
    EndBeforeBegin,
    MeetingIsCancelled,
    MeetingIsClosed,
    MeetingOffHours,
    NobodyInvited,
    PositionElsewhere,
)
from runtut.cases.models import Case, Meeting, Task, TaskParticipant
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.calendars import off_hours as off_hours_told
from runtut.cases.queries.deadlines import eve_of
from runtut.cases.queries.meetings import meeting_at_work, meetings
from runtut.cases.queries.sheet import case_by_uid, step_of
from runtut.cases.rules import (
    can_steer,
    ensure_acting,
    ensure_can_run_meeting,
    ensure_inviting,
    ensure_may_act,
    ensure_not_before_start,
    local_day,
    local_moment,
)
from runtut.core.locks import write_transaction
from runtut.documents.enums import Urgency
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import ensure_fits, ensure_text
from runtut.procedures.enums import Work


@dataclass(frozen=True)
class Guest:
    """Somebody from outside, by name; `agency` is where they come from."""

    name: str
    agency: str = ""


@dataclass(frozen=True)
class MeetingPlan:
    """What an invitation says. None and empty values are what is still missing; `agenda` has one point a
    line. `off_hours`: a time at which the office does not work is meant."""

    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    agenda: str = ""
    urgency: Urgency = Urgency.BIASA
    chair: Position | None = None
    secretary: Position | None = None
    positions: Sequence[Position] = ()
    guests: Sequence[Guest] = ()
    off_hours: bool = False


def prepare_meeting(*, task: Task, plan: MeetingPlan, authority: Authority, at: datetime) -> Meeting:
    """Put the plan of a run's meeting in force: a new meeting, or the one that the task is about, changed.

    By whoever does the task or takes part in it, by the meeting's chair and secretary, or by whoever steers
    the office's runs. Attendance that has been ticked stays. Raises NotYourTask, MeetingIsClosed,
    NobodyInvited, EndBeforeBegin, DateBeforeStart, MeetingOffHours, SecretInvitation, NameMissing and
    TextTooLong at their fields.
    """
    on = local_day(at, task.case.unit)
    with write_transaction():
        # Two who prepare at once change one meeting, one after the other.
        Case.objects.select_for_update().get(pk=task.case_id)
        found = meeting_at_work(task)
        if found is None:
            ensure_may_prepare(task, authority, at)
            assert authority.position_id is not None, "whoever may prepare holds a position"
            values = checked(plan, task)
            meeting = Meeting.objects.create(
                region=task.region,
                case=task.case,
                unit=task.case.unit,
                prepared_in_id=authority.position_id,
                created_at=at,
                **values,
            )
        else:
            if not takes_part(task, authority):
                ensure_can_run_meeting(authority, found, on)
            ensure_acting(authority, on)
            meeting = hold_meeting(found)
            ensure_meeting_open(meeting)
            values = checked(plan, task)
            change(meeting, **values, **rescheduled(meeting, values))
        invite(meeting, plan)
        call_to_meeting(meeting, at)
        if step_of(task).work == Work.MEET:
            let_follow(case_by_uid(task.case.uid), meetings().get(pk=meeting.pk), at)
        leave_trail(
            unit=meeting.unit,
            action="meeting.prepared",
            subject=meeting.uid,
            authority=authority,
            at=at,
            data={
                "title": meeting.title,
                "starts_at": meeting.starts_at,
                "invited": meeting.invitees.count(),
            },
        )
    return meeting


def ensure_may_prepare(task: Task, authority: Authority, at: datetime) -> None:
    """Raise NotYourTask unless the authority does the task, takes part in it, or steers the runs."""
    on = local_day(at, task.case.unit)
    if takes_part(task, authority) or can_steer(authority, task.case.unit):
        ensure_acting(authority, on)
        return
    ensure_may_act(task, authority, on)


def takes_part(task: Task, authority: Authority) -> bool:
    """Tell whether an authority does a task or takes part in it (one query at most)."""
    if authority.position_id is None:
        return False
    if authority.position_id == task.position_id:
        return True
    return TaskParticipant.objects.filter(task=task, position=authority.position_id).exists()


def checked(plan: MeetingPlan, task: Task) -> dict[str, object]:
    """Return the values of a plan that lacks nothing; raise what is wrong with it, at its field."""
    unit = task.case.unit
    values: dict[str, object] = {
        "title": ensure_text(plan.title, what="Acara rapat", limit=240, field="title"),
        "place": ensure_text(plan.place, what="Tempat", limit=200, field="place"),
        "agenda": ensure_fits(plan.agenda, what="Agenda", limit=4000, field="agenda"),
    }
    # An agenda keeps its lines, which a required text does not.
    ensure_text(plan.agenda, what="Agenda", limit=4000, field="agenda")
    if not plan.positions and not plan.guests:
        raise NobodyInvited(field="positions")
    assert plan.starts_at is not None and plan.chair is not None and plan.secretary is not None, "gates"
    ensure_times(task.case, plan.starts_at, plan.ends_at, off_hours=plan.off_hours)
    for position in (plan.chair, plan.secretary, *plan.positions):
        if position.region != unit.region or not position.is_active:
            raise PositionElsewhere(field="positions", position=position.title, unit=unit.short_name)
    return values | {
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "soon_at": eve_of(calendar_of(unit), local_day(plan.starts_at, unit)),
        "urgency": ensure_inviting(plan.urgency),
        "chair": plan.chair,
        "secretary": plan.secretary,
    }


def ensure_times(case: Case, starts_at: datetime, ends_at: datetime | None, *, off_hours: bool) -> None:
    """Raise DateBeforeStart for a meeting before its run, EndBeforeBegin for one that ends before it begins,
    MeetingOffHours for one outside working time unless `off_hours` says that it is meant."""
    unit = case.unit
    ensure_not_before_start(case, local_day(starts_at, unit), what="Tanggal rapat", field="held_on")
    if ends_at is not None and ends_at <= starts_at:
        raise EndBeforeBegin(
            field="end", start=local_moment(starts_at, unit), end=local_moment(ends_at, unit)
        )
    why = "" if off_hours else off_hours_told(unit, starts_at)
    if why:
        raise MeetingOffHours(field="held_on", why=why)


def rescheduled(meeting: Meeting, values: Mapping[str, object]) -> dict[str, object]:
    """Return what else changes when day, hour or place do: everybody is called and reminded anew."""
    if all(getattr(meeting, name) == values[name] for name in ("starts_at", "ends_at", "place")):
        return {}
    return {"schedule": meeting.schedule + 1, "soon_told_at": None}


def hold_meeting(meeting: Meeting) -> Meeting:
    """Read a meeting again under its row's lock: acts on one meeting come one after the other."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    return meetings().get(pk=meeting.pk)


def ensure_meeting_open(meeting: Meeting) -> None:
    """Raise MeetingIsClosed once the list is closed, MeetingIsCancelled once its run is cancelled."""
    if meeting.cancelled_at is not None:
        raise MeetingIsCancelled(when=local_moment(meeting.cancelled_at, meeting.unit))
    if meeting.closed_at is not None:
        raise MeetingIsClosed(when=local_moment(meeting.closed_at, meeting.unit))


def change(meeting: Meeting, **values: object) -> None:
    """Change a held meeting and raise its version."""
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save(update_fields=[*values, "version"])

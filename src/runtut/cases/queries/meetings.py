"""Meetings of runs: which one a step is about, and what its page and papers show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from runtut.cases.enums import AttendanceState, TaskState
from runtut.cases.errors import MeetingUnknown
from runtut.cases.models import Case, Decision, Invitee, Meeting, Task
from runtut.cases.queries.children import running_children
from runtut.cases.queries.documents import version_at_work
from runtut.cases.rules import local_day
from runtut.documents.enums import DocumentKind, DocumentState
from runtut.documents.models import Document
from runtut.documents.queries import unsigned
from runtut.organisations.queries import Holder, holders_of

SIGNED = (DocumentState.APPROVED, DocumentState.LOCKED)
SETTLED = frozenset({DocumentState.WAITING, DocumentState.APPROVED, DocumentState.LOCKED})


@dataclass(frozen=True)
class Attendee:
    """One who is called, with whoever acts for the position today. Somebody called in several positions is
    one: `also` names the others."""

    invitee: Invitee
    holders: tuple[Holder, ...]
    also: tuple[str, ...] = ()

    @property
    def own_holders(self) -> tuple[Holder, ...]:
        """Whom of the position's holders the line is for: all of them where it names none."""
        person = self.invitee.person_id
        return tuple(one for one in self.holders if person in (None, one.user_id))

    @property
    def who(self) -> str:
        """The positions, or where the guest comes from."""
        position = self.invitee.position
        return ", ".join([position.short_title, *self.also]) if position else self.invitee.agency

    @property
    def person(self) -> int | None:
        """The one person that the line stands for, None for a guest, a vacant or a shared position."""
        people = {one.user_id for one in self.own_holders}
        return self.invitee.person_id or (people.pop() if len(people) == 1 else None)

    @property
    def name(self) -> str:
        """Whoever came; until that is known, whoever would."""
        if self.invitee.full_name:
            return self.invitee.full_name
        if self.invitee.person and not self.own_holders:
            return self.invitee.person.full_name
        return self.invitee.guest or ", ".join(holder.label for holder in self.own_holders)


@dataclass(frozen=True)
class MeetingView:
    """A meeting for its page."""

    meeting: Meeting
    attendees: tuple[Attendee, ...]
    decisions: tuple[Decision, ...]

    @property
    def present(self) -> int:
        came = {AttendanceState.PRESENT, AttendanceState.REPRESENTED}
        return sum(one.invitee.state in came for one in self.attendees)

    @property
    def ticked(self) -> int:
        return sum(bool(one.invitee.state) for one in self.attendees)

    @property
    def minutes_are_settled(self) -> bool:
        return are_minutes_settled(self.meeting)


def are_minutes_settled(meeting: Meeting) -> bool:
    """Tell whether the minutes are handed in or approved: then they change only after a return."""
    return meeting.minutes is not None and meeting.minutes.state in SETTLED


def meetings() -> QuerySet[Meeting]:
    """Return meetings with everything that rules and papers ask of them, in one statement."""
    return Meeting.objects.select_related(
        "case__unit",
        "case__procedure_version",
        "unit",
        "chair",
        "secretary",
        "prepared_in",
        "invitation",
        "attendance",
        "minutes",
        "attendance_file",
    )


def meeting_by_uid(uid: UUID) -> Meeting:
    """Return a meeting; raise MeetingUnknown."""
    found = meetings().filter(uid=uid).first()
    if found is None:
        raise MeetingUnknown
    return found


def takes_ticks(meeting: Meeting) -> bool:
    """Tell whether who came may still be noted: until the list is closed. A list that was signed on paper and
    uploaded does not say it again: then it may be noted until that list is archived."""
    if meeting.cancelled_at is not None or meeting.closed_at is None:
        return meeting.cancelled_at is None
    listed = meeting.attendance
    return meeting.attendance_file_id is not None and (listed is None or listed.state != DocumentState.LOCKED)


def latest_meeting(task: Task) -> Meeting | None:
    """Return the newest meeting of a task's run, of the run that called it, or of one that it has called
    (one query)."""
    case = task.case
    calling = Task.objects.filter(pk=case.parent_task_id).values("case") if case.parent_task_id else ()
    near = Q(case=case) | Q(case__in=calling) | Q(case__parent_task__case=case)
    return meetings().filter(near, cancelled_at=None).order_by("-id").first()


def may_go_out(meeting: Meeting) -> bool:
    """Tell whether a meeting's Undangan may be sent: its chair has signed it, or somebody has said why it
    goes without (one query)."""
    if meeting.invitation_id is None:
        return False
    awaited = unsigned().filter(version__document=OuterRef("pk"))
    signed = Document.objects.filter(~Exists(awaited), pk=meeting.invitation_id, state__in=SIGNED)
    return bool(meeting.unsigned_reason) or signed.exists()


def invitation_at_work(task: Task) -> Meeting | None:
    """Return the meeting whose Undangan a task sends, None where it sends something else (three queries)."""
    version = version_at_work(task)
    if version is None or version.document.kind != DocumentKind.UNDANGAN:
        return None
    return meetings().filter(invitation=version.document_id).first()


def meeting_of_run(case: Case) -> Meeting | None:
    """Return the meeting that a run is to hold or has held last: its own, else that of the run that called
    it (one query)."""
    calling = Task.objects.filter(pk=case.parent_task_id).values("case") if case.parent_task_id else ()
    near = Q(case=case) | Q(case__in=calling)
    return meetings().filter(near, cancelled_at=None).order_by("-id").first()


def meetings_to_keep(*, position_ids: Collection[int]) -> list[Meeting]:
    """Return the meetings under way that some positions write down while the step to hold them is somebody
    else's, the earliest first (one query)."""
    near = Q(case=OuterRef("case")) | Q(case__parent_task__case=OuterRef("case"))
    waiting = Task.objects.filter(near, state=TaskState.OPEN)
    return list(
        meetings()
        .filter(
            ~Exists(waiting.filter(position=OuterRef("secretary"))),
            Exists(waiting),
            secretary__in=position_ids,
            invitation__isnull=False,
            closed_at=None,
            cancelled_at=None,
        )
        .order_by("starts_at", "id")
    )


def run_holding(meeting: Meeting) -> Case | None:
    """Return the run, called by a meeting's own, in which the meeting is held while that runs."""
    if meeting.closed_at is not None:
        return None
    return running_children(meeting.case).first()


def meeting_at_work(task: Task) -> Meeting | None:
    """Return the meeting that a task prepares or holds: the newest, unless it was over before the task
    opened, because a later round holds a meeting of its own."""
    found = latest_meeting(task)
    if found is None or (found.closed_at is not None and found.closed_at < task.opened_at):
        return None
    return found


def attendees_of(meeting: Meeting, at: datetime) -> tuple[Attendee, ...]:
    """Return everybody called, in order, with whoever acts for them on the day of the meeting (three
    queries)."""
    rows = list(
        Invitee.objects.filter(meeting=meeting)
        .select_related("position", "person", "ticked_by")
        .order_by("sequence", "id")
    )
    day = local_day(meeting.starts_at, meeting.unit)
    seats = holders_of(position_ids=[row.position_id for row in rows if row.position_id], on=day)
    return one_each(Attendee(row, tuple(seats.get(row.position_id or 0, ()))) for row in rows)


def one_each(lines: Iterable[Attendee]) -> tuple[Attendee, ...]:
    """Let everybody stand in the list once: who was called in several positions keeps the line that was
    ticked, else the first, and it names the others."""
    kept: dict[object, list[Attendee]] = {}
    for line in lines:
        kept.setdefault(line.person or line.invitee.uid, []).append(line)
    return tuple(as_one(same) for same in kept.values())


def as_one(same: Sequence[Attendee]) -> Attendee:
    first = next((line for line in same if line.invitee.state), same[0])
    return replace(first, also=tuple(line.who for line in same if line is not first))


def decisions_of(meeting: Meeting) -> tuple[Decision, ...]:
    """Return a meeting's decisions in order, with what became of them (one query)."""
    rows = Decision.objects.filter(meeting=meeting).select_related("position", "follow_up")
    return tuple(rows.order_by("sequence", "id"))


def meeting_page(*, meeting: Meeting, at: datetime) -> MeetingView:
    """Return a meeting for its page (four queries)."""
    return MeetingView(meeting, attendees_of(meeting, at), decisions_of(meeting))

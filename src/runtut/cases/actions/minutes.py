"""What a meeting said and decided, and its three papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from runtut.cases.actions.meetings import change, ensure_meeting_open, hold_meeting
from runtut.cases.actions.notices import close_notices
from runtut.cases.actions.signers import let_sign
from runtut.cases.actions.telling import ask_for_approval, call_to_meeting
from runtut.cases.actions.trail import leave_trail
from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.errors import DecisionAtWork, MeetingMoved, MinutesAreSettled
from runtut.cases.models import Decision, FollowUp, Meeting
from runtut.cases.queries.follow_ups import ensure_due_day, is_at_work
from runtut.cases.queries.meeting_papers import meeting_days, meeting_paper
from runtut.cases.queries.meetings import are_minutes_settled, decisions_of
from runtut.cases.rendering import attendance_parts, invitation_parts, minutes_parts
from runtut.cases.rules import ensure_can_run_meeting, ensure_reason, local_day
from runtut.core.locks import write_transaction
from runtut.documents.actions import put_document, take_in_paper
from runtut.documents.actions.documents import complete_content, content_hash
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, DocumentVersion, StoredFile
from runtut.documents.queries import newest_version, signature_block, turn_on
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.rules import ensure_fits

UPLOADED: Final = (
    "Daftar hadir rapat ini ditandatangani peserta di atas kertas dan diunggah ke Runtut sebagai berkas."
)


@dataclass(frozen=True)
class DecisionDraft:
    """A decision as typed; `uid` names the one it changes. Without text it is no decision."""

    text: str
    position: Position | None = None
    due_on: date | None = None
    uid: UUID | None = None


def save_minutes(
    *,
    meeting: Meeting,
    discussion: str,
    decisions: Sequence[DecisionDraft],
    version: int,
    authority: Authority,
    at: datetime,
) -> Meeting:
    """Keep what was said and decided, finished or not. Decisions that are not named any more are dropped.

    `version` is that of the meeting as it was read. Raises MayNotRunMeeting, MeetingMoved when somebody else
    wrote meanwhile, MinutesAreSettled once the minutes are handed in, DecisionAtWork, DueOnFreeDay and
    DueBeforeToday at the decision's field.
    """
    text = ensure_fits(discussion, what="Pembahasan", limit=20_000, field="discussion")
    with write_transaction():
        held = hold_meeting(meeting)
        ensure_can_run_meeting(authority, held, local_day(at, held.unit))
        ensure_minutes_open(held)
        if held.version != version:
            raise MeetingMoved
        change(held, discussion=text)
        put_decisions(held, [draft for draft in decisions if draft.text.strip()], at)
        leave_trail(
            unit=held.unit,
            action="meeting.minutes_saved",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"title": held.title, "decisions": Decision.objects.filter(meeting=held).count()},
        )
    return held


def ensure_minutes_open(meeting: Meeting) -> None:
    """Raise MinutesAreSettled while the minutes wait for approval or have it."""
    if are_minutes_settled(meeting):
        assert meeting.minutes is not None
        raise MinutesAreSettled(state=meeting.minutes.get_state_display().lower())


def put_decisions(meeting: Meeting, drafts: Sequence[DecisionDraft], at: datetime) -> None:
    existing = {one.uid: one for one in decisions_of(meeting)}
    for number, draft in enumerate(drafts, start=1):
        found = existing.pop(draft.uid, None) if draft.uid else None
        if found is None:
            found = Decision(meeting=meeting, region=meeting.region)
        put_decision(found, draft, number, meeting.unit, at)
    for one in existing.values():
        ensure_untouched(one, one.sequence)
        FollowUp.objects.filter(decision=one).delete()
        one.delete()


def put_decision(
    found: Decision, draft: DecisionDraft, number: int, unit: OrganisationUnit, at: datetime
) -> None:
    text = ensure_fits(draft.text, what=f"Keputusan {number}", limit=2000, field=f"text-{number}")
    key = draft.position.pk if draft.position else None
    if (found.text, found.position_id, found.due_on) != (text, key, draft.due_on):
        ensure_untouched(found, number)
        if draft.due_on is not None and draft.due_on != found.due_on:
            ensure_due_day(unit, draft.due_on, at, field=f"due-{number}")
        found.text, found.position, found.due_on = text, draft.position, draft.due_on
    found.sequence = number
    found.save()


def ensure_untouched(decision: Decision, number: int) -> None:
    """Raise DecisionAtWork when somebody has begun to do what was decided."""
    item = (
        FollowUp.objects.filter(decision=decision).select_related("position").first() if decision.pk else None
    )
    if item is not None and is_at_work(item):
        raise DecisionAtWork(number=number, position=item.position.short_title)


def issue_meeting_invitation(*, meeting: Meeting, authority: Authority, at: datetime) -> DocumentVersion:
    """Make the Undangan by the button of the meeting's page. Raises MayNotRunMeeting and MeetingIsClosed."""
    with write_transaction():
        held = hold_meeting(meeting)
        ensure_meeting_open(held)
        ensure_can_run_meeting(authority, held, local_day(at, held.unit))
        return issue_invitation(meeting=held, authority=authority, at=at)


def issue_invitation(*, meeting: Meeting, authority: Authority, at: datetime) -> DocumentVersion:
    """Make the Undangan, or its next version when the plan changed. It waits for its chair's signature, the
    chair is told, and nobody is called before; made by the chair's own hand it waits only where the office
    signs electronically."""
    signature = signature_block(position=meeting.chair, on=local_day(at, meeting.unit))
    kind = DocumentKind.UNDANGAN
    made = meeting_paper(meeting=meeting, kind=kind, parts=invitation_parts, signatures=[signature], at=at)
    content = as_dated(meeting.invitation, made)
    version = put_paper(meeting, "invitation", kind, "Undangan", content, authority, at)
    let_sign(version, [meeting.chair], authority, at)
    if turn_on(document=version.document) is None:
        close_notices(about=NoticeAbout.MEETING, at=at, meeting=meeting, kind=NoticeKind.ASSIGNED)
    else:
        ask_for_approval(meeting, version.number, at)
    call_to_meeting(meeting, at)
    return version


def as_dated(document: Document | None, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a paper's new content with the day of the version in force where nothing else has changed: it is
    no new paper only because a day has passed."""
    if document is None:
        return dict(content)
    newest = newest_version(document=document)
    before = {**content, "date": newest.content["date"]}
    whole = complete_content(before, unit=document.unit, kind=document.kind, title=document.title)
    return before if content_hash(whole) == newest.sha256 else dict(content)


def send_unsigned(*, meeting: Meeting, reason: str, authority: Authority, at: datetime) -> Meeting:
    """Let an Undangan go out before its chair has signed it, for a reason that is kept; the chair is still
    asked to. Raises MayNotRunMeeting, MeetingIsClosed, ReasonMissing and TextTooLong (field reason)."""
    with write_transaction():
        held = hold_meeting(meeting)
        ensure_meeting_open(held)
        ensure_can_run_meeting(authority, held, local_day(at, held.unit))
        said = ensure_fits(ensure_reason(reason), what="Alasan", limit=240, field="reason")
        change(held, unsigned_reason=said)
        leave_trail(
            unit=held.unit,
            action="meeting.sent_unsigned",
            subject=held.uid,
            authority=authority,
            at=at,
            data={"title": held.title, "reason": said},
        )
        call_to_meeting(held, at)
    return held


def close_attendance(*, meeting: Meeting, authority: Authority, at: datetime) -> DocumentVersion:
    """Close the list. One that was signed on paper and uploaded is the Daftar hadir; else it is made of the
    ticks and signed by the meeting's secretary: at once by the own hand, else when asked."""
    held = hold_meeting(meeting)
    if held.attendance_file is None:
        version = composed_list(held, authority, at)
    else:
        version = uploaded_list(held, held.attendance_file, authority, at)
    if held.closed_at is None:
        held.closed_at = at
        held.save(update_fields=["closed_at"])
        close_notices(about=NoticeAbout.MEETING, at=at, meeting=held)
    return version


def composed_list(meeting: Meeting, authority: Authority, at: datetime) -> DocumentVersion:
    signature = signature_block(
        position=meeting.secretary, on=local_day(at, meeting.unit), role_line="Sekretaris rapat"
    )
    kind = DocumentKind.DAFTAR_HADIR
    content = meeting_paper(meeting=meeting, kind=kind, parts=attendance_parts, signatures=[signature], at=at)
    version = put_paper(meeting, "attendance", kind, "Daftar hadir", content, authority, at)
    let_sign(version, [meeting.secretary], authority, at)
    return version


def uploaded_list(meeting: Meeting, file: StoredFile, authority: Authority, at: datetime) -> DocumentVersion:
    version = take_in_paper(
        document=meeting.attendance,
        unit=meeting.unit,
        kind=DocumentKind.DAFTAR_HADIR,
        title=f"Daftar hadir {meeting.title}",
        said=UPLOADED,
        facts=meeting_days(meeting),
        file=file,
        authority=authority,
        at=at,
    )
    keep_paper(meeting, "attendance", version)
    return version


def issue_minutes(
    *, meeting: Meeting, authority: Authority, at: datetime, settled: bool = True
) -> DocumentVersion:
    """Make the Notulen, or its next version. Who writes it down signs it first; the chair approves it, where
    not a later step of the run does that (`settled` false)."""
    held = hold_meeting(meeting)
    on = local_day(at, held.unit)
    signatures = [
        signature_block(position=held.secretary, on=on, role_line="Notulis"),
        signature_block(position=held.chair, on=on, role_line="Pimpinan rapat"),
    ]
    kind = DocumentKind.NOTULEN
    content = meeting_paper(meeting=held, kind=kind, parts=minutes_parts, signatures=signatures, at=at)
    version = put_paper(held, "minutes", kind, "Notulen", content, authority, at)
    signers = [held.secretary, *([held.chair] if settled else [])]
    let_sign(version, signers, authority, at, last_decides=settled)
    return version


def put_paper(
    meeting: Meeting,
    field: str,
    kind: DocumentKind,
    word: str,
    content: Mapping[str, Any],
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Give a meeting's paper its next version; make the paper where there is none."""
    document: Document | None = getattr(meeting, field)
    version = put_document(
        document=document,
        unit=meeting.unit,
        kind=kind,
        title=f"{word} {meeting.title}",
        content=content,
        authority=authority,
        at=at,
    )
    keep_paper(meeting, field, version)
    return version


def keep_paper(meeting: Meeting, field: str, version: DocumentVersion) -> None:
    """Let a meeting know its paper."""
    if getattr(meeting, field) is None:
        setattr(meeting, field, version.document)
        meeting.save(update_fields=[field])

"""Follow-up from decision to closure: given out, done with evidence, verified by another position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from runtut.cases.actions.telling import close_follow_up, tell_of_follow_ups
from runtut.cases.actions.trail import leave_trail
from runtut.cases.enums import FollowUpState, NoticeKind
from runtut.cases.errors import FollowUpMoved, MayNotVerify, NotYourFollowUp, ReportMissing
from runtut.cases.models import Case, FollowUp, FollowUpEvidence, Meeting
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.deadlines import eve_of
from runtut.cases.queries.follow_ups import (
    due_instant,
    ensure_due_day,
    follow_ups,
    is_at_work,
)
from runtut.cases.queries.meetings import decisions_of
from runtut.cases.rules import can_report, can_verify, ensure_acting, ensure_reason, local_day
from runtut.core.locks import write_transaction
from runtut.documents.models import StoredFile
from runtut.documents.rules import ensure_own_file
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.rules import ensure_fits, ensure_text


@dataclass(frozen=True)
class NewItem:
    """A follow-up item that no decision of a meeting in Runtut stands behind."""

    text: str
    position: Position
    due_on: date


def issue_follow_ups(*, meeting: Meeting, case: Case, authority: Authority, at: datetime) -> list[FollowUp]:
    """Make an item of every complete decision, and change those that nobody has begun; return the new ones.

    To be called within the act that hands the minutes in. The chair verifies; what falls to the chair is
    verified by the secretary.
    """
    made, changed = [], []
    last = FollowUp.objects.filter(case=case).count()
    for decision in decisions_of(meeting):
        if decision.position is None or decision.due_on is None:
            continue
        values = {
            "text": decision.text,
            "position": decision.position,
            "verifier": meeting.secretary if decision.position_id == meeting.chair_id else meeting.chair,
            **due_values(meeting.unit, decision.due_on, due_instant(meeting.unit, decision.due_on)),
        }
        item = FollowUp.objects.filter(decision=decision).first()
        if item is None:
            last += 1
            made.append(create_item(case, {**values, "decision": decision, "sequence": last}, authority, at))
        elif not is_at_work(item):
            changed.append(change_item(item, values, at))
    tell_of_follow_ups([*made, *changed], NoticeKind.ASSIGNED, at)
    return made


def change_item(item: FollowUp, values: dict[str, Any], at: datetime) -> FollowUp:
    """Let an item that nobody has begun say what the minutes say now."""
    if item.due_on != values["due_on"]:
        values = {**values, "soon_told_at": None, "late_told_at": None}
    FollowUp.objects.filter(pk=item.pk).update(**values)
    item.notices.exclude(position=values["position"]).filter(closed_at=None).update(closed_at=at)
    return follow_ups().get(pk=item.pk)


def due_values(unit: OrganisationUnit, day: date, due_at: datetime) -> dict[str, object]:
    """Return the columns of an item's day: until when, and when its position is reminded beforehand."""
    return {"due_on": day, "due_at": due_at, "soon_at": eve_of(calendar_of(unit), day)}


def add_follow_ups(
    *, case: Case, items: Sequence[NewItem], verifier: Position, authority: Authority, at: datetime
) -> list[FollowUp]:
    """Give out items that stand in minutes kept on paper. Raises DueOnFreeDay, DueBeforeToday and
    NameMissing."""
    made = []
    with write_transaction():
        last = FollowUp.objects.filter(case=case).count()
        for number, one in enumerate(items, start=1):
            values = {
                "text": ensure_text(one.text, what="Tindak lanjut", limit=2000, field=f"text-{number}"),
                "position": one.position,
                "verifier": verifier,
                **due_values(
                    case.unit,
                    one.due_on,
                    ensure_due_day(case.unit, one.due_on, at, field=f"due-{number}"),
                ),
                "sequence": last + number,
            }
            made.append(create_item(case, values, authority, at))
        tell_of_follow_ups(made, NoticeKind.ASSIGNED, at)
    return made


def create_item(case: Case, values: dict[str, object], authority: Authority, at: datetime) -> FollowUp:
    item = FollowUp.objects.create(case=case, unit=case.unit, region=case.region, created_at=at, **values)
    trail(item, "given", authority, at, due_on=item.due_on)
    return item


def hold_item(item: FollowUp) -> FollowUp:
    """Read an item again under its row's lock: acts on one item come one after the other."""
    FollowUp.objects.select_for_update().get(pk=item.pk)
    return follow_ups().get(pk=item.pk)


def trail(item: FollowUp, act: str, authority: Authority, at: datetime, **data: object) -> None:
    leave_trail(
        unit=item.unit,
        action=f"follow_up.{act}",
        subject=item.uid,
        authority=authority,
        at=at,
        data={"text": item.text[:200], **data},
    )


def put(item: FollowUp, **values: object) -> None:
    """Change a held item and raise its version."""
    for name, value in values.items():
        setattr(item, name, value)
    item.version += 1
    item.save(update_fields=[*values, "version"])


def held_to_report(item: FollowUp, authority: Authority, at: datetime) -> FollowUp:
    """Return the item under its lock; raise unless it waits for the authority."""
    held = hold_item(item)
    if not can_report(authority, held):
        raise NotYourFollowUp(position=held.position.short_title)
    ensure_acting(authority, local_day(at, held.unit))
    if held.state not in (FollowUpState.OPEN, FollowUpState.RETURNED):
        raise moved(held)
    return held


def moved(item: FollowUp) -> FollowUpMoved:
    """Return the refusal of an act on an item that somebody has moved on."""
    return FollowUpMoved(state=MOVED[FollowUpState(item.state)])


MOVED = {
    FollowUpState.OPEN: "menunggu laporan penanggung jawab",
    FollowUpState.SUBMITTED: "dilaporkan dan menunggu verifikasi",
    FollowUpState.RETURNED: "dikembalikan kepada penanggung jawab",
    FollowUpState.APPROVED: "disetujui",
}


def report_progress(*, item: FollowUp, report: str, authority: Authority, at: datetime) -> FollowUp:
    """Keep what was done so far, without handing it in. Raises NotYourFollowUp, FollowUpMoved."""
    text = ensure_fits(report, what="Laporan", limit=4000, field="report")
    with write_transaction():
        held = held_to_report(item, authority, at)
        if held.report != text:
            put(held, report=text)
            trail(held, "reported", authority, at, report=text)
    return held


def add_follow_up_evidence(
    *, item: FollowUp, file: StoredFile, authority: Authority, at: datetime
) -> FollowUpEvidence:
    """Attach a file to an item. Raises NotYourFollowUp, FollowUpMoved, FileOfAnotherOffice."""
    ensure_own_file(authority, file)
    with write_transaction():
        held = held_to_report(item, authority, at)
        assert authority.user_id is not None
        row = FollowUpEvidence.objects.create(
            region=held.region, follow_up=held, file=file, added_by_id=authority.user_id, added_at=at
        )
        trail(held, "evidence_added", authority, at, file=file.uid, name=file.name)
    return row


def remove_follow_up_evidence(*, evidence: FollowUpEvidence, authority: Authority, at: datetime) -> None:
    """Take a file off an item that is not handed in. Raises NotYourFollowUp, FollowUpMoved."""
    with write_transaction():
        held = held_to_report(evidence.follow_up, authority, at)
        evidence.delete()
        trail(held, "evidence_removed", authority, at, name=evidence.file.name)


def submit_follow_up(*, item: FollowUp, report: str, authority: Authority, at: datetime) -> FollowUp:
    """Hand an item in to be verified. Raises ReportMissing unless there is a report of some words or a file,
    NotYourFollowUp, FollowUpMoved."""
    text = ensure_fits(report, what="Laporan", limit=4000, field="report")
    with write_transaction():
        held = held_to_report(item, authority, at)
        if len(text) < LEAST and not FollowUpEvidence.objects.filter(follow_up=held).exists():
            raise ReportMissing(field="report", least=LEAST)
        put(
            held,
            state=FollowUpState.SUBMITTED,
            report=text,
            submitted_by_id=authority.user_id,
            submitted_at=at,
        )
        trail(held, "submitted", authority, at, report=text)
        pass_on(held, NoticeKind.ASSIGNED, at)
    return held


def pass_on(item: FollowUp, kind: NoticeKind, at: datetime) -> None:
    """Tell whoever has the word on an item now; what the one before was told of it is closed."""
    close_follow_up(item, at)
    tell_of_follow_ups([item], kind, at)


LEAST = 10
"""How many letters tell at least something."""


def held_to_verify(item: FollowUp, authority: Authority, at: datetime) -> FollowUp:
    """Return the item under its lock; raise unless it waits for the authority's word."""
    held = hold_item(item)
    if not can_verify(authority, held):
        raise MayNotVerify(verifier=held.verifier.short_title)
    ensure_acting(authority, local_day(at, held.unit))
    if held.state != FollowUpState.SUBMITTED:
        raise moved(held)
    return held


def approve_follow_up(*, item: FollowUp, note: str, authority: Authority, at: datetime) -> FollowUp:
    """Close an item as done. The same person may verify what they did in another position: the page warns,
    because a small office has few hands. Raises MayNotVerify, FollowUpMoved."""
    text = ensure_fits(note, what="Catatan", limit=4000, field="note")
    with write_transaction():
        held = held_to_verify(item, authority, at)
        put(
            held,
            state=FollowUpState.APPROVED,
            verified_by_id=authority.user_id,
            verified_at=at,
            verdict=text,
        )
        trail(held, "approved", authority, at, note=text, by_maker=held.submitted_by_id == authority.user_id)
        close_follow_up(held, at)
    return held


def return_follow_up(*, item: FollowUp, reason: str, authority: Authority, at: datetime) -> FollowUp:
    """Give an item back with what is still to be done. Raises ReasonMissing, MayNotVerify, FollowUpMoved."""
    said = ensure_reason(ensure_fits(reason, what="Alasan", limit=4000, field="reason"))
    with write_transaction():
        held = held_to_verify(item, authority, at)
        put(held, state=FollowUpState.RETURNED, returns=held.returns + 1, return_reason=said)
        trail(held, "returned", authority, at, reason=said)
        pass_on(held, NoticeKind.RETURNED, at)
    return held

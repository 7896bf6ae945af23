"""The life of a version: draft, review, ratified, effective, superseded or withdrawn."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from runtut.core import jobs
from runtut.core.dates import long_date
from runtut.core.locks import write_transaction
from runtut.documents.actions import reserve_number, void_number
from runtut.documents.enums import RegisterKind
from runtut.documents.formulas.codes import new_code
from runtut.documents.models import ArchiveClass
from runtut.organisations.enums import Capacity
from runtut.organisations.models import Authority
from runtut.procedures.actions.checkups import drop_checkups, plan_checkups
from runtut.procedures.actions.trail import hold_version, leave_trail
from runtut.procedures.enums import BINDING, VersionState
from runtut.procedures.errors import (
    CommentsOpen,
    FindingsRemain,
    NotYetEffective,
    ReasonMissing,
    SopNumberIncomplete,
    SopNumberTaken,
    VersionNotBinding,
    VersionNotRatified,
)
from runtut.procedures.events import version_sent_back, version_submitted
from runtut.procedures.graph import blocking, has_empty_segment
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import bearer_of, findings_of, open_comments, submitter_of
from runtut.procedures.rules import (
    ensure_can_manage_procedures,
    ensure_can_ratify,
    ensure_draft,
    ensure_in_review,
    is_ahead,
    state_words,
)

SOP_CLASS: Final = "000.8.3.3"
"""Classification of SOPs (Permendagri 83/2022)."""


def submit_for_review(*, version: ProcedureVersion, authority: Authority, at: datetime) -> ProcedureVersion:
    """Hand a draft over to its approver. Raises NotManager, VersionNotDraft and FindingsRemain."""
    with write_transaction():
        version = hold_version(version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_draft(version)
        ensure_sound(version)
        _enter(version, VersionState.IN_REVIEW)
        leave_trail(version=version, action="version.submitted", authority=authority, at=at, data={})
        version_submitted.send(sender=ProcedureVersion, version=version, at=at)
    return version


def reopen_draft(
    *, version: ProcedureVersion, reason: str, authority: Authority, at: datetime
) -> ProcedureVersion:
    """Send a version back from review to its authors, by the approver or by the office's managers.

    Raises ReasonMissing, NotManager and VersionNotInReview.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    with write_transaction():
        version = hold_version(version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_in_review(version)
        _enter(version, VersionState.DRAFT)
        leave_trail(
            version=version,
            action="version.reopened",
            authority=authority,
            at=at,
            data={"reason": reason.strip()},
        )
        author = submitter_of(version)
        if author is not None and author != authority.position_id:
            version_sent_back.send(sender=ProcedureVersion, version=version, position_id=author, at=at)
    return version


def ratify(
    *, version: ProcedureVersion, sop_number: str, effective_from: date, authority: Authority, at: datetime
) -> ProcedureVersion:
    """Ratify a reviewed version under its number; from now on its text never changes.

    Without a number it takes the next one of the office's register, made by the office's pattern. It is in
    force at once when its day has come in the office's zone, else on that day. Performers may be bound later.
    Raises ApproverMissing, NotApprover, VersionNotInReview, SopNumberIncomplete and SopNumberTaken (field
    `sop_number`), CommentsOpen and FindingsRemain; without a number also what reserve_number refuses.
    """
    number = " ".join(sop_number.split())
    with write_transaction():
        version = hold_version(version)
        ensure_can_ratify(authority, version)
        ensure_in_review(version)
        ensure_talked_over(version)
        ensure_sound(version)
        number = number or next_number(version, authority, at)
        ensure_number(version, number)
        today = version.procedure.unit.local_date(at)
        _stamp(version, number, effective_from, today)
        version.ratified_at, version.ratified_by_id = at, authority.user_id
        version.state, version.code = VersionState.RATIFIED, new_code()
        version.save()
        leave_trail(
            version=version,
            action="version.ratified",
            authority=authority,
            at=at,
            data={"sop_number": number, "effective_from": effective_from},
        )
        if effective_from <= today:
            _put_in_force(version, authority, at)
        else:
            _order_effect(version, effective_from, at)
    return version


def next_number(version: ProcedureVersion, authority: Authority, at: datetime) -> str:
    """Take the next number of the office's register of SOPs; one that an SOP already bears is voided."""
    unit = version.procedure.unit
    code = ArchiveClass.objects.filter(code=SOP_CLASS).first()
    while True:
        entry = reserve_number(
            unit=unit,
            kind=RegisterKind.SOP,
            archive_class=code,
            subject=f"SOP {version.title}",
            authority=authority,
            at=at,
        )
        if bearer_of(number=entry.text, procedure=version.procedure) is None:
            return entry.text
        void_number(entry=entry, reason="Sudah dipakai SOP lain.", authority=authority, at=at)


def ensure_talked_over(version: ProcedureVersion) -> None:
    """Raise CommentsOpen while a remark waits to be resolved."""
    if count := open_comments(version):
        raise CommentsOpen(count=count)


def make_effective(*, version: ProcedureVersion, authority: Authority, at: datetime) -> ProcedureVersion:
    """Put a ratified version in force and supersede the one before it; running cases keep theirs.

    Raises NotManager, VersionNotRatified and NotYetEffective.
    """
    with write_transaction():
        version = hold_version(version)
        unit = version.procedure.unit
        if authority.capacity != Capacity.SYSTEM:
            ensure_can_manage_procedures(authority, unit)
        if version.state != VersionState.RATIFIED or version.effective_from is None:
            raise VersionNotRatified(state=state_words(version))
        if is_ahead(version, unit.local_date(at)):
            raise NotYetEffective(date=long_date(version.effective_from))
        _put_in_force(version, authority, at)
    return version


def withdraw(
    *, version: ProcedureVersion, reason: str, authority: Authority, at: datetime
) -> ProcedureVersion:
    """Take the version in force out of force without a successor, by its approver; one that is ratified for a
    later day never comes into force, and the one before it stays.

    No run can be started from it any more; running ones go on. Raises ReasonMissing, ApproverMissing,
    NotApprover and VersionNotBinding.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    with write_transaction():
        version = hold_version(version)
        ensure_can_ratify(authority, version)
        if version.state not in BINDING:
            raise VersionNotBinding(state=state_words(version))
        _close(version, VersionState.WITHDRAWN, at)
        drop_checkups(version)
        leave_trail(
            version=version,
            action="version.withdrawn",
            authority=authority,
            at=at,
            data={"reason": reason.strip()},
        )
    return version


def ensure_sound(version: ProcedureVersion) -> None:
    """Raise FindingsRemain while lint has errors; warnings and hints stop nothing."""
    errors = blocking(findings_of(version))
    if errors:
        raise FindingsRemain(count=len(errors), first=errors[0].sentence, findings=errors)


def ensure_number(version: ProcedureVersion, number: str) -> None:
    """Raise SopNumberIncomplete or SopNumberTaken unless the number is whole and free in the office."""
    if has_empty_segment(number):
        raise SopNumberIncomplete(field="sop_number")
    if taken := bearer_of(number=number, procedure=version.procedure):
        raise SopNumberTaken(field="sop_number", sop_number=number, title=taken.title)


def _stamp(version: ProcedureVersion, number: str, effective_from: date, today: date) -> None:
    """Set number and dates. The date of making is the day the SOP was finished (PermenPANRB 35/2012)."""
    version.sop_number = number
    version.effective_from = effective_from
    version.effective_date = effective_from.isoformat()
    if not version.created_date:
        version.created_date = today.isoformat()
    if version.number > 1 and not version.revised_date:
        version.revised_date = today.isoformat()


def _order_effect(version: ProcedureVersion, day: date, at: datetime) -> None:
    """Have the worker put the version in force when its day begins in the office's zone."""
    zone = ZoneInfo(version.procedure.unit.zone)
    jobs.enqueue(
        region=version.region,
        topic="procedures.effective",
        key=f"procedures.effective:{version.uid}",
        payload={"version": version.uid},
        at=at,
        due_at=datetime.combine(day, time(), zone),
    )


def _put_in_force(version: ProcedureVersion, authority: Authority, at: datetime) -> None:
    former = version.procedure.versions.filter(state=VersionState.EFFECTIVE).first()
    if former:
        _close(former, VersionState.SUPERSEDED, at)
    _enter(version, VersionState.EFFECTIVE)
    plan_checkups(version, former)
    leave_trail(
        version=version,
        action="version.effective",
        authority=authority,
        at=at,
        data={"supersedes": former.number if former else None},
    )


def _enter(version: ProcedureVersion, state: VersionState) -> None:
    version.state = state
    version.save(update_fields=["state"])


def _close(version: ProcedureVersion, state: VersionState, at: datetime) -> None:
    version.state, version.closed_at = state, at
    version.save(update_fields=["state", "closed_at"])

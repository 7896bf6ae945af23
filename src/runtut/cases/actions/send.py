"""Numbering and sending a run's paper while its task is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from runtut.cases.actions.press import already_completed
from runtut.cases.actions.signers import close_signing_news
from runtut.cases.enums import TaskState
from runtut.cases.errors import CaseIsPaused, InvitationNotSigned
from runtut.cases.models import Task
from runtut.cases.queries.meetings import invitation_at_work, may_go_out
from runtut.cases.queries.sending import approved_version, cover_turns, outgoing_of, paper_of
from runtut.cases.queries.sheet import task_by_uid
from runtut.cases.rules import ensure_may_act, local_day
from runtut.core.locks import write_transaction
from runtut.documents.actions import enter_outgoing, excuse_signers, send_paper
from runtut.documents.enums import Means
from runtut.documents.models import Delivery, OutgoingLetter
from runtut.documents.queries import deliveries_of
from runtut.organisations.models import Authority


def send_task_paper(
    *, task_uid: UUID, data: Mapping[str, Any], numbers: bool, authority: Authority, at: datetime
) -> list[Delivery]:
    """Send the paper of an open task to the recipients in `data`, before the task is handed over, so that
    proofs can be gathered one by one; with `numbers`, enter it in the agenda keluar first.

    `data` is that of docs/work.md for distributing. Raises AlreadyCompleted, NotYourTask, ClaimedByAnother,
    CaseIsPaused, InvitationNotSigned, SignaturesAwaited and the refusals of enter_outgoing and send_paper.
    """
    with write_transaction():
        task = task_by_uid(task_uid)
        if task.state != TaskState.OPEN:
            raise already_completed(task)
        ensure_may_act(task, authority, local_day(at, task.case.unit))
        if task.case.paused_at is not None:
            raise CaseIsPaused
        ensure_signed_invitation(task)
        if numbers and data.get("archive_class") is not None:
            number_paper(task, data, authority, at)
        return send_more(task, data, authority, at)


def ensure_signed_invitation(task: Task) -> None:
    """Raise InvitationNotSigned for an Undangan that its chair has not signed and nobody has given a reason
    for."""
    meeting = invitation_at_work(task)
    if meeting is not None and not may_go_out(meeting):
        raise InvitationNotSigned(chair=meeting.chair.short_title)


def number_paper(task: Task, data: Mapping[str, Any], authority: Authority, at: datetime) -> OutgoingLetter:
    """Enter the paper of a task in the agenda keluar, once; the approved document bears the number."""
    line = outgoing_of(task)
    if line is not None:
        return line
    return enter_outgoing(
        unit=task.case.unit,
        version=approved_version(task),
        archive_class=data.get("archive_class"),
        subject=str(data.get("subject") or "").strip() or paper_of(task).title,
        recipient=str(data.get("recipient") or "").strip(),
        copies=int(data.get("copies") or 1),
        is_stamped=bool(data.get("stamped")),
        note=str(data.get("remark") or "").strip(),
        errand=task.uid,
        authority=authority,
        at=at,
    )


def send_more(task: Task, data: Mapping[str, Any], authority: Authority, at: datetime) -> list[Delivery]:
    """Send the paper of a task to the recipients in `data`, nobody twice in one errand. Whose signature its
    surat pengantar still awaits is asked no more, for the "unsigned_reason" in `data`; raises
    SignaturesAwaited without one."""
    paper = paper_of(task)
    if turns := cover_turns(task):
        reason = str(data.get("unsigned_reason") or "")
        excuse_signers(turns=turns, reason=reason, authority=authority, at=at)
        close_signing_news(turns[0].version, at)
    known = {one.addressee for one in deliveries_of(errand=task.uid)}
    sent = []
    for wanted in data.get("recipients") or ():
        unit = wanted.get("to_unit")
        addressee = unit.name[:160] if unit else str(wanted.get("addressee") or "").strip()
        if addressee in known:
            continue
        known.add(addressee)
        sent.append(
            send_paper(
                unit=task.case.unit,
                errand=task.uid,
                paper=paper.title,
                paper_number=paper.number,
                version=paper.version,
                file=paper.file,
                cover=paper.cover,
                to_unit=unit,
                addressee=addressee,
                means=wanted.get("means") or (Means.SYSTEM if unit else Means.CARRIED),
                copies=int(wanted.get("copies") or 1),
                authority=authority,
                at=at,
            )
        )
    return sent

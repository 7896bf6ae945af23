"""Papers whose block names more than one: each is asked, one after the other, beside the steps of the run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from runtut.cases.actions.notices import News, close_notices, give_notices
from runtut.cases.actions.telling import call_to_meeting
from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.errors import NobodyAsksYou
from runtut.cases.models import Meeting, Notice, Task, TaskOutput
from runtut.cases.queries.documents import has_endorsed
from runtut.cases.rules import ensure_acting, local_day
from runtut.core.locks import write_transaction
from runtut.documents.actions import (
    PreparedSignature,
    ask_for_signature,
    ask_signers,
    endorse,
    keep_signature,
    number_signed,
    prepare_signature,
    submit_document,
    take_by_hand,
)
from runtut.documents.enums import DocumentKind, EndorsementKind, SigningWay
from runtut.documents.errors import SignatureMissing
from runtut.documents.models import ArchiveClass, Document, DocumentVersion, SignerTurn
from runtut.documents.queries import electronic_paper, signing_way, turn_on, wants_number_after
from runtut.organisations.models import Authority, Position


def let_sign(
    version: DocumentVersion,
    signers: Sequence[Position],
    authority: Authority,
    at: datetime,
    *,
    task: Task | None = None,
    last_decides: bool = True,
) -> None:
    """Hand in a paper that was just made, to be signed by those it names, in order. Who makes it and is one
    of them signs first (sign_own); the others are asked. `task` is the one that makes it, where it belongs to
    no meeting."""
    submit_document(document=version.document, authority=authority, at=at)
    ask_signers(version=version, positions=signers, at=at, last_decides=last_decides)
    if authority.position_id in {position.pk for position in signers}:
        sign_own(version, authority, at)
    tell_next(version.document, at, task)


def sign_own(version: DocumentVersion, authority: Authority, at: datetime) -> None:
    """Answer for a paper by the hand that made it. Where papers are signed on their print, that is all; where
    the office signs electronically it is the decision alone, and the maker is asked for the signature as
    everybody is whom the paper names: it is a matter of the passphrase. Who has decided before is not asked
    again."""
    assert authority.position_id is not None
    if has_endorsed(version, EndorsementKind.APPROVAL, authority.position_id):
        return
    endorse(version=version, kind=EndorsementKind.APPROVAL, note="", authority=authority, at=at)
    if signing_way(unit=version.document.unit) == SigningWay.ELECTRONIC:
        ask_for_signature(version=version, position_id=authority.position_id, at=at)


def endorse_once(version: DocumentVersion, authority: Authority, at: datetime) -> None:
    """Approve a version unless one's approval stands on it already."""
    assert authority.position_id is not None
    if not has_endorsed(version, EndorsementKind.APPROVAL, authority.position_id):
        endorse(version=version, kind=EndorsementKind.APPROVAL, note="", authority=authority, at=at)


def prepare_turn_signature(
    *,
    document_uid: UUID,
    archive_class: ArchiveClass | None,
    passphrase: str,
    authority: Authority,
    at: datetime,
) -> PreparedSignature:
    """Sign electronically a paper that asks for it, beside whoever has signed it already; hand the result to
    sign_in_turn. The passphrase goes no further than this call. Raises NobodyAsksYou and the refusals of
    ensure_acting and prepare_signature."""
    return prepare_signature(
        version=turn_of(document_uid, authority, at).version,
        archive_class=archive_class,
        passphrase=passphrase,
        authority=authority,
        at=at,
    )


def sign_in_turn(
    *,
    document_uid: UUID,
    authority: Authority,
    at: datetime,
    signature: PreparedSignature | None = None,
    archive_class: ArchiveClass | None = None,
) -> Document:
    """Sign a paper by whom it names next, in one press, and tell whoever comes after. An Undangan goes out
    with the approval of its chair. `signature` is the electronic one; without it the paper is signed on its
    print, which bears its number where `archive_class` gives it one and nobody else is asked to sign. Raises
    NobodyAsksYou, SignatureMissing for a paper that bears electronic signatures and is to get one by hand,
    and the refusals of ensure_acting, endorse, keep_signature and number_signed."""
    with write_transaction():
        turn = turn_of(document_uid, authority, at)
        if signature is None and electronic_paper(version=turn.version):
            raise SignatureMissing(field="passphrase")
        decided = has_endorsed(turn.version, EndorsementKind.APPROVAL, turn.position_id)
        endorse_once(turn.version, authority, at)
        if signature is not None:
            keep_signature(prepared=signature, authority=authority, at=at)
        elif decided:
            take_by_hand(version=turn.version, authority=authority, at=at)
        if signature is None and archive_class is not None:
            number_print(turn.version, archive_class, authority, at)
        follow_signing(turn.version, at)
    return turn.version.document


def number_print(
    version: DocumentVersion, archive_class: ArchiveClass, authority: Authority, at: datetime
) -> None:
    """Give a paper that is about to be printed and signed its number, once everybody has approved it."""
    document = Document.objects.get(pk=version.document_id)
    if wants_number_after(document=document, is_signed=False):
        number_signed(version=version, archive_class=archive_class, recipient="", authority=authority, at=at)


def turn_of(document_uid: UUID, authority: Authority, at: datetime) -> SignerTurn:
    """Return the acting person's turn on a paper. Raises NobodyAsksYou and what ensure_acting refuses."""
    document = Document.objects.select_related("unit").get(uid=document_uid)
    turn = turn_on(document=document)
    if turn is None or turn.position_id != authority.position_id:
        raise NobodyAsksYou(next=turn.position.short_title if turn else "tidak ada lagi")
    ensure_acting(authority, local_day(at, document.unit))
    return turn


def close_signing_news(version: DocumentVersion, at: datetime) -> None:
    """Close what was told of a version that waits to be signed."""
    told = Notice.objects.filter(about=NoticeAbout.SIGNATURE, round=version.pk)
    told.filter(closed_at=None).update(closed_at=at)


def follow_signing(version: DocumentVersion, at: datetime) -> None:
    """Do what a signature on a paper brings with it: news that was given of it is over, the next is asked,
    and an Undangan that is approved calls everybody."""
    close_signing_news(version, at)
    tell_next(version.document, at)
    meeting = Meeting.objects.filter(invitation=version.document).select_related("unit", "invitation").first()
    if meeting is not None:
        close_notices(about=NoticeAbout.MEETING, at=at, meeting=meeting, kind=NoticeKind.ASSIGNED)
        call_to_meeting(meeting, at)


def tell_next(document: Document, at: datetime, task: Task | None = None) -> None:
    """Tell whoever is to sign a paper now, once. Of an Undangan its chair is told with the meeting."""
    turn = turn_on(document=document)
    if turn is None or document.kind == DocumentKind.UNDANGAN:
        return
    ground = ground_of(document, task)
    if ground is not None:
        give_notices(told=[signing_news(turn, ground)], at=at)


def ground_of(document: Document, task: Task | None) -> Meeting | Task | None:
    """Return what the news of a paper stands on: its meeting, else the task that makes or has made it."""
    its = Q(attendance=document) | Q(minutes=document) | Q(invitation=document)
    meeting = Meeting.objects.filter(its).select_related("unit").first()
    if meeting is not None or task is not None:
        return meeting or task
    output = TaskOutput.objects.filter(document=document).select_related("task__unit").order_by("-id").first()
    return output.task if output else None


def signing_news(turn: SignerTurn, ground: Meeting | Task) -> News:
    document = turn.version.document
    is_meeting = isinstance(ground, Meeting)
    return News(
        NoticeKind.ASSIGNED,
        ground.unit,
        turn.position_id,
        NoticeAbout.SIGNATURE,
        task_id=None if is_meeting else ground.pk,
        meeting_id=ground.pk if is_meeting else None,
        round=turn.version_id,
        title=document.title,
        path=f"/dokumen/{document.uid}/",
    )

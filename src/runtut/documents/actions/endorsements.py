"""Paraf, approval and return: what people say of a version."""

from __future__ import annotations

from datetime import datetime

from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.documents.actions.documents import hold_document, set_state, void_endorsements
from runtut.documents.actions.trail import leave_trail, order_rendering
from runtut.documents.actions.turns import turn_given
from runtut.documents.enums import DocumentState, EndorsementKind
from runtut.documents.errors import AlreadyApproved, AlreadyEndorsed, ReturnReasonMissing
from runtut.documents.models import Document, DocumentReturn, DocumentVersion, Endorsement
from runtut.documents.queries import local_moment, newest_version, printed_name
from runtut.documents.rules import Writer, ensure_can_write, ensure_newest, ensure_open
from runtut.organisations.enums import Capacity
from runtut.organisations.models import Authority, Position
from runtut.organisations.rules import ensure_fits

TEXT_LIMIT = 4000


def endorse(
    *,
    version: DocumentVersion,
    kind: EndorsementKind | str,
    note: str,
    authority: Authority,
    at: datetime,
) -> Endorsement:
    """Give paraf or approval to the version in force, once for each position.

    A paraf leaves the document waiting, an approval approves it; that of somebody who signs before the one
    who decides only stands beside it. Name, NIP and titles are kept as they are
    today. Raises NotNewestVersion, DocumentIsLocked, AlreadyEndorsed (who and when), AlreadyApproved (for a
    paraf that comes too late), TextTooLong and the refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, version.document.unit)
    given = EndorsementKind(kind)
    note = ensure_fits(note, what="Catatan", limit=TEXT_LIMIT, field="note")
    with write_transaction():
        document = held_with_newest(version)
        ensure_not_given(document, version, given, writer)
        endorsement = write_endorsement(version, given, note, writer, authority.capacity, at)
        approved = given == EndorsementKind.APPROVAL
        decides = approved and turn_given(version, writer.position_id, at)
        if decides or document.state != DocumentState.APPROVED:
            set_state(document, DocumentState.APPROVED if decides else DocumentState.WAITING)
        entry = leave_trail(
            unit=document.unit,
            action="document.approved" if approved else "document.paraf_given",
            subject=document.uid,
            authority=authority,
            at=at,
            data={
                "title": document.title,
                "version": version.number,
                "sha256": version.sha256,
                "by": endorsement.full_name,
                "note": note,
            },
        )
        order_rendering(version=version, because=entry, at=at)
    return endorsement


def held_with_newest(version: DocumentVersion) -> Document:
    """Lock the document of a version; raise when it is closed or the version no longer in force."""
    document = hold_document(version.document)
    ensure_open(document)
    ensure_newest(version, newest_version(document=document))
    return document


def ensure_not_given(
    document: Document, version: DocumentVersion, kind: EndorsementKind, writer: Writer
) -> None:
    standing = version.endorsements.filter(voided_at__isnull=True).select_related("position")
    own = standing.filter(kind=kind, position_id=writer.position_id).first()
    if own:
        raise AlreadyEndorsed(
            kind=kind.label,
            position=own.position.short_title,
            who=own.full_name,
            when=local_moment(own.given_at, document.unit),
        )
    if kind == EndorsementKind.PARAF and document.state == DocumentState.APPROVED:
        raise AlreadyApproved


def write_endorsement(
    version: DocumentVersion,
    kind: EndorsementKind,
    note: str,
    writer: Writer,
    capacity: Capacity,
    at: datetime,
) -> Endorsement:
    person = User.objects.get(pk=writer.user_id)
    position = Position.objects.get(pk=writer.position_id)
    return Endorsement.objects.create(
        region=version.region,
        version=version,
        kind=kind,
        position=position,
        given_by=person,
        capacity=capacity,
        full_name=printed_name(person),
        nip=person.nip,
        rank=person.rank,
        position_title=position.title,
        note=note,
        given_at=at,
    )


def return_document(
    *, version: DocumentVersion, reason: str, authority: Authority, at: datetime
) -> DocumentReturn:
    """Send the version in force back for mending, with the reason; paraf and approvals on it are voided
    visibly, so that each is given anew when the text stays.

    Raises ReturnReasonMissing, TextTooLong (field reason), NotNewestVersion, DocumentIsLocked and the
    refusals of ensure_can_write.
    """
    writer = ensure_can_write(authority, version.document.unit)
    if not reason.strip():
        raise ReturnReasonMissing(field="reason")
    written = ensure_fits(reason, what="Alasan", limit=TEXT_LIMIT, field="reason")
    with write_transaction():
        document = held_with_newest(version)
        voided = void_endorsements(document, f"Dikembalikan {authority.label}: {written}", at)
        row = DocumentReturn.objects.create(
            region=document.region,
            version=version,
            position_id=writer.position_id,
            returned_by_id=writer.user_id,
            capacity=authority.capacity,
            reason=written,
            returned_at=at,
        )
        set_state(document, DocumentState.RETURNED)
        entry = leave_trail(
            unit=document.unit,
            action="document.returned",
            subject=document.uid,
            authority=authority,
            at=at,
            data={
                "title": document.title,
                "version": version.number,
                "reason": written,
                "voided": voided,
            },
        )
        order_rendering(version=version, because=entry, at=at)
    return row

"""Signing: the paper is made and signed before the transaction, and taken into it whole or not at all.

The passphrase lives in this process for one request. So the work of seconds (rendering, signing) cannot wait
for the worker; it is done before the act, and the act only takes it in when the document is still the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.documents.actions.endorsements import held_with_newest
from runtut.documents.actions.files import Written, file_row, paper_name, write_content
from runtut.documents.actions.outgoing import number_document
from runtut.documents.actions.trail import leave_trail
from runtut.documents.actions.turns import turn_given
from runtut.documents.engine import FieldRoom
from runtut.documents.enums import EndorsementKind, SigningWay, bears_number
from runtut.documents.errors import (
    AlreadySigned,
    ApprovalMissing,
    NumberClassMissing,
    PaperHasChanged,
)
from runtut.documents.formulas.codes import new_code, shown_code
from runtut.documents.formulas.sniffing import DOCX, PDF, FileType
from runtut.documents.models import (
    ArchiveClass,
    Certificate,
    Document,
    DocumentVersion,
    Endorsement,
    Signature,
    StoredFile,
)
from runtut.documents.queries import (
    Presentation,
    Stamp,
    electronic_paper,
    local_moment,
    newest_version,
    paper_address,
    paper_to_sign,
    pictures_of,
    printed_name,
    read_file,
    standing_signatures,
)
from runtut.documents.registry import gateway
from runtut.documents.rendering import STAMP, Pictures, render_docx, render_look, render_pdf, signing_rooms
from runtut.documents.rules import (
    ensure_can_write,
    ensure_newest,
    ensure_open,
    writer_of,
)
from runtut.organisations.models import Authority, Position
from runtut.organisations.queries import office_of


@dataclass(frozen=True)
class PreparedSignature:
    """A paper signed and lying on the disk, not yet part of anything. Thrown away when the act fails."""

    version_id: int
    position_id: int
    shown_sha256: str
    pdf: Written
    docx: Written
    certificate: Certificate | None
    code: str
    at: datetime


def prepare_signature(
    *,
    version: DocumentVersion,
    archive_class: ArchiveClass | None,
    passphrase: str,
    authority: Authority,
    at: datetime,
) -> PreparedSignature:
    """Sign the paper of the version in force for the acting person: check the passphrase, give the document
    its number and date, render it with the stamp, sign it. Outside any transaction.

    Whoever signs after another adds to the same file: their stamp is drawn in the room that the first
    signature kept for them, and what was signed before stays as it was. The number stays with the document
    whatever happens next: it is the one that the next attempt prints. Some kinds go without one.
    Raises the refusals of the gateway, NumberClassMissing (field archive_class), AlreadySigned,
    NotNewestVersion, DocumentIsLocked and those of number_document and ensure_can_write.
    """
    writer = ensure_can_write(authority, version.document.unit)
    document = version.document
    ensure_open(document)
    ensure_newest(version, newest_version(document=document))
    ensure_not_signed(version, writer.position_id)
    pen = gateway().take_pen(authority=authority, passphrase=passphrase, at=at)
    earlier = electronic_paper(version=version)
    if earlier is None:
        number_before_signing(document, archive_class, authority, at)
    stamp = stamp_of(authority, earlier.code if earlier else new_code(), at)
    shown = paper_to_sign(version=version, stamp=stamp)
    pictures = pictures_of(shown.content)
    field = field_of(writer.position_id)
    if earlier:
        paper = read_file(file=earlier.file)
        rooms, look = [], look_of(paper, field, stamp, version)
    else:
        paper = render_pdf(shown.content, at=shown.at, pictures=pictures)
        rooms, look = rooms_beside(shown, pictures), b""
    signed = pen.sign(
        pdf=paper,
        field=field,
        reason=f"{document.get_kind_display()}: {document.title}"[:200],
        place=office_of(document.unit).name,
        at=at,
        rooms=rooms,
        look=look,
    )
    return PreparedSignature(
        version_id=version.pk,
        position_id=writer.position_id,
        shown_sha256=basis(shown, earlier),
        pdf=write_content(signed.content),
        docx=write_content(render_docx(shown.content, pictures=pictures)),
        certificate=signed.certificate,
        code=stamp.code,
        at=at,
    )


def number_before_signing(
    document: Document, archive_class: ArchiveClass | None, authority: Authority, at: datetime
) -> None:
    """Give a document its number where it has none: an electronic signature comes after it."""
    if document.number:
        return
    if archive_class is not None:
        number_document(document=document, archive_class=archive_class, authority=authority, at=at)
    elif bears_number(document.kind):
        raise NumberClassMissing(field="archive_class")


def field_of(position_id: int) -> str:
    """Return the name of a position's signature field."""
    return f"Runtut{position_id}"


def rooms_beside(shown: Presentation, pictures: Pictures) -> list[FieldRoom]:
    """Return the rooms of everybody else who is named under a paper, each for a signature of its own."""
    others = [one["position_uid"] for one in shown.content["signatures"] if is_open_room(one)]
    if not others:
        return []
    positions = {str(one.uid): one for one in Position.objects.filter(uid__in=others)}
    rooms: dict[str, FieldRoom] = {}
    for room in signing_rooms(shown.content, at=shown.at, pictures=pictures):
        if position := positions.get(room.key):
            # A position may stand under a paper twice; it signs once, in the first of its places.
            rooms.setdefault(room.key, FieldRoom(field_of(position.pk), position.title, room.page, room.box))
    return list(rooms.values())


def is_open_room(block: Mapping[str, str]) -> bool:
    return bool(block.get("position_uid")) and not block.get("stamped_at")


def look_of(paper: bytes, field: str, stamp: Stamp, version: DocumentVersion) -> bytes:
    """Return the stamp as it is drawn in the room that a signed paper keeps, nothing where it keeps none.
    Somebody else than the one whose name is printed there is named in it."""
    size = gateway().room_of(pdf=paper, field=field)
    if size is None:
        return b""
    own = (one for one in version.content["signatures"] if one.get("position_uid") == str(stamp.position_uid))
    printed = any(stamp.person in one.get("name", "") for one in own)
    named = [] if printed else [f"oleh {stamp.acting} {stamp.name}".replace("  ", " ")]
    when = local_moment(stamp.at, version.document.unit)
    return render_look(
        lines=[STAMP, *named, when],
        code=shown_code(stamp.code),
        address=stamp.address,
        size=size,
        at=stamp.at,
    )


def basis(shown: Presentation, earlier: Signature | None) -> str:
    """Return what a signature was put on: the first one on the rendered text, a further one on the file."""
    return earlier.sha256 if earlier else shown.sha256


def stamp_of(authority: Authority, code: str, at: datetime) -> Stamp:
    person = User.objects.get(pk=writer_of(authority).user_id)
    position = Position.objects.get(pk=writer_of(authority).position_id)
    return Stamp(
        position_uid=position.uid,
        position_title=position.title,
        person=person.full_name,
        name=printed_name(person),
        nip=person.nip,
        rank=person.rank,
        acting=authority.acting.strip("()"),
        at=at,
        code=code,
        address=paper_address(code),
        note=gateway().note,
    )


def ensure_not_signed(version: DocumentVersion, position_id: int) -> None:
    own = standing_signatures(version=version).filter(position=position_id, way=SigningWay.ELECTRONIC).first()
    if own:
        when = local_moment(own.kept_at, version.document.unit)
        raise AlreadySigned(position=own.position.short_title, when=when)


def keep_signature(*, prepared: PreparedSignature, authority: Authority, at: datetime) -> Signature:
    """Take a prepared paper in: it is the version's paper from now on, and nothing of it changes any more.

    The caller's transaction also holds the approval. Raises PaperHasChanged when the document is no longer
    what was signed, AlreadySigned, ApprovalMissing, NotNewestVersion, DocumentIsLocked.
    """
    version = DocumentVersion.objects.select_related("document__unit").get(pk=prepared.version_id)
    with write_transaction():
        document = held_with_newest(version)
        ensure_not_signed(version, prepared.position_id)
        earlier = electronic_paper(version=version)
        shown = paper_to_sign(version=version, stamp=stamp_of(authority, prepared.code, prepared.at))
        if authority.position_id != prepared.position_id or basis(shown, earlier) != prepared.shown_sha256:
            raise PaperHasChanged
        approval = approval_in(version, prepared.position_id)
        number = f" nomor {document.number}".replace("/", "-") if document.number else ""
        file = paper_row(version, PDF, prepared.pdf, f"{number} bertanda tangan", at)
        version.pdf = file
        version.docx = paper_row(version, DOCX, prepared.docx, f"{number} salinan", at)
        version.rendered_sha256 = ""
        version.save(update_fields=["pdf", "docx", "rendered_sha256"])
        turn_given(version, approval.position_id, at)
        return write_signature(
            version,
            SigningWay.ELECTRONIC,
            approval,
            file,
            authority,
            at,
            code=prepared.code,
            certificate=prepared.certificate,
            signed_on=document.unit.local_date(prepared.at),
            kept_at=prepared.at,
        )


def approval_in(version: DocumentVersion, position_id: int) -> Endorsement:
    """Return the standing approval of a position: the decision that its signature gives a paper to."""
    rows = version.endorsements.filter(kind=EndorsementKind.APPROVAL, voided_at__isnull=True)
    found = rows.filter(position=position_id).first()
    if found is None:
        raise ApprovalMissing
    return found


def paper_row(
    version: DocumentVersion, kind: FileType, stored: Written, suffix: str, at: datetime
) -> StoredFile:
    document = version.document
    name = paper_name(f"{document.title[:90]}{suffix}", kind)
    return file_row(unit=document.unit, name=name, kind=kind, content=stored, at=at)


def write_signature(
    version: DocumentVersion,
    way: SigningWay,
    approval: Endorsement,
    file: StoredFile,
    authority: Authority,
    at: datetime,
    *,
    code: str,
    signed_on: date,
    certificate: Certificate | None = None,
    kept_at: datetime | None = None,
) -> Signature:
    """Write a signature down. `kept_at` is the instant that an electronic one bears, so that every copy tells
    the same minute as the stamp; a scan is kept at the instant of the act."""
    signature = Signature.objects.create(
        region=version.region,
        version=version,
        way=way,
        code=code,
        file=file,
        sha256=file.sha256,
        version_sha256=version.sha256,
        position=approval.position,
        signed_by=approval.given_by,
        capacity=approval.capacity,
        full_name=approval.full_name,
        position_title=approval.position_title,
        certificate=certificate,
        signed_on=signed_on,
        kept_by_id=writer_of(authority).user_id,
        kept_at=kept_at or at,
    )
    leave_trail(
        unit=version.document.unit,
        action="document.signed" if way == SigningWay.ELECTRONIC else "document.scan_kept",
        subject=version.document.uid,
        authority=authority,
        at=at,
        data={
            "title": version.document.title,
            "version": version.number,
            "version_sha256": version.sha256,
            "file_sha256": file.sha256,
            "by": signature.full_name,
            "code": code,
            "serial": certificate.serial if certificate else "",
            "signed_on": signed_on,
        },
    )
    return signature

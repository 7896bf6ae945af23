"""Signing: the paper is made and signed before the transaction, and taken into it whole or not at all.

The passphrase lives in this process for one request. So the work of seconds (rendering, signing) cannot wait
for the worker; it is done before the act, and the act only takes it in when the document is still the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions.endorsements import held_with_newest
from runtut.documents.actions.files import Written, file_row, paper_name, write_content
from runtut.documents.actions.outgoing import number_document
from runtut.documents.actions.signatures import approval_in, ensure_not_signed, write_signature
from runtut.documents.actions.stamps import basis, field_of, put_on, rooms_beside, stamp_of
from runtut.documents.actions.turns import turn_given
from runtut.documents.enums import SigningWay, bears_number
from runtut.documents.errors import (
    NumberClassMissing,
    PaperHasChanged,
)
from runtut.documents.formulas.codes import new_code
from runtut.documents.formulas.sniffing import DOCX, PDF, FileType
from runtut.documents.models import (
    ArchiveClass,
    Certificate,
    Document,
    DocumentVersion,
    Signature,
    StoredFile,
)
from runtut.documents.queries import (
    electronic_paper,
    newest_version,
    paper_to_sign,
    pictures_of,
    read_file,
)
from runtut.documents.registry import gateway
from runtut.documents.rendering import render_docx, render_pdf
from runtut.documents.rules import (
    ensure_can_write,
    ensure_newest,
    ensure_open,
)
from runtut.organisations.models import Authority, Position
from runtut.organisations.queries import office_of


@dataclass(frozen=True)
class PreparedSignature:
    """A paper signed and lying on the disk, not yet part of anything. Thrown away when the act fails.
    `is_drawn`: the stamp stands on the paper; where that has no room left, the signature is in its file
    alone."""

    version_id: int
    position_id: int
    shown_sha256: str
    pdf: Written
    docx: Written
    certificate: Certificate | None
    code: str
    at: datetime
    is_drawn: bool = True


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
        position = Position.objects.get(pk=writer.position_id)
        rooms, look = put_on(paper, position, stamp, version)
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
        is_drawn=bool(look) or earlier is None,
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


def paper_row(
    version: DocumentVersion, kind: FileType, stored: Written, suffix: str, at: datetime
) -> StoredFile:
    document = version.document
    name = paper_name(f"{document.title[:90]}{suffix}", kind)
    return file_row(unit=document.unit, name=name, kind=kind, content=stored, at=at)

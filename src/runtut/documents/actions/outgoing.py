"""The buku agenda keluar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from runtut.core.locks import write_transaction
from runtut.documents.actions.archive import give_number
from runtut.documents.actions.documents import hold_document
from runtut.documents.actions.registers import reserve_number
from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import DocumentState, RegisterKind
from runtut.documents.errors import (
    AlreadyInAgenda,
    AlreadyNumbered,
    ApprovalMissing,
    CopiesOutOfRange,
    NotNumberedByHand,
    NumberClassMissing,
)
from runtut.documents.formulas.addressees import addressees
from runtut.documents.models import ArchiveClass, Document, DocumentVersion, OutgoingLetter, RegisterEntry
from runtut.documents.queries import electronic_paper, newest_version, wants_number_after
from runtut.documents.rules import ensure_can_write, writer_of
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import office_of
from runtut.organisations.rules import ensure_fits, ensure_text

MOST_COPIES = 999


def enter_outgoing(
    *,
    unit: OrganisationUnit,
    version: DocumentVersion | None,
    archive_class: ArchiveClass | None,
    subject: str,
    recipient: str,
    copies: int,
    is_stamped: bool,
    note: str,
    authority: Authority,
    at: datetime,
    errand: UUID | None = None,
) -> OutgoingLetter:
    """Enter a paper in the office's buku agenda keluar, with its number and today's date.

    A document without a number gets the next one of the outgoing register (on paper that is after the
    signature); one that was numbered before, as an electronic signature wants it, is entered under the number
    that it bears. One that was entered on its own is taken over by the `errand` that sends it, with what is
    given here.
    Raises AlreadyInAgenda, CopiesOutOfRange, NameMissing or TextTooLong (subject, recipient,
    note), the refusals of reserve_number and number_document.
    """
    ensure_can_write(authority, unit)
    office = office_of(unit)
    subject = ensure_text(subject, what="Hal surat", limit=240, field="subject")
    recipient = ensure_fits(recipient, what="Tujuan surat", limit=240, field="recipient")
    note = ensure_fits(note, what="Keterangan", limit=240, field="note")
    ensure_copies(copies)
    with write_transaction():
        told = {"recipient": recipient, "subject": subject, "copies": copies, "is_stamped": is_stamped}
        if entered := taken_over(version, errand, told | {"note": note}, authority, at):
            return entered
        entry = number_for(office, version, archive_class, subject, authority, at)
        return add_line(
            entry,
            authority,
            at,
            **told,
            note=note,
            errand=errand,
            version=version,
            archive_class=archive_class,
        )


def add_line(entry: RegisterEntry, authority: Authority, at: datetime, **values: Any) -> OutgoingLetter:
    """Write the line of a number in the buku agenda keluar."""
    writer, office = writer_of(authority), entry.register.unit
    line = OutgoingLetter.objects.create(
        region=office.region,
        unit=office,
        entry=entry,
        number=entry.text,
        date=at.astimezone(ZoneInfo(office.zone)).date(),
        registered_by_id=writer.user_id,
        registered_in_id=writer.position_id,
        registered_at=at,
        **values,
    )
    told = {name: values.get(name, "") for name in ("subject", "recipient", "copies")}
    leave_trail(
        unit=office,
        action="outgoing.entered",
        subject=line.uid,
        authority=authority,
        at=at,
        data={"number": line.number, **told},
    )
    return line


def number_document(
    *, document: Document, archive_class: ArchiveClass, authority: Authority, at: datetime
) -> Document:
    """Give a document its number and date, before the signature when that is electronic, and enter it in the
    agenda keluar with whom it is addressed to: the book has every number that was taken. Who sends the paper
    takes the line over.

    Raises what give_number refuses.
    """
    with write_transaction():
        numbered = give_number(document=document, archive_class=archive_class, authority=authority, at=at)
        entry = entry_of(numbered, office_of(numbered.unit))
        assert entry is not None, "given just now"
        version = newest_version(document=numbered)
        add_line(
            entry,
            authority,
            at,
            subject=numbered.title,
            recipient=addressees(version.content),
            copies=1,
            version=version,
            archive_class=archive_class,
        )
    return numbered


def taken_over(
    version: DocumentVersion | None,
    errand: UUID | None,
    told: Mapping[str, Any],
    authority: Authority,
    at: datetime,
) -> OutgoingLetter | None:
    """Let the line of a paper that was entered on its own belong to the errand that sends it, and say what
    the errand says of it."""
    if version is None or errand is None:
        return None
    hold_document(version.document)
    line = entered_alone(version.document)
    if line is None:
        return None
    changes = {"errand": errand, "version": version, **told}
    for name, value in changes.items():
        setattr(line, name, value)
    line.save(update_fields=list(changes))
    leave_trail(
        unit=line.unit,
        action="outgoing.taken_over",
        subject=line.uid,
        authority=authority,
        at=at,
        data={"number": line.number, **told},
    )
    return line


def number_signed(
    *,
    version: DocumentVersion,
    archive_class: ArchiveClass | None,
    recipient: str,
    authority: Authority,
    at: datetime,
) -> OutgoingLetter:
    """Give a paper that is signed by hand its number, after the signature, and enter it in the agenda keluar.

    Raises AlreadyNumbered, ApprovalMissing, NotNumberedByHand, NumberClassMissing (field archive_class) and
    the refusals of enter_outgoing.
    """
    ensure_can_write(authority, version.document.unit)
    with write_transaction():
        document = hold_document(version.document)
        if document.number:
            raise AlreadyNumbered(number=document.number)
        if document.state != DocumentState.APPROVED:
            raise ApprovalMissing
        is_signed = electronic_paper(version=version) is not None
        if not wants_number_after(document=document, is_signed=is_signed):
            raise NotNumberedByHand(kind=document.get_kind_display())
        if archive_class is None:
            raise NumberClassMissing(field="archive_class")
        return enter_outgoing(
            unit=document.unit,
            version=version,
            archive_class=archive_class,
            subject=document.title,
            recipient=recipient.strip() or addressees(version.content),
            copies=1,
            is_stamped=False,
            note="",
            authority=authority,
            at=at,
        )


def entered_alone(document: Document) -> OutgoingLetter | None:
    """Return the line of a paper, whichever version took the number, that nobody has sent on an errand
    yet."""
    rows = OutgoingLetter.objects.filter(version__document=document, errand=None, entry__voided_at=None)
    return rows.select_related("entry").first()


def number_for(
    office: OrganisationUnit,
    version: DocumentVersion | None,
    archive_class: ArchiveClass | None,
    subject: str,
    authority: Authority,
    at: datetime,
) -> RegisterEntry:
    """Return the entry of the number that a paper bears from now on."""
    if version is None:
        return reserve_number(
            unit=office,
            kind=RegisterKind.OUTGOING,
            archive_class=archive_class,
            subject=subject,
            authority=authority,
            at=at,
        )
    document = hold_document(version.document)
    borne = entry_of(document, office) if document.number else None
    if borne is not None:
        twin = OutgoingLetter.objects.filter(entry=borne).first()
        if twin is not None:
            raise AlreadyInAgenda(number=twin.number)
        return borne
    assert archive_class is not None, "a document is numbered under a classification"
    numbered = give_number(document=document, archive_class=archive_class, authority=authority, at=at)
    return RegisterEntry.objects.filter(register__unit=office, text=numbered.number).latest("id")


def entry_of(document: Document, office: OrganisationUnit) -> RegisterEntry | None:
    """Return the standing entry of a document's number, if a register of the office gave it."""
    rows = RegisterEntry.objects.filter(register__unit=office, text=document.number, voided_at=None)
    return rows.select_related("register__unit").order_by("-id").first()


def ensure_copies(copies: int) -> None:
    """Raise CopiesOutOfRange unless there are 1 to 999."""
    if not 1 <= copies <= MOST_COPIES:
        raise CopiesOutOfRange(most=MOST_COPIES, field="copies")

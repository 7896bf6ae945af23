"""Sending papers, and the proof that they arrived: the buku ekspedisi."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runtut.core.locks import write_transaction
from runtut.documents.actions.letters import register_letter, registered
from runtut.documents.actions.outgoing import ensure_copies
from runtut.documents.actions.registers import reserve_number
from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import Means, ReceiptKind, RegisterKind, Urgency
from runtut.documents.errors import (
    AddresseeMissing,
    AlreadyReceived,
    NotForYourUnit,
    NothingToProve,
    ProofMissing,
    SystemNeedsUnit,
)
from runtut.documents.models import Delivery, DocumentVersion, StoredFile
from runtut.documents.queries import local_moment, sent_file
from runtut.documents.rules import ensure_can_receive, ensure_can_write, ensure_own_file
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import office_of
from runtut.organisations.rules import ensure_fits, ensure_text

PICTURES = ("image/png", "image/jpeg", "image/webp")


def send_paper(
    *,
    unit: OrganisationUnit,
    errand: UUID,
    paper: str,
    paper_number: str,
    version: DocumentVersion | None,
    file: StoredFile | None,
    to_unit: OrganisationUnit | None,
    addressee: str,
    means: Means | str,
    copies: int,
    authority: Authority,
    at: datetime,
    cover: DocumentVersion | None = None,
) -> Delivery:
    """Enter a sending in the office's buku ekspedisi, one line for each recipient.

    To a unit of this installation, or to somebody outside by name; `cover` is the surat pengantar that goes
    with it. What is sent through the system stands in the receiving unit's incoming letters at once, to be
    accepted there. Raises AddresseeMissing, SystemNeedsUnit, CopiesOutOfRange, TextTooLong and the refusals
    of ensure_can_write.
    """
    writer = ensure_can_write(authority, unit)
    office = office_of(unit)
    named = ensure_reachable(to_unit, addressee, means)
    ensure_copies(copies)
    with write_transaction():
        entry = reserve_number(
            unit=office,
            kind=RegisterKind.EXPEDITION,
            archive_class=None,
            subject=paper,
            authority=authority,
            at=at,
        )
        delivery = Delivery.objects.create(
            region=office.region,
            unit=office,
            errand=errand,
            number=entry.text,
            paper=ensure_text(paper, what="Nama surat", limit=240, field="paper"),
            paper_number=paper_number,
            version=version,
            file=file,
            cover=cover,
            to_unit=to_unit,
            addressee=named,
            means=Means(means),
            copies=copies,
            sent_by_id=writer.user_id,
            sent_in_id=writer.position_id,
            sent_at=at,
        )
        note_sent(delivery, authority, at)
    return delivery


def note_sent(delivery: Delivery, authority: Authority, at: datetime) -> None:
    leave_trail(
        unit=delivery.unit,
        action="delivery.sent",
        subject=delivery.uid,
        authority=authority,
        at=at,
        data={
            "number": delivery.number,
            "paper": delivery.paper,
            "to": delivery.addressee,
            "means": str(delivery.means),
        },
    )


def ensure_reachable(to_unit: OrganisationUnit | None, addressee: str, means: Means | str) -> str:
    """Return the recipient's name; raise AddresseeMissing or SystemNeedsUnit where none can be reached so."""
    named = ensure_fits(addressee, what="Penerima", limit=160, field="addressee")
    if to_unit is not None:
        return to_unit.name[:160]
    if not named:
        raise AddresseeMissing(field="addressee")
    if means == Means.SYSTEM:
        raise SystemNeedsUnit(field="means")
    return named


def prove_delivery(
    *,
    delivery: Delivery,
    received_by: str,
    proof: StoredFile | None,
    receipt: ReceiptKind | str,
    authority: Authority,
    at: datetime,
) -> Delivery:
    """Note who took a paper, with a photo or a signature drawn on the screen.

    Raises AlreadyReceived, NameMissing or TextTooLong (received_by), ProofMissing, and the refusals of
    ensure_can_write and ensure_own_file.
    """
    ensure_can_write(authority, delivery.unit)
    taker = ensure_text(received_by, what="Nama penerima", limit=160, field="received_by")
    if proof is None or proof.content_type not in PICTURES:
        raise ProofMissing(field="proof")
    ensure_own_file(authority, proof)
    kind = ReceiptKind(receipt)
    if kind == ReceiptKind.SYSTEM:
        raise NothingToProve(addressee=delivery.addressee)
    with write_transaction():
        held = hold_delivery(delivery)
        return close_delivery(held, kind, taker, authority, at, proof=proof)


def accept_delivery(*, delivery: Delivery, authority: Authority, at: datetime) -> Delivery:
    """Take in, at the receiving unit, what another unit sent: another office's paper becomes an incoming
    letter with its agenda number; within one office, or where the agenda has the letter already (sent to a
    section too, or entered from its print), the receipt suffices.

    Raises AlreadyReceived, LetterAlreadyRegistered when somebody enters it at this moment, and the refusals
    of ensure_can_receive.
    """
    unit = delivery.to_unit
    if unit is None:
        raise NotForYourUnit(addressee=delivery.addressee)
    ensure_can_receive(authority, unit)
    with write_transaction():
        held = hold_delivery(delivery)
        office, date = office_of(unit), unit.local_date(held.sent_at)
        sender, number = held.unit.name, held.paper_number or held.number
        if office.pk != held.unit_id and not registered(office, sender, number, date):
            held.letter = register_letter(
                unit=unit,
                sender=sender,
                number=number,
                date=date,
                subject=held.paper,
                urgency=Urgency.BIASA,
                received_on=unit.local_date(at),
                file=copy_for(held, office, at),
                authority=authority,
                at=at,
            )
        return close_delivery(held, ReceiptKind.SYSTEM, authority.label, authority, at)


def copy_for(delivery: Delivery, office: OrganisationUnit, at: datetime) -> StoredFile | None:
    """Return the paper as a file of the receiving office: a row of its own over the same content. None while
    the paper has no file yet."""
    source = sent_file(delivery)
    if source is None:
        return None
    return StoredFile.objects.create(
        region=office.region,
        unit=office,
        sha256=source.sha256,
        size=source.size,
        content_type=source.content_type,
        name=source.name,
        uploaded_at=at,
    )


def hold_delivery(delivery: Delivery) -> Delivery:
    """Read a delivery again under its row's lock. Raises AlreadyReceived."""
    rows = Delivery.objects.select_for_update(of=("self",))
    rows = rows.select_related("unit", "to_unit", "version__pdf", "file")
    held = rows.get(pk=delivery.pk)
    if held.received_at is not None:
        when = local_moment(held.received_at, held.unit)
        raise AlreadyReceived(addressee=held.addressee, who=held.received_by, when=when)
    return held


def close_delivery(
    held: Delivery,
    receipt: ReceiptKind,
    taker: str,
    authority: Authority,
    at: datetime,
    *,
    proof: StoredFile | None = None,
) -> Delivery:
    held.receipt, held.received_by, held.received_at, held.proof = receipt, taker[:160], at, proof
    held.save(update_fields=["receipt", "received_by", "received_at", "proof", "letter"])
    leave_trail(
        unit=held.unit,
        action="delivery.received",
        subject=held.uid,
        authority=authority,
        at=at,
        data={"number": held.number, "by": taker, "receipt": str(receipt)},
    )
    return held

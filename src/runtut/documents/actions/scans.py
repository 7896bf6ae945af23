"""Signed by hand: the scan of the signed print comes back to the version that was printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from runtut.core.dates import long_date
from runtut.core.locks import write_transaction
from runtut.documents.actions.documents import hold_document
from runtut.documents.actions.signatures import approval_in, ensure_not_signed, write_signature
from runtut.documents.actions.turns import turn_given
from runtut.documents.enums import DocumentState, SigningWay
from runtut.documents.errors import ApprovalMissing, DateInFuture, ScanNotReadable, SignedBeforeWritten
from runtut.documents.formulas.codes import new_code
from runtut.documents.formulas.sniffing import SCANS
from runtut.documents.models import DocumentVersion, Signature, StoredFile
from runtut.documents.queries import newest_version, standing_signatures
from runtut.documents.rules import ensure_can_write, ensure_newest, ensure_own_file
from runtut.organisations.models import Authority, Position


def keep_scan(
    *,
    version: DocumentVersion,
    position: Position,
    file: StoredFile,
    signed_on: date,
    authority: Authority,
    at: datetime,
) -> Signature:
    """Keep the scan of a print signed by hand, bound to the version that was printed. An earlier scan of the
    same signature is voided, visibly.

    A closed document takes it too: paper comes back later than the file is archived. Raises ApprovalMissing,
    ScanNotReadable, FileOfAnotherOffice (field file), DateInFuture, SignedBeforeWritten (field signed_on),
    NotNewestVersion, AlreadySigned when the position has signed electronically, and the refusals of
    ensure_can_write.
    """
    unit = version.document.unit
    ensure_can_write(authority, unit)
    ensure_own_file(authority, file)
    if file.content_type not in SCANS:
        raise ScanNotReadable(name=file.name, field="file")
    ensure_signing_day(version, signed_on, unit.local_date(at))
    with write_transaction():
        document = hold_document(version.document)
        ensure_newest(version, newest_version(document=document))
        if document.state not in (DocumentState.APPROVED, DocumentState.LOCKED):
            raise ApprovalMissing
        ensure_not_signed(version, position.pk)
        approval = approval_in(version, position.pk)
        before = standing_signatures(version=version).filter(position=position, way=SigningWay.WET)
        before.update(voided_at=at, void_reason=f"Diganti pindaian lain oleh {authority.label}."[:240])
        turn_given(version, position.pk, at)
        code = version.signatures.values_list("code", flat=True).first() or new_code()
        return write_signature(
            version, SigningWay.WET, approval, file, authority, at, code=code, signed_on=signed_on
        )


def keep_shared_scan(
    *,
    version: DocumentVersion,
    positions: Sequence[Position],
    file: StoredFile,
    signed_on: date,
    authority: Authority,
    at: datetime,
) -> list[Signature]:
    """Keep one scan of a print that several have signed: for each of them, or for none. Raises what keep_scan
    refuses."""
    with write_transaction():
        return [
            keep_scan(
                version=version,
                position=position,
                file=file,
                signed_on=signed_on,
                authority=authority,
                at=at,
            )
            for position in positions
        ]


def ensure_signing_day(version: DocumentVersion, signed_on: date, today: date) -> None:
    """Raise unless day of the version <= day of the signature <= today."""
    if signed_on > today:
        raise DateInFuture(what="Tanggal tanda tangan", date=long_date(signed_on), field="signed_on")
    made = version.document.unit.local_date(version.made_at)
    if signed_on < made:
        raise SignedBeforeWritten(date=long_date(signed_on), made=long_date(made), field="signed_on")

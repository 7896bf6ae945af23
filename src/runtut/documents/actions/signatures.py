"""Signatures as they are written down, by pen or electronic: each upon the approval of its position."""

from __future__ import annotations

from datetime import date, datetime

from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import EndorsementKind, SigningWay
from runtut.documents.errors import AlreadySigned, ApprovalMissing
from runtut.documents.models import Certificate, DocumentVersion, Endorsement, Signature, StoredFile
from runtut.documents.queries import local_moment, standing_signatures
from runtut.documents.rules import writer_of
from runtut.organisations.models import Authority


def ensure_not_signed(version: DocumentVersion, position_id: int) -> None:
    own = standing_signatures(version=version).filter(position=position_id, way=SigningWay.ELECTRONIC).first()
    if own:
        when = local_moment(own.kept_at, version.document.unit)
        raise AlreadySigned(position=own.position.short_title, when=when)


def approval_in(version: DocumentVersion, position_id: int) -> Endorsement:
    """Return the standing approval of a position: the decision that its signature gives a paper to."""
    rows = version.endorsements.filter(kind=EndorsementKind.APPROVAL, voided_at__isnull=True)
    found = rows.filter(position=position_id).first()
    if found is None:
        raise ApprovalMissing
    return found


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

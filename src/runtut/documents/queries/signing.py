"""Signatures: how an office signs, what stands on a version, what the public may know."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Length

from runtut.accounts.models import User
from runtut.documents.engine import SignedPart, fingerprint
from runtut.documents.enums import SigningWay
from runtut.documents.formulas.codes import read_code
from runtut.documents.models import (
    Certificate,
    CertificateAuthority,
    Document,
    DocumentVersion,
    Signature,
    SigningChoice,
    SigningKey,
    StoredFile,
)
from runtut.documents.queries.files import read_file
from runtut.documents.registry import gateway
from runtut.organisations.models import OrganisationUnit


def signing_way(*, unit: OrganisationUnit) -> SigningWay:
    """Return how an office signs: the nearest choice at or above the unit, by hand where nobody chose. One
    query."""
    rows = SigningChoice.objects.filter(unit__path__in=unit.ancestor_paths)
    found = rows.order_by(Length("unit__path").desc()).values_list("way", flat=True).first()
    return SigningWay(found) if found else SigningWay.WET


def standing_signatures(*, version: DocumentVersion) -> QuerySet[Signature]:
    """Return a version's signatures in force, oldest first."""
    rows = Signature.objects.filter(version=version, voided_at__isnull=True)
    return rows.select_related("file", "position", "certificate").order_by("kept_at", "id")


def scans_of(versions: Collection[int]) -> dict[int, StoredFile]:
    """Return the newest scan in force of each version that was signed on its print, by the version's key (one
    query)."""
    rows = Signature.objects.filter(version__in=versions, way=SigningWay.WET, voided_at__isnull=True)
    return {one.version_id: one.file for one in rows.select_related("file").order_by("kept_at", "id")}


def paper_file(version: DocumentVersion | None) -> StoredFile | None:
    """Return the file in which a paper is read: the scan of the signed print, else its PDF (one query)."""
    if version is None:
        return None
    return scans_of([version.pk]).get(version.pk, version.pdf)


def electronic_paper(*, version: DocumentVersion) -> Signature | None:
    """Return the newest electronic signature in force: its file is the paper. One query."""
    return standing_signatures(version=version).filter(way=SigningWay.ELECTRONIC).last()


def is_signed_electronically(*, document: Document) -> bool:
    """Tell whether an electronic signature in force stands on a document: then nothing about its paper may
    change. One query."""
    return Signature.objects.filter(
        version__document=document, way=SigningWay.ELECTRONIC, voided_at__isnull=True
    ).exists()


def signing_key_of(*, user: User) -> SigningKey | None:
    """Return the key that a person signs with, if there is one."""
    return SigningKey.objects.filter(user=user, given_up_at__isnull=True).first()


def certificates_of(*, user: User) -> list[Certificate]:
    """Return a person's certificates, newest first. One query."""
    rows = Certificate.objects.filter(user=user).select_related("position", "authority")
    return list(rows.order_by("-issued_at", "-id"))


def authority_certificates(*, region: int | None = None) -> list[bytes]:
    """Return the certificates of our own authorities, old ones too: the roots of trust."""
    rows = CertificateAuthority.objects.order_by("sequence")
    if region is not None:
        rows = rows.filter(region=region)
    return [bytes(content) for content in rows.values_list("certificate", flat=True)]


def authority_fingerprint(*, authority: CertificateAuthority) -> str:
    """Return the SHA-256 of an authority's certificate in pairs, as people compare it."""
    return fingerprint(bytes(authority.certificate))


def paper_address(code: str) -> str:
    """Return where the public checks a paper: what its QR code says."""
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}/periksa/{code}/"


class Verdict(StrEnum):
    """What a file is, held against a signed paper."""

    SAME = "sama"
    EXTENDED = "ditambahi"
    DIFFERENT = "berbeda"
    DAMAGED = "rusak"


@dataclass(frozen=True)
class PublicPaper:
    """What anybody who holds a paper may know of it: no more than it says itself, and whether it stands."""

    code: str
    document: Document
    version: DocumentVersion
    signatures: tuple[Signature, ...]

    @property
    def standing(self) -> tuple[Signature, ...]:
        return tuple(one for one in self.signatures if one.voided_at is None)

    @property
    def is_withdrawn(self) -> bool:
        """Sent back or replaced since it was signed."""
        return not self.standing

    @property
    def withdrawn_at(self) -> datetime | None:
        return max((one.voided_at for one in self.signatures if one.voided_at), default=None)


@dataclass(frozen=True)
class FileCheck:
    """A file held against a paper; `parts` are the signatures found on the file itself, `later` those that
    were put on the paper after it."""

    verdict: Verdict
    parts: tuple[SignedPart, ...]
    later: tuple[Signature, ...] = ()


def public_paper(*, code: str) -> PublicPaper | None:
    """Return the paper of a code as somebody typed it, None for an unknown one. One query."""
    rows = Signature.objects.filter(code=read_code(code)) if read_code(code) else Signature.objects.none()
    found = tuple(
        rows.select_related("version__document__unit", "file", "certificate").order_by("kept_at", "id")
    )
    if not found:
        return None
    version = found[0].version
    return PublicPaper(found[0].code, version.document, version, found)


def paper_of_file(*, content: bytes) -> PublicPaper | None:
    """Return the paper that a file is a copy of, byte for byte, None for an unknown one. Two queries."""
    sha256 = hashlib.sha256(content).hexdigest()
    code = Signature.objects.filter(sha256=sha256).values_list("code", flat=True).first()
    return public_paper(code=code) if code else None


def check_file(*, paper: PublicPaper, content: bytes) -> FileCheck:
    """Hold a file against a signed paper.

    SAME: byte for byte one of its signed files. EXTENDED: a signed file to which something was appended.
    DIFFERENT: anything else. DAMAGED: the file we keep, but its signature is broken (`runtut archive verify`
    says so too). What the file's own signatures are worth is told in `parts`; a foreign file is read where
    it can do no harm.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    electronic = [one for one in paper.signatures if one.way == SigningWay.ELECTRONIC]
    if any(one.sha256 == sha256 for one in electronic):
        parts = tuple(gateway().inspect(pdf=content))
        whole = bool(parts) and all(part.is_good for part in parts)
        later = tuple(one for one in electronic if one.voided_at is None)[len(parts) :]
        return FileCheck(Verdict.SAME if whole else Verdict.DAMAGED, parts, later)
    if any(one.sha256 == sha256 for one in paper.signatures):
        return FileCheck(Verdict.SAME, ())
    parts = tuple(gateway().inspect_strange(pdf=content)) if content.startswith(b"%PDF-") else ()
    extended = any(content.startswith(read_file(file=one.file)) for one in electronic)
    return FileCheck(Verdict.EXTENDED if extended else Verdict.DIFFERENT, parts)

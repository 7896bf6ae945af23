"""PAdES signatures on PDF files: putting one on, and telling what those on a file are worth."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from runtut.documents.engine.certificates import Credential
from runtut.documents.engine.signed_part import SignedPart

HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
"""What may have been appended since: nothing, or further signatures."""

# What does not fit is told to whoever asked; a foreign file must not fill the log with traces.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class Signing(signers.PdfSigner):
    """A signing whose moment is given, not read from the clock."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


def sign_pdf(
    pdf: bytes,
    *,
    credential: Credential,
    authority: bytes,
    field: str,
    reason: str,
    place: str,
    at: datetime,
) -> bytes:
    """Return the file with a PAdES signature (B-B, SHA-256) in a field without appearance, appended as an
    increment: what was there, earlier signatures too, stays byte for byte."""
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # unannotated there
    store.register(x509.Certificate.load(authority))
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(credential.certificate),
        signing_key=keys.PrivateKeyInfo.load(credential.key),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        reason=reason,
        location=place,
    )
    signed = Signing(meta, signer, at=at).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    return bytes(signed.getvalue())


def inspect_pdf(pdf: bytes, *, roots: Iterable[bytes]) -> list[SignedPart]:
    """Return what the signatures on a file are worth, oldest first; none for a file without signatures.

    Nothing is fetched. Raises ValueError for what cannot be read as a PDF.
    """
    known = [x509.Certificate.load(root) for root in roots]
    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
        return [inspected(one, known) for one in found]
    except Exception as error:
        # The reader has dozens of ways to say that a file is broken, and foreign files find new ones.
        raise ValueError(f"not readable as PDF: {error}") from error


def inspected(one: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> SignedPart:
    at = one.self_reported_timestamp
    context = ValidationContext(
        trust_roots=roots, moment=at, allow_fetching=False, revocation_mode="soft-fail"
    )
    status = validate_pdf_signature(one, context)
    subject = one.signer_cert.subject.native if one.signer_cert else {}
    return SignedPart(
        person=str(subject.get("common_name", "")),
        position=str(subject.get("title", "")),
        serial=f"{one.signer_cert.serial_number:x}" if one.signer_cert else "",
        signed_at=at.isoformat() if at else "",
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        covers_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        unchanged=status.modification_level in HARMLESS,
    )

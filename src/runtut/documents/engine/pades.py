"""PAdES signatures on PDF files: putting one on, and telling what those on a file are worth."""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from asn1crypto import keys, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp.static import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from runtut.documents.engine.certificates import Credential
from runtut.documents.engine.signed_part import Box, FieldRoom, SignedPart
from runtut.documents.engine.tagging import tag_field

HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
"""What may have been appended since: nothing, or further signatures."""

TAGGED = re.compile(rb"/\w+ ?<<(?:(?!>> ?BDC).)*/MCID (?:(?!>> ?BDC).)*>> ?BDC", re.DOTALL)
"""Where a page marks a part of its own structure: on another paper nothing belongs to that mark."""

FULL = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID)

# What does not fit is told to whoever asked; a foreign file must not fill the log with traces.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class PageContent(PdfContent):
    """The first page of a PDF held in memory, to be drawn on another."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self.pdf = pdf

    def render(self) -> bytes:
        writer = self._ensure_writer
        page = PdfFileReader(io.BytesIO(self.pdf)).root["/Pages"]["/Kids"][0]
        left, low, right, high = page["/MediaBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(high - low))
        form = generic.StreamObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
                generic.pdf_name("/BBox"): page["/MediaBox"],
                generic.pdf_name("/Resources"): writer.import_object(page["/Resources"]),
            },
            stream_data=TAGGED.sub(b"/Span BMC", page["/Contents"].data),
        )
        form.compress()  # type: ignore[no-untyped-call]  # unannotated there
        self.resources.xobject["/Stamp"] = writer.add_object(form)
        return b"/Stamp Do"


class Increment(IncrementalPdfFileWriter):
    """An increment that leaves the metadata alone: what the first text says of itself, PDF/A among it, was
    written by who set it, and no clock is read for it."""

    def _update_meta(self) -> None:
        pass


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
    rooms: Iterable[FieldRoom] = (),
    look: bytes = b"",
) -> bytes:
    """Return the file with a PAdES signature (B-B, SHA-256), appended as an increment: what was there,
    earlier signatures too, stays byte for byte.

    `rooms` are empty fields: kept for those who sign after, or made for this very signature. `look`, a PDF
    page, is drawn in the room of this one; a field without a room shows nothing.
    """
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
    writer = Increment(io.BytesIO(pdf))
    specs = [
        fields.SigFieldSpec(
            one.field, on_page=one.page, box=whole_box(one.box), readable_field_name=one.label
        )
        for one in rooms
    ]
    is_first = not writer.prev.embedded_signatures
    if is_first:
        specs.append(fields.SigFieldSpec(field, readable_field_name=reason))
    for spec in specs:
        fields.append_signature_field(writer, spec)
        if is_first:  # Readers take what changes the structure later for a change of the paper.
            tag_field(writer, spec.sig_field_name)
    signed = Signing(meta, signer, at=at, stamp_style=drawn(look) if look else None).sign_pdf(writer)
    return bytes(signed.getvalue())


def drawn(look: bytes) -> StaticStampStyle:
    return StaticStampStyle(background=PageContent(look), background_layout=FULL, border_width=0)


def whole_box(box: Box) -> tuple[int, int, int, int]:
    left, low, right, high = box
    return math.ceil(left), math.ceil(low), math.floor(right), math.floor(high)


def room_of(pdf: bytes, *, field: str) -> tuple[float, float] | None:
    """Return width and height, in points, of the room that a signed file keeps for a field; None for a field
    that is not there, or that shows nothing."""
    found = fields.enumerate_sig_fields(PdfFileReader(io.BytesIO(pdf), strict=False), filled_status=False)
    for name, _, reference in found:
        if name == field:
            left, low, right, high = (float(side) for side in reference.get_object()["/Rect"])
            size = (abs(right - left), abs(high - low))
            return size if all(size) else None
    return None


def taken_rooms(pdf: bytes) -> list[tuple[int, Box]]:
    """Return every box that a file keeps for a signature, signed or not, with its page counted from 0."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    pages: dict[int, int] = {}
    for at in range(int(reader.root["/Pages"]["/Count"])):
        page, _ = reader.find_page_for_modification(at)  # type: ignore[no-untyped-call]  # unannotated there
        pages[page.idnum] = at
    found = [ref.get_object() for _, _, ref in fields.enumerate_sig_fields(reader)]
    taken: list[tuple[int, Box]] = []
    for one in found:
        left, low, right, high = (float(side) for side in one["/Rect"])
        if "/P" in one and (right - left) * (high - low):
            taken.append((pages[one.raw_get("/P").idnum], (left, low, right, high)))
    return taken


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

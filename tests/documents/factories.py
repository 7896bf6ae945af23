"""The smallest legal papers, made through the actions by the cast."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from tests.cast import AT, Cast
from tests.documents.samples import measurement

from runtut.documents.actions import (
    archive_version,
    create_document,
    endorse,
    enter_outgoing,
    load_archive_classes,
    register_letter,
    send_paper,
    store_file,
)
from runtut.documents.enums import EndorsementKind
from runtut.documents.models import (
    ArchiveClass,
    ArchiveRecord,
    Delivery,
    DocumentTemplate,
    DocumentVersion,
    IncomingLetter,
    OutgoingLetter,
    StoredFile,
)
from runtut.organisations.models import Authority, OrganisationUnit

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 30
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 30
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8 " + b"\x00" * 16


def make_png(width: int = 60, height: int = 80) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x00\x00\x00\x00"
    rows = zlib.compress((b"\x00" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def make_zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def make_docx(**more: bytes) -> bytes:
    return make_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


def make_file(cast: Cast, *, key: str = "perencanaan", **fields: Any) -> StoredFile:
    arguments = {"unit": cast.office.unit, "name": "bukti.pdf", "content": PDF, "at": AT} | fields
    return store_file(authority=cast.office.authority(key), **arguments)


def make_letter(cast: Cast, *, key: str = "umum", at: datetime = AT, **fields: Any) -> IncomingLetter:
    arguments = {
        "unit": cast.office.unit,
        "sender": "Sekretaris Daerah Kabupaten Contoh",
        "number": "000.8.6.3/114",
        "date": date(2026, 2, 27),
        "subject": "Permintaan data kinerja triwulan IV",
        "urgency": "biasa",
        "received_on": cast.office.unit.local_date(at),
        "file": None,
    } | fields
    return register_letter(authority=cast.office.authority(key), at=at, **arguments)


def make_template(unit: OrganisationUnit, kind: str, title: str, text: str) -> DocumentTemplate:
    """An office's own words for a kind of paper."""
    return DocumentTemplate.objects.create(
        region=unit.region, unit=unit, kind=kind, number=1, title=title, text=text, made_at=AT
    )


def make_version(cast: Cast, *, at: datetime = AT, content: dict[str, Any] | None = None) -> DocumentVersion:
    return create_document(
        unit=cast.office.unit,
        kind="pengukuran",
        title="Pengukuran Kinerja Triwulan III 2026",
        content=content or plain_measurement(),
        authority=cast.office.authority("pengelola"),
        at=at,
    )


def plain_measurement(**changes: Any) -> dict[str, Any]:
    """What a compiler hands in: no letterhead, signatures or paraf of its own."""
    return measurement(letterhead={}, signatures=[], parafs=[], draft=False, **changes)


def approve(version: DocumentVersion, authority: Authority, at: datetime) -> None:
    endorse(version=version, kind=EndorsementKind.APPROVAL, note="", authority=authority, at=at)


def sakip_class() -> ArchiveClass:
    return ArchiveClass.objects.get(code="000.8.6.3")


def put_away(version: DocumentVersion, authority: Authority, at: datetime) -> ArchiveRecord:
    """Archive a version, which closes its document."""
    load_archive_classes()
    return archive_version(
        version=version,
        archive_class=sakip_class(),
        location="",
        authority=authority,
        at=at,
    )


def make_delivery(cast: Cast, *, key: str = "staf", **fields: Any) -> Delivery:
    """A paper carried to somebody outside."""
    arguments = {
        "unit": cast.office.unit,
        "errand": uuid4(),
        "paper": "Laporan kinerja",
        "paper_number": "000.8.6.3/1/2026",
        "version": None,
        "file": None,
        "to_unit": None,
        "addressee": "Sekretaris Daerah",
        "means": "diantar",
        "copies": 1,
        "at": AT,
    } | fields
    return send_paper(authority=cast.office.authority(key), **arguments)


def make_outgoing(cast: Cast, *, key: str = "staf", **fields: Any) -> OutgoingLetter:
    """A line of the agenda keluar without a document; the office needs its code for it."""
    cast.office.unit.code = cast.office.unit.code or "Kec.Skm"
    cast.office.unit.save(update_fields=["code"])
    arguments = {
        "unit": cast.office.unit,
        "version": None,
        "archive_class": sakip_class(),
        "subject": "Laporan kinerja",
        "recipient": "Bupati",
        "copies": 2,
        "is_stamped": True,
        "note": "",
        "at": AT,
    } | fields
    return enter_outgoing(authority=cast.office.authority(key), **arguments)

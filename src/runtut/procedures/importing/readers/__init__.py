"""Readers: one per kind of file, all yielding a Source. The kind is told by content before name."""

from __future__ import annotations

import re

from runtut.procedures.importing.limits import Unreadable
from runtut.procedures.importing.readers import package, photo

BPMN = re.compile(rb"http://(?:www\.omg\.org/spec/BPMN/20100524/MODEL|schema\.omg\.org/spec/BPMN/2\.0)")
HTML = re.compile(rb"(?i)<(?:!doctype html|html|body|table)\b")
OTHER_IMAGES = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
"""How pictures of telephones begin that are not read, behind their first four bytes."""
READABLE = (
    "Yang dapat dibaca: .pdf .docx .xlsx .doc .xls .odt .ods .rtf .jpg .png .tif .txt .html .json .bpmn."
)
OLD = b"\xd0\xcf\x11\xe0"
STREAMS = {"doc": ("WordDocument",), "xls": ("Workbook", "Book")}
"""What the parts of old Office files are called by kind."""
LOCKED = "Berkas ini terkunci kata sandi. Simpan salinan tanpa kata sandi lalu impor lagi."
RICH = b"{\\rtf"
OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def kind_of(name: str, content: bytes) -> str:
    """The kind of a file: text, html, json, bpmn, pdf, docx, xlsx or an older one that is turned into these;
    Unreadable for what cannot be read."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _package(content)
    if content.startswith(OLD):
        return _old(content)
    if start.startswith(RICH):
        return "rtf"
    if photo.is_picture(content):
        return "picture"
    if content[4:].startswith(OTHER_IMAGES):
        raise Unreadable(
            "Foto jenis HEIC atau AVIF tidak dapat dibaca. Simpan sebagai JPEG atau PDF lalu impor lagi."
        )
    if start[:1] in {b"{", b"["} and (name.lower().endswith(".json") or b'"steps"' in content):
        return "json"
    if start.startswith(b"<") and BPMN.search(start):
        return "bpmn"
    if HTML.search(start) and (name.lower().endswith((".html", ".htm")) or start.startswith(b"<")):
        return "html"
    return _text(content)


def _package(content: bytes) -> str:
    held = package.names(content)
    if "word/document.xml" in held:
        return "docx"
    if "xl/workbook.xml" in held:
        return "xlsx"
    for form, kind in OPEN.items():
        if content[30:200].startswith(b"mimetype" + form) and "content.xml" in held:
            return kind
    raise Unreadable(f"Berkas ZIP ini bukan dokumen Word atau Excel. {READABLE}")


def _old(content: bytes) -> str:
    """The kind of an old Office file, by the names of its parts."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable(LOCKED)
    for kind, streams in STREAMS.items():
        if any(stream.encode("utf-16-le") in content for stream in streams):
            return kind
    raise Unreadable(f"Berkas Office lama ini bukan dokumen Word atau Excel. {READABLE}")


def _text(content: bytes) -> str:
    sample = content[:8192]
    if b"\x00" in sample and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"Jenis berkas ini tidak dikenal. {READABLE}")
    return "text"

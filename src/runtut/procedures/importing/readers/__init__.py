"""Readers: one per kind of file, all yielding a Source. The kind is told by content before name."""

from __future__ import annotations

import re

from runtut.procedures.importing.limits import Unreadable
from runtut.procedures.importing.readers import package

BPMN = re.compile(rb"http://(?:www\.omg\.org/spec/BPMN/20100524/MODEL|schema\.omg\.org/spec/BPMN/2\.0)")
HTML = re.compile(rb"(?i)<(?:!doctype html|html|body|table)\b")
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
READABLE = "Yang dapat dibaca: .txt .docx .pdf .xlsx .html .json .bpmn."
OLD = b"\xd0\xcf\x11\xe0"


def kind_of(name: str, content: bytes) -> str:
    """The kind of a file: text, html, json, bpmn, docx, xlsx or pdf; Unreadable for what cannot be read."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return _package(content)
    if content.startswith(OLD):
        raise Unreadable(
            "Berkas Office lama (.doc, .xls) tidak dapat dibaca. Simpan sebagai .docx atau .xlsx lalu "
            "impor lagi."
        )
    if content.startswith(IMAGES):
        raise Unreadable(
            "Berkas gambar tidak dapat dibaca langsung. Simpan pindaian sebagai PDF lalu impor lagi."
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
    raise Unreadable(f"Berkas ZIP ini bukan dokumen Word atau Excel. {READABLE}")


def _text(content: bytes) -> str:
    sample = content[:8192]
    if b"\x00" in sample and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"Jenis berkas ini tidak dikenal. {READABLE}")
    return "text"

"""Open office packages (zip) within limits, and parse their XML without entities."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

from runtut.procedures.importing.limits import MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, Unreadable

BOMB = (
    "Berkas ini membengkak terlalu besar saat dibuka, sehingga ditolak. Simpan ulang dari aplikasinya "
    "lalu impor lagi."
)
BROKEN = "Berkas ini rusak atau bukan {kind}. Buka dan simpan ulang dari aplikasinya lalu impor lagi."


def unpack(content: bytes, kind: str) -> Mapping[str, bytes]:
    """All XML parts of a package by name; raises Unreadable for bombs and broken packages."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        entries = package.infolist()
        _ensure_modest(entries, len(content))
        wanted = [entry for entry in entries if entry.filename.endswith((".xml", ".rels", ".vml"))]
        return {entry.filename: _take(package, entry) for entry in wanted}
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
        ValueError,
    ):
        raise Unreadable(BROKEN.format(kind=kind)) from None


def ensure_modest(content: bytes) -> None:
    """Raise Unreadable for a zip that is a bomb or broken."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, OSError, ValueError):
        raise Unreadable(BROKEN.format(kind="dokumen OpenDocument")) from None
    _ensure_modest(entries, len(content))


def names(content: bytes) -> frozenset[str]:
    """The names in a zip, empty when it is none."""
    try:
        return frozenset(zipfile.ZipFile(io.BytesIO(content)).namelist()[:MAX_ENTRIES])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return frozenset()


def _ensure_modest(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > max(size, 100_000) * MAX_RATIO:
        raise Unreadable(BOMB)


def _take(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read an entry, trusting what comes out and not the size that its header claims."""
    with package.open(entry) as stream:
        content = stream.read(MAX_UNPACKED // 2 + 1)
    if len(content) > MAX_UNPACKED // 2:
        raise Unreadable(BOMB)
    return content


def xml(content: bytes, kind: str) -> etree._Element:
    """Parse XML; a document type is refused, since only attacks bring one."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:65536]:
        raise Unreadable(BOMB)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Unreadable(BROKEN.format(kind=kind)) from None

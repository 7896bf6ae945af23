"""What a file is, told from its content; the name is only believed when it agrees."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import puremagic

from runtut.documents.errors import (
    EmptyFile,
    FileHasMacros,
    FileIsDamaged,
    FileNotWhatItSays,
    FileTooLarge,
    FileTypeNotAllowed,
)
from runtut.documents.formulas.names import extension_of

SIZE_LIMIT = 10 * 1024 * 1024
UNPACKED_LIMIT = 200 * 1024 * 1024
PARTS_LIMIT = 10_000
ALLOWED = "PDF, PNG, JPEG, WEBP, DOCX, XLSX, ODT, ODS, TXT atau CSV"


@dataclass(frozen=True)
class FileType:
    label: str
    content_type: str
    extensions: tuple[str, ...]


PDF = FileType("PDF", "application/pdf", (".pdf",))
PNG = FileType("gambar PNG", "image/png", (".png",))
JPEG = FileType("gambar JPEG", "image/jpeg", (".jpg", ".jpeg"))
WEBP = FileType("gambar WEBP", "image/webp", (".webp",))
OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = FileType("dokumen Word (DOCX)", f"{OOXML}.wordprocessingml.document", (".docx",))
XLSX = FileType("lembar kerja Excel (XLSX)", f"{OOXML}.spreadsheetml.sheet", (".xlsx",))
ODT = FileType("dokumen ODT", "application/vnd.oasis.opendocument.text", (".odt",))
ODS = FileType("lembar kerja ODS", "application/vnd.oasis.opendocument.spreadsheet", (".ods",))
TEXT = FileType("teks", "text/plain", (".txt",))
CSV = FileType("teks CSV", "text/csv", (".csv",))
TYPES = (PDF, PNG, JPEG, WEBP, DOCX, XLSX, ODT, ODS, TEXT, CSV)
SCANS = tuple(kind.content_type for kind in (PDF, PNG, JPEG, WEBP))
"""What a print that was signed by hand comes back as."""
BY_EXTENSION = {extension: kind for kind in TYPES for extension in kind.extensions}

WORD_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
MACRO_PARTS = ("vbaproject.bin", "basic/", "scripts/", "macrosheets/")
MACRO_TYPES = (b"macroenabled", b"vbaproject")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")
BARE_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r")


def identify_file(*, name: str, content: bytes) -> FileType:
    """Return what an uploaded file is, by content.

    Raises EmptyFile, FileTooLarge (over 10 MiB), FileTypeNotAllowed, FileIsDamaged (also when locked by a
    password), FileHasMacros, FileNotWhatItSays (the extension names another type).
    """
    if not content:
        raise EmptyFile(name=name, field="file")
    if len(content) > SIZE_LIMIT:
        size = f"{len(content) / 1024 / 1024:.1f}".replace(".", ",")
        raise FileTooLarge(name=name, size=size, limit=SIZE_LIMIT // 1024 // 1024, field="file")
    claimed = BY_EXTENSION.get(extension_of(name).lower())
    found = sniff(name, content, claimed)
    if extension_of(name) and claimed is None:
        raise FileTypeNotAllowed(name=name, found="", allowed=ALLOWED, field="file")
    if claimed not in (None, found):
        raise FileNotWhatItSays(
            name=name, claimed=claimed.label if claimed else "", found=found.label, field="file"
        )
    return found


def sniff(name: str, content: bytes, claimed: FileType | None) -> FileType:
    """Return the type that the content shows."""
    picture_or_pdf = by_signature(content)
    if picture_or_pdf:
        return picture_or_pdf
    if content.startswith(b"PK\x03\x04"):
        return inside_archive(name, content)
    if is_text(content):
        return CSV if claimed is CSV else TEXT
    if claimed and not is_known(content):
        raise FileIsDamaged(name=name, field="file")
    found = (
        ": isinya program komputer" if content.startswith(PROGRAMS) else ": isinya bukan jenis yang diterima"
    )
    raise FileTypeNotAllowed(name=name, found=found, allowed=ALLOWED, field="file")


def by_signature(content: bytes) -> FileType | None:
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    return None


def inside_archive(name: str, content: bytes) -> FileType:
    """Look into a zip: an office document without macros, password or a bomb in it, or nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return office_document(name, archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError):
        raise FileIsDamaged(name=name, field="file") from None


def office_document(name: str, archive: zipfile.ZipFile) -> FileType:
    parts = {part.filename: part for part in archive.infolist()}
    if any(part.flag_bits & 0x1 for part in parts.values()):
        raise FileIsDamaged(name=name, field="file")
    too_much = sum(part.file_size for part in parts.values()) > UNPACKED_LIMIT
    if too_much or len(archive.infolist()) > PARTS_LIMIT:
        raise FileTypeNotAllowed(name=name, found=": isinya terlalu besar", allowed=ALLOWED, field="file")
    found = office_type(archive, parts)
    if found is None:
        raise FileTypeNotAllowed(name=name, found=": isinya arsip ZIP", allowed=ALLOWED, field="file")
    if has_macros(archive, parts):
        raise FileHasMacros(name=name, field="file")
    return found


def office_type(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> FileType | None:
    if "mimetype" in parts:
        declared = read_start(archive, "mimetype").strip().decode("ascii", "replace")
        return next((kind for kind in (ODT, ODS) if kind.content_type == declared), None)
    if "[Content_Types].xml" not in parts:
        return None
    return next((kind for part, kind in WORD_PARTS.items() if part in parts), None)


def has_macros(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> bool:
    if any(mark in part.lower() for part in parts for mark in MACRO_PARTS):
        return True
    if "[Content_Types].xml" not in parts:
        return False
    declared = read_start(archive, "[Content_Types].xml").lower()
    return any(mark in declared for mark in MACRO_TYPES)


def read_start(archive: zipfile.ZipFile, part: str) -> bytes:
    """Read at most one MiB of a part, whatever the directory says of its size."""
    with archive.open(part) as stream:
        return stream.read(1024 * 1024)


def is_text(content: bytes) -> bool:
    """Tell whether content is UTF-8 text without control characters."""
    if BARE_CONTROLS.intersection(content):
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def is_known(content: bytes) -> bool:
    """Tell whether content is of some known type, though of none that is taken; else it is damaged."""
    try:
        return bool(puremagic.magic_string(content))
    except (puremagic.PureError, ValueError):
        return False

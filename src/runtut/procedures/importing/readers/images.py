"""How large the pictures of a PDF page become once they are unpacked, told before any is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from runtut.procedures.importing.limits import MAX_PIXELS, Unreadable

MAX_OBJECTS: Final = 40_000
MAX_DEPTH: Final = 8
MAX_HEADER: Final = 4 * 1024 * 1024
"""How much of a picture's own bytes is looked at for its size."""

FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The parts of a JPEG that tell its height and width."""
PAGE_SEGMENT: Final = 48
TOO_LARGE: Final = (
    "Gambar di halaman {page} berukuran {width} x {height} piksel; paling besar {most} juta piksel. "
    "Pindai ulang dengan 300 dpi, atau simpan ulang PDF ini dengan gambar yang diperkecil, lalu impor lagi."
)


def ensure_modest(page: pdfium.PdfPage, number: int) -> None:
    """Raise Unreadable where the pictures of a page, together, have more pixels than are unpacked."""
    seen = 0
    for width, height in sizes_of(page):
        seen += width * height
        if seen > MAX_PIXELS:
            raise Unreadable(
                TOO_LARGE.format(page=number, width=width, height=height, most=MAX_PIXELS // 1_000_000)
            )


def sizes_of(page: pdfium.PdfPage) -> Iterator[tuple[int, int]]:
    """The width and height in pixels of every picture of a page, those within forms included."""
    count = min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS)
    stack = [(raw.FPDFPage_GetObject(page, index), 0) for index in range(count)]
    seen = 0
    while stack and seen < MAX_OBJECTS:
        thing, depth = stack.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield _size_of(thing)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            inner = min(raw.FPDFFormObj_CountObjects(thing), MAX_OBJECTS)
            stack += [(raw.FPDFFormObj_GetObject(thing, index), depth + 1) for index in range(inner)]


def _size_of(thing: object) -> tuple[int, int]:
    """The size that a picture claims, or the one that its bytes tell where that is larger."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(thing, width, height)
    claimed = width.value, height.value
    return max(claimed, told_in(_head_of(thing)), key=lambda size: size[0] * size[1])


def _head_of(thing: object) -> bytes:
    length = raw.FPDFImageObj_GetImageDataRaw(thing, None, 0)
    if not 0 < length <= MAX_HEADER * 16:
        return b""
    buffer = (ctypes.c_ubyte * length)()
    raw.FPDFImageObj_GetImageDataRaw(thing, buffer, length)
    return bytes(buffer[:MAX_HEADER])


def told_in(content: bytes) -> tuple[int, int]:
    """The width and height that a JPEG, a JPEG 2000 or a JBIG2 tells of itself; 0, 0 for other bytes."""
    if content.startswith(b"\xff\xd8"):
        return _of_jpeg(content)
    if (at := content.find(b"\xff\x4f\xff\x51", 0, 4096)) >= 0:
        sides = [_number(content[at + 8 + 4 * part : at + 12 + 4 * part]) for part in range(4)]
        return max(0, sides[0] - sides[2]), max(0, sides[1] - sides[3])
    if content[4:5] and content[4] & 0x3F == PAGE_SEGMENT and content[:3] == b"\x00\x00\x00":
        return _number(content[11:15]), _number(content[15:19]) % 0xFFFFFFFF
    return 0, 0


def _of_jpeg(content: bytes) -> tuple[int, int]:
    """Go from part to part up to the frame: a small picture may be kept within an earlier part."""
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            return 0, 0
        kind = content[at + 1]
        if kind in FRAMES:
            return _number(content[at + 7 : at + 9]), _number(content[at + 5 : at + 7])
        at += 1 if kind == 0xFF else 2 + max(2, _number(content[at + 2 : at + 4]))
    return 0, 0


def _number(content: bytes) -> int:
    return int.from_bytes(content, "big")

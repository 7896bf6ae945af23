"""Photographs and scans that are pictures of their own: laid on paper as a PDF, and read as one."""

from __future__ import annotations

import io
from typing import Final
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps, ImageSequence

from runtut.procedures.importing.limits import MAX_PAGES, MAX_PIXELS, Unreadable, too_many_pages
from runtut.procedures.importing.readers import pdf
from runtut.procedures.importing.source import Source

STARTS: Final = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
FORMATS: Final = ("JPEG", "PNG", "TIFF")
PAPER: Final = 11.7
"""The longer side of A4 in inches."""
QUALITY: Final = 92
BROKEN: Final = "Berkas gambar ini rusak. Pindai ulang sebagai PDF lalu impor lagi."
TOO_LARGE: Final = (
    f"Gambar ini berisi lebih dari {MAX_PIXELS // 1_000_000} juta piksel. Perkecil gambarnya lalu impor lagi."
)


def is_picture(content: bytes) -> bool:
    """Say whether a file is a picture of a kind that is read."""
    return content.startswith(STARTS)


def read(name: str, content: bytes) -> Source:
    """Read a picture of a page; raises Unreadable when it is broken or too large."""
    return pdf.read(name, as_pdf(content))


def as_pdf(content: bytes) -> bytes:
    """A PDF whose pages are the frames of a picture, upright as the camera was held. Raises Unreadable."""
    try:
        with catch_warnings():
            simplefilter("ignore", Image.DecompressionBombWarning)
            first, *others = _frames(content)
    except Image.DecompressionBombError as failure:
        raise Unreadable(TOO_LARGE) from failure
    except (OSError, ValueError, SyntaxError) as failure:
        raise Unreadable(BROKEN) from failure
    stream = io.BytesIO()
    first.save(
        stream,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=max(first.size) / PAPER,
        quality=QUALITY,
    )
    return stream.getvalue()


def _frames(content: bytes) -> list[Image.Image]:
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        count = getattr(picture, "n_frames", 1)
        if count > MAX_PAGES:
            raise too_many_pages(count)
        return [_upright(frame) for frame in ImageSequence.Iterator(picture)]


def _upright(frame: Image.Image) -> Image.Image:
    width, height = frame.size
    if width * height > MAX_PIXELS:
        raise Unreadable(TOO_LARGE)
    turned = ImageOps.exif_transpose(frame)
    if turned.mode.startswith("I;16"):
        # Turned into eight bits as they are, all shades but the darkest would be white.
        turned = turned.convert("I").point(lambda shade: shade * (1 / 257))
    if turned.mode in {"RGBA", "LA", "P", "PA"}:
        clear = turned.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        turned = Image.alpha_composite(paper, clear)
    return turned.convert("L")

"""Small pictures of photos and of the first pages of PDFs."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import pypdfium2
from PIL import Image, ImageOps

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
PDF: Final = "application/pdf"
PICTURED: Final = PICTURES | {PDF}
"""The types of content that a small picture can be made of."""

BOX: Final = 128
HEAVIEST: Final = 4096
QUALITIES: Final = (72, 50, 30, 15, 0)
MOST_PIXELS: Final = 60_000_000
"""A picture larger than any camera's is not opened: it would only fill the memory."""


@dataclass(frozen=True)
class SmallPicture:
    """A WebP that fits into 128 x 128 pixels and weighs 4 KiB at most."""

    content: bytes
    width: int
    height: int


class NoPicture(Exception):
    """A content that cannot be shown small: damaged, locked with a password, empty, or too large."""


def small_picture(content: bytes, content_type: str) -> SmallPicture:
    """Return the small picture of a photo or of a PDF's first page. Raises NoPicture."""
    try:
        page = first_page(content) if content_type == PDF else photo(content)
    except (OSError, ValueError, SyntaxError, pypdfium2.PdfiumError, Image.DecompressionBombError) as error:
        raise NoPicture(str(error)) from error
    page.thumbnail((BOX, BOX))
    return SmallPicture(packed(page), page.width, page.height)


def photo(content: bytes) -> Image.Image:
    """Return a photo the right way up, its transparent parts white. Nothing of its metadata is kept."""
    with Image.open(io.BytesIO(content)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError(f"{opened.width} x {opened.height} pixels")
        opened.draft("RGB", (BOX * 2, BOX * 2))
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    upright.thumbnail((BOX * 2, BOX * 2))
    sheet = Image.new("RGBA", upright.size, "white")
    sheet.alpha_composite(upright)
    return sheet.convert("RGB")


def first_page(content: bytes) -> Image.Image:
    """Return the first page of a PDF, twice as large as it will be."""
    document = pypdfium2.PdfDocument(content)
    try:
        page = document[0]
        scale = 2 * BOX / max(*page.get_size(), 1)
        picture: Image.Image = page.render(scale=scale).to_pil()
        return picture.convert("RGB")
    except IndexError as error:
        raise ValueError("no page") from error
    finally:
        document.close()


def packed(page: Image.Image) -> bytes:
    """Return a picture as WebP, coarser where it would weigh too much."""
    content = b""
    for quality in QUALITIES:
        stream = io.BytesIO()
        page.save(stream, "WEBP", quality=quality, method=6)
        content = stream.getvalue()
        if len(content) <= HEAVIEST:
            break
    return content

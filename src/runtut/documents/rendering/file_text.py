"""The words inside a file that somebody gave: a PDF's own text, and what can be read off scans and photos."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final, NamedTuple

import pypdfium2
from PIL import Image, ImageOps

from runtut.core import recognition
from runtut.documents.rendering.thumbnails import MOST_PIXELS, PDF

MOST_PAGES: Final = 20
"""Pages that are read: a letter has few, and each scanned one takes seconds."""
FEW: Final = 20
"""A page with fewer letters of its own is taken for a scan."""
DPI: Final = 200
LARGEST: Final = 4000
LAYOUT: Final = 3


class FileWords(NamedTuple):
    """What was read; not whole while a picture waits for Tesseract to be installed."""

    text: str
    is_whole: bool


def words_in_file(content: bytes, content_type: str) -> FileWords:
    """Return the words of a PDF or a picture, none of one that is damaged, locked or too large."""
    try:
        pages = list(pages_of(content)) if content_type == PDF else [picture_words(photo(content))]
    except (OSError, ValueError, SyntaxError, pypdfium2.PdfiumError, Image.DecompressionBombError):
        return FileWords("", is_whole=True)
    return FileWords("\n".join(page.text for page in pages).strip(), all(page.is_whole for page in pages))


def pages_of(content: bytes) -> Iterator[FileWords]:
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            text = page.get_textpage().get_text_bounded().strip()
            if len(text) >= FEW:
                yield FileWords(text, is_whole=True)
            else:
                yield picture_words(page.render(scale=DPI / 72, grayscale=True).to_pil())
    finally:
        document.close()


def photo(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError(f"{opened.width} x {opened.height} pixels")
        return ImageOps.exif_transpose(opened).convert("L")


def picture_words(picture: Image.Image) -> FileWords:
    """Return what is read off a picture, made smaller where that loses nothing."""
    if not recognition.is_installed():
        return FileWords("", is_whole=False)
    picture.thumbnail((LARGEST, LARGEST))
    stream = io.BytesIO()
    picture.convert("L").save(stream, "PPM")
    return FileWords(recognition.recognised(stream.getvalue(), layout=LAYOUT).strip(), is_whole=True)

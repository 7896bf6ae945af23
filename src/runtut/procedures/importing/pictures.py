"""Pages of a PDF as pictures, to lie beside what was read of them; drawn only in a process of its own."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2
from PIL import Image

from runtut.procedures.importing.limits import Unreadable

WIDEST: Final = 1400
HIGHEST: Final = 2000
QUALITY: Final = 60


def page_picture(content: bytes, number: int) -> bytes:
    """Return a page (from 1) as WebP of at most 1400 x 2000 pixels. Raises Unreadable for a page that is not
    there or cannot be drawn."""
    try:
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1))
            picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
        finally:
            document.close()
    except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError) as failure:
        raise Unreadable(f"Halaman {number} tidak dapat digambar.") from failure
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=QUALITY)
    return stream.getvalue()

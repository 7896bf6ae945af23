"""Pages of a PDF as pictures, to lie beside what was read of them; drawn only in a process of its own."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2
from PIL import Image

from runtut.procedures.importing.limits import Unreadable
from runtut.procedures.importing.readers import photo
from runtut.procedures.importing.readers.images import ensure_modest

WIDEST: Final = 1400
HIGHEST: Final = 2000
QUALITY: Final = 60


def page_picture(content: bytes, number: int) -> bytes:
    """Return a page (from 1) of a PDF, or of a picture, as WebP of at most 1400 x 2000 pixels. Raises
    Unreadable for a page that is not there or cannot be drawn."""
    try:
        document = pypdfium2.PdfDocument(photo.as_pdf(content) if photo.is_picture(content) else content)
        try:
            page = document[number - 1]
            ensure_modest(page, number)
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

"""Pictures in a document: PNG and JPEG, taken along as SVG where the page wants text."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any, Final

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

TYPES: Final = {"image/png", "image/jpeg"}
Pictures = Mapping[str, bytes]


def logo_bytes(letterhead: Mapping[str, Any], pictures: Pictures) -> bytes:
    """Return the letterhead's picture, nothing where there is none or it cannot be read."""
    content = pictures.get(letterhead["logo"], b"")
    return content if content and size_of(content) else b""


def size_of(content: bytes) -> tuple[int, int, str] | None:
    """Return width, height and type of a picture, None for what is none."""
    try:
        image = Image.from_file(io.BytesIO(content))
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
        return None
    known = image.content_type in TYPES and image.px_width and image.px_height
    return (image.px_width, image.px_height, image.content_type) if known else None


def as_svg(content: bytes) -> str:
    """Return a picture as an SVG that holds it, "" for none: text that travels with the content."""
    found = size_of(content) if content else None
    if found is None:
        return ""
    width, height, content_type = found
    data = base64.b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" xlink:href="data:{content_type};base64,{data}"/></svg>'
    )

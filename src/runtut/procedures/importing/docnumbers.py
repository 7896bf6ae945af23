"""Numbers of SOPs as recognition in a picture leaves them."""

from __future__ import annotations

import re

SLASH = re.compile(r"\s*/\s*")
CODE = re.compile(r"^([\dOQDU]{3})(?=\.\d)")
"""The first group of a classification code, whose noughts may have become letters."""

NOUGHTS = str.maketrans("OQDU", "0000")
LIKE = re.compile(r"\w+[\w.\- ]*/\s*[\w.\- ]*")
"""What may be a number where the word before it was lost."""


def recognised(text: str) -> str:
    """A number recognised in a picture, without the spaces at its strokes; nothing where no digit is."""
    if not any(sign.isdigit() for sign in text):
        return ""
    joined = SLASH.sub("/", " ".join(text.split()))
    return CODE.sub(lambda match: match[1].translate(NOUGHTS), joined)


def is_like(text: str) -> bool:
    """Whether a text has the form of a number: parts between strokes, with digits among them."""
    return LIKE.match(text) is not None and any(sign.isdigit() for sign in text) and len(text) < 60

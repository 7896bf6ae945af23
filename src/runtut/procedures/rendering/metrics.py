"""Widths of text in the fonts that we ship, and wrapping by them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

import runtut.core

_FONTS = Path(runtut.core.__file__).parent / "fonts"
_UNKNOWN = "x"


@cache
def _advances(bold: bool) -> dict[int, float]:
    """Advance widths per character as a share of the font size; the fonts are read once per process."""
    face = "LiberationSans-Bold.ttf" if bold else "LiberationSans-Regular.ttf"
    with TTFont(_FONTS / face, lazy=True) as font:
        size = font["head"].unitsPerEm
        glyphs, metrics = font.getBestCmap(), font["hmtx"]
        return {code: metrics[name][0] / size for code, name in glyphs.items() if code < 0x2200}


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of one line in the unit of the size."""
    advances = _advances(bold)
    unknown = advances[ord(_UNKNOWN)]
    return size * sum(advances.get(ord(character), unknown) for character in text)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than the width; a word that is too wide alone is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _cut(word, width, size, bold)
        lines.extend(full)
    return [*lines, line] if line else lines


def _cut(word: str, width: float, size: float, bold: bool) -> list[str]:
    pieces, piece = [], ""
    for character in word:
        if piece and text_width(piece + character, size, bold=bold) > width:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]

"""Cells of a scanned table that kept their ink but lost their words, read again by themselves.

Recognition of a whole page passes over what stands alone: the single digits of a column of numbers, the 1
before a unit of time. One below the other on a sheet of their own they are lines of text, and are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final

from PIL import Image, ImageChops

from runtut.procedures.importing.readers.geometry import Box, Word

Recognise = Callable[[bytes, str], str]
"""Reads a picture (PGM) with these letters only, or any; returns a table of words."""

DARK: Final = 160
INSET: Final = 2.2
LOW, HIGH, WIDE = 3.5, 16.0, 60.0
"""The least and largest height of one line of letters in points, and how wide what was lost may be."""

GAP: Final = 36
FEWEST: Final = 3
MOST: Final = 120
SURE: Final = 40.0
TEXT: Final = re.compile(r"[\w(][\w\s.,/()%-]*")
DIGITS: Final = "0123456789."
UNIT: Final = re.compile(r"(?i)[|!\[\]/\\il.]?\s*(?:menit|mnt|jam|hari|minggu|bulan)\s*\.?")


@dataclass(frozen=True)
class Lost:
    """The ink of a cell: where it is on the page (in points) and its picture."""

    box: Box
    picture: Image.Image


def reread(
    picture: Image.Image,
    scale: float,
    tables: Sequence[Sequence[Sequence[Box]]],
    words: list[Word],
    recognise: Recognise,
    *,
    deadline: float = float("inf"),
) -> list[Word]:
    """The words of a page with those of cells that were read again. `scale` is points per pixel; a table is
    its columns, each a list of cells. Columns whose turn comes after the deadline (by the monotonic clock)
    keep what they had."""
    found = list(words)
    for columns in tables:
        for at, cells in enumerate(columns):
            if monotonic() > deadline:
                return found
            lost = list(_lost(picture, scale, cells, found))[:MOST]
            if len(lost) >= (FEWEST if at == 0 else 1):
                for box, word in _read(lost, recognise, DIGITS if at == 0 else ""):
                    found = [one for one in found if not box.holds(*one.box.middle)]
                    found.append(word)
    return found


def _lost(picture: Image.Image, scale: float, cells: Sequence[Box], words: Sequence[Word]) -> Iterator[Lost]:
    for cell in cells:
        inside = [word.text for word in words if cell.holds(*word.box.middle)]
        if inside and not UNIT.fullmatch(" ".join(inside)):
            continue
        ink = _ink(picture, scale, cell)
        if ink is not None and LOW <= ink.height <= HIGH and ink.width <= WIDE:
            yield Lost(ink, picture.crop(_pixels(ink, scale)))


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(side / scale) for side in (box.left, box.top, box.right, box.bottom))
    return left, top, right, bottom


def _ink(picture: Image.Image, scale: float, cell: Box) -> Box | None:
    """The box around what is dark in a cell, its borders aside."""
    inner = Box(cell.left + INSET, cell.top + INSET, cell.right - INSET, cell.bottom - INSET)
    if inner.width <= 0 or inner.height <= 0:
        return None
    left, top, right, bottom = _pixels(inner, scale)
    found = ImageChops.invert(
        picture.crop((left, top, right, bottom)).point(lambda value: value // DARK * 255)
    )
    around = found.getbbox()
    if around is None:
        return None
    return Box(
        *((corner + side) * scale for corner, side in zip(around, (left, top, left, top), strict=True))
    )


def _read(lost: Sequence[Lost], recognise: Recognise, letters: str) -> Iterator[tuple[Box, Word]]:
    """Each cell that could be read, with what was read in it."""
    width = max(one.picture.width for one in lost) + 2 * GAP
    sheet = Image.new("L", (width, GAP + sum(one.picture.height + GAP for one in lost)), 255)
    y = GAP
    tops = []
    for one in lost:
        sheet.paste(one.picture, (GAP, y))
        tops.append(y)
        y += one.picture.height + GAP
    table = recognise(b"P5\n%d %d\n255\n" % sheet.size + sheet.tobytes(), letters)
    texts: dict[int, list[str]] = {}
    for line in table.splitlines()[1:]:
        parts = line.split("\t")
        if len(parts) >= 12 and parts[11].strip() and float(parts[10]) >= SURE:
            middle = float(parts[7]) + float(parts[9]) / 2
            at = sum(top - GAP / 2 <= middle for top in tops) - 1
            texts.setdefault(max(at, 0), []).append(parts[11].strip())
    for at, pieces in sorted(texts.items()):
        text = " ".join(pieces)
        if TEXT.fullmatch(text):
            yield lost[at].box, Word(text, lost[at].box, SURE)

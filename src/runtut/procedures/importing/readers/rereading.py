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

TOUCHING: Final = 2
"""How many rows of pixels without ink do not part a letter."""

GAP: Final = 36
FEWEST: Final = 3
NUMBER: Final = re.compile(r"\d{1,2}\.?")
DOT: Final = 2.6
"""The least height of a mark; of a page that was photographed from afar too."""

SQUARE: Final = 1.7
"""How much wider than high a mark may be."""

MOST: Final = 120
SURE: Final = 40.0
TEXT: Final = re.compile(r"[\w(][\w\s.,/()%'’-]*")
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
            if len(lost) >= (FEWEST if at == 0 and not _is_numbered(cells, found) else 1):
                for box, word in _read(lost, recognise, DIGITS if at == 0 else ""):
                    found = [one for one in found if not box.holds(*one.box.middle)]
                    found.append(word)
    return found


def _is_numbered(cells: Sequence[Box], words: Sequence[Word]) -> bool:
    """Whether numbers of steps were read in a column."""
    inside = (word.text for cell in cells for word in words if cell.holds(*word.box.middle))
    return any(NUMBER.fullmatch(text) for text in inside)


def marks(
    picture: Image.Image, scale: float, tables: Sequence[Sequence[Sequence[Box]]], words: Sequence[Word]
) -> Iterator[Box]:
    """Ticks and dots of a table: ink about as high as wide, where most cells of a column have no words."""
    for columns in tables:
        for cells in columns[1:]:
            empty = [cell for cell in cells if not any(cell.holds(*word.box.middle) for word in words)]
            if 2 * len(empty) <= len(cells):
                continue
            for cell in empty:
                ink = ink_of(picture, scale, cell, DOT)
                if (
                    ink is not None
                    and max(ink.height, ink.width) <= HIGH
                    and ink.width <= SQUARE * ink.height
                ):
                    yield ink


def _lost(picture: Image.Image, scale: float, cells: Sequence[Box], words: Sequence[Word]) -> Iterator[Lost]:
    for cell in cells:
        inside = [word.text for word in words if cell.holds(*word.box.middle)]
        if inside and not UNIT.fullmatch(" ".join(inside)):
            continue
        ink = ink_of(picture, scale, cell)
        if ink is not None and LOW <= ink.height <= HIGH and ink.width <= WIDE:
            yield Lost(ink, picture.crop(pixels_of(ink, scale)))


def pixels_of(box: Box, scale: float) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(side / scale) for side in (box.left, box.top, box.right, box.bottom))
    return left, top, right, bottom


def ink_of(picture: Image.Image, scale: float, cell: Box, least: float = LOW) -> Box | None:
    """The box around what is dark and so high in a cell, its borders aside."""
    inner = Box(cell.left + INSET, cell.top + INSET, cell.right - INSET, cell.bottom - INSET)
    if inner.width <= 0 or inner.height <= 0:
        return None
    left, top, right, bottom = pixels_of(inner, scale)
    found = ImageChops.invert(
        picture.crop((left, top, right, bottom)).point(lambda value: value // DARK * 255)
    )
    around = _letters(found, round(least / scale))
    if around is None:
        return None
    return Box(
        *((corner + side) * scale for corner, side in zip(around, (left, top, left, top), strict=True))
    )


def _letters(ink: Image.Image, least: int) -> tuple[int, int, int, int] | None:
    """The box around what is as high as letters are; dust of the scanner is lower."""
    bands = [band for band in _runs(ink) if band[1] - band[0] >= least]
    if not bands:
        return None
    top, bottom = bands[0][0], bands[-1][1]
    inside = ink.crop((0, top, ink.width, bottom))
    parts = [
        part
        for part in _runs(inside.transpose(Image.Transpose.ROTATE_90))
        if any(end - start >= least // 2 for start, end in _runs(inside.crop(_between(part, inside))))
    ]
    if not parts:
        return None
    return inside.width - parts[-1][1], top, inside.width - parts[0][0], bottom


def _between(part: tuple[int, int], picture: Image.Image) -> tuple[int, int, int, int]:
    """A part of the width of a picture that was found on its side, from the right."""
    return picture.width - part[1], 0, picture.width - part[0], picture.height


def _runs(ink: Image.Image) -> list[tuple[int, int]]:
    """The rows of pixels with ink that lie together, from each first to behind its last."""
    found: list[tuple[int, int]] = []
    pixels, width = ink.tobytes(), ink.width
    for y in range(ink.height):
        if b"\xff" in pixels[y * width : (y + 1) * width]:
            if found and y - found[-1][1] <= TOUCHING:
                found[-1] = (found[-1][0], y + 1)
            else:
                found.append((y, y + 1))
    return found


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

"""Cells of a scanned table of whose words some were passed over, read again as a whole.

Where ink as high as letters is left beside the words that were found, recognition lost a word. The cell by
itself, one below the other with others like it, mostly gives it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import fmean
from time import monotonic
from typing import Final

from PIL import Image, ImageDraw

from runtut.procedures.importing.readers.geometry import Box, Shape, Word
from runtut.procedures.importing.readers.rereading import (
    GAP,
    HIGH,
    LOW,
    SURE,
    WIDE,
    Recognise,
    ink_of,
    pixels_of,
)

AROUND: Final = 1.2
"""How far around a word its ink may reach, in points."""

NARROWEST: Final = 7.0
"""The least width of what is left over when it is a word, in points."""

HIGHEST: Final = 160.0
MOST: Final = 40
LONGEST: Final = 7000
"""The most pixels, one below the other, that are recognised at once."""

MORE: Final = 3
"""How many letters more a cell must give to be taken anew."""

TRUSTED: Final = 70.0


def completed(
    picture: Image.Image,
    scale: float,
    tables: Sequence[Sequence[Sequence[Box]]],
    words: list[Word],
    shapes: Sequence[Shape],
    recognise: Recognise,
    *,
    deadline: float = float("inf"),
) -> list[Word]:
    """The words of a page with those of cells that gave more when they were read again. `scale` is points per
    pixel; a table is its columns, each a list of cells. After the deadline (by the monotonic clock) nothing
    is read."""
    cells = [
        cell
        for columns in tables
        for column in columns
        if _is_written(column, words)
        for cell in column
        if cell.height <= HIGHEST and not any(cell.holds(*shape.box.middle) for shape in shapes)
    ]
    wanting = list(islice((cell for cell in cells if _wants(picture, scale, cell, words)), MOST))
    if not wanting or monotonic() > deadline:
        return words
    found = list(words)
    for cell, fresh in _read(picture, scale, wanting, recognise):
        held = [word for word in found if cell.holds(*word.box.middle)]
        if _size(fresh) >= _size(held) + MORE and fmean(word.confidence for word in fresh) >= TRUSTED:
            found = [word for word in found if not cell.holds(*word.box.middle)] + fresh
    return found


def _is_written(column: Sequence[Box], words: Sequence[Word]) -> bool:
    """Whether most cells of a column hold words: others hold the flowchart."""
    written = [cell for cell in column if any(cell.holds(*word.box.middle) for word in words)]
    return 2 * len(written) > len(column)


def _size(words: Sequence[Word]) -> int:
    return sum(len(word.text) for word in words)


def _wants(picture: Image.Image, scale: float, cell: Box, words: Sequence[Word]) -> bool:
    """Whether a cell holds ink of a word beside those that were found, or a whole line of which none was."""
    held = [word.box for word in words if cell.holds(*word.box.middle)]
    if not held:
        line = ink_of(picture, scale, cell)
        return line is not None and line.height <= HIGH and line.width > WIDE
    part = picture.crop(pixels_of(cell, scale))
    draw = ImageDraw.Draw(part)
    for box in held:
        grown = Box(box.left - AROUND, box.top - AROUND, box.right + AROUND, box.bottom + AROUND)
        moved = Box(
            *(side - start for side, start in zip(_sides(grown), (cell.left, cell.top) * 2, strict=True))
        )
        draw.rectangle(pixels_of(moved, scale), fill=255)
    rest = ink_of(part, scale, Box(0, 0, cell.width, cell.height), LOW)
    return rest is not None and rest.width >= NARROWEST


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def _read(
    picture: Image.Image, scale: float, cells: Sequence[Box], recognise: Recognise
) -> Iterator[tuple[Box, list[Word]]]:
    """Each cell with the words that it gives by itself."""
    parts = [picture.crop(pixels_of(_within(cell), scale)) for cell in cells]
    tops, height = [], GAP
    for part in parts:
        tops.append(height)
        height += part.height + GAP
        if height > LONGEST:
            break
    sheet = Image.new("L", (max(part.width for part in parts) + 2 * GAP, height), 255)
    for part, start in zip(parts, tops, strict=False):
        sheet.paste(part, (GAP, start))
    fresh: dict[int, list[Word]] = {}
    for line in recognise(b"P5\n%d %d\n255\n" % sheet.size + sheet.tobytes(), "").splitlines()[1:]:
        values = line.split("\t")
        if len(values) < 12 or not values[11].strip() or float(values[10]) < SURE:
            continue
        left, top, wide, high = (float(value) for value in values[6:10])
        at = max(sum(one - GAP / 2 <= top + high / 2 for one in tops) - 1, 0)
        corner = _within(cells[at])
        x, y = corner.left + (left - GAP) * scale, corner.top + (top - tops[at]) * scale
        word = Word(
            values[11].strip(" |_“”‘"), Box(x, y, x + wide * scale, y + high * scale), float(values[10])
        )
        fresh.setdefault(at, []).extend([word] if word.text else [])
    for at, read in sorted(fresh.items()):
        if read:
            yield cells[at], read


def _within(cell: Box) -> Box:
    """A cell without its borders."""
    return Box(cell.left + AROUND, cell.top + AROUND, cell.right - AROUND, cell.bottom - AROUND)

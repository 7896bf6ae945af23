"""Stamps and signatures over printed words: coloured ink is lifted off, and what it covered is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageStat

from runtut.procedures.importing.readers.geometry import Box, Word
from runtut.procedures.importing.readers.rereading import ink_of, pixels_of

VIVID: Final = 40
"""How far the colours of a pixel lie apart in coloured ink."""

INKY: Final = 90
"""Darker than this in every colour is black ink, whatever the camera says of its colour."""

FAINTER: Final = 60
"""By how much a pixel becomes lighter once coloured ink is away."""

SPREAD: Final = 0.004
"""Of a cell's area: less coloured ink covers no words."""

LEAST: Final = 0.0005
"""Of a page: less coloured ink is a line or a dot."""

COARSE: Final = 4
"""By how much a page is made smaller to look for colour."""

INSET: Final = 2.0
"""Points from the edge of a cell within which its border and what touches it lie."""

AROUND: Final = 20
"""White pixels around a cell that is read on its own."""

SURE: Final = 55.0
"""How sure the words must be, on average, that take the place of others."""

Recognised = Callable[[Image.Image], Iterable[Word]]


def lifted(page: Image.Image) -> Image.Image:
    """A page in gray without its coloured ink; black stays, under colour too."""
    red, green, blue = page.convert("RGB").split()
    lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    vivid = ImageChops.subtract(lightest, darkest).point(lambda value: 255 * (value >= VIVID))
    light = lightest.point(lambda value: 255 * (value >= INKY))
    return ImageChops.lighter(lightest, ImageChops.multiply(vivid, light))


def has_colour(plain: Image.Image, clean: Image.Image) -> bool:
    """Whether a page has so much coloured ink that words may lie under it."""
    small = plain.size[0] // COARSE, plain.size[1] // COARSE
    lost = ImageChops.subtract(clean.resize(small), plain.resize(small))
    share = ImageStat.Stat(lost.point(lambda value: 255 * (value >= FAINTER))).mean[0] / 255
    return bool(share >= LEAST)


def uncovered(
    plain: Image.Image,
    clean: Image.Image,
    scale: float,
    tables: Sequence[Sequence[Sequence[Box]]],
    words: Sequence[Word],
    recognise: Recognised,
) -> list[Word]:
    """The words of a page, those of cells under coloured ink as they are read without it where that says
    more or says it surely. `plain` and `clean` are the page with that ink and without; `scale` is points a
    pixel."""
    found = list(words)
    cells = (cell for columns in tables for cells in columns for cell in cells)
    for cell in (cell for cell in cells if _is_covered(plain, clean, scale, cell)):
        old, new = _inside(cell, found), _read(clean, scale, cell, recognise)
        if new and _surety(new) >= SURE and (_letters(new) > _letters(old) or _surety(new) > _surety(old)):
            found = [one for one in found if one not in old] + new
    return found


def _read(clean: Image.Image, scale: float, cell: Box, recognise: Recognised) -> list[Word]:
    """The words of a cell, its borders and what is left of the ink aside."""
    left, top, right, bottom = pixels_of(
        Box(cell.left + INSET, cell.top + INSET, cell.right - INSET, cell.bottom - INSET), scale
    )
    part = clean.crop((left, top, right, bottom)).filter(ImageFilter.MedianFilter(3))
    page = Image.new("L", (part.width + 2 * AROUND, part.height + 2 * AROUND), 255)
    page.paste(part, (AROUND, AROUND))
    x, y = (left - AROUND) * scale, (top - AROUND) * scale
    return [
        Word(
            one.text,
            Box(one.box.left + x, one.box.top + y, one.box.right + x, one.box.bottom + y),
            one.confidence,
        )
        for one in recognise(page)
    ]


def _is_covered(plain: Image.Image, clean: Image.Image, scale: float, cell: Box) -> bool:
    """Whether coloured ink lies in a cell in which there is other ink too."""
    sides = pixels_of(cell, scale)
    if min(sides[2] - sides[0], sides[3] - sides[1]) <= 4 * INSET / scale:
        return False
    lost = ImageChops.subtract(clean.crop(sides), plain.crop(sides))
    coloured = ImageStat.Stat(lost.point(lambda value: 255 * (value >= FAINTER))).mean[0] / 255
    return coloured >= SPREAD and ink_of(clean, scale, cell) is not None


def _inside(cell: Box, words: Iterable[Word]) -> list[Word]:
    return [word for word in words if cell.holds(*word.box.middle)]


def _letters(words: Iterable[Word]) -> int:
    return sum(character.isalnum() for word in words for character in word.text)


def _surety(words: Sequence[Word]) -> float:
    """How sure the letters of some words are on average; 0 without words."""
    letters = _letters(words)
    told = sum(word.confidence * sum(map(str.isalnum, word.text)) for word in words)
    return told / letters if letters else 0.0

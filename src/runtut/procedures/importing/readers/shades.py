"""Areas of a scanned page that are painted: shaded headings made readable, filled cells told and hollowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from runtut.procedures.importing.readers.geometry import Box, Fill

TILE: Final = 8
"""The side in pixels of the squares in which the shade of a page is looked at."""
OPENING, SOLID = 5, 3
"""Letters are painted as well, but never over so many squares each way, nor so many dark ones."""
SHADED: Final = 205
DARK: Final = 110
"""Below this shade black letters could not be read, and white ones may stand there."""
LIGHT: Final = 165
LETTERED: Final = 0.03
"""The least share of light pixels in a dark area with white letters."""
RIM: Final = 9
"""How thick a border a hollowed area keeps, and one more, in pixels to both sides."""
LARGEST: Final = 0.4
"""Of the page: a larger dark area is the table on which a photograph was taken."""
FULL: Final = 0.85
PAPER: Final = 255


@dataclass(frozen=True)
class _Area:
    """Squares that hang together: the box around them, in squares, and their mask within it."""

    left: int
    top: int
    mask: Image.Image
    shade: float
    count: int

    @property
    def is_full(self) -> bool:
        return self.count >= FULL * self.mask.width * self.mask.height


def lightened(picture: Image.Image, scale: float) -> tuple[Image.Image, list[Fill]]:
    """A page with its painted areas made paper, and those that fill a rectangle; `scale` is points a pixel.

    What is black in a shaded area stays, what is white in a dark one becomes black, and of a dark area
    without letters the border is kept.
    """
    result = picture.copy()
    found: list[Fill] = []
    for area in _areas(picture.reduce(TILE)):
        left, top = (area.left - 1) * TILE, (area.top - 1) * TILE
        right, bottom = left + (area.mask.width + 2) * TILE, top + (area.mask.height + 2) * TILE
        part = picture.crop((left, top, right, bottom))
        mask = Image.new("L", part.size, 0)
        inner = (area.mask.width * TILE, area.mask.height * TILE)
        mask.paste(area.mask.resize(inner, Image.Resampling.NEAREST), (TILE, TILE))
        if area.is_full:
            sides = (left + TILE, top + TILE, right - TILE, bottom - TILE)
            level = min(round(area.shade / 16) * 16, PAPER)
            found.append(Fill(Box(*(side * scale for side in sides)), f"{level:02x}" * 3))
        result.paste(*_made_paper(part, mask, area.shade, (left, top)))
    return result, found


def _made_paper(
    part: Image.Image, mask: Image.Image, shade: float, corner: tuple[int, int]
) -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """What to paste over a painted area: a picture, where, and through which mask."""
    if shade >= DARK:
        return _brightened(part, shade), corner, mask
    if _has_letters(part, mask):
        return _brightened(ImageChops.invert(part), PAPER - shade), corner, mask
    inside = part.point([PAPER * (value < SHADED) for value in range(256)]).filter(ImageFilter.MinFilter(RIM))
    around = mask.filter(ImageFilter.MaxFilter(RIM))
    return Image.new("L", part.size, PAPER), corner, ImageChops.multiply(inside, around)


def _brightened(part: Image.Image, paper: float) -> Image.Image:
    """A part of the page so that this shade becomes white."""
    return part.point([min(PAPER, round(value * PAPER / max(paper - 12, 1))) for value in range(256)])


def _has_letters(part: Image.Image, mask: Image.Image) -> bool:
    within = mask.reduce(TILE).filter(ImageFilter.MinFilter(3))
    histogram = part.histogram(within.resize(part.size, Image.Resampling.NEAREST))
    return sum(histogram[LIGHT:]) >= LETTERED * max(1, sum(histogram))


def _areas(small: Image.Image) -> Iterator[_Area]:
    """The painted areas of a page of which each pixel is a square: dark ones, then shaded ones beside."""
    width, shades = small.width, small.tobytes()
    dark = _opened(small.point([PAPER * (value < DARK) for value in range(256)]), SOLID)
    taken = bytearray(dark.tobytes())
    for held in _parts(dark):
        whole = [*held, *_holes(held, width)]
        for at in whole:
            taken[at] = PAPER
        yield _area(whole, shades, width)
    shaded = small.point([PAPER * (value < SHADED) for value in range(256)])
    beside = ImageChops.subtract(shaded, Image.frombytes("L", small.size, bytes(taken)))
    for held in _parts(_opened(beside, OPENING)):
        yield _area(held, shades, width)


def _opened(mask: Image.Image, size: int) -> Image.Image:
    """Only what is this many squares wide and high."""
    return mask.filter(ImageFilter.MinFilter(size)).filter(ImageFilter.MaxFilter(size))


def _parts(mask: Image.Image) -> Iterator[list[int]]:
    """What hangs together in a mask, save what is too large to be of a form."""
    if mask.getbbox() is None:
        return
    left = bytearray(mask.tobytes())
    for start in range(len(left)):
        if left[start]:
            held = flooded(left, start, mask.width)
            if len(held) <= LARGEST * len(left):
                yield held


def _holes(held: list[int], width: int) -> list[int]:
    """The squares that an area goes around, as it does around white letters; a page in a frame is none."""
    xs, ys = [at % width for at in held], [at // width for at in held]
    left, top, wide, high = min(xs) - 1, min(ys) - 1, max(xs) - min(xs) + 3, max(ys) - min(ys) + 3
    free = bytearray(b"\x01") * (wide * high)
    for x, y in zip(xs, ys, strict=True):
        free[(y - top) * wide + x - left] = 0
    flooded(free, 0, wide)
    inside = [at for at, one in enumerate(free) if one]
    return [(top + at // wide) * width + left + at % wide for at in inside] if len(inside) < len(held) else []


def flooded(left: bytearray, start: int, width: int) -> list[int]:
    """The squares that hang together with one; they are taken out of what is left."""
    left[start] = 0
    held = [start]
    for at in held:
        x = at % width
        for other in (at - width, at + width, at - 1 if x else -1, at + 1 if x + 1 < width else -1):
            if 0 <= other < len(left) and left[other]:
                left[other] = 0
                held.append(other)
    return held


def _area(held: list[int], shades: bytes, width: int) -> _Area:
    xs, ys = [at % width for at in held], [at // width for at in held]
    left, top = min(xs), min(ys)
    mask = Image.new("L", (max(xs) - left + 1, max(ys) - top + 1), 0)
    for x, y in zip(xs, ys, strict=True):
        mask.putpixel((x - left, y - top), PAPER)
    return _Area(left, top, mask, median(shades[at] for at in held), len(held))

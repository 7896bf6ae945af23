"""Where a page of a finished paper is still empty: what is signed is never set anew, only added to."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pypdfium2
from PIL import Image, ImageDraw

Box = tuple[float, float, float, float]
"""Left, low, right, high, in points from below left."""

MM: Final = 72 / 25.4
LEFT, RIGHT, TOP, FOOT = 25 * MM, 20 * MM, 18 * MM, 22 * MM
"""The margins of our papers; the foot a little higher than its number."""
GUTTER: Final = 8 * MM
HEIGHT: Final = 22 * MM
STRIP: Final = (6 * MM, 17 * MM, 64 * MM)
"""Beside the text: from the edge, how wide, how tall."""
AIR: Final = 4.0
STEP: Final = 6.0
SCALE: Final = 0.5
"""Points of the page that one dot of the picture stands for, upside down."""
INK: Final = 245
MOST_PAGES: Final = 400


@dataclass(frozen=True)
class FreeRoom:
    """An empty box on a page (counted from 0); `turned` when it lies along the edge and is read sideways."""

    page: int
    box: Box
    turned: bool = False

    @property
    def size(self) -> tuple[float, float]:
        left, low, right, high = self.box
        return right - left, high - low


def free_room(pdf: bytes, *, taken: Iterable[tuple[int, Box]]) -> FreeRoom | None:
    """Return room for one more stamp: at the foot of the last page, where its text leaves half a line's width
    free, else along the left edge of the last page that has it free; None where there is none.

    `taken` are boxes by page that look empty and are not: rooms kept for others, stamps put on later.
    """
    kept = list(taken)
    document = pypdfium2.PdfDocument(pdf)
    try:
        last = len(document) - 1
        for number in range(last, max(-1, last - MOST_PAGES), -1):
            page = document[number]
            sheet = Sheet(page, [box for at, box in kept if at == number])
            places = [(box, False) for box in at_the_foot(sheet)] if number == last else []
            for box, turned in [*places, *((box, True) for box in along_the_edge(sheet))]:
                if sheet.is_free(box):
                    return FreeRoom(number, box, turned)
        return None
    finally:
        document.close()


class Sheet:
    """A page as a small picture, to ask where there is ink."""

    def __init__(self, page: pypdfium2.PdfPage, taken: Iterable[Box]) -> None:
        self.width, self.height = page.get_size()
        drawn: Image.Image = page.render(scale=SCALE, grayscale=True).to_pil().convert("L")
        self.ink = drawn.point([255 if shade < INK else 0 for shade in range(256)])
        for box in taken:
            ImageDraw.Draw(self.ink).rectangle(self.dots(box), fill=255)

    def dots(self, box: Box) -> tuple[int, int, int, int]:
        left, low, right, high = box
        return (
            math.floor(left * SCALE),
            math.floor((self.height - high) * SCALE),
            math.ceil(right * SCALE),
            math.ceil((self.height - low) * SCALE),
        )

    def is_free(self, box: Box) -> bool:
        left, low, right, high = box
        wider = (left - AIR, low - AIR, right + AIR, high + AIR)
        return self.ink.crop(self.dots(wider)).getbbox() is None


def at_the_foot(sheet: Sheet) -> Iterator[Box]:
    """Yield the boxes of two columns from below upwards, left and right in turn."""
    width = (sheet.width - LEFT - RIGHT - GUTTER) / 2
    low = FOOT
    while low + HEIGHT < sheet.height - TOP:
        for left in (LEFT, LEFT + width + GUTTER):
            yield (left, low, left + width, low + HEIGHT)
        low += STEP


def along_the_edge(sheet: Sheet) -> Iterator[Box]:
    """Yield the boxes beside the text, from below upwards."""
    left, width, tall = STRIP
    low = FOOT
    while low + tall < sheet.height - TOP:
        yield (left, low, left + width, low + tall)
        low += STEP

"""Connectors between pages: an arrow that ends in one goes on from the other of the same letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from runtut.procedures.importing.readers.figures import Figure
from runtut.procedures.importing.readers.geometry import Box, Shape, Word
from runtut.procedures.importing.readers.presets import LETTER
from runtut.procedures.importing.source import Link, Place, Sign

SIZE: Final = (8.0, 60.0)
"""The least and the largest side of a connector."""

ROUND: Final = 0.85
"""How nearly as high as wide a circle is."""

MOST: Final = 200


@dataclass(frozen=True)
class Leg:
    """An arrow, or the part of one that is on a sheet: its ends are the places of symbols, or the letter of a
    connector."""

    start: Place | str
    end: Place | str
    sheet: int
    sure: bool = False


def whole(legs: Sequence[Leg]) -> Iterator[Link]:
    """The arrows from symbol to symbol, those in two parts put together: on two sheets, or where no other
    part has the letter."""
    for leg in legs:
        if isinstance(leg.start, Place) and isinstance(leg.end, Place):
            yield Link(leg.start, leg.end, leg.sure)
    letters = dict.fromkeys(leg.end for leg in legs if isinstance(leg.end, str))
    for letter in islice(letters, MOST):
        first = [leg for leg in legs if leg.end == letter]
        rest = [leg for leg in legs if leg.start == letter]
        for one in first[:MOST]:
            for other in rest[:MOST]:
                apart = one.sheet != other.sheet or len(first) == len(rest) == 1
                if apart and isinstance(one.start, Place) and isinstance(other.end, Place):
                    yield Link(one.start, other.end, one.sure and other.sure)


def joints_in(figures: Sequence[Figure], words: Sequence[Word]) -> list[Shape]:
    """The connectors of a page: pentagons and circles with a letter in them."""
    found = []
    letters = [word for word in words if LETTER.fullmatch(word.text)]
    for figure in figures if letters else ():
        box = figure.box
        if not all(SIZE[0] <= side <= SIZE[1] for side in (box.width, box.height)) or not _is_joint(figure):
            continue
        held = [word.text for word in letters if box.holds(*word.box.middle)]
        if len(held) == 1:
            found.append(Shape(Sign.PROCESS, box, joint=held[0].casefold()))
    return _distinct(found)[:MOST]


def _is_joint(figure: Figure) -> bool:
    box = figure.box
    if figure.curved:
        return ROUND <= box.width / box.height <= 1 / ROUND
    distinct = {(round(x, 1), round(y, 1)) for x, y in figure.corners}
    return len(distinct) == 5


def _distinct(shapes: Sequence[Shape]) -> list[Shape]:
    """A connector may be drawn twice, its inside and its line."""
    kept: list[Shape] = []
    for shape in shapes:
        if not any(_is_same(shape.box, one.box) for one in kept):
            kept.append(shape)
    return kept


def _is_same(one: Box, other: Box) -> bool:
    return other.holds(*one.middle) and one.holds(*other.middle)

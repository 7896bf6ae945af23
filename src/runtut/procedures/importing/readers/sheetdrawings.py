"""The drawings of a spreadsheet laid over its cells, with the arrows between its rows.

Shapes and connectors are told as in Word; only where they hang is told in columns and rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Final

from lxml import etree

from runtut.procedures.importing.readers.geometry import Box
from runtut.procedures.importing.readers.presets import fits_symbol, is_branch
from runtut.procedures.importing.readers.wordlinks import Found, Hung, Laid, links
from runtut.procedures.importing.readers.wordpage import Paper
from runtut.procedures.importing.readers.wordshapes import (
    EMU,
    GROUPS,
    MAX_PIECES,
    SHAPES,
    A,
    Anchor,
    Piece,
    local,
    number,
    part,
    within,
)
from runtut.procedures.importing.source import Link, Place, Sign

LETTER: Final = 5.25
"""The width of a digit of the usual font in points: columns are measured in digits."""

WIDTH, HEIGHT = 9.14, 15.0
FARTHEST: Final = 5000
"""The farthest row or column over which a drawing is looked for."""

QUARTER, HALF = 5_400_000, 10_800_000
Sizes = Mapping[int, float]


@dataclass(frozen=True)
class Measures:
    """The widths of columns and heights of rows in points where a sheet tells them, and the usual ones."""

    widths: Sizes = field(default_factory=dict)
    heights: Sizes = field(default_factory=dict)
    width: float = WIDTH * LETTER
    height: float = HEIGHT

    def stops(self) -> tuple[list[float], list[float]]:
        """Where columns and rows end."""
        return (
            [*accumulate(self.widths.get(at, self.width) for at in range(FARTHEST))],
            [*accumulate(self.heights.get(at, self.height) for at in range(FARTHEST))],
        )


@dataclass
class Overlay:
    """What is drawn over each cell, by row and column from 0: symbols and texts; and the arrows."""

    signs: dict[tuple[int, int], list[Sign]] = field(default_factory=dict)
    texts: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


class _Sheet:
    """Tells places of a sheet, in points from its upper left corner."""

    def __init__(self, measures: Measures) -> None:
        self.columns, self.rows = measures.stops()

    def corner(self, item: etree._Element) -> tuple[float, float]:
        found = []
        for name, stops in (("col", self.columns), ("row", self.rows)):
            at = min(int(number(_said(item, name))), FARTHEST)
            start = stops[at - 1] if at > 0 else 0.0
            size = (stops[at] if at < FARTHEST else start) - start
            found.append(start + min(max(number(_said(item, f"{name}Off")) / EMU, 0.0), max(size, 1.0)))
        return found[0], found[1]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """The row and the column under a place."""
        return bisect_right(self.rows, max(y, 0.0)), bisect_right(self.columns, max(x, 0.0))


def _said(item: etree._Element, name: str) -> str:
    found = part(item, name)
    return (found.text or "0").strip() if found is not None else "0"


def overlay(root: etree._Element, measures: Measures, page: int) -> Overlay:
    """What a drawing (xl/drawings/drawing1.xml) puts over the cells of its sheet, which is page `page`."""
    sheet = _Sheet(measures)
    pieces = tuple(islice((one for anchor in root for one in _anchored(anchor, sheet)), MAX_PIECES))
    result = Overlay()
    rows: dict[int, Laid] = {}
    found: list[Found] = []
    for piece in pieces:
        if piece.path or not (piece.sign or piece.text):
            continue
        row, column = sheet.cell(*piece.box.middle)
        if max(row, column) >= FARTHEST:
            continue
        laid = rows.setdefault(row, Laid(row, Place(page, row + 1), page, 0.0, 0.0, (), fixed=True))
        found.append(Found(laid, column, piece))
        if piece.sign:
            result.signs.setdefault((row, column), []).append(piece.sign)
        if piece.text and not is_branch(piece.text):
            result.texts.setdefault((row, column), []).append(piece.text)
    hung = Hung(Anchor(), pieces, page, 0.0, 0.0, 0.0, Paper())
    result.links = tuple(links([hung], found, exact=True))
    return result


def _anchored(anchor: etree._Element, sheet: _Sheet) -> Iterator[Piece]:
    """The shapes that hang on one anchor, in points of the sheet."""
    box = _box(anchor, sheet)
    if box is None:
        return
    for item in _held(anchor):
        if local(item) == "pic":
            if fits_symbol(box.width, box.height):
                yield Piece(box, sign=Sign.MARK)
            continue
        frame = part(item, "grpSpPr" if local(item) in GROUPS else "spPr", "xfrm")
        yield from within(item, _Placed(box, frame)) if frame is not None else ()


def _held(anchor: etree._Element) -> Iterator[etree._Element]:
    for item in anchor:
        if local(item) in SHAPES | GROUPS | {"pic"}:
            yield item
        elif local(item) == "AlternateContent":
            yield from _held(choice) if (choice := part(item, "Choice")) is not None else ()


def _box(anchor: etree._Element, sheet: _Sheet) -> Box | None:
    start, end, size = part(anchor, "from"), part(anchor, "to"), part(anchor, "ext")
    if start is not None:
        left, top = sheet.corner(start)
    elif (at := part(anchor, "pos")) is not None:
        left, top = number(at.get("x")) / EMU, number(at.get("y")) / EMU
    else:
        return None
    if end is not None:
        right, bottom = sheet.corner(end)
        return Box(left, top, max(left, right), max(top, bottom))
    if size is None:
        return None
    return Box(left, top, left + number(size.get("cx")) / EMU, top + number(size.get("cy")) / EMU)


class _Placed:
    """From the measure of a shape to points, so that it fills the box of its anchor.

    The box of a shape that is turned by a quarter tells how it lies; its own measure how it was drawn.
    """

    def __init__(self, box: Box, frame: etree._Element) -> None:
        size = frame.find(f"{A}ext")
        width, height = (number(size.get(name)) / EMU if size is not None else 0.0 for name in ("cx", "cy"))
        x, y = box.middle
        turned = abs(number(frame.get("rot"))) % HALF
        if QUARTER / 2 <= turned < HALF - QUARTER / 2:
            self.across = self.down = 1.0
        else:
            self.across = box.width / width if width else 1.0
            self.down = box.height / height if height else 1.0
        self.left, self.top = x - width * self.across / 2, y - height * self.down / 2

    def __call__(self, a: float, b: float) -> tuple[float, float]:
        return self.left + a / EMU * self.across, self.top + b / EMU * self.down

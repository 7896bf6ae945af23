"""Drawings laid over the rows of a document: which cell a symbol stands in, which rows an arrow joins."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import dist
from typing import Final

from runtut.procedures.importing.readers.arrows import REACH, arrows_of
from runtut.procedures.importing.readers.figures import Corner, Figure
from runtut.procedures.importing.readers.geometry import Box, Shape
from runtut.procedures.importing.readers.joints import Leg, whole
from runtut.procedures.importing.readers.wordpage import Paper
from runtut.procedures.importing.readers.wordshapes import Anchor, Piece
from runtut.procedures.importing.source import Link, Place, Sign

JOINT: Final = 6.0
"""How far apart the ends of two lines may lie that are one arrow."""

MOST_LINES: Final = 600
LONGEST: Final = 6
"""Of how many lines an arrow may be put together."""


@dataclass(frozen=True)
class Laid:
    """A row of a table as it lies on its sheet: its place in the document, the number of its row among all,
    its cells from left to right, and whether its height is fixed."""

    index: int
    place: Place
    sheet: int
    top: float
    bottom: float
    cells: tuple[tuple[float, float], ...]
    fixed: bool

    def cell_at(self, x: float) -> int | None:
        return next((at for at, (left, right) in enumerate(self.cells) if left <= x < right), None)


@dataclass(frozen=True)
class Hung:
    """Drawings that hang on one paragraph: their pieces, and from where on which sheet they are measured.
    `row` and `cell` say in which cell of a table the paragraph stands, `after` elsewhere before which row."""

    anchor: Anchor
    pieces: tuple[Piece, ...]
    sheet: int
    x: float
    y: float
    wide: float
    paper: Paper
    row: Laid | None = None
    cell: int = 0
    after: int = 0

    def placed(self) -> Iterator[Piece]:
        """The pieces where they lie on the sheet."""
        width = max((piece.box.right for piece in self.pieces), default=0.0)
        x, y = self._x(width), self._y()
        for piece in self.pieces:
            yield piece.moved(x, y)

    def _x(self, width: float) -> float:
        start, room = self.x, self.wide
        if self.anchor.across == "page":
            start, room = 0.0, self.paper.width
        elif "argin" in self.anchor.across:
            start, room = self.paper.left, self.paper.width - self.paper.left - self.paper.right
        return start + (self.anchor.x if self.anchor.x is not None else (room - width) / 2)

    def _y(self) -> float:
        start = {"page": 0.0, "margin": self.paper.top}.get(self.anchor.down, self.y)
        return start + (self.anchor.y or 0.0)


@dataclass(frozen=True)
class Found:
    """A symbol or a text, and the cell of a row that it lies over; no row when it lies over none."""

    row: Laid | None
    cell: int
    piece: Piece
    after: int = 0


Node = Place | str
"""Where an arrow ends: the place of a symbol's row, or the letter of a connector between pages."""

Symbols = list[tuple[Shape, Node]]
ByKey = dict[str, tuple[Box, Node]]


class Rows:
    """The rows of all tables, by the sheet on which they lie."""

    def __init__(self, laid: Sequence[Laid]) -> None:
        self.sheets: dict[int, list[Laid]] = {}
        for row in laid:
            self.sheets.setdefault(row.sheet, []).append(row)

    def at(self, sheet: int, y: float) -> Laid | None:
        rows = self.sheets.get(sheet, [])
        at = bisect_right(rows, y, key=lambda row: row.top) - 1
        return rows[at] if at >= 0 and y < rows[at].bottom else None


def over_cells(hung: Hung, rows: Rows) -> Iterator[Found]:
    """The symbols and texts of some drawings with the cells that they lie over."""
    for piece in hung.placed():
        if piece.path or not (piece.sign or piece.text):
            continue
        row = hung.row if hung.anchor.inline else _row_under(piece.box, hung, rows)
        cell = hung.cell if hung.anchor.inline or row is None else row.cell_at(piece.box.middle[0])
        if cell is None:
            row, cell = hung.row, hung.cell
        yield Found(row, cell, piece, hung.after)


def _row_under(box: Box, hung: Hung, rows: Rows) -> Laid | None:
    """The row under the middle of a box; the one that it hangs on where its top lies in that and its height
    is only reckoned."""
    own = hung.row
    if own is not None and not own.fixed and own.top - 1 <= box.top < own.bottom - 1:
        return own
    return rows.at(hung.sheet, box.middle[1]) or own


def links(drawings: Sequence[Hung], found: Sequence[Found], *, exact: bool = False) -> Iterator[Link]:
    """The arrows between symbols of different rows: by what they are glued to, else by where they lie. Where
    places are exact, glue counts only at symbols that an arrow touches: programs write it wrongly."""
    symbols = [(one.piece, one.row) for one in found if one.piece.sign and one.row is not None]
    by_key: ByKey = {piece.key: (piece.box, row.place) for piece, row in symbols if piece.key}
    legs: list[Leg] = []
    for sheet in sorted({hung.sheet for hung in drawings}):
        placed = [piece for hung in drawings if hung.sheet == sheet for piece in hung.placed()]
        joints = [piece for piece in placed if piece.joint]
        by_key |= {piece.key: (piece.box, piece.joint) for piece in joints if piece.key}
        lines = [piece for piece in placed if piece.path]
        here: Symbols = [
            (Shape(piece.sign, piece.box), row.place)
            for piece, row in symbols
            if piece.sign and row.sheet == sheet
        ]
        here += [(Shape(Sign.PROCESS, piece.box), piece.joint) for piece in joints]
        legs += _glued(lines, by_key, sheet, exact=exact)
        legs += _by_place(lines[:MOST_LINES], here[:MOST_LINES], sheet)
    yield from _distinct([*whole(legs)])


def _distinct(found: Sequence[Link]) -> Iterator[Link]:
    seen: set[tuple[Place, Place]] = set()
    for link in found:
        if link.start != link.end and (link.start, link.end) not in seen:
            seen.add((link.start, link.end))
            yield link


def _glued(lines: Sequence[Piece], by_key: ByKey, sheet: int, *, exact: bool) -> Iterator[Leg]:
    for line in lines:
        tied = [by_key.get(key) for key in line.glued]
        if tied[0] is None or tied[1] is None or line.heads[0] == line.heads[1]:
            continue
        (first, one), (last, two) = tied[0], tied[1]
        if exact and max(_gap(first, line.path[0]), _gap(last, line.path[-1])) > REACH:
            continue
        start, end = (one, two) if line.heads[1] else (two, one)
        yield Leg(start, end, sheet, sure=True)


def _by_place(lines: Sequence[Piece], symbols: Symbols, sheet: int) -> Iterator[Leg]:
    nodes = {id(shape): node for shape, node in symbols}
    shapes = [shape for shape, _ in symbols]
    for line in lines:
        if line.heads[0] == line.heads[1]:
            continue
        path = line.path if line.heads[1] else line.path[::-1]
        end = _nearest(path[-1], shapes)
        start = _begin(path[0], line, lines, [shape for shape in shapes if shape is not end])
        if start is not None and end is not None:
            yield Leg(nodes[id(start)], nodes[id(end)], sheet)
    for arrow in arrows_of([_figure(line) for line in lines], shapes):
        yield Leg(nodes[id(arrow.start)], nodes[id(arrow.end)], sheet)


def _figure(line: Piece) -> Figure:
    return Figure(line.path, not line.outline, line.outline, curved=False, closed=line.outline)


def _begin(tail: Corner, head: Piece, lines: Sequence[Piece], shapes: Sequence[Shape]) -> Shape | None:
    """The symbol at the tail of an arrow, along lines without heads that were put one to the other."""
    used = [head]
    for _ in range(LONGEST):
        found = _nearest(tail, shapes)
        if found is not None:
            return found
        more = next(
            (
                (line, end)
                for line in lines
                if not any(line.heads) and not line.outline and not any(line is one for one in used)
                for start, end in _ways(line)
                if dist(start, tail) <= JOINT
            ),
            None,
        )
        if more is None:
            return None
        used.append(more[0])
        tail = more[1]
    return None


def _ways(line: Piece) -> tuple[tuple[Corner, Corner], tuple[Corner, Corner]]:
    first, last = line.path[0], line.path[-1]
    return (first, last), (last, first)


def _nearest(point: Corner, shapes: Sequence[Shape]) -> Shape | None:
    near = [(_gap(shape.box, point), at) for at, shape in enumerate(shapes)]
    gap, at = min(near, default=(REACH + 1, 0))
    return shapes[at] if gap <= REACH else None


def _gap(box: Box, point: Corner) -> float:
    x, y = point
    return dist(point, (min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)))

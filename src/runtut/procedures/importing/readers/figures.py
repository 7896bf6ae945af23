"""Tell lines of tables from symbols of a flowchart among the figures drawn on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from runtut.procedures.importing.readers.geometry import Box, Fill, Line, Shape, Sheet
from runtut.procedures.importing.source import Sign

THIN = 2.2
BESIDE = 1.5
"""How near to each other two lines lie that are one, in points."""

SMALLEST, LARGEST = 9.0, 170.0
CROWDED = 6000
"""The most boxes on a page that are looked at: a form has hundreds."""

Corner = tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """A path: its corners in order, whether its line and its inside are painted, whether it has
    curves, whether it is painted white (as behind a label), and its colour."""

    corners: tuple[Corner, ...]
    stroked: bool
    filled: bool
    curved: bool
    closed: bool
    white: bool = False
    tint: str = ""

    @property
    def box(self) -> Box:
        xs, ys = [x for x, _ in self.corners], [y for _, y in self.corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def take(figures: Sequence[Figure], sheet: Sheet) -> None:
    """Put lines and shapes of the figures on the sheet."""
    rectangles: list[Figure] = []
    for figure in figures:
        box = figure.box
        if figure.curved or not figure.corners:
            _curved(figure, box, sheet)
        elif box.width <= THIN or box.height <= THIN:
            _thin(box, sheet)
        elif _is_rectangle(figure):
            rectangles.append(figure)
        elif _is_diamond(figure):
            sheet.shapes.append(Shape(Sign.DECISION, box))
    sheet.crowded = max(len(rectangles), len(sheet.shapes)) > CROWDED
    if sheet.crowded:
        sheet.shapes.clear()
        return
    _rectangles(rectangles, sheet)
    sheet.shapes[:] = _distinct(sheet.shapes)


def _thin(box: Box, sheet: Sheet) -> None:
    if box.width <= THIN and box.height <= THIN:
        return
    x, y = box.middle
    if box.width > box.height:
        sheet.lines.append(Line(False, y, box.left, box.right))
    else:
        sheet.lines.append(Line(True, x, box.top, box.bottom))


def _curved(figure: Figure, box: Box, sheet: Sheet) -> None:
    """Rounded boxes and capsules are terminators; letters and seals are none."""
    few = len(figure.corners) <= 40 or _is_convex(figure.corners)
    if _is_symbol(box) and box.width > 1.15 * box.height and few:
        sheet.shapes.append(Shape(Sign.TERMINATOR, box))


def _is_convex(corners: Sequence[Corner]) -> bool:
    """Say whether a path goes around without a dent, as a rounded box does and no letter."""
    turns = {
        round((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]), 2)
        for a, b, c in zip(corners, corners[1:], corners[2:], strict=False)
    }
    return all(turn >= -0.05 for turn in turns) or all(turn <= 0.05 for turn in turns)


def _is_symbol(box: Box) -> bool:
    return SMALLEST <= box.width <= LARGEST and SMALLEST * 0.7 <= box.height <= LARGEST * 0.6


def _is_rectangle(figure: Figure) -> bool:
    """Four corners, each in a corner of the box around them: a line with two bends has four as well."""
    corners, box = figure.corners, figure.box
    if len({(round(x), round(y)) for x, y in corners}) != 4 or len(corners) not in {4, 5}:
        return False
    own = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
    return all(any(abs(a - x) < 1 and abs(b - y) < 1 for a, b in corners) for x, y in own)


def _is_diamond(figure: Figure) -> bool:
    """Four corners in the middle of the sides of the box around them."""
    distinct = list(dict.fromkeys((round(x, 1), round(y, 1)) for x, y in figure.corners))
    box = figure.box
    if len(distinct) != 4 or not _is_symbol(box):
        return False
    x, y = box.middle
    near_x, near_y = box.width * 0.15, box.height * 0.15
    sides = ((x, box.top), (x, box.bottom), (box.left, y), (box.right, y))
    return all(any(abs(a - p) < near_x and abs(b - q) < near_y for a, b in distinct) for p, q in sides)


def _rectangles(figures: Sequence[Figure], sheet: Sheet) -> None:
    """A rectangle that shares its sides with lines or others is a cell, one that stands alone a symbol."""
    lines = [(line, None) for line in sheet.lines]
    edges = _Edges([*lines, *((line, one.box) for one in figures if one.stroked for line in _edges(one.box))])
    for figure in figures:
        box = figure.box
        shared = sum(edges.run_along(line, box) for line in _edges(box))
        if figure.filled and not figure.stroked and not figure.white:
            sheet.fills.append(Fill(box, figure.tint))
        if shared >= 2 or box.width > LARGEST:
            if figure.stroked:
                sheet.lines += _edges(box)
        elif _is_symbol(box) and (figure.stroked or (shared == 0 and not figure.white)):
            sheet.shapes.append(Shape(Sign.PROCESS, box))


def _edges(box: Box) -> list[Line]:
    return [
        Line(False, box.top, box.left, box.right),
        Line(False, box.bottom, box.left, box.right),
        Line(True, box.left, box.top, box.bottom),
        Line(True, box.right, box.top, box.bottom),
    ]


class _Edges:
    """Lines and the sides of rectangles, those that lie near each other together."""

    def __init__(self, edges: Iterable[tuple[Line, Box | None]]) -> None:
        self.near: dict[tuple[bool, int], list[tuple[Line, Box | None]]] = {}
        for line, box in edges:
            self.near.setdefault((line.upright, int(line.at // BESIDE)), []).append((line, box))

    def run_along(self, line: Line, box: Box) -> bool:
        """Say whether another line runs along this side of a box; the same box painted twice does not
        count, nor does a lone line that is its side."""
        at = int(line.at // BESIDE)
        for other, owner in (
            one for step in (-1, 0, 1) for one in self.near.get((line.upright, at + step), ())
        ):
            if abs(other.at - line.at) > BESIDE:
                continue
            same = abs(other.start - line.start) < BESIDE and abs(other.end - line.end) < BESIDE
            if same and (owner is None or _is_same(owner, box)):
                continue
            if min(other.end, line.end) - max(other.start, line.start) > 0.6 * line.length:
                return True
        return False


def _is_same(one: Box, other: Box) -> bool:
    sides = (
        (one.left, other.left),
        (one.top, other.top),
        (one.right, other.right),
        (one.bottom, other.bottom),
    )
    return all(abs(a - b) < BESIDE for a, b in sides)


def _distinct(shapes: Sequence[Shape]) -> list[Shape]:
    """A symbol whose inside and line were painted apart is one symbol."""
    result: list[Shape] = []
    for shape in sorted(shapes, key=lambda shape: -shape.box.width * shape.box.height):
        x, y = shape.box.middle
        if not any(other.box.holds(x, y) for other in result):
            result.append(shape)
    return result

"""Tell lines of tables from symbols of a flowchart among the figures drawn on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runtut.procedures.importing.readers.geometry import Box, Line, Shape, Sheet
from runtut.procedures.importing.source import Sign

THIN = 2.2
SMALLEST, LARGEST = 9.0, 170.0
Corner = tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """A path: its corners in order, whether its line and its inside are painted, whether it has
    curves, whether it is painted white (as behind a label)."""

    corners: tuple[Corner, ...]
    stroked: bool
    filled: bool
    curved: bool
    closed: bool
    white: bool = False

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
    if _is_symbol(box) and box.width > 1.15 * box.height and len(figure.corners) <= 40:
        sheet.shapes.append(Shape(Sign.TERMINATOR, box))


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
    edges = [*sheet.lines, *(line for figure in figures if figure.stroked for line in _edges(figure.box))]
    for figure in figures:
        box = figure.box
        shared = sum(_shares(line, edges) for line in _edges(box))
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


def _shares(line: Line, edges: Sequence[Line]) -> bool:
    """Say whether another line runs along this one; twice the same rectangle does not count."""
    for other in edges:
        if other.upright != line.upright or abs(other.at - line.at) > 1.5:
            continue
        if abs(other.start - line.start) < 1.5 and abs(other.end - line.end) < 1.5:
            continue
        if min(other.end, line.end) - max(other.start, line.start) > 0.6 * line.length:
            return True
    return False


def _distinct(shapes: Sequence[Shape]) -> list[Shape]:
    """A symbol whose inside and line were painted apart is one symbol."""
    result: list[Shape] = []
    for shape in sorted(shapes, key=lambda shape: -shape.box.width * shape.box.height):
        x, y = shape.box.middle
        if not any(other.box.holds(x, y) for other in result):
            result.append(shape)
    return result

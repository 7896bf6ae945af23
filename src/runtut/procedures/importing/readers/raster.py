"""Lines and symbols in the picture of a page, found in its pixels without further libraries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from PIL import Image

from runtut.procedures.importing.readers.figures import LARGEST, SMALLEST
from runtut.procedures.importing.readers.geometry import Box, Line, Shape
from runtut.procedures.importing.source import Sign

DPI = 150
SCALE = 72 / DPI
DARK = 185
INK, PAPER = 0, 255
LONG = 46
THICK = 14
BLUR = 6.0
HALF = (0.42, 0.62)
"""The share that a diamond has of the box around it, its corners rounded or worn."""
EDGE = (0.2, 0.35, 0.5, 0.65, 0.8)
ROUGH = 3
WHOLE = 0.85
"""The share that a box or a capsule has of the box around it."""
TABLE = bytes(INK if value < DARK else PAPER for value in range(256))
Run = tuple[int, int, int]


@dataclass
class Raster:
    """A page in black and white, one byte a pixel."""

    width: int
    height: int
    pixels: bytearray

    @classmethod
    def of(cls, gray: Image.Image) -> Raster:
        """Make it of a gray picture."""
        return cls(gray.width, gray.height, bytearray(gray.tobytes().translate(TABLE)))

    def row(self, y: int) -> bytes:
        return bytes(self.pixels[y * self.width : (y + 1) * self.width])

    def column(self, x: int) -> bytes:
        return bytes(self.pixels[x :: self.width])


@dataclass(frozen=True)
class Stroke:
    """Dark runs that belong together: a line, or a block when it is thick."""

    start: int
    end: int
    first: float
    last: float
    thickness: int

    @property
    def slope(self) -> float:
        return (self.last - self.first) / max(1, self.end - self.start)


def strokes(raster: Raster, *, upright: bool, shortest: int = LONG) -> list[Stroke]:
    """Straight dark strokes along one axis; coordinates run along it first."""
    count = raster.width if upright else raster.height
    pattern = re.compile(rb"\x00{%d,}" % shortest)
    groups: list[list[Run]] = []
    open_groups: list[tuple[int, list[Run]]] = []
    for at in range(count):
        line = raster.column(at) if upright else raster.row(at)
        open_groups = [entry for entry in open_groups if entry[0] >= at - 3]
        for match in pattern.finditer(line):
            _join((at, match.start(), match.end()), at, open_groups, groups)
    return [_stroke(group) for group in groups]


def _join(run: Run, at: int, open_groups: list[tuple[int, list[Run]]], groups: list[list[Run]]) -> None:
    for index, (_, group) in enumerate(open_groups):
        if any(one[1] <= run[2] + 8 and run[1] <= one[2] + 8 for one in group[-6:]):
            group.append(run)
            open_groups[index] = (at, group)
            return
    group = [run]
    groups.append(group)
    open_groups.append((at, group))


def _stroke(group: Sequence[Run]) -> Stroke:
    start, end = min(run[1] for run in group), max(run[2] for run in group)
    third = start + (end - start) / 3, end - (end - start) / 3
    left = [run[0] for run in group if run[1] <= third[0]] or [group[0][0]]
    right = [run[0] for run in group if run[2] >= third[1]] or [group[-1][0]]
    middle = (start + end) // 2
    through = [run[0] for run in group if run[1] <= middle <= run[2]]
    return Stroke(start, end, sum(left) / len(left), sum(right) / len(right), len(set(through)) or 1)


def tilt(level: Sequence[Stroke], width: int) -> float:
    """How far the page was turned when scanned, from its long lines (rise per run)."""
    long = [
        stroke.slope for stroke in level if stroke.end - stroke.start > width / 4 and stroke.thickness < THICK
    ]
    return median(long) if long else 0.0


def lines_of(level: Sequence[Stroke], upright: Sequence[Stroke], skew: float) -> Iterator[Line]:
    """The strokes as lines in points, turned straight; a block gives its edges."""
    for along, found in ((False, level), (True, upright)):
        for stroke in found:
            middle = (stroke.start + stroke.end) / 2
            at = (stroke.first + stroke.last) / 2 + (skew * middle if along else -skew * middle)
            shift = (-skew if along else skew) * at
            edges = (
                (at,) if stroke.thickness < THICK else (at - stroke.thickness / 2, at + stroke.thickness / 2)
            )
            for edge in edges:
                yield Line(along, edge * SCALE, (stroke.start + shift) * SCALE, (stroke.end + shift) * SCALE)


def snapped(lines: Sequence[Line]) -> list[Line]:
    """Lines whose ends are drawn to the line across that they nearly reach: scans blur corners."""
    result = []
    for line in lines:
        across = [other.at for other in lines if other.upright != line.upright and _reaches(other, line.at)]
        start = min(across, key=lambda at: abs(at - line.start), default=line.start)
        end = min(across, key=lambda at: abs(at - line.end), default=line.end)
        start = start if abs(start - line.start) <= BLUR else line.start
        end = end if abs(end - line.end) <= BLUR else line.end
        if end > start:
            result.append(Line(line.upright, line.at, start, end))
    return result


def _reaches(line: Line, at: float) -> bool:
    return line.start - BLUR <= at <= line.end + BLUR


def erase(raster: Raster, level: Sequence[Stroke], upright: Sequence[Stroke], shortest: float) -> None:
    """Paint long lines white, save where something crosses them."""
    for stroke in level:
        if stroke.end - stroke.start >= shortest and stroke.thickness < THICK:
            for x in range(stroke.start, min(stroke.end + 1, raster.width)):
                at = round(stroke.first + stroke.slope * (x - stroke.start))
                _paint(raster, [(x, at + step) for step in range(-4, 5)], (x, at - 5), (x, at + 5))
    for stroke in upright:
        if stroke.end - stroke.start >= shortest and stroke.thickness < THICK:
            for y in range(stroke.start, min(stroke.end + 1, raster.height)):
                at = round(stroke.first + stroke.slope * (y - stroke.start))
                _paint(raster, [(at + step, y) for step in range(-4, 5)], (at - 5, y), (at + 5, y))


def _paint(
    raster: Raster, spots: Sequence[tuple[int, int]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    if _is_ink(raster, *one) or _is_ink(raster, *other):
        return
    for x, y in spots:
        if 0 <= x < raster.width and 0 <= y < raster.height:
            raster.pixels[y * raster.width + x] = PAPER


def _is_ink(raster: Raster, x: int, y: int) -> bool:
    return 0 <= x < raster.width and 0 <= y < raster.height and raster.pixels[y * raster.width + x] == INK


def shapes_of(raster: Raster, blocks: Sequence[Stroke], skew: float) -> list[Shape]:
    """Closed figures: white areas with a line all around them, and dark blocks of the size of a symbol."""
    found: list[Shape] = []
    odd: list[Shape] = []
    for x, y, width, height, area in _islands(raster):
        box = _turned(x, y, x + width, y + height, skew)
        share = area / max(1, width * height)
        if _is_symbol(box) and share > 0.38:
            regular = share > WHOLE or _is_diamond(raster, x, y, width, height, area)
            (found if regular else odd).append(Shape(_sign(share), box))
    found += [shape for shape in odd if not any(_overlap(shape.box, other.box) for other in found)]
    for block in blocks:
        if block.thickness >= THICK and block.end - block.start < LARGEST / SCALE:
            middle, half = (block.first + block.last) / 2, block.thickness / 2
            box = _turned(block.start, middle - half, block.end, middle + half, skew)
            if _is_symbol(box):
                found.append(Shape(Sign.PROCESS, box))
    return _without_loops(found)


def diamonds_of(raster: Raster, skew: float) -> list[Shape]:
    """White areas around which a line runs from corner to corner as around a diamond."""
    found = []
    for x, y, width, height, area in _islands(raster):
        box = _turned(x, y, x + width, y + height, skew)
        if _is_symbol(box) and _is_diamond(raster, x, y, width, height, area):
            found.append(Shape(Sign.DECISION, box))
    return found


def _is_diamond(raster: Raster, x: int, y: int, width: int, height: int, area: int) -> bool:
    if not HALF[0] <= area / max(1, width * height) <= HALF[1]:
        return False
    left, top, right, bottom = x - 1, y - 1, x + width, y + height
    middle, level = (left + right) / 2, (top + bottom) / 2
    corners = ((middle, top), (right, level), (middle, bottom), (left, level))
    seen = 0
    for (ax, ay), (bx, by) in pairwise((*corners, corners[0])):
        for part in EDGE:
            at = round(ax + (bx - ax) * part), round(ay + (by - ay) * part)
            seen += any(_is_ink(raster, at[0] + off, at[1]) for off in range(-ROUGH, ROUGH + 1))
    return seen >= len(corners) * len(EDGE) - 1


def _overlap(one: Box, other: Box) -> bool:
    """Whether two boxes lie over each other: symbols never do, the space between arrows and symbols does."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 1 and high > 1


def _without_loops(shapes: Sequence[Shape]) -> list[Shape]:
    """Symbols are of a size; what is much larger is the space within arrows that lead around."""
    if len(shapes) < 4:
        return list(shapes)
    usual = median(shape.box.width * shape.box.height for shape in shapes)
    return [shape for shape in shapes if shape.box.width * shape.box.height < 2.2 * usual]


def _turned(left: float, top: float, right: float, bottom: float, skew: float) -> Box:
    x, y = (left + right) / 2, (top + bottom) / 2
    across, down = skew * y, -skew * x
    return Box(
        (left + across) * SCALE, (top + down) * SCALE, (right + across) * SCALE, (bottom + down) * SCALE
    )


def _is_symbol(box: Box) -> bool:
    return 1.4 * SMALLEST <= box.width <= LARGEST and 0.8 * SMALLEST <= box.height <= LARGEST / 2.5


def _sign(share: float) -> Sign:
    if share < 0.68:
        return Sign.DECISION
    return Sign.PROCESS


def _islands(raster: Raster) -> Iterator[tuple[int, int, int, int, int]]:
    """White areas that the page's paper does not reach: (x, y, width, height, pixels)."""
    pattern = re.compile(rb"\xff+")
    parent: list[int] = []
    boxes: list[list[int]] = []
    before: list[tuple[int, int, int]] = []
    for y in range(raster.height):
        runs = []
        at = 0
        for match in pattern.finditer(raster.row(y)):
            start, end = match.span()
            label = len(parent)
            parent.append(label)
            boxes.append([start, y, end, y, end - start])
            while at < len(before) and before[at][1] < start:
                at += 1
            step = at
            while step < len(before) and before[step][0] < end:
                if before[step][1] > start:
                    parent[_root(parent, before[step][2])] = _root(parent, label)
                step += 1
            runs.append((start, end, label))
        before = runs
    yield from _whole(parent, boxes, raster)


def _root(parent: list[int], label: int) -> int:
    while parent[label] != label:
        parent[label] = parent[parent[label]]
        label = parent[label]
    return label


def _whole(
    parent: list[int], boxes: list[list[int]], raster: Raster
) -> Iterator[tuple[int, int, int, int, int]]:
    areas: dict[int, list[int]] = {}
    for label, box in enumerate(boxes):
        root = _root(parent, label)
        area = areas.setdefault(root, [*box[:4], 0])
        area[0], area[1] = min(area[0], box[0]), min(area[1], box[1])
        area[2], area[3] = max(area[2], box[2]), max(area[3], box[3])
        area[4] += box[4]
    for left, top, right, bottom, pixels in areas.values():
        if left > 0 and right < raster.width and top > 0 and bottom < raster.height - 1:
            yield left, top, right - left, bottom - top + 1, pixels

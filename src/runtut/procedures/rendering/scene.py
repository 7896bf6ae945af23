"""The drawing as primitives, whatever it is written as afterwards (SVG now, PDF and DOCX from the same)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from runtut.procedures.rendering.layout import Layout
from runtut.procedures.rendering.metrics import text_width
from runtut.procedures.rendering.route import Link, route
from runtut.procedures.rendering.shapes import Point, Route, Symbol

ARROW_LENGTH = 7.0
ARROW_HALF_WIDTH = 3.6
LABEL_SIZE = 11.5
LETTER_RAISED = 2.0
_RISE = 9.0
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Line:
    """An open polyline. Kinds: forward (solid), return (dashed), link (joins those taking part)."""

    points: tuple[Point, ...]
    kind: str


@dataclass(frozen=True)
class Arrowhead:
    points: tuple[Point, Point, Point]
    kind: str


@dataclass(frozen=True)
class Label:
    """Text at its baseline; `anchor` is start, middle or end. Kinds: forward, return,
    letter (that of a connector)."""

    text: str
    x: float
    y: float
    anchor: str
    kind: str

    @property
    def box(self) -> Box:
        """Left, top, right, bottom of the letters."""
        width = text_width(self.text, LABEL_SIZE, bold=True)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - _RISE, left + width, self.y

    @property
    def ground(self) -> Box:
        """The box that stays white behind the letters, so that no rule of the table runs through them. A
        little wider than they are: a text box of this size breaks no word."""
        left, top, right, bottom = self.box
        return left - 2, top - 1, right + 2, bottom + 3


@dataclass(frozen=True)
class Rules:
    """The lines of the table under the drawing: the edges of its columns and of its rows."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]

    @classmethod
    def of(cls, layout: Layout) -> Rules:
        columns, rows = layout.column_widths, layout.row_heights
        return cls(tuple(accumulate(columns, initial=0)), tuple(accumulate(rows, initial=0)))

    def under(self, box: Box) -> int:
        """How many of them run through a box."""
        left, top, right, bottom = box
        return sum(left < x < right for x in self.columns) + sum(top < y < bottom for y in self.rows)


@dataclass(frozen=True)
class Scene:
    """Everything to be drawn; coordinates start at the top left of the first performer's cell."""

    width: float
    height: float
    symbols: tuple[Symbol, ...]
    lines: tuple[Line, ...]
    arrowheads: tuple[Arrowhead, ...]
    labels: tuple[Label, ...]
    routes: tuple[Route, ...]


def build_scene(layout: Layout) -> Scene:
    """Route the arrows of a layout and turn all of it into primitives."""
    routes, links = route(layout)
    arrows = [_arrow(its) for its in routes]
    return Scene(
        width=layout.width,
        height=layout.height,
        symbols=layout.symbols,
        lines=(*(line for line, _ in arrows), *(Line(points, "link") for points in links)),
        arrowheads=tuple(head for _, head in arrows),
        labels=(*_labels(layout, routes, links), *_letters(layout)),
        routes=routes,
    )


def _arrow(its: Route) -> tuple[Line, Arrowhead]:
    """Split a route into its line, which ends at the base of the head, and the head."""
    kind = "return" if its.edge.is_return else "forward"
    *corners, (x1, y1), (x2, y2) = its.points
    length = abs(x2 - x1) + abs(y2 - y1)
    dx, dy = (x2 - x1) / length, (y2 - y1) / length
    base = (x2 - dx * ARROW_LENGTH, y2 - dy * ARROW_LENGTH)
    side_x, side_y = dy * ARROW_HALF_WIDTH, dx * ARROW_HALF_WIDTH
    head = ((x2, y2), (base[0] + side_x, base[1] + side_y), (base[0] - side_x, base[1] - side_y))
    end = base if length > ARROW_LENGTH else (x1, y1)
    return Line((*corners, (x1, y1), end), kind), Arrowhead(head, kind)


def _labels(layout: Layout, routes: Sequence[Route], links: Sequence[Link]) -> Iterator[Label]:
    """Set Ya and Tidak beside each decision, where they cover no line and no other label, and no rule of the
    table where there is a choice."""
    rules = Rules.of(layout)
    segments = [pair for its in routes for pair in pairwise(its.points)] + list(links)
    taken: list[Box] = [symbol.box for symbol in layout.symbols if not symbol.is_diamond]
    mains = layout.main_symbols
    for its in routes:
        symbol = mains[its.edge.source]
        if symbol.is_connector or not (its.edge.is_return or symbol.is_diamond):
            continue
        text = "Tidak" if its.edge.is_return else "Ya"
        kind = "return" if its.edge.is_return else "forward"
        width = text_width(text, LABEL_SIZE, bold=True)
        places = [*_further(its, width, rules), *_spots(symbol, its, width)]
        spots = [Label(text, x, y, anchor, kind) for x, y, anchor in places]
        inside = [spot for spot in spots if spot.box[0] >= 0 and spot.box[2] <= layout.width] or spots
        label = min(inside, key=lambda spot: _cover(spot, segments, taken) + rules.under(spot.ground))
        taken.append(label.box)
        yield label


def _letters(layout: Layout) -> Iterator[Label]:
    """The letter in every connector."""
    for symbol in layout.symbols:
        if symbol.is_connector:
            yield Label(symbol.text, symbol.x, symbol.y + _RISE / 2 - LETTER_RAISED, "middle", "letter")


def _further(its: Route, width: float, rules: Rules) -> list[tuple[float, float, str]]:
    """Along the first stretch, past the first rule of the table that it crosses, where there is room."""
    (x, y), (x1, y1) = its.points[:2]
    if y != y1:
        return []
    sign, anchor = (1, "start") if x1 > x else (-1, "end")
    crossed = [rule for rule in rules.columns if min(x, x1) < rule < max(x, x1)]
    first = min(crossed, key=lambda rule: abs(rule - x), default=x)
    room = abs(x1 - first) > width + 10
    return [(first + sign * 4, y - 4, anchor)] if first != x and room else []


def _spots(symbol: Symbol, its: Route, width: float) -> list[tuple[float, float, str]]:
    """Places for a label, best first: along the first stretch, beside the second, then the shoulders."""
    _, top, right, bottom = symbol.box
    (x, y), (x1, y1) = its.points[:2]
    if y == y1:
        sign, anchor = (1, "start") if x1 > x else (-1, "end")
        along = [(x + sign * 3, y - 4, anchor)] if abs(x1 - x) > width + 10 else []
        rise = -4 if len(its.points) > 2 and its.points[2][1] < y else 12
        beside = [(x1 + sign * 5, y + rise, anchor)]
        below = [(x + sign * 3, y + 12, anchor)]
        if not symbol.is_diamond:
            return along + beside + [(right + 3, top - 3, "start")] + below
        return along + beside + _shoulders(symbol, sign) + below + _shoulders(symbol, -sign)
    level, further = (top - 3, top - 14) if y1 < y else (bottom + 10, bottom + 21)
    near = [(x + 5, level, "start"), (x - 5, level, "end")]
    return [*near, (x + 5, further, "start"), (x - 5, further, "end")]


def _shoulders(symbol: Symbol, sign: int) -> list[tuple[float, float, str]]:
    """The free corners of a diamond's cell on its right (1) or left (-1)."""
    _, top, _, bottom = symbol.box
    x, anchor = symbol.x + sign * 5, "start" if sign > 0 else "end"
    return [(x, top - 3, anchor), (x, bottom + 10, anchor)]


def _cover(label: Label, segments: Sequence[Link], taken: Sequence[Box]) -> int:
    """Count what a label would lie on; a label or a symbol weighs more than an arrow, and that more than a
    rule of the table."""
    boxes = sum(_overlap(label.box, other) for other in taken)
    lines = sum(_overlap(label.ground, _box_of(segment)) for segment in segments)
    return boxes * 100 + lines * 10


def _box_of(segment: Link) -> Box:
    (x1, y1), (x2, y2) = segment
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]

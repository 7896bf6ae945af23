"""All arrows of a drawing: routed one after another, then mended where they met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from runtut.procedures.rendering.grid import DOWN, LEFT, OPPOSITE, RIGHT, UP, Grid, build_grid
from runtut.procedures.rendering.layout import Layout
from runtut.procedures.rendering.occupancy import BEND, Occupancy
from runtut.procedures.rendering.router import BEND_COST, CROSSING_COST, Path, Router, Terminal, Window
from runtut.procedures.rendering.shapes import Edge, Point, Route, Symbol

_ROUNDS = 6
_RESERVED = 5000.0


Link = tuple[Point, Point]


def route(layout: Layout) -> tuple[tuple[Route, ...], tuple[Link, ...]]:
    """Route every arrow, and join the symbols of one row where a line is free.

    No arrow runs through a symbol, or along another arrow unless both end at the same symbol.

    More lanes are tried where two do not suffice; an arrow that still had to share a lane says so in
    `clean`.
    """
    plan = _Plan(layout, build_grid(layout, 2))
    plan.run()
    for lanes in (3, 4):
        if plan.is_clean:
            break
        plan = _Plan(layout, build_grid(layout, lanes))
        plan.run()
    return tuple(plan.routes()), tuple(plan.links())


@dataclass
class _Plan:
    layout: Layout
    grid: Grid
    paths: dict[int, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mains = self.layout.main_symbols
        vertices = [self.grid.vertex(symbol.column, symbol.row) for symbol in self.layout.symbols]
        self.taken = Occupancy(len(self.grid.xs))
        self.targets = {index: self._vertex(edge.target) for index, edge in enumerate(self.layout.edges)}
        self.router = Router(
            grid=self.grid,
            taken=self.taken,
            blocked=frozenset(vertices),
            shy=frozenset(self._link_lanes()),
            targets=self.targets,
        )

    @property
    def is_clean(self) -> bool:
        return all(path.is_clean for path in self.paths.values())

    def run(self) -> None:
        """Route in order, then tear up and re-route whatever met another arrow."""
        for arrow in range(len(self.layout.edges)):
            self._place(arrow)
        for arrow, path in list(self.paths.items()):
            if self._extra(path) >= CROSSING_COST:
                self._try_again(arrow)
        for _ in range(_ROUNDS):
            offenders = [arrow for arrow, path in self.paths.items() if not path.is_clean]
            if not offenders:
                return
            for arrow in offenders:
                self._push_aside(arrow)

    def routes(self) -> Iterator[Route]:
        for arrow, edge in enumerate(self.layout.edges):
            path = self.paths[arrow]
            yield Route(edge, tuple(self._points(edge, path)), path.is_clean)

    def _place(self, arrow: int) -> None:
        path = self._find(arrow)
        self.taken.add(arrow, path.vertices, path.directions)
        self.paths[arrow] = path

    def _remove(self, arrow: int) -> None:
        path = self.paths.pop(arrow)
        self.taken.remove(arrow, path.vertices, path.directions)

    def _try_again(self, arrow: int) -> None:
        self._remove(arrow)
        self._place(arrow)

    def _push_aside(self, arrow: int) -> None:
        """Let an offender take its way without the arrows it met, and route those anew."""
        path = self.paths[arrow]
        met = {
            other
            for vertex, direction in zip(path.vertices, path.directions, strict=False)
            for other in self.taken.lanes.get(self.taken.lane(vertex, direction), {})
        } | {other for vertex in path.vertices[1:-1] for other in self.taken.vertices.get(vertex, {})}
        for other in sorted(met):
            self._remove(other)
        for other in [arrow, *sorted(met - {arrow})]:
            self._place(other)

    def _find(self, arrow: int) -> Path:
        edge = self.layout.edges[arrow]
        start, end = self._start(edge), self._end(edge, arrow)
        found = self.router.find(start, end, self._window(edge))
        if found is None or self._extra(found) >= CROSSING_COST:
            wider = self.router.find(start, end, self._everything())
            found = wider if found is None or (wider and wider.cost < found.cost) else found
        if found is None:
            found = self.router.find(start, end, self._everything(), soft=True)
        if found is None:
            raise ValueError(f"no way from {edge.source} to {edge.target}")
        return found

    def _extra(self, path: Path) -> float:
        """What a path costs beyond its length and its bends."""
        ends = self.grid.point(path.vertices[0]), self.grid.point(path.vertices[-1])
        bends = sum(a != b for a, b in zip(path.directions, path.directions[1:], strict=False))
        shortest = abs(ends[0][0] - ends[1][0]) + abs(ends[0][1] - ends[1][1])
        return path.cost - shortest - bends * BEND_COST

    def _start(self, edge: Edge) -> Terminal:
        symbol, target = self.mains[edge.source], self.mains[edge.target]
        away, towards, up, down = 40.0, 0.0, 200.0, 5.0
        if edge.is_return:
            away, towards, up, down = 2.0, 0.0, 8.0, 200.0
        elif symbol.is_diamond or symbol.column == target.column:
            away, towards, up, down = 30.0, 30.0, 200.0, 0.0
        right, left = (towards, away) if target.column >= symbol.column else (away, towards)
        return self._terminal(symbol, {RIGHT: right, LEFT: left, DOWN: down, UP: up})

    def _end(self, edge: Edge, arrow: int) -> Terminal:
        symbol = self.mains[edge.target]
        sides = {UP: 0.0, LEFT: 8.0, RIGHT: 8.0, DOWN: 200.0}
        if edge.is_return:
            sides = {UP: 10.0, LEFT: 0.0, RIGHT: 0.0, DOWN: 60.0}
        used = self._used_sides(symbol)
        waiting = sum(
            1
            for other, its in enumerate(self.layout.edges)
            if its.source == edge.target and other != arrow and other not in self.paths
        )
        if 4 - len(used) <= waiting:
            sides = {side: cost + (0.0 if side in used else _RESERVED) for side, cost in sides.items()}
        return self._terminal(symbol, sides)

    def _used_sides(self, symbol: Symbol) -> set[int]:
        vertex = self.grid.vertex(symbol.column, symbol.row)
        used = set()
        for path in self.paths.values():
            if path.vertices[0] == vertex:
                used.add(path.directions[0])
            if path.vertices[-1] == vertex:
                used.add(OPPOSITE[path.directions[-1]])
        return used

    def _terminal(self, symbol: Symbol, sides: dict[int, float]) -> Terminal:
        return Terminal(
            vertex=self.grid.vertex(symbol.column, symbol.row),
            half_width=symbol.width / 2,
            half_height=symbol.height / 2,
            sides=(sides[RIGHT], sides[LEFT], sides[DOWN], sides[UP]),
        )

    def _window(self, edge: Edge) -> Window:
        first, last = sorted((self.mains[edge.source].column, self.mains[edge.target].column))
        top, bottom = sorted((self.mains[edge.source].row, self.mains[edge.target].row))
        left, right = self.grid.columns_between(first - 1, last + 1)
        return Window(left, right, *self.grid.rows_between(top, bottom))

    def _everything(self) -> Window:
        return Window(0, len(self.grid.xs) - 1, 0, len(self.grid.ys) - 1)

    def _vertex(self, row: int) -> int:
        symbol = self.mains[row]
        return self.grid.vertex(symbol.column, symbol.row)

    def _link_lanes(self) -> Iterator[int]:
        """Lanes between the symbols of one row, kept free where possible for the line that joins them."""
        for row in {symbol.row for symbol in self.layout.symbols if not symbol.main}:
            columns = [symbol.column for symbol in self.layout.symbols if symbol.row == row]
            first, last = self.grid.vertex(min(columns), row), self.grid.vertex(max(columns), row)
            for vertex in range(first, last):
                yield self.taken.lane(vertex, RIGHT)

    def links(self) -> Iterator[Link]:
        """Lines between neighbouring symbols of one row on whose lanes no arrow runs."""
        for row in sorted({symbol.row for symbol in self.layout.symbols if not symbol.main}):
            symbols = sorted(
                (symbol for symbol in self.layout.symbols if symbol.row == row),
                key=lambda symbol: symbol.column,
            )
            for left, right in pairwise(symbols):
                first, last = (self.grid.vertex(symbol.column, row) for symbol in (left, right))
                inner = range(first + 1, last)
                lanes = [self.taken.lane(vertex, RIGHT) for vertex in range(first, last)]
                free = not any(self.taken.lanes.get(lane) for lane in lanes)
                if free and not any(self._bends_at(vertex) for vertex in inner):
                    yield (left.box[2], left.y), (right.box[0], right.y)

    def _bends_at(self, vertex: int) -> bool:
        return BEND in self.taken.vertices.get(vertex, {}).values()

    def _points(self, edge: Edge, path: Path) -> Iterator[Point]:
        """Corner points, the ends moved from the centres to the borders of the symbols."""
        source, target = self.mains[edge.source], self.mains[edge.target]
        yield _border(source, path.directions[0])
        for index in range(1, len(path.directions)):
            if path.directions[index] != path.directions[index - 1]:
                yield self.grid.point(path.vertices[index])
        yield _border(target, OPPOSITE[path.directions[-1]])


def _border(symbol: Symbol, side: int) -> Point:
    left, top, right, bottom = symbol.box
    return {
        RIGHT: (right, symbol.y),
        LEFT: (left, symbol.y),
        DOWN: (symbol.x, bottom),
        UP: (symbol.x, top),
    }[side]

"""One arrow through the grid: a shortest path that counts bends and crossings and shares no lane."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

from runtut.procedures.rendering.grid import DOWN, LEFT, OPPOSITE, RIGHT, UP, Grid
from runtut.procedures.rendering.occupancy import STRAIGHT_H, STRAIGHT_V, Occupancy

BEND_COST = 22.0
CROSSING_COST = 60.0
MERGING_COST = 9.0
TOUCH_COST = 1_000_000.0
TIGHT_ARROW_COST = 45.0
LEAST_ARROW = 7.5


@dataclass(frozen=True)
class Terminal:
    """An end of an arrow: vertex, half width and half height of its symbol, and what each side costs."""

    vertex: int
    half_width: float
    half_height: float
    sides: tuple[float, float, float, float]

    def reach(self, direction: int) -> float:
        """Distance from the centre to the border in a direction."""
        return self.half_width if direction <= LEFT else self.half_height


@dataclass(frozen=True)
class Path:
    vertices: tuple[int, ...]
    directions: tuple[int, ...]
    cost: float

    @property
    def is_clean(self) -> bool:
        """Whether it shares no lane and no corner with an arrow to another target."""
        return self.cost < TOUCH_COST


@dataclass(frozen=True)
class Window:
    """The part of the grid that a search may enter (track indices, inclusive)."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass
class Router:
    """Finds paths on one grid. `targets` gives every routed arrow's target vertex.

    `soft` lets a search run over taken lanes at a prohibitive cost instead of failing.
    """

    grid: Grid
    taken: Occupancy
    blocked: frozenset[int]
    shy: frozenset[int]
    targets: dict[int, int]

    def find(self, start: Terminal, end: Terminal, window: Window, *, soft: bool = False) -> Path | None:
        """Return the cheapest path, None when there is none in the window."""
        columns = len(self.grid.xs)
        heap: list[tuple[float, int, float, int, int]] = []
        best: dict[int, float] = {}
        parents: dict[int, int] = {}
        for count, (direction, cost) in enumerate(enumerate(start.sides)):
            heapq.heappush(heap, (cost, count, cost, start.vertex * 4 + direction, -1))
        count = 4
        while heap:
            _, _, cost, state, parent = heapq.heappop(heap)
            if state in parents:
                continue
            parents[state] = parent
            vertex, direction = divmod(state, 4)
            if vertex == end.vertex:
                return self._path(parents, state, cost)
            following = vertex + self.grid.steps[direction]
            if not self._inside(vertex, direction, window, columns):
                continue
            price = self._lane_price(vertex, direction, end.vertex, soft=soft)
            if price is None or (following in self.blocked and following != end.vertex):
                continue
            arrived = cost + price + self._length(vertex, following)
            for turn, extra in self._turns(following, direction, end, soft=soft):
                total = arrived + extra
                key = following * 4 + turn
                if key not in parents and total < best.get(key, float("inf")):
                    best[key] = total
                    count += 1
                    guess = total + self._distance(following, end.vertex)
                    heapq.heappush(heap, (guess, count, total, key, state))
        return None

    def _path(self, parents: dict[int, int], state: int, cost: float) -> Path:
        states = [state]
        while parents[states[-1]] >= 0:
            states.append(parents[states[-1]])
        states.reverse()
        return Path(tuple(s // 4 for s in states), tuple(s % 4 for s in states[:-1]), cost)

    def _inside(self, vertex: int, direction: int, window: Window, columns: int) -> bool:
        row, column = divmod(vertex, columns)
        if direction == RIGHT:
            return column < window.right
        if direction == LEFT:
            return column > window.left
        return row < window.bottom if direction == DOWN else row > window.top

    def _lane_price(self, vertex: int, direction: int, target: int, *, soft: bool) -> float | None:
        lane = self.taken.lane(vertex, direction)
        price = 30.0 if lane in self.shy else 0.0
        for arrow, other in self.taken.lanes.get(lane, {}).items():
            if self.targets[arrow] == target and other == direction:
                price += MERGING_COST
                continue
            if not soft:
                return None
            price += TOUCH_COST
        return price

    def _turns(
        self, vertex: int, direction: int, end: Terminal, *, soft: bool
    ) -> Iterator[tuple[int, float]]:
        if vertex == end.vertex:
            yield direction, end.sides[OPPOSITE[direction]]
            return
        others = [
            shape
            for arrow, shape in self.taken.vertices.get(vertex, {}).items()
            if self.targets[arrow] != end.vertex
        ]
        crossing = STRAIGHT_V if direction <= LEFT else STRAIGHT_H
        for turn in (RIGHT, LEFT, DOWN, UP):
            if turn == OPPOSITE[direction]:
                continue
            straight = turn == direction
            price = 0.0 if straight else BEND_COST + self._tight(vertex, turn, end)
            for shape in others:
                if straight and shape == crossing:
                    price += CROSSING_COST
                elif soft:
                    price += TOUCH_COST
                else:
                    break
            else:
                yield turn, price

    def _tight(self, bend: int, direction: int, end: Terminal) -> float:
        """Charge an arrowhead that would not fit between this last bend and the symbol."""
        if bend + self.grid.steps[direction] != end.vertex:
            return 0.0
        room = self._length(bend, end.vertex) - end.reach(direction)
        return TIGHT_ARROW_COST if room < LEAST_ARROW else 0.0

    def _length(self, first: int, second: int) -> float:
        (x1, y1), (x2, y2) = self.grid.point(first), self.grid.point(second)
        return abs(x1 - x2) + abs(y1 - y2)

    def _distance(self, vertex: int, end: int) -> float:
        (x1, y1), (x2, y2) = self.grid.point(vertex), self.grid.point(end)
        bend = BEND_COST if x1 != x2 and y1 != y2 else 0.0
        return abs(x1 - x2) + abs(y1 - y2) + bend

"""Arrows of a flowchart in the picture of a page: each is followed from its head back to where it begins.

A wrong arrow is worse than a missed one: whatever goes around in a ring, or begins at nothing, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from runtut.procedures.importing.readers.geometry import Arrow, Box, Shape
from runtut.procedures.importing.readers.raster import INK, SCALE, THICK, Raster, Stroke, erase
from runtut.procedures.importing.source import Sign

Way = tuple[int, int]
WAYS: Final[tuple[Way, ...]] = ((1, 0), (-1, 0), (0, 1), (0, -1))

MOSTLY, MUCH = 0.8, 0.3
"""Of the longest line of a page: how long the pieces of a border are together, and the longest of them."""
BESIDE: Final = 3.0
CORNER: Final = 0.12
"""How far from the middle of its sides, as a part of them, an arrow meets a diamond."""
RIM: Final = 5
"""How far from the inside of a symbol its outline ends, in pixels."""
NEAR, MET, FAR, BEYOND = 6, 12, 14, 19
"""Between the first two of these distances from a symbol a line that meets it is looked for; between the last
two it goes on, which letters do not."""
DEEP: Final = 30
"""How far from a symbol the head of an arrow ends."""
WIDE: Final = 16
"""Half the width of the widest head."""
SHORTEST: Final = 5
"""How long a head is at least; what crosses a line is shorter."""
SPREAD: Final = 4
"""What lies between the shaft of an open head and its wings."""
THICKEST: Final = 8
ARM: Final = 11
"""From this length on what leaves a line to its side is a line."""
BROKEN: Final = 6
"""The longest gap of a dashed line."""
DASH: Final = 5
"""The shortest dash; what is shorter behind a gap is another line that lies across."""
FARTHEST: Final = 6000
"""How many pixels are followed from one head."""
MOST_SOURCES: Final = 3


class _Ring(Exception):
    """Lines that come back to where they were: the outline of something that was not seen as a symbol."""


@dataclass(frozen=True)
class _Head:
    """The head of an arrow: which symbol it points to, where it is, and which way its line leads off."""

    shape: int
    x: int
    y: int
    way: Way


@dataclass
class _Trace:
    """What was followed from one head: the symbols where it may begin, and the places passed."""

    sources: list[int] = field(default_factory=list)
    passed: set[tuple[int, int, bool]] = field(default_factory=set)
    left: int = FARTHEST


def without_borders(raster: Raster, level: Sequence[Stroke], upright: Sequence[Stroke]) -> Raster:
    """A copy of a page without the borders of its tables, also where labels have cut them to pieces."""
    copy = Raster(raster.width, raster.height, bytearray(raster.pixels))
    erase(copy, _borders(level), (), 0)
    erase(copy, (), _borders(upright), 0)
    return copy


def _borders(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Lines that, with others that lie along them, run over most of the longest, one of them over much."""
    thin = [stroke for stroke in strokes if stroke.thickness < THICK]
    longest = max((stroke.end - stroke.start for stroke in thin), default=0)
    found = []
    for stroke in thin:
        along = [other.end - other.start for other in thin if abs(_middle(other) - _middle(stroke)) <= BESIDE]
        if sum(along) >= MOSTLY * longest and max(along) >= MUCH * longest:
            found.append(stroke)
    return found


def _middle(stroke: Stroke) -> float:
    return (stroke.first + stroke.last) / 2


def arrows_in(raster: Raster, shapes: Sequence[Shape], skew: float = 0.0) -> Iterator[Arrow]:
    """Yield the arrows between the symbols of a page, whose tables have been painted over."""
    page = _Page(raster, [_pixels(shape.box, skew) for shape in shapes])
    pointed = [shape.sign is Sign.DECISION for shape in shapes]
    page.heads = [head for at in range(len(shapes)) for head in page.heads_at(at, pointed=pointed[at])]
    for head in page.heads:
        for source in page.sources(head):
            yield Arrow(shapes[source], shapes[head.shape])


def _pixels(box: Box, skew: float) -> tuple[int, int, int, int]:
    """A box of the page, turned straight, where it is in the picture."""
    x, y = box.middle
    across, down = -skew * y, skew * x
    left, top, right, bottom = (
        round(side / SCALE)
        for side in (box.left + across, box.top + down, box.right + across, box.bottom + down)
    )
    return left, top, right, bottom


class _Page:
    def __init__(self, raster: Raster, boxes: Sequence[tuple[int, int, int, int]]) -> None:
        self.raster = raster
        self.boxes = boxes
        self.heads: list[_Head] = []

    def ink(self, x: int, y: int) -> bool:
        raster = self.raster
        return 0 <= x < raster.width and 0 <= y < raster.height and raster.pixels[y * raster.width + x] == INK

    def run(self, x: int, y: int, way: Way, most: int, gap: int = 1) -> int:
        """How far ink reaches from a pixel in a direction; gaps of so many pixels do not end it."""
        last = 0
        for step in range(1, most + 1):
            if self.ink(x + way[0] * step, y + way[1] * step):
                last = step
            elif step - last > gap:
                break
        return last

    def heads_at(self, at: int, *, pointed: bool = False) -> Iterator[_Head]:
        """The heads of arrows that point to a symbol; one that is pointed is met at its corners."""
        left, top, right, bottom = self.boxes[at]
        for way in WAYS:
            edge = {(1, 0): right, (-1, 0): left, (0, 1): bottom, (0, -1): top}[way]
            first, last = (top, bottom) if way[0] else (left, right)
            side = last - first
            if pointed:
                cut = round((0.5 - CORNER) * side)
                first, last = first + cut, last - cut
            for place in self._meeting(way, edge, first, last):
                if self._is_head(way, edge, place, side):
                    x, y = _spot(way, edge, place, NEAR)
                    yield _Head(at, x, y, way)

    def _meeting(self, way: Way, edge: int, first: int, last: int) -> Iterator[int]:
        """Where along a side of a symbol lines meet it."""
        group: list[int] = []
        for place in range(first, last + 2):
            spots = (_spot(way, edge, place, distance) for distance in range(NEAR, MET))
            if place <= last and sum(self.ink(*spot) for spot in spots) >= MET - NEAR - 1:
                group.append(place)
                continue
            if 0 < len(group) <= 2 * THICKEST and self._reaches(way, edge, group):
                yield group[len(group) // 2]
            group = []

    def _reaches(self, way: Way, edge: int, group: Sequence[int]) -> bool:
        """Whether a line goes on away from a symbol at one of these places, or turns there."""
        places = (group[0] - 1, *group, group[-1] + 1)
        goes_on = any(
            sum(self.ink(*_spot(way, edge, place, distance)) for distance in range(FAR, BEYOND))
            >= BEYOND - FAR - 1
            for place in places
        )
        middle = group[len(group) // 2]
        return goes_on or any(
            self.run(*_spot(way, edge, middle, distance), side, 2 * ARM, 0) >= 2 * ARM
            for side in _across(way)
            for distance in range(NEAR, BEYOND)
        )

    def _is_head(self, way: Way, edge: int, place: int, side: int) -> bool:
        """Whether what meets a side grows from a tip to wings on both sides, and is thin behind them."""
        aside, other = _across(way)
        widths: list[int] = []
        wings: list[int] = []
        turned = False
        for distance in range(1, DEEP):
            spot = _spot(way, edge, place, distance)
            one = self.run(*spot, aside, WIDE, SPREAD)
            two = self.run(*spot, other, WIDE, SPREAD)
            if one + two > min(1.6 * WIDE, 0.7 * side):
                turned = bool(widths)
                if turned:
                    break
                continue
            widths.append(one + two + 1)
            wings.append(2 * min(one, two) + 1)
        if len(widths) < NEAR:
            return False
        thin = median(sorted(widths)[: max(3, len(widths) // 3)])
        peak = max(range(2, len(wings)), key=lambda step: wings[step] - min(widths[:step]))
        return (
            wings[peak] >= max(1.8 * thin, thin + 4)
            and min(widths[:peak]) <= wings[peak] - 3
            and (turned or min(widths[peak:]) <= wings[peak] - 4)
            and _length(widths, peak, thin + 2) >= SHORTEST
        )

    def sources(self, head: _Head) -> list[int]:
        """The symbols at which the line of a head begins; none where that cannot be told."""
        trace = _Trace()
        try:
            self._follow(head.x, head.y, head.way, head.shape, trace)
        except _Ring:
            return []
        found = trace.sources
        if len(set(found)) < len(found) or head.shape in found or len(found) > MOST_SOURCES:
            return []
        return found

    def _follow(self, x: int, y: int, way: Way, target: int, trace: _Trace) -> None:
        """Go along a line until it meets a symbol, turns, forks or ends."""
        gone = gap = rest = dashes = 0
        while gap <= BROKEN:
            x, y, gone, trace.left = x + way[0], y + way[1], gone + 1, trace.left - 1
            if trace.left < 0:
                raise _Ring
            if gone > FAR and (at := self._symbol_at(x, y)) is not None:
                if not self._is_headed(at, x, y, way):
                    trace.sources.append(at)
                return
            on = self._nearest_ink(x, y, way)
            if on is None or (gap > 1 and self.run(*on, way, DASH, 1) < DASH - 1):
                gap += 1
                if gap > BROKEN and dashes > 1:
                    self._turn_broken(x, y, way, target, trace)
                continue
            dashes += gap > 1
            gap = 0
            x, y = self._centred(*on, way)
            if gone > NEAR:
                self._pass(x, y, way, trace)
            if gone >= rest and (forks := self._forks(x, y, way)):
                ahead = self._goes_on(x, y, way)
                if not ahead:
                    for fork in forks:
                        self._turn(x, y, way, fork, target, trace)
                    return
                if len(forks) == 1:
                    self._turn(x, y, way, forks[0], target, trace)
                rest = gone + 2 * THICKEST

    def _turn(self, x: int, y: int, way: Way, fork: Way, target: int, trace: _Trace) -> None:
        """Go on along a line that leaves to the side: from the middle of where it leaves."""
        steps = range(THICKEST)
        lengths = [self.run(x + way[0] * step, y + way[1] * step, fork, ARM) for step in steps]
        level = [step for step in steps if lengths[step] >= ARM - 1]
        step = level[len(level) // 2] if level else 0
        x, y = x + way[0] * step, y + way[1] * step
        self._follow(x + fork[0] * 3, y + fork[1] * 3, fork, target, trace)

    def _turn_broken(self, x: int, y: int, way: Way, target: int, trace: _Trace) -> None:
        """Go on where a broken line ends and another begins at a right angle."""
        for fork in _across(way):
            for step in range(THICKEST + BROKEN):
                spot = x - way[0] * step, y - way[1] * step
                if self.run(*spot, fork, 2 * ARM, BROKEN) > ARM + BROKEN:
                    self._follow(*spot, fork, target, trace)
                    return

    def _pass(self, x: int, y: int, way: Way, trace: _Trace) -> None:
        """Note a place; the place before it is noted by the same line."""
        spot = (x, y, bool(way[0]))
        if spot in trace.passed:
            raise _Ring
        trace.passed.add(spot)

    def _nearest_ink(self, x: int, y: int, way: Way) -> tuple[int, int] | None:
        """Ink at a pixel or up to two beside it."""
        aside, _ = _across(way)
        for off in (0, 1, -1, 2, -2):
            spot = x + aside[0] * off, y + aside[1] * off
            if self.ink(*spot):
                return spot
        return None

    def _centred(self, x: int, y: int, way: Way) -> tuple[int, int]:
        """The middle of a line under a pixel, where it is as thin as lines are; at most one pixel aside."""
        aside, other = _across(way)
        one, two = self.run(x, y, aside, THICKEST, 0), self.run(x, y, other, THICKEST, 0)
        if one + two + 1 > THICKEST or abs(one - two) < 2:
            return x, y
        step = aside if one > two else other
        return x + step[0], y + step[1]

    def _forks(self, x: int, y: int, way: Way) -> list[Way]:
        """The sides to which lines leave here, or within the width of a line from here."""
        found = []
        for side in _across(way):
            if self.run(x, y, side, ARM) < ARM - 1:
                continue
            lengths = (
                self.run(x + way[0] * step, y + way[1] * step, other, ARM)
                for other in _across(way)
                for step in range(4)
                if other == side
            )
            if max(lengths) >= ARM - 1:
                found.append(side)
        if len(found) == 1:
            other = next(side for side in _across(way) if side != found[0])
            reach = [self.run(x + way[0] * step, y + way[1] * step, other, ARM) for step in range(5)]
            if max(reach) >= ARM - 1:
                found.append(other)
        return found

    def _goes_on(self, x: int, y: int, way: Way) -> bool:
        """Whether a line goes on beyond one that leaves it."""
        ahead = [
            self._nearest_ink(x + way[0] * step, y + way[1] * step, way) is not None
            for step in range(1, 2 * ARM + 1)
        ]
        return all(ahead[: ARM + 1]) or sum(ahead) > ARM

    def _symbol_at(self, x: int, y: int) -> int | None:
        for at, (left, top, right, bottom) in enumerate(self.boxes):
            if left - RIM <= x <= right + RIM and top - RIM <= y <= bottom + RIM:
                return at
        return None

    def _is_headed(self, shape: int, x: int, y: int, way: Way) -> bool:
        """Whether a line, followed this way, meets a symbol with the head of another arrow."""
        return any(
            head.shape == shape
            and head.way == (-way[0], -way[1])
            and abs(head.y - y if way[0] else head.x - x) <= RIM
            for head in self.heads
        )


def _length(widths: Sequence[int], peak: int, least: float) -> int:
    """Over how many pixels around its widest place a line is wider than this."""
    first = next((at for at in range(peak, -1, -1) if widths[at] < least), -1)
    last = next((at for at in range(peak, len(widths)) if widths[at] < least), len(widths))
    return last - first - 1


def _spot(way: Way, edge: int, place: int, distance: int) -> tuple[int, int]:
    """The pixel at a distance from an edge, at a place along it."""
    return (edge + way[0] * distance, place) if way[0] else (place, edge + way[1] * distance)


def _across(way: Way) -> tuple[Way, Way]:
    return ((0, 1), (0, -1)) if way[0] else ((1, 0), (-1, 0))

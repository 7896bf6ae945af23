"""What stands on a page, in points from its upper left corner: words, straight lines and drawn shapes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from runtut.procedures.importing.source import Sign

NEAR = 2.5
SURE = 0.6
FEWEST_CUT = 3
"""The least upright lines that end together where a page cuts a table."""

CUT = 6.0
"""How far from a symbol a line ends that it cuts."""


@dataclass(frozen=True)
class Box:
    """A rectangle; y grows downward."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def union(self, other: Box) -> Box:
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True)
class Word:
    text: str
    box: Box
    confidence: float = 100.0


@dataclass(frozen=True)
class Line:
    """A straight line along one axis: at x (or y) = `at`, from `start` to `end` along the other."""

    upright: bool
    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Shape:
    """A closed figure of the size of a symbol; `joint` is the letter of one that leads to another page."""

    sign: Sign
    box: Box
    joint: str = ""


@dataclass(frozen=True)
class Fill:
    """An area that is painted in a colour."""

    box: Box
    tint: str


@dataclass(frozen=True)
class Arrow:
    """From one symbol to another."""

    start: Shape
    end: Shape


@dataclass
class Sheet:
    """A page before its cells are found; `blurred` when its lines were seen in a picture, `blank` when
    nothing was, `crowded` when so much is drawn on it that only its words were read."""

    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    blurred: bool = False
    blank: bool = False
    crowded: bool = False


def merged(lines: Iterable[Line]) -> list[Line]:
    """Lines drawn piece by piece put together."""
    result: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.upright, round(line.at / 1.5), line.start)):
        last = result[-1] if result else None
        if (
            last
            and last.upright == line.upright
            and abs(last.at - line.at) < 2
            and line.start <= last.end + NEAR
            and last.start <= line.end + NEAR
        ):
            at = max((last, line), key=lambda one: one.length).at
            result[-1] = Line(last.upright, at, min(last.start, line.start), max(last.end, line.end))
        else:
            result.append(line)
    return result


def bridged(lines: Sequence[Line], shapes: Sequence[Shape]) -> list[Line]:
    """Lines that a symbol painted over them cut in two, put together again."""
    result: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.upright, line.start)):
        at = next((i for i, one in enumerate(result) if _is_cut(one, line, shapes)), None)
        if at is None:
            result.append(line)
        else:
            before = result[at]
            result[at] = Line(line.upright, before.at, before.start, max(before.end, line.end))
    return result


def _is_cut(line: Line, rest: Line, shapes: Sequence[Shape]) -> bool:
    """Whether nothing but a symbol stands between two lines along each other."""
    if line.upright != rest.upright or abs(line.at - rest.at) > 2 or rest.start < line.end:
        return False
    for shape in shapes:
        box = shape.box
        across, along = (box.left, box.right), (box.top, box.bottom)
        if not line.upright:
            across, along = along, across
        if across[0] < line.at < across[1] and along[0] - CUT <= line.end and rest.start <= along[1] + CUT:
            return True
    return False


def anchored(lines: Sequence[Line], *, blurred: bool = False) -> list[Line]:
    """Only lines that end on others at both ends: borders of cells do, connectors of a flowchart do not.

    In a picture a border may have faded; there the longest lines are kept whatever they end on.
    """
    left = list(lines)
    longest = {
        upright: max((line.length for line in left if line.upright == upright), default=0.0)
        for upright in (True, False)
    }
    while True:
        upright = [line for line in left if line.upright]
        level = [line for line in left if not line.upright]
        kept = [
            line
            for line in left
            if _ends_on(line, level if line.upright else upright)
            or (blurred and line.length >= SURE * longest[line.upright])
        ]
        if len(kept) == len(left):
            return kept
        left = kept


def _ends_on(line: Line, others: Sequence[Line]) -> bool:
    return all(
        any(
            abs(other.at - end) <= NEAR and other.start - NEAR <= line.at <= other.end + NEAR
            for other in others
        )
        for end in (line.start, line.end)
    )


def closed(lines: Sequence[Line]) -> list[Line]:
    """Lines, with the borders that are missing where a page cut through a row and all upright ones end."""
    upright = [line for line in lines if line.upright]
    added = []
    for name, outermost in (("start", min), ("end", max)):
        ends = [getattr(line, name) for line in upright]
        cut = outermost(ends, default=0.0)
        across = [line.at for line, end in zip(upright, ends, strict=True) if abs(end - cut) <= NEAR]
        is_there = any(not line.upright and abs(line.at - cut) <= NEAR for line in lines)
        if len(stops(across)) >= FEWEST_CUT and not is_there:
            added.append(Line(False, cut, min(across), max(across)))
    return [*lines, *added]


def groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that touch each other, table by table."""
    parent = list(range(len(lines)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, one in enumerate(lines):
        for j in range(i):
            other = lines[j]
            if one.upright != other.upright and _touch(one, other):
                parent[find(i)] = find(j)
    found: dict[int, list[Line]] = {}
    for index, line in enumerate(lines):
        found.setdefault(find(index), []).append(line)
    return list(found.values())


def _touch(one: Line, other: Line) -> bool:
    return other.start - NEAR <= one.at <= other.end + NEAR and one.start - NEAR <= other.at <= one.end + NEAR


def stops(values: Iterable[float]) -> list[float]:
    """Positions that lie together made one."""
    result: list[list[float]] = []
    for value in sorted(values):
        if result and value - result[-1][-1] <= NEAR:
            result[-1].append(value)
        else:
            result.append([value])
    return [sum(near) / len(near) for near in result]

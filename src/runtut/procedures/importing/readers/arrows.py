"""Arrows as drawing programs leave them on a page: a line, straight or with bends along the axes, and a head
at one end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from math import dist

from runtut.procedures.importing.readers.figures import Corner, Figure
from runtut.procedures.importing.readers.geometry import Arrow, Box, Shape

HEAD = (2.0, 14.0)
"""The least and the largest side of the box around the head of an arrow."""

REACH = 12.0
"""How far from a symbol an arrow may begin or end: labels and line caps stand between."""

LOWEST = 9.0
"""The height of the lowest symbol; what is lower is the label of a branch."""

ALONG = 1.5
MOST = 400
SHORTEST = 6.0
"""The length of the shortest straight arrow."""


def arrows_of(figures: Sequence[Figure], shapes: Sequence[Shape]) -> Iterator[Arrow]:
    """Yield the arrows between two symbols; one that begins or ends nowhere is left out."""
    symbols = [shape for shape in shapes if shape.box.height >= LOWEST]
    heads = [figure.box for figure in figures if _is_head(figure)][:MOST]
    elbows = [figure for figure in figures if _is_elbow(figure)][:MOST]
    for figure in [*elbows, *_straight(figures, heads)]:
        arrow = _arrow(figure, heads, symbols)
        if arrow is not None:
            yield arrow


def _straight(figures: Sequence[Figure], heads: Sequence[Box]) -> list[Figure]:
    """The straight lines that lead to a head; borders of cells have none at their ends."""
    tips: dict[tuple[int, int], list[Box]] = {}
    for head in heads:
        tips.setdefault(_square(head.middle), []).append(head)
    found = []
    for figure in figures if heads else ():
        if figure.closed or figure.curved or not figure.stroked or len(figure.corners) != 2:
            continue
        if dist(*figure.corners) >= SHORTEST and any(
            _leads_to(figure, head)
            for corner in figure.corners
            for square in _around(_square(corner))
            for head in tips.get(square, ())
        ):
            found.append(figure)
    return found[:MOST]


def _square(point: Corner) -> tuple[int, int]:
    return int(point[0] // HEAD[1]), int(point[1] // HEAD[1])


def _around(square: tuple[int, int]) -> Iterator[tuple[int, int]]:
    return ((square[0] + x, square[1] + y) for x in (-1, 0, 1) for y in (-1, 0, 1))


def _leads_to(figure: Figure, head: Box) -> bool:
    """Whether a head lies at an end of a line, in its direction."""
    (x, y), (a, b) = figure.corners
    near = min(dist((x, y), head.middle), dist((a, b), head.middle))
    aside = abs((a - x) * (head.middle[1] - y) - (b - y) * (head.middle[0] - x)) / dist((x, y), (a, b))
    return near <= HEAD[1] / 2 and aside <= 2 * ALONG


def _arrow(figure: Figure, heads: Sequence[Box], symbols: Sequence[Shape]) -> Arrow | None:
    near = [(_gap(head, corner), head, corner) for head in heads for corner in figure.corners]
    gap, head, corner = min(near, key=lambda one: one[0], default=(REACH, None, None))
    if head is None or corner is None or gap > HEAD[1] / 2:
        return None
    end = _nearest(symbols, head.middle)
    start = _nearest([shape for shape in symbols if shape is not end], _far_end(figure, corner))
    return Arrow(start, end) if start and end else None


def _is_head(figure: Figure) -> bool:
    distinct = {(round(x, 1), round(y, 1)) for x, y in figure.corners}
    sides = (figure.box.width, figure.box.height)
    return (
        figure.filled
        and not figure.curved
        and len(distinct) == 3
        and all(HEAD[0] <= side <= HEAD[1] for side in sides)
    )


def _is_elbow(figure: Figure) -> bool:
    """A path that turns and goes along the axes only: a line with bends, or the outline of one."""
    box = figure.box
    if figure.curved or len(figure.corners) < 3 or min(box.width, box.height) <= ALONG:
        return False
    if not figure.closed and not figure.stroked:
        return False
    along = all(abs(a[0] - b[0]) <= ALONG or abs(a[1] - b[1]) <= ALONG for a, b in pairwise(figure.corners))
    return along and not _holds_much(figure)


def _holds_much(figure: Figure) -> bool:
    """Whether a closed path goes around something, as a box does; the outline of a line holds next to
    nothing."""
    if not figure.closed:
        return False
    corners = figure.corners
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise((*corners, corners[0]))) / 2
    return abs(area) > 0.2 * figure.box.width * figure.box.height


def _far_end(figure: Figure, head: Corner) -> Corner:
    """The other end: of an open line its other corner, of an outline the corner half way around."""
    corners = figure.corners
    if not figure.closed:
        return max((corners[0], corners[-1]), key=lambda corner: dist(corner, head))
    at = corners.index(head)
    around = (*corners[at:], *corners[: at + 1])
    lengths = list(accumulate((dist(a, b) for a, b in pairwise(around)), initial=0.0))
    return min(zip(around, lengths, strict=True), key=lambda one: abs(one[1] - lengths[-1] / 2))[0]


def _nearest(shapes: Sequence[Shape], point: Corner) -> Shape | None:
    """The symbol at a point, or the nearest within reach."""
    found = min(shapes, key=lambda shape: _gap(shape.box, point), default=None)
    return found if found is not None and _gap(found.box, point) <= REACH else None


def _gap(box: Box, point: Corner) -> float:
    x, y = point
    return dist(point, (min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)))

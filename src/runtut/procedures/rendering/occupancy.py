"""Who runs where: which lanes and crossings of the grid are taken by which arrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from runtut.procedures.rendering.grid import LEFT, RIGHT, UP

STRAIGHT_H, STRAIGHT_V, BEND = 1, 2, 4


@dataclass
class Occupancy:
    """Lanes (by arrow and direction) and vertices (by arrow and shape), and how many arrows still leave.

    A lane is named by its left or upper vertex: even for horizontal, odd for vertical.
    """

    row_length: int
    lanes: dict[int, dict[int, int]] = field(default_factory=dict)
    vertices: dict[int, dict[int, int]] = field(default_factory=dict)

    def lane(self, vertex: int, direction: int) -> int:
        """Name the lane that leaves a vertex in a direction."""
        if direction <= LEFT:
            return 2 * (vertex if direction == RIGHT else vertex - 1)
        return 2 * (vertex - self.row_length if direction == UP else vertex) + 1

    def add(self, arrow: int, vertices: Sequence[int], directions: Sequence[int]) -> None:
        """Take the lanes and the inner vertices of a path."""
        for vertex, direction in zip(vertices, directions, strict=False):
            self.lanes.setdefault(self.lane(vertex, direction), {})[arrow] = direction
        for index in range(1, len(directions)):
            shape = _shape(directions[index - 1], directions[index])
            self.vertices.setdefault(vertices[index], {})[arrow] = shape

    def remove(self, arrow: int, vertices: Sequence[int], directions: Sequence[int]) -> None:
        """Give back what `add` took."""
        for vertex, direction in zip(vertices, directions, strict=False):
            self.lanes[self.lane(vertex, direction)].pop(arrow, None)
        for vertex in vertices[1:-1]:
            self.vertices[vertex].pop(arrow, None)


def _shape(entering: int, leaving: int) -> int:
    if entering != leaving:
        return BEND
    return STRAIGHT_H if entering <= LEFT else STRAIGHT_V

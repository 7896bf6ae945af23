"""The lanes on which arrows run: a grid of tracks that no symbol but at its own centre touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from runtut.procedures.rendering.layout import Layout

RIGHT, LEFT, DOWN, UP = range(4)
OPPOSITE = (LEFT, RIGHT, UP, DOWN)


@dataclass(frozen=True)
class Grid:
    """Vertical tracks `xs` and horizontal tracks `ys`; a vertex is row * len(xs) + column.

    Each symbol contains exactly one vertex, its centre. `y_rows` names the row of each horizontal track.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    x_columns: tuple[int, ...]
    y_rows: tuple[int, ...]
    centre_x: tuple[int, ...]
    centre_y: tuple[int, ...]

    @cached_property
    def steps(self) -> tuple[int, int, int, int]:
        """How far a vertex moves in each direction."""
        return 1, -1, len(self.xs), -len(self.xs)

    def vertex(self, column: int, row: int) -> int:
        """The vertex at the centre of a cell."""
        return self.centre_y[row] * len(self.xs) + self.centre_x[column]

    def point(self, vertex: int) -> tuple[float, float]:
        row, column = divmod(vertex, len(self.xs))
        return self.xs[column], self.ys[row]

    def rows_between(self, first: int, last: int) -> tuple[int, int]:
        """First and last index into `ys` of the tracks that lie in a range of rows."""
        inside = [index for index, row in enumerate(self.y_rows) if first <= row <= last]
        return inside[0], inside[-1]

    def columns_between(self, first: int, last: int) -> tuple[int, int]:
        """First and last index into `xs` of the tracks that lie in a range of columns."""
        inside = [index for index, column in enumerate(self.x_columns) if first <= column <= last]
        return inside[0], inside[-1]


def build_grid(layout: Layout, lanes: int) -> Grid:
    """Lay `lanes` tracks on each side of every symbol's centre, between symbol and cell border."""
    widest = max((symbol.width for symbol in layout.symbols), default=0.0)
    tallest = [0.0] * len(layout.row_heights)
    for symbol in layout.symbols:
        tallest[symbol.row] = max(tallest[symbol.row], symbol.height)
    xs, x_columns, centre_x = _tracks(layout.column_widths, [widest] * len(layout.column_widths), lanes)
    ys, y_rows, centre_y = _tracks(layout.row_heights, tallest, lanes)
    return Grid(xs, ys, x_columns, y_rows, centre_x, centre_y)


def _tracks(
    cells: Sequence[int], symbols: Sequence[float], lanes: int
) -> tuple[tuple[float, ...], tuple[int, ...], tuple[int, ...]]:
    tracks: list[float] = []
    owners: list[int] = []
    centres: list[int] = []
    start = 0.0
    for index, (cell, symbol) in enumerate(zip(cells, symbols, strict=True)):
        gutter = min((cell - symbol) / 2, 16.0)
        offsets = [gutter * (lane + 0.6) / (lanes + 0.4) for lane in range(lanes)]
        before = [start + offset for offset in offsets]
        after = [start + cell - offset for offset in reversed(offsets)]
        centres.append(len(tracks) + lanes)
        tracks.extend([*before, start + cell / 2, *after])
        owners.extend([index] * (2 * lanes + 1))
        start += cell
    return tuple(tracks), tuple(owners), tuple(centres)

"""From steps to placed symbols and the arrows between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from runtut.procedures.enums import StepKind
from runtut.procedures.rendering.metrics import text_width, wrap
from runtut.procedures.rendering.shapes import DrawnColumn, DrawnGraph, DrawnStep, Edge, Geometry, Symbol


@dataclass(frozen=True)
class Layout:
    """Rows, columns and symbols of one drawing, and the arrows that have yet to be routed."""

    row_heights: tuple[int, ...]
    column_widths: tuple[int, ...]
    symbols: tuple[Symbol, ...]
    edges: tuple[Edge, ...]

    @property
    def width(self) -> int:
        return sum(self.column_widths)

    @property
    def height(self) -> int:
        return sum(self.row_heights)

    @property
    def main_symbols(self) -> dict[int, Symbol]:
        """Node to the symbol that arrows may start from and end at."""
        return {symbol.node: symbol for symbol in self.symbols if symbol.main}


def lay_out(graph: DrawnGraph, geometry: Geometry, *, every_return: bool = False) -> Layout:
    """Place every symbol and list the arrows; steps without an actor take part in no arrow.

    A decision has two exits (PermenPANRB 35/2012), so only the suggested return target is drawn unless
    `every_return` asks for all.
    """
    heights = tuple(row_height(step, geometry) for step in graph.steps)
    widths = column_widths([column.name for column in graph.columns], geometry)
    places = places_of(graph.columns, widths)
    symbols = [
        symbol
        for row, (step, y) in enumerate(zip(graph.steps, centres_of(heights), strict=True))
        for symbol in symbols_of(step, row, y, places, min(widths, default=0))
    ]
    drawn = {symbol.row for symbol in symbols if symbol.main}
    edges = edges_of(graph.steps, drawn, every_return=every_return)
    return Layout(heights, widths, tuple(symbols), tuple(edges))


def column_widths(names: Sequence[str], geometry: Geometry) -> tuple[int, ...]:
    """Return the widths of the performer columns: alike where there is room, else as their words need."""
    needed = [_word_width(name, geometry) for name in names]
    base = geometry.performer
    while base > geometry.narrowest_performer:
        if sum(max(base, width) for width in needed) <= geometry.widest_performers:
            break
        base -= 2
    return tuple(ceil(max(base, width)) for width in needed)


def _word_width(name: str, geometry: Geometry) -> float:
    widest = max((text_width(word, geometry.font_size, bold=True) for word in name.split()), default=0.0)
    return widest + geometry.heading_padding


def centres_of(sizes: Sequence[int]) -> list[float]:
    """The middle of each of some sizes laid end to end."""
    return [sum(sizes[:index]) + size / 2 for index, size in enumerate(sizes)]


def row_height(step: DrawnStep, geometry: Geometry) -> int:
    """Return the height that the tallest text cell of the row needs, in whole steps of four."""
    cells: list[tuple[Sequence[str], float]] = [
        ((step.activity,), geometry.activity),
        (step.requirements, geometry.requirements),
        ((step.time_text,), geometry.time),
        (step.outputs, geometry.outputs),
        ((step.note,), geometry.note),
    ]
    lines = max(sum(_lines(text, width, geometry) for text in texts) for texts, width in cells)
    needed = lines * geometry.line_height + geometry.padding_y
    return ceil(max(needed, geometry.least_row) / 4) * 4


def _lines(text: str, width: float, geometry: Geometry) -> int:
    return len(wrap(text, (width - geometry.padding_x) / geometry.slack, geometry.font_size))


def symbols_of(
    step: DrawnStep, row: int, y: float, places: dict[int, tuple[int, float]], column_width: float
) -> list[Symbol]:
    """Place the symbols of one step: the acting column's first, then those of everybody who takes part."""
    placed = []
    for position, column_id in enumerate(step.actors + step.joint):
        if column_id not in places:
            continue
        main = position == 0 and bool(step.actors)
        kind = step.kind if main or column_id in step.actors else StepKind.PROCESS.value
        decision = kind == StepKind.DECISION
        width = round(column_width * (0.72 if decision else 0.63))
        height = round(min(30.0, column_width * 0.4)) + (12 if decision else 0)
        index, x = places[column_id]
        placed.append(Symbol(step.no, index, row, kind, x, y, width, height, main, row))
    return placed


def places_of(columns: Sequence[DrawnColumn], widths: Sequence[int]) -> dict[int, tuple[int, float]]:
    """Column id to its index and the middle of its cell."""
    centres = centres_of(widths)
    return {column.id: (index, centres[index]) for index, column in enumerate(columns)}


def edges_of(steps: Sequence[DrawnStep], drawn: set[int], *, every_return: bool) -> list[Edge]:
    """List the arrows between the rows that have a symbol: forward ones, then returns, the shortest first."""
    rows = {step.no: row for row, step in enumerate(steps)}
    order = sorted(drawn)
    forward = [Edge(row, following, False) for row, following in pairwise(order)]
    back = []
    for row in order:
        targets = steps[row].return_to if every_return else steps[row].return_to[:1]
        for target in targets:
            if rows.get(target, row) < row and rows[target] in drawn:
                back.append(Edge(row, rows[target], True))
    return forward + sorted(back, key=lambda edge: (edge.source - edge.target, edge.source))

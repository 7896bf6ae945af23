"""From the lines, words and shapes of a page to rows of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from runtut.procedures.importing.readers import fills, gutters
from runtut.procedures.importing.readers.geometry import (
    NEAR,
    Box,
    Fill,
    Line,
    Shape,
    Sheet,
    Word,
    anchored,
    closed,
    groups,
    merged,
    stops,
)
from runtut.procedures.importing.readers.joints import Leg, whole
from runtut.procedures.importing.source import Cell, Layout, Link, Place, Row, Sign
from runtut.procedures.importing.words import clean

MAX_STOPS = 400
MAX_LINES = 4000
"""The most lines of a page that are looked at; a table has tens."""


class _Grid:
    """One table: positions of its lines, and which parts between them are one cell."""

    def __init__(self, lines: Sequence[Line], columns: Sequence[float] = ()) -> None:
        self.xs = _as_before(stops(line.at for line in lines if line.upright), columns)
        self.ys = stops(line.at for line in lines if not line.upright)
        self.upright = [line for line in lines if line.upright]
        self.level = [line for line in lines if not line.upright]
        self.owner: dict[tuple[int, int], int] = {}
        self.boxes: list[tuple[int, int, int, int]] = []
        if self.is_table:
            self._join()

    @property
    def is_table(self) -> bool:
        return (
            2 <= len(self.xs) <= MAX_STOPS
            and 2 <= len(self.ys) <= MAX_STOPS
            and len(self.xs) + len(self.ys) > 4
        )

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def _join(self) -> None:
        """Parts without a line between them are one cell."""
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        parent = {(x, y): (x, y) for x in range(columns) for y in range(rows)}

        def find(part: tuple[int, int]) -> tuple[int, int]:
            while parent[part] != part:
                parent[part] = parent[parent[part]]
                part = parent[part]
            return part

        for x in range(columns):
            for y in range(rows):
                if x + 1 < columns and not _covers(self.upright, self.xs[x + 1], self.ys[y], self.ys[y + 1]):
                    parent[find((x + 1, y))] = find((x, y))
                if y + 1 < rows and not _covers(self.level, self.ys[y + 1], self.xs[x], self.xs[x + 1]):
                    parent[find((x, y + 1))] = find((x, y))
        parts: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for part in parent:
            parts.setdefault(find(part), []).append(part)
        for held in parts.values():
            xs, ys = [x for x, _ in held], [y for _, y in held]
            self.boxes.append((min(xs), min(ys), max(xs), max(ys)))
            for part in held:
                self.owner[part] = len(self.boxes) - 1

    def cell_at(self, x: float, y: float) -> int:
        column, row = _between(self.xs, x), _between(self.ys, y)
        return self.owner.get((column, row), -1)

    def cell_box(self, index: int) -> Box:
        left, top, right, bottom = self.boxes[index]
        return Box(self.xs[left], self.ys[top], self.xs[right + 1], self.ys[bottom + 1])

    def row_of(self, box: Box) -> int | None:
        """The row in which the cell under the middle of a figure begins."""
        index = self.cell_at(*box.middle)
        return None if index < 0 else self.boxes[index][1]

    def under(self, box: Box) -> list[int]:
        """The cells of the row in which the middle of a figure lies that hold a third of it at least."""
        y = box.middle[1]
        quarters = [box.left + box.width * part for part in (0.17, 0.5, 0.83)]
        found = [self.cell_at(x, y) for x in quarters]
        return [index for index in dict.fromkeys(found) if index >= 0]


def _covers(lines: Sequence[Line], at: float, start: float, end: float) -> bool:
    held = sum(
        max(0.0, min(line.end, end) - max(line.start, start)) for line in lines if abs(line.at - at) <= 3.5
    )
    return held >= 0.6 * (end - start)


def _between(stops_: Sequence[float], value: float) -> int:
    return next(
        (index for index in range(len(stops_) - 1) if stops_[index] <= value <= stops_[index + 1]), -1
    )


def _as_before(xs: list[float], columns: Sequence[float]) -> list[float]:
    """The columns of the table on the page before, where this one goes on with it: all its stops are among
    those, the first and the last the same."""
    if len(xs) < 3 or not columns or abs(xs[0] - columns[0]) > NEAR or abs(xs[-1] - columns[-1]) > NEAR:
        return xs
    return list(columns) if all(any(abs(x - at) <= NEAR for at in columns) for x in xs) else xs


@dataclass(frozen=True)
class Page:
    """The rows of a page, its arrows and parts of arrows, and the columns of the lowest table, with which the
    next page may go on."""

    rows: list[Row]
    legs: list[Leg]
    columns: tuple[float, ...]

    @property
    def links(self) -> list[Link]:
        """The arrows that are whole on this page."""
        return [*whole(self.legs)]


def rows_of(sheet: Sheet, page: int) -> list[Row]:
    """The rows of a page from top to bottom: tables by their lines, other text line by line."""
    return read_page(sheet, page).rows


def read_page(sheet: Sheet, page: int, columns: Sequence[float] = ()) -> Page:
    """Read a page; `columns` are those of the table that ended the page before."""
    grids = _grids(sheet, columns)
    taken: dict[int, list[Word]] = {index: [] for index in range(len(grids))}
    free: list[Word] = []
    for word in sheet.words:
        at = next((i for i, grid in enumerate(grids) if grid.box.holds(*word.box.middle)), -1)
        (taken[at] if at >= 0 else free).append(word)
    parts: list[tuple[float, _Grid | None, list[tuple[tuple[Cell, ...], Layout]]]] = [
        (top, None, [(cells, layout)]) for top, cells, layout in _loose(lines_of(free))
    ]
    for index, grid in enumerate(grids):
        parts.append((grid.box.top, grid, _table(grid, taken[index], sheet)))
    rows: list[Row] = []
    begins: list[tuple[_Grid, int]] = []
    for _, table, entries in sorted(parts, key=lambda part: part[0]):
        if table is not None:
            begins.append((table, len(rows) + 1))
        for cells, layout in entries:
            rows.append(Row(cells, Place(page, len(rows) + 1), layout))
    lowest = max(grids, key=lambda grid: grid.box.bottom, default=None)
    stops_ = tuple(lowest.xs) if lowest is not None else ()
    written = [leg for leg in _legs(sheet, begins, page) if _is_between_texts(leg, rows)]
    return Page(rows, written, stops_)


def _is_between_texts(leg: Leg, rows: Sequence[Row]) -> bool:
    """Whether an arrow joins rows that say something: one without words holds what leads to another page."""
    return all(rows[end.line - 1].text for end in (leg.start, leg.end) if isinstance(end, Place))


def _loose(lines: Sequence[Sequence[Word]]) -> Iterator[gutters.Entry]:
    """The lines outside tables with borders, with where they stand."""
    region = gutters.find(lines)
    for at, line in enumerate(lines):
        if region is not None and region.start <= at < region.end:
            if at == region.start:
                yield from gutters.entries(lines, region)
            continue
        layout = Layout.GAP if len(_spread(line)) > 1 else Layout.LINE
        yield line[0].box.top, _line_cells(line), layout


def _grids(sheet: Sheet, columns: Sequence[float] = ()) -> list[_Grid]:
    whole = merged(sheet.lines)
    if sheet.crowded or len(whole) > MAX_LINES:
        sheet.crowded = True
        return []
    grids = [
        grid
        for lines in groups(anchored(closed(whole), blurred=sheet.blurred))
        if (grid := _Grid(lines, columns)).is_table
    ]
    return [grid for grid in grids if not any(_inside(grid, other) for other in grids if other is not grid)]


def cells_of(sheet: Sheet) -> list[list[list[Box]]]:
    """The cells of every table of a page, column by column; those over several columns are left out."""
    return [
        [
            [
                grid.cell_box(index)
                for index, (left, _, right, _) in sorted(enumerate(grid.boxes), key=lambda one: one[1][1])
                if left == right == column
            ]
            for column in range(len(grid.xs) - 1)
        ]
        for grid in _grids(sheet)
    ]


def _legs(sheet: Sheet, begins: Sequence[tuple[_Grid, int]], page: int) -> Iterator[Leg]:
    """The arrows between symbols that stand in rows of tables and connectors between pages; `begins` are the
    lines where tables begin."""
    for arrow in sheet.arrows:
        start, end = (shape.joint or _place(shape.box, begins, page) for shape in (arrow.start, arrow.end))
        if start is not None and end is not None and start != end:
            yield Leg(start, end, page)


def _place(box: Box, begins: Sequence[tuple[_Grid, int]], page: int) -> Place | None:
    """The row of a table in which a symbol stands."""
    rows = ((first, grid.row_of(box)) for grid, first in begins)
    return next((Place(page, first + row) for first, row in rows if row is not None), None)


def _inside(grid: _Grid, other: _Grid) -> bool:
    one, two = grid.box, other.box
    return (
        two.left - 1 <= one.left
        and two.top - 1 <= one.top
        and one.right <= two.right + 1
        and one.bottom <= two.bottom + 1
        and one != two
    )


def _tints(grid: _Grid, areas: Sequence[Fill]) -> dict[int, str]:
    """The colours of cells that an area covers whole; one may lie over several cells of a column."""
    found: dict[int, str] = {}
    for area in areas:
        x, _ = area.box.middle
        middles = [(upper + lower) / 2 for upper, lower in pairwise(grid.ys)]
        under = (grid.cell_at(x, y) for y in middles if area.box.top <= y <= area.box.bottom)
        for index in dict.fromkeys(under):
            if index >= 0 and _fills(area.box, grid.cell_box(index)):
                found[index] = area.tint
    return found


def _fills(box: Box, cell: Box) -> bool:
    """Whether an area is as wide as a cell, and covers its height."""
    wide = min(box.right, cell.right) - max(box.left, cell.left)
    high = min(box.bottom, cell.bottom) - max(box.top, cell.top)
    return wide >= 0.85 * max(cell.width, box.width) and high >= 0.85 * cell.height


def _table(grid: _Grid, words: Sequence[Word], sheet: Sheet) -> list[tuple[tuple[Cell, ...], Layout]]:
    tints = _tints(grid, sheet.fills)
    texts: dict[int, list[Word]] = {}
    for word in words:
        texts.setdefault(grid.cell_at(*word.box.middle), []).append(word)
    signs: dict[int, list[Shape]] = {}
    for shape in sheet.shapes:
        if grid.box.holds(*shape.box.middle):
            if shape.sign is Sign.PROCESS and grid.cell_at(*shape.box.middle) in tints:
                continue
            for index in grid.under(shape.box):
                signs.setdefault(index, []).append(shape)
    result: list[tuple[tuple[Cell, ...], Layout]] = []
    for row in range(len(grid.ys) - 1):
        cells: list[Cell] = []
        here = list(dict.fromkeys(grid.owner[x, row] for x in range(len(grid.xs) - 1)))
        for index in here:
            left, top, right, _ = grid.boxes[index]
            text = clean("\n".join(_text(line) for line in lines_of(texts.get(index, []))))
            held = tuple(shape.sign for shape in signs.get(index, []))
            cells.append(Cell(text, left, right - left + 1, held if top == row else (), top != row))
        filled = fills.marked([(cell.text, tints.get(at, "")) for at, cell in zip(here, cells, strict=True)])
        for at in filled:
            if not cells[at].below and not cells[at].signs:
                cells[at] = replace(cells[at], signs=(Sign.MARK,))
        result.append((tuple(cells), Layout.GRID))
    result.append(((), Layout.LINE))
    return result


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand on one line together, from top to bottom and left to right."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.middle[1], word.box.left)):
        line = next((line for line in reversed(lines[-4:]) if _same_line(line, word)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    return [sorted(line, key=lambda word: word.box.left) for line in lines]


def _same_line(line: Sequence[Word], word: Word) -> bool:
    """Say whether a word stands beside the nearest words of a line, descenders and capitals aside."""
    near = min(line, key=lambda other: abs(other.box.middle[0] - word.box.middle[0])).box
    shared = min(near.bottom, word.box.bottom) - max(near.top, word.box.top)
    return shared > 0.5 * max(min(near.height, word.box.height), 1.0)


def _text(line: Sequence[Word]) -> str:
    return " ".join(word.text for word in line)


def _spread(line: Sequence[Word]) -> list[list[Word]]:
    """The words of a line parted at wide gaps."""
    parts: list[list[Word]] = [[line[0]]]
    for before, word in pairwise(line):
        if word.box.left - before.box.right > 2.2 * max(before.box.height, 4):
            parts.append([])
        parts[-1].append(word)
    return parts


def _line_cells(line: Sequence[Word]) -> tuple[Cell, ...]:
    return tuple(
        Cell(clean(_text(part)), int(part[0].box.left), max(1, int(part[-1].box.right - part[0].box.left)))
        for part in _spread(line)
    )

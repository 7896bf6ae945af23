"""Tables of texts whose cells stand below their headings: told by where they begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.headers import Column, Header, step_number
from runtut.procedures.importing.source import Cell, Layout, Row
from runtut.procedures.importing.times import parse as parse_time

SHARE: Final = 0.8
FEWEST: Final = 2
LONGEST_MARK: Final = 10
"""The longest text in a cell of a performer, in letters."""


def is_placed(header: Header, rows: Sequence[Row]) -> bool:
    """Say whether the cells of these rows begin where their headings do: gaps of one width leave none so."""
    if header.layout is not Layout.GAP:
        return False
    steps = [row for row in rows if row.layout is Layout.GAP and step_number(row) is not None]
    cells = [cell for row in steps for cell in row.filled[1:]]
    told = sum(_below(cell, header) is not None for cell in cells)
    if len(steps) < FEWEST or told < SHARE * len(cells):
        return False
    if any(_is_among_performers(row, header) for row in steps):
        return False
    return 2 * sum(_misses_its_time(row, header) for row in steps) < len(steps)


def _is_among_performers(row: Row, header: Header) -> bool:
    """Say whether a text falls where only marks stand: the cells stand below the headings by chance then."""
    return any(
        column.kind == names.PERFORMERS and len(cell.text) > LONGEST_MARK
        for column, cell in by_place(row, header)
    )


def _misses_its_time(row: Row, header: Header) -> bool:
    """Say whether a time of the row falls in another column than that of the times, and none falls in it:
    then the cells stand below these headings by chance."""
    timed = {
        column.kind
        for column, cell in by_place(row, header)
        if parse_time(cell.text, header.unit).minutes is not None
    }
    has_times = any(column.kind == names.TIME for column in header.columns)
    return has_times and bool(timed - {names.NO, names.ACTIVITY}) and names.TIME not in timed


def slack(header: Header) -> float:
    """How far from its heading a cell may begin, in letters of a text or points of a page."""
    return max(2.0, header.width / 120)


def by_place(row: Row, header: Header) -> list[tuple[Column, Cell]]:
    """Give every cell the column in which it begins."""
    near = slack(header)
    result = []
    for cell in row.filled:
        before = [column for column in header.columns if column.at <= cell.column + near]
        result.append((before[-1] if before else header.columns[0], cell))
    return result


def goes_on(row: Row, header: Header) -> bool:
    """Say whether a line is the rest of one cell: it begins below a heading other than the number's."""
    column = _below(row.filled[0], header) if row.filled else None
    return column is not None and column.kind != names.NO


def _below(cell: Cell, header: Header) -> Column | None:
    near = slack(header)
    return next((column for column in header.columns if abs(column.at - cell.column) <= near), None)

"""Tables that go on over a page without their head: what stands between is laid aside."""

from __future__ import annotations

from collections.abc import Sequence

from runtut.procedures.importing import tables
from runtut.procedures.importing.headers import SUBSTEP, is_numbering, step_number
from runtut.procedures.importing.source import Layout, Row
from runtut.procedures.importing.tables import Table
from runtut.procedures.importing.vocabulary import label_of

BETWEEN = 8
"""The most lines between two parts: the foot of a page, the head of the next, a word that says so."""
LONGEST = 120
AHEAD = 3
"""Among how many rows the number is looked for that goes on."""


def carry_on(table: Table, rows: Sequence[Row], stop: int) -> None:
    """Read the parts of a table on further pages, where their columns are its own and their numbers go on."""
    while table.steps and table.header.layout is Layout.GRID:
        at = _resumed(table, rows, stop)
        if at is None:
            return
        table.rest += [row for row in rows[table.end : at] if not row.is_blank]
        before = table.end
        tables.read_on(table, rows, at, stop)
        if table.end <= max(at, before):
            return


def _resumed(table: Table, rows: Sequence[Row], stop: int) -> int | None:
    """Where the table goes on, or None."""
    between = 0
    for at in range(table.end, stop):
        row = rows[at]
        if row.is_blank:
            continue
        if row.layout is Layout.GRID and _fits(row, table):
            return at if _numbers_go_on(table, rows[at:stop]) else None
        between += 1
        if between > BETWEEN or len(row.text) > LONGEST or any(label_of(cell.text) for cell in row.filled):
            return None
    return None


def _fits(row: Row, table: Table) -> bool:
    last = row.cells[-1]
    return last.column + last.span == table.header.width and len(row.cells) >= len(table.header.columns)


def _numbers_go_on(table: Table, rows: Sequence[Row]) -> bool:
    """Whether one of the next rows has the number after the last; rows above it go on with the last step."""
    last = table.steps[-1]
    due = {last.no + 1, last.no} if SUBSTEP.fullmatch(last.printed) else {last.no + 1}
    seen = 0
    for row in rows:
        if row.is_blank or is_numbering(row):
            continue
        number = step_number(row)
        if number is not None:
            return number[0] in due
        seen += 1
        if seen == AHEAD or row.layout is not Layout.GRID:
            return False
    return False

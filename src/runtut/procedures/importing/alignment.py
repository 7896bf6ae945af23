"""Give the cells of a row their columns, however the cells were told apart."""

from __future__ import annotations

from runtut.procedures.importing import placed
from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.headers import Column, Header, step_number
from runtut.procedures.importing.marks import MARKS
from runtut.procedures.importing.source import Cell, Layout, Row
from runtut.procedures.importing.times import find as find_time
from runtut.procedures.importing.times import parse as parse_time

Aligned = list[tuple[Column, Cell]]
Doubts = list[tuple[str, str]]


def aligned(row: Row, header: Header, doubts: Doubts, *, below: bool) -> Aligned:
    """Every filled cell with its column; `below` says that cells begin below their headings. What was lost on
    the way is added to the doubts."""
    if row.layout is Layout.GRID:
        return _by_grid(row, header)
    if row.layout is Layout.TAB:
        return _by_index(row, header, doubts)
    if below:
        return placed.by_place(row, header)
    return _by_content(row, header)


def _by_grid(row: Row, header: Header) -> Aligned:
    result: Aligned = []
    for cell in row.filled:
        best = min(header.columns, key=lambda column: (-_overlap(column, cell), abs(column.at - cell.column)))
        result.append((best, cell))
    return result


def _overlap(column: Column, cell: Cell) -> int:
    return min(column.end, cell.column + cell.span) - max(column.at, cell.column)


def _by_index(row: Row, header: Header, doubts: Doubts) -> Aligned:
    """Cells by their index; where a row has fewer cells than the head, the lost ones are looked for."""
    lost = header.width - len(row.cells)
    choices = [
        (_score(cells, header), -shift, cells)
        for shift in range(max(lost, 0) + 1)
        if (cells := _shifted(row, header, shift)) is not None
    ]
    score, shift, best = max(choices, key=lambda choice: choice[:2])
    if shift and score:
        note = (
            "steps",
            f"Baris mulai langkah {row.filled[0].text.strip('. ')} kehilangan {-shift} kolom; isinya "
            "disejajarkan menurut jenisnya.",
        )
        if not any(doubt[1].endswith(note[1][-40:]) for doubt in doubts):
            doubts.append(note)
    return best


def _shifted(row: Row, header: Header, shift: int) -> Aligned | None:
    """The cells with `shift` columns lost between the activity and the standards."""
    activity = header.column(names.ACTIVITY)
    body = min(
        (c.at for c in header.columns if c.kind in {names.REQUIREMENTS, names.TIME, names.OUTPUTS}), default=0
    )
    result: Aligned = []
    for cell in row.filled:
        at = cell.column
        if shift and activity is not None and at > activity.at:
            at += shift
            if cell.column < body - shift and cell.text and at < body:
                at = cell.column
        column = _nearest(at, header)
        result.append((column, cell))
    return result


def _nearest(at: int, header: Header) -> Column:
    inside = [column for column in header.columns if column.at <= at < column.end]
    if inside:
        return inside[-1]
    return min(header.columns, key=lambda column: (abs(column.at - at), column.at))


def _score(cells: Aligned, header: Header) -> int:
    """How well a row fits the columns: a time where times stand, no sentences among the performers."""
    score = 0
    for column, cell in cells:
        if column.kind == names.TIME:
            time = parse_time(cell.text, header.unit)
            score += 3 if time.minutes is not None else -1
        elif column.kind == names.PERFORMERS:
            score -= 2 if len(cell.text) > 12 else 0
        elif find_time(cell.text) and len(cell.text) < 12:
            score -= 2
        elif column.kind in {names.OUTPUTS, names.REQUIREMENTS} and cell.text:
            score += 1
    return score


def _by_content(row: Row, header: Header) -> Aligned:
    """Cells whose empty neighbours are lost: told by what they hold, around the time."""
    columns = {column.kind: column for column in reversed(header.columns)}
    cells = list(row.filled)
    number = step_number(row)
    result: Aligned = []
    if number is not None and not number[1] and names.NO in columns:
        result.append((columns[names.NO], cells.pop(0)))
    rest = columns.get(names.ACTIVITY, header.columns[0])
    if cells and names.ACTIVITY in columns:
        result.append((rest, cells.pop(0)))
    marks = [cell for cell in cells if cell.text in MARKS]
    cells = [cell for cell in cells if cell.text not in MARKS]
    result += [(_nearest_gap(cell, header), cell) for cell in marks]
    at = next((i for i, cell in enumerate(cells) if _is_time(cell.text, header)), None)
    before, after = (cells[:at], cells[at:]) if at is not None else (cells[:1], cells[1:])
    for cell in before:
        result.append((columns.get(names.REQUIREMENTS, rest), cell))
    if at is not None and names.TIME in columns:
        result.append((columns[names.TIME], after.pop(0)))
    for kind in (names.OUTPUTS, names.NOTE):
        if after and kind in columns:
            result.append((columns[kind], after.pop(0)))
    result += [(columns.get(names.NOTE, rest), cell) for cell in after]
    return result


def _nearest_gap(cell: Cell, header: Header) -> Column:
    performers = [column for column in header.columns if column.kind == names.PERFORMERS]
    return min(
        performers or header.columns, key=lambda column: abs(column.at + column.span / 2 - cell.column)
    )


def _is_time(text: str, header: Header) -> bool:
    time = parse_time(text, header.unit)
    return text in {"-", "–"} or (
        time.minutes is not None and len(text) < 40 and (time.sure or text.isdigit())
    )

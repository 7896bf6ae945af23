"""Read the body of a step table whose cells are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from runtut.procedures.importing import alignment, placed, sentences
from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.alignment import Aligned
from runtut.procedures.importing.headers import STEP, SUBSTEP, Header, is_numbering, step_number
from runtut.procedures.importing.marks import ENDS
from runtut.procedures.importing.source import Cell, Layout, Row
from runtut.procedures.importing.steprows import Step, add_row
from runtut.procedures.importing.times import parse as parse_time
from runtut.procedures.importing.totals import is_summed, said_in
from runtut.procedures.importing.vocabulary import INLINE, label_of
from runtut.procedures.importing.words import flow

THIN = re.compile(r"[lIi|!\[\]/\\]{1,2}\s*[.)]?")
"""A number of thin digits as recognition may read it: 1, 7, 11."""
LETTERED = re.compile(r"(\d{0,2})\s*\.?\s*([A-Za-z])\s*[.)]?")
PART = re.compile(r"(?:[A-Z]|[IVX]{1,4})\s*[.)]?")
"""What counts the parts of a table."""

FOOTER = re.compile(
    r"(?i)dokumen ini telah ditandatangani|pindai kode|balai sertifikasi|halaman \d+|^hal\.? ?\d|nip\b"
)


@dataclass
class Table:
    """The steps under one head, with the rows that belonged to none, and the sum of times printed below."""

    header: Header
    steps: list[Step]
    rest: list[Row]
    doubts: list[tuple[str, str]] = field(default_factory=list)
    end: int = 0
    total: str = ""
    placed: bool = False


def read(header: Header, rows: Sequence[Row], start: int, stop: int) -> Table:
    """Read the rows from `start` up to `stop`; the table ends before the first that is none of its own."""
    table = Table(header, [], [], end=stop, placed=placed.is_placed(header, rows[start:stop]))
    read_on(table, rows, start, stop)
    _drop_headings(table)
    if header.column(names.PERFORMERS) is None:
        sentences.tell(table.steps)
    return table


def read_on(table: Table, rows: Sequence[Row], start: int, stop: int) -> None:
    """Read more rows into a table."""
    header = table.header
    table.end = stop
    at = start
    blanks = 0
    while at < stop:
        row = rows[at]
        if row.is_blank:
            blanks += 1
            at += 1
            continue
        if is_numbering(row) and step_number(row) is None:
            at += 1
            continue
        row, used = _whole(row, rows, at, stop, header)
        if not _take(row, table, blanks):
            table.end = at
            break
        blanks = 0
        at += used


def _drop_headings(table: Table) -> None:
    """Rows that only head the parts of a step (1 above 1.1 and 1.2) are no steps; their words are kept."""
    for step, part in pairwise([*table.steps]):
        heads = SUBSTEP.fullmatch(part.printed) and not SUBSTEP.fullmatch(step.printed) and step.no == part.no
        empty = not (step.performers or step.time or step.outputs or step.requirements)
        if heads and empty:
            table.steps.remove(step)
            table.rest.append(Row((Cell(step.activity, 0),), step.place))


def _whole(row: Row, rows: Sequence[Row], at: int, stop: int, header: Header) -> tuple[Row, int]:
    """Put a row together whose cells were broken over lines of text."""
    used = 1
    while (
        row.layout is Layout.TAB
        and step_number(row) is not None
        and len(row.cells) < header.width
        and at + used < stop
        and _goes_on(row, rows[at + used], header)
    ):
        more = rows[at + used]
        last = row.cells[-1]
        joined = replace(last, text="\n".join(part for part in (last.text, more.cells[0].text) if part))
        rest = [
            replace(cell, column=last.column + index) for index, cell in enumerate(more.cells[1:], start=1)
        ]
        row = replace(row, cells=(*row.cells[:-1], joined, *rest))
        used += 1
    return row, used


def _goes_on(row: Row, more: Row, header: Header) -> bool:
    if more.is_blank or step_number(more) is not None or label_of(more.filled[0].text) is not None:
        return False
    if more.layout is Layout.GRID or FOOTER.search(more.text):
        return False
    return bool(more.cells[0].text) and len(row.cells) + len(more.cells) - 1 <= header.width


def _take(row: Row, table: Table, blanks: int) -> bool:
    """Add a row to the table; False when the table is over."""
    cells = _aligned(row, table)
    number = step_number(row)
    if number is None and table.steps and row.layout is Layout.GRID and _is_lower_part(cells):
        add_row(table.steps[-1], [(column, cell) for column, cell in cells if not cell.below])
        return True
    if number is not None and (number[1] or _kind_of(cells, names.NO) or row.layout is not Layout.GRID):
        if label_of(row.filled[0].text) is not None:
            return False
        _start(number, row, cells, table)
        return True
    if row.layout is Layout.GRID and not row.text:
        return True
    if number is None and table.steps and _take_total(row, cells, table):
        return True
    if number is None and _heads_part(row, cells):
        table.rest.append(row)
        return True
    if number is None and _kind_of(cells, names.ACTIVITY).casefold().strip(" .") in ENDS:
        return True
    if number is None and not blanks and _goes_on_below(row, table):
        add_row(table.steps[-1], cells)
        return True
    if row.layout is Layout.LINE or _is_labelled(row) or _is_other(row, table):
        return _take_loose(row, table, blanks)
    if not table.steps or _is_own_step(cells, table):
        return _start_unnumbered(row, cells, table)
    add_row(table.steps[-1], cells)
    return True


def _heads_part(row: Row, cells: Aligned) -> bool:
    """Say whether a row of the grid only names the steps below it: A. PERSIAPAN, over the whole table."""
    named = [(column, cell) for column, cell in cells if cell.text and column.kind != names.NO]
    if row.layout is not Layout.GRID or len(named) != 1 or any(cell.below or cell.signs for _, cell in cells):
        return False
    counted = PART.fullmatch(_kind_of(cells, names.NO).strip()) is not None
    (column, cell) = named[0]
    wide = cell.span >= 2 * column.span + 2
    return wide or (counted and column.kind == names.ACTIVITY and cell.text.isupper())


def _goes_on_below(row: Row, table: Table) -> bool:
    """Say whether a line of a text is the rest of the step above it, by where it begins."""
    if not table.placed or not table.steps or _is_labelled(row) or FOOTER.search(row.text):
        return False
    return placed.goes_on(row, table.header)


def _take_total(row: Row, cells: Aligned, table: Table) -> bool:
    """Keep the sum of times where a row is one; it is no step."""
    first = row.filled[0].text
    if not is_summed(first):
        return False
    texts = [said_in(first), _kind_of(cells, names.TIME), *(cell.text for cell in row.filled[1:])]
    unit = table.header.unit
    printed = next((text for text in texts if text and parse_time(text, unit).minutes is not None), "")
    if printed:
        table.total = printed
    else:
        table.rest.append(row)
    return True


def _is_labelled(row: Row) -> bool:
    """Say whether an identity page begins here: its labels may stand right of the letterhead."""
    labels = [label for cell in row.filled if not cell.below and (label := label_of(cell.text)) is not None]
    return bool(labels) and (label_of(row.filled[0].text) is not None or labels[0][0] in INLINE)


def _is_lower_part(cells: Aligned) -> bool:
    """A row of the grid below the first of a step whose number or activity runs over several rows."""
    return any(cell.below and column.kind in {names.NO, names.ACTIVITY} for column, cell in cells)


def _is_other(row: Row, table: Table) -> bool:
    """A row of another form below the table: signature, worksheet, contact."""
    return bool(FOOTER.search(row.text)) or (
        row.layout is Layout.TAB and len(row.cells) < table.header.width // 2
    )


def _take_loose(row: Row, table: Table, blanks: int) -> bool:
    """A line without cells: the end of the table, unless it goes on with the row just above it."""
    if _is_labelled(row) or not table.steps or blanks:
        return False
    text = row.text
    if row.layout is Layout.LINE and text[:1].islower() and table.steps[-1].activity and len(text) < 60:
        step = table.steps[-1]
        step.note = flow(f"{step.note}\n{text}") if step.note else step.note
        if not step.note:
            table.rest.append(row)
        return True
    return False


def number_in(text: str) -> int:
    """The number that a cell of numbers holds, 0 for none."""
    match = STEP.fullmatch(text) or SUBSTEP.fullmatch(text)
    return int(match[1]) if match else 0


def _kind_of(cells: Aligned, kind: str) -> str:
    return "\n".join(cell.text for column, cell in cells if column.kind == kind and cell.text)


def _aligned(row: Row, table: Table) -> Aligned:
    return alignment.aligned(row, table.header, table.doubts, below=table.placed)


def _is_own_step(cells: Aligned, table: Table) -> bool:
    """Say whether a row without a number is a step that lost it: it has an activity of its own, and a time or
    both what it needs and what it gives."""
    activity, time = _kind_of(cells, names.ACTIVITY), _kind_of(cells, names.TIME)
    number = _kind_of(cells, names.NO)
    if activity[:1].isupper() and (THIN.fullmatch(number) or _goes_on_in_letters(number, table)):
        return True
    if table.header.column(names.NO) is None:
        return bool(activity) and activity[:1].isupper()
    whole = all(_kind_of(cells, kind) for kind in (names.REQUIREMENTS, names.OUTPUTS))
    timed = parse_time(time, table.header.unit).minutes is not None
    return (whole and timed) if not activity[:1].isupper() else (whole or timed)


def _goes_on_in_letters(number: str, table: Table) -> bool:
    """Say whether steps are counted by letters: "b." after "a.", "4b" after "4a"."""
    one, two = (LETTERED.fullmatch(text) for text in (table.steps[-1].printed, number))
    if one is None or two is None or one[1] != two[1]:
        return False
    return ord(two[2].casefold()) == ord(one[2].casefold()) + 1


def _start_unnumbered(row: Row, cells: Aligned, table: Table) -> bool:
    activity = _kind_of(cells, names.ACTIVITY)
    if not re.search(r"[A-Za-z]{3}", activity):
        if not table.steps:
            table.rest.append(row)
        return bool(table.steps) or row.layout is Layout.GRID
    no = table.steps[-1].no + 1 if table.steps else 1
    step = Step(no, row.place, printed=_kind_of(cells, names.NO))
    if table.header.column(names.NO) is not None:
        step.doubts.append(("no", f"Langkah tanpa nomor; diberi nomor {no}."))
    table.steps.append(step)
    add_row(step, cells)
    return True


def _start(number: tuple[int, str], row: Row, cells: Aligned, table: Table) -> None:
    printed = _kind_of(cells, names.NO).strip(" .()")
    step = Step(number[0], row.place, printed=printed if SUBSTEP.fullmatch(printed) else str(number[0]))
    table.steps.append(step)
    add_row(step, [(column, cell) for column, cell in cells if column.kind != names.NO or number[1]])
    if number[1]:
        step.activity = flow(re.sub(r"^\s*\d{1,3}\s*[.)]\s*", "", step.activity or number[1]))

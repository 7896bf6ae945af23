"""Tables cut down their length: who does what on one page, what it needs and gives on the next."""

from __future__ import annotations

from collections.abc import Sequence

from runtut.procedures.importing import alignment, headers
from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.headers import Header, is_numbering
from runtut.procedures.importing.source import Layout, Row
from runtut.procedures.importing.steprows import Step, add_row
from runtut.procedures.importing.tables import FOOTER, Table, number_in
from runtut.procedures.importing.vocabulary import label_of

FEWEST = 2
"""The least performers of a left half, and the least standards of a right one."""

UNEVEN = (
    "Tabel terbelah ke samping dan jumlah barisnya tidak sama; cocokkan kelengkapan, waktu, dan keluaran "
    "setiap langkah."
)


def find(rows: Sequence[Row]) -> list[Header]:
    """The heads of left halves, each with a right half somewhere behind it, and of those right halves."""
    found = [part for at in range(len(rows)) if (part := headers.part_at(rows, at)) is not None]
    lefts = [part for part in found if is_left(part)]
    rights = [part for part in found if is_right(part) and any(left.end <= part.start for left in lefts)]
    lefts = [part for part in lefts if any(part.end <= right.start for right in rights)]
    return sorted([*lefts, *rights], key=lambda part: part.start)


def is_left(head: Header) -> bool:
    kinds = {column.kind for column in head.columns}
    return names.ACTIVITY in kinds and not kinds & set(headers.BODY) and len(set(head.performers)) >= FEWEST


def is_right(head: Header) -> bool:
    kinds = {column.kind for column in head.columns}
    return names.ACTIVITY not in kinds and len(kinds & set(headers.BODY)) >= FEWEST


def read(head: Header, rows: Sequence[Row], start: int, stop: int) -> Table:
    """Read the rows of a right half as steps that have no activity; their number is 0 where none is
    printed."""
    table = Table(head, [], [], end=stop)
    numbered = head.column(names.NO) is not None
    for at in range(start, stop):
        row = rows[at]
        if row.is_blank or is_numbering(row):
            continue
        if row.layout is Layout.LINE or FOOTER.search(row.text) or label_of(row.filled[0].text):
            table.end = at
            break
        cells = alignment.aligned(row, head, table.doubts, below=False)
        number = number_in("".join(cell.text for column, cell in cells if column.kind == names.NO))
        if (numbered and not number and table.steps) or all(cell.below for _, cell in cells):
            add_row(table.steps[-1], cells) if table.steps else table.rest.append(row)
            continue
        step = Step(number, row.place)
        add_row(step, [(column, cell) for column, cell in cells if column.kind != names.NO])
        table.steps.append(step)
    return table


def join(steps: Sequence[Step], right: Table, doubts: list[tuple[str, str]]) -> None:
    """Give the steps of left halves what a right half says of them: by number where it is printed, else in
    the order of the rows that have nothing yet. What belongs to no step stays with the table."""
    waiting = [step for step in steps if not (step.time or step.requirements or step.outputs)]
    numbered = [step for step in right.steps if step.no]
    by_number = {step.no: step for step in reversed(waiting)} if len(numbered) == len(right.steps) else {}
    alone: list[Step] = []
    for at, part in enumerate(right.steps):
        step = by_number.get(part.no) if by_number else waiting[at] if at < len(waiting) else None
        if step is None:
            alone.append(part)
            continue
        for kind in (names.REQUIREMENTS, names.TIME, names.OUTPUTS, names.NOTE):
            setattr(step, kind, getattr(part, kind))
        step.shared_time = part.shared_time
    if alone or (not by_number and len(right.steps) != len(waiting)):
        doubts.append(("steps", UNEVEN))
    right.steps = alone

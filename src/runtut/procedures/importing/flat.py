"""Step tables whose cells ran together: recognised scans and texts with nothing between the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from runtut.procedures.importing.flatheads import LISTED, heads_of
from runtut.procedures.importing.flatrows import lines_of, neighbours, part_lines
from runtut.procedures.importing.headers import Header
from runtut.procedures.importing.headings import FURNITURE, HEADING
from runtut.procedures.importing.source import Layout, Row
from runtut.procedures.importing.steprows import Step
from runtut.procedures.importing.tables import Table
from runtut.procedures.importing.times import find as find_time
from runtut.procedures.importing.totals import is_summed, said_in
from runtut.procedures.importing.vocabulary import label_of
from runtut.procedures.importing.words import flow

DOTTED = re.compile(r"^[^\w(]{0,3}(\d{1,2})\s*[.)]\s*[|]?\s*(?=\D|$)")
PLAIN = re.compile(r"^[^\w(]{0,3}(\d{1,2})\s+[|]?\s*(?=[A-Za-z])")
VERB = re.compile(r"(?:Me|Pe|Di|Ber|Ter|Mem|Meng|Men)[a-z]{3,}")
SIGNED = re.compile(r"(?i)\bNIP\b|^\W*(?:CAMAT|KEPALA|LURAH|KETUA|DIREKTUR)\b[A-Z .]*$")


def find(rows: Sequence[Row]) -> list[Header]:
    """Heads of step tables among lines without cells."""
    return heads_of(rows)


def is_flat(header: Header) -> bool:
    return header.layout is Layout.LINE


def read(header: Header, rows: Sequence[Row], start: int, stop: int) -> Table:
    """Read the lines after the head: cut into steps at their numbers, then into columns."""
    table = Table(header, [], [], end=stop)
    blocks: list[tuple[Step, list[Row]]] = []
    blanks = 0
    for at in range(start, stop):
        row = rows[at]
        if row.is_blank:
            blanks += 1
            continue
        number = _number(row, blocks)
        if number is None and blocks and is_summed(row.text) and find_time(row.text):
            table.total, blanks = said_in(row.text), 0
            continue
        if number is None and is_over(row, begun=bool(blocks)):
            table.end = at
            break
        if number is not None:
            _begin(number, row, blocks)
        elif not blocks or blanks >= 3 or FURNITURE.search(row.text):
            table.rest.append(row)
        else:
            blocks[-1][1].append(row)
        blanks = 0
    _columns(table, blocks, rows)
    return table


def _number(row: Row, blocks: list[tuple[Step, list[Row]]]) -> int | None:
    text = row.text
    last = blocks[-1][0].no if blocks else 0
    match = DOTTED.match(text)
    if match and (not blocks or int(match[1]) == last + 1 or len(blocks) == 1):
        return int(match[1])
    match = PLAIN.match(text)
    if (
        match
        and int(match[1]) == last + 1
        and not re.match(rf"{match[1]}\s*(?:menit|jam|hari)", text, re.IGNORECASE)
    ):
        return int(match[1])
    return None


def is_over(row: Row, *, begun: bool) -> bool:
    """Say whether a line is no longer part of a table of which a step has begun."""
    text = row.text
    if SIGNED.search(text) or (HEADING.search(text) and len(text) < 140 and len(text) > 12):
        return True
    label = label_of(text)
    return begun and label is not None and (label[0] not in LISTED or text.isupper())


def _begin(number: int, row: Row, blocks: list[tuple[Step, list[Row]]]) -> None:
    """Start a step; where its number stood beside the middle of the cell, its first lines come along."""
    step = Step(number, row.place, printed=str(number))
    rest = (
        DOTTED.sub("", row.text, count=1) if DOTTED.match(row.text) else PLAIN.sub("", row.text, count=1)
    ).strip(" |")
    lines: list[Row] = []
    if rest[:1].islower() and blocks:
        earlier = blocks[-1][1]
        at = next((i for i in range(len(earlier) - 1, 0, -1) if VERB.match(earlier[i].text)), None)
        if at is not None:
            lines = earlier[at:]
            del earlier[at:]
    blocks.append((step, [*lines, _replaced(row, rest)]))


def _replaced(row: Row, text: str) -> Row:
    cell = row.cells[0]
    return Row((type(cell)(text, cell.column),), row.place, row.layout)


def _columns(table: Table, blocks: list[tuple[Step, list[Row]]], rows: Sequence[Row]) -> None:
    unit = table.header.unit
    lines = [lines_of([row.text for row in rows], unit) for _, rows in blocks]
    pairs = neighbours(row.text for row in rows if row.layout is Layout.LINE)
    parted = part_lines(lines, pairs)
    for (step, _), read, parts in zip(blocks, lines, parted, strict=True):
        step.activity, step.requirements, step.outputs = (flow("\n".join(column)) for column in parts)
        step.time = " ".join(line.time for line in read if line.time)
        table.steps.append(step)
    if blocks:
        table.doubts.append(
            ("steps", "Tabel langkah tidak memiliki batas sel; pemisahan kolomnya perlu diperiksa.")
        )

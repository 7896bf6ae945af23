"""Step tables whose cells stand one below another, a line each: what is left of a table copied as text.

The head is a run of lines that are headings, with the performers' names among them. In the body a number on
a line of its own, or before its activity, begins a step; its time parts what stands before it from what comes
out of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.flat import is_over
from runtut.procedures.importing.headers import Column, Header
from runtut.procedures.importing.marks import BRANCHES, MARKS
from runtut.procedures.importing.source import Layout, Row, Sign
from runtut.procedures.importing.steprows import Step
from runtut.procedures.importing.tables import Table
from runtut.procedures.importing.times import BARE, READ, SPELT
from runtut.procedures.importing.times import find as find_time
from runtut.procedures.importing.totals import is_summed, said_in
from runtut.procedures.importing.vocabulary import column_of, label_of
from runtut.procedures.importing.words import key

REACH = 40
LONGEST_NAME = 60
DOTTED = re.compile(r"(\d{1,3})\s*[.)]\s*(?=[A-Z])")
NUMBER = re.compile(r"\(?(\d{1,3})\s*\)?\s*\.?")
OPEN_END = re.compile(
    r"(?i)[,;/&(-]$|\b(?:dan|atau|yang|dengan|untuk|kepada|ke|di|dari|pada|oleh|serta|tentang)$"
)
GOES_ON = re.compile(r"[a-z(]|\d{4}\b")
REMARK = re.compile(r"(?i)(?:jika|apabila|bila|kalau|tidak\b|lihat|sop\b|dikembalikan|catatan|dst)")
BODY = (names.REQUIREMENTS, names.TIME, names.OUTPUTS)


def find(rows: Sequence[Row]) -> list[Header]:
    """Heads of step tables among lines of one cell each."""
    found: list[Header] = []
    at = 0
    while at < len(rows):
        head = _head_at(rows, at) if column_of(_alone(rows[at])) in {names.NO, names.ACTIVITY} else None
        if head is None:
            at += 1
            continue
        found.append(head)
        at = head.end
    return found


def is_stacked(header: Header) -> bool:
    return header.layout is Layout.STACK


def read(header: Header, rows: Sequence[Row], start: int, stop: int) -> Table:
    """Read the lines after a head into steps."""
    table = Table(header, [], [], end=stop)
    blocks: list[tuple[Step, list[str]]] = []
    for at in range(start, stop):
        row = rows[at]
        if row.is_blank:
            continue
        number, rest = _number(row, blocks, header.unit)
        if number is not None:
            blocks.append((Step(number, row.place, printed=str(number)), [rest] if rest else []))
        elif blocks and is_summed(row.text):
            table.end, table.total = _total(rows, at, stop)
            break
        elif is_over(row, begun=bool(blocks)):
            table.end = at
            break
        elif not blocks:
            table.rest.append(row)
        else:
            blocks[-1][1].append(row.text)
    for step, lines in blocks:
        _fill(step, lines, header)
        table.steps.append(step)
    if blocks:
        why = "Sel tabel langkah tertulis satu di bawah yang lain; pembagian kolomnya perlu diperiksa."
        table.doubts.append(("steps", why))
    return table


def _total(rows: Sequence[Row], at: int, stop: int) -> tuple[int, str]:
    """Where the sum of times ends, and what it says: behind its announcement, or on the next line."""
    said = said_in(rows[at].text)
    after = next((index for index in range(at + 1, stop) if not rows[index].is_blank), at)
    if said or after == at or find_time(rows[after].text) is None:
        return at + 1, said
    return after + 1, rows[after].text


def _alone(row: Row) -> str:
    """The text of a line that is one cell, else nothing."""
    return row.text if row.layout is Layout.LINE and len(row.filled) == 1 else ""


def _head_at(rows: Sequence[Row], at: int) -> Header | None:
    kinds: dict[str, str] = {}
    performers: list[str] = []
    end = at
    while end < len(rows) and end - at < REACH:
        row = rows[end]
        text = _alone(row)
        if not row.is_blank:
            if not text or NUMBER.fullmatch(text) or DOTTED.match(text):
                break
            kind = column_of(text)
            if kind is None and (label_of(text) or len(text) > LONGEST_NAME):
                return None
            if kind is None:
                performers.append(text)
            elif kind not in kinds:
                kinds[kind] = text
        end += 1
    if names.ACTIVITY not in kinds or sum(kind in kinds for kind in BODY) < 2:
        return None
    if end >= len(rows) or not _begins(_alone(rows[end])):
        return None
    end = _past_numbering(rows, end)
    order = [names.NO, names.ACTIVITY]
    columns = [Column(kind, kinds.get(kind, kind), index) for index, kind in enumerate(order)]
    columns += [
        Column(names.PERFORMERS, name, 2 + index) for index, name in enumerate(dict.fromkeys(performers))
    ]
    rest = (*BODY, names.NOTE)
    columns += [
        Column(kind, kinds[kind], len(columns) + index)
        for index, kind in enumerate(k for k in rest if k in kinds)
    ]
    return Header(at, end, tuple(columns), Layout.STACK)


def _past_numbering(rows: Sequence[Row], at: int) -> int:
    """Where the body begins: after the numbers of the columns, where those are printed one below another."""
    last, end = 0, at
    for index in range(at, min(at + REACH, len(rows))):
        match = NUMBER.fullmatch(rows[index].text) if not rows[index].is_blank else None
        if rows[index].is_blank:
            continue
        if match is None or int(match[1]) != last + 1:
            break
        last, end = last + 1, index + 1
    return end if last >= 3 else at


def _begins(text: str) -> bool:
    return bool(NUMBER.fullmatch(text) or DOTTED.match(text))


def _number(row: Row, blocks: Sequence[tuple[Step, list[str]]], unit: str) -> tuple[int | None, str]:
    """The number that begins a step, and the activity behind it.

    Where the head gives the unit, a number alone may be the step's time; one before a text may count a list.
    """
    dotted = None if NUMBER.fullmatch(row.text) else DOTTED.match(row.text)
    match = dotted or NUMBER.fullmatch(row.text)
    if match is None:
        return None, ""
    number, rest = int(match[1]), row.text[match.end() :] if dotted else ""
    if not blocks:
        return number, rest
    step, lines = blocks[-1]
    timed = any(_is_time(line, unit) for line in lines)
    listed = any((one := DOTTED.match(line)) and int(one[1]) == number - 1 for line in lines)
    begins = number == step.no + 1 and (timed or not (unit or dotted)) and not (dotted and listed)
    return (number, rest) if begins else (None, "")


def _is_time(line: str, unit: str) -> bool:
    match = READ.match(line) or SPELT.match(line)
    if match:
        return len(line) - match.end() <= 15
    return bool(unit and BARE.fullmatch(line))


def _fill(step: Step, lines: Sequence[str], header: Header) -> None:
    """Deal the lines of a step out to its columns."""
    known = {key(name): name for name in header.performers}
    cells: list[str] = []
    for line in lines:
        if line in MARKS or line.casefold() in BRANCHES:
            step.drawn.append(line)
        elif key(line) in known:
            step.performers[known[key(line)]] = (Sign.MARK,)
        elif cells and not _is_time(line, header.unit) and _continues(cells[-1], line, header.unit):
            cells[-1] = f"{cells[-1]}\n{line}"
        else:
            cells.append(line)
    before, time, after = _parted(cells, header)
    step.activity, step.requirements = (before[0] if before else ""), "\n".join(before[1:])
    step.time = time
    noted = header.column(names.NOTE) is not None
    if noted and after and REMARK.match(after[-1]):
        step.note = after.pop()
    step.outputs = "\n".join(after)


def _continues(cell: str, line: str, unit: str) -> bool:
    if _is_time(cell, unit):
        return False
    return bool(OPEN_END.search(cell) or GOES_ON.match(line))


def _parted(cells: Sequence[str], header: Header) -> tuple[list[str], str, list[str]]:
    """The cells before the time, the time, and those after it; without a time that can be counted, the third
    of four cells is where it would stand."""
    at = next((index for index, cell in enumerate(cells) if index and _is_time(cell, header.unit)), -1)
    if at < 0:
        at = 2 if len(cells) >= 4 and header.column(names.TIME) is not None else -1
    if at < 0:
        return list(cells[:2]), "", list(cells[2:])
    return list(cells[:at]), cells[at], list(cells[at + 1 :])

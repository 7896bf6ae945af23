"""Find the heads of step tables: which rows they are, and which column holds what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.marks import BRANCHES
from runtut.procedures.importing.source import Cell, Layout, Row
from runtut.procedures.importing.times import find as find_time
from runtut.procedures.importing.times import unit_of_heading
from runtut.procedures.importing.vocabulary import column_of
from runtut.procedures.importing.words import flow

NUMBER = re.compile(r"\(?\s*\d{1,2}\s*\)?\.?")
STEP = re.compile(r"[^\w\s]{0,2}\s*(\d{1,3})\s*[.)]?")
SUBSTEP = re.compile(r"\(?(\d{1,2})(?:\s*[.-]\s*\d{1,2}|\s*[.-]?\s*[A-Za-z])\s*[.)]?")
"""The number of a part of a step: 1.2, 1.a, 1b."""
LETTER = re.compile(r"[A-Z]\d?")
"""What joins a flowchart over pages."""

CAPTION = re.compile(r"(?i)^(?:unit )?pelaksana\s+(?=\w)")
LONGEST = 9
SAMPLE, FEWEST, SHORT = 30, 2, 30
"""Among how many rows times are looked for, how many there are at least, and how short they are."""
WIDEST = 400
"""The most cells in a row of a head: what is wider is no form, and would cost the more the wider it is."""

OPENING = frozenset({names.NO, names.ACTIVITY, names.PERFORMERS, names.QUALITY, names.REQUIREMENTS})
"""The columns by one of which the first row of a head is known."""

BODY = (names.REQUIREMENTS, names.TIME, names.OUTPUTS)


@dataclass(frozen=True)
class Column:
    """A column of the table: its kind (see vocabulary), its heading, where it starts and how wide it is."""

    kind: str
    name: str
    at: int
    span: int = 1

    @property
    def end(self) -> int:
        return self.at + self.span


@dataclass(frozen=True)
class Header:
    """The head of a step table; rows from `start` up to `end` (exclusive) belong to it."""

    start: int
    end: int
    columns: tuple[Column, ...]
    layout: Layout
    doubts: tuple[str, ...] = ()
    opening: frozenset[str] = frozenset()
    """The columns named by its first row."""

    @property
    def performers(self) -> tuple[str, ...]:
        return tuple(
            column.name for column in self.columns if column.kind == names.PERFORMERS and column.name
        )

    @property
    def width(self) -> int:
        return max((column.end for column in self.columns), default=0)

    @property
    def unit(self) -> str:
        """The unit that the heading of the time column gives to bare numbers."""
        return next((unit_of_heading(c.name) for c in self.columns if c.kind == names.TIME), "")

    def column(self, kind: str) -> Column | None:
        return next((column for column in self.columns if column.kind == kind), None)


def find(rows: Sequence[Row]) -> list[Header]:
    """Every head of a step table in order, repeated ones on later pages included."""
    found: list[Header] = []
    at = 0
    while at < len(rows):
        header = None if rows[at].is_blank else _header_at(rows, at)
        if header is None:
            at += 1
            continue
        found.append(header)
        at = header.end
    return found


def step_number(row: Row) -> tuple[int, str] | None:
    """The number that opens a row of steps, and the activity where it stands in the same cell."""
    if not row.filled or row.filled[0].below:
        return None
    first = row.filled[0].text
    match = STEP.fullmatch(first) or SUBSTEP.fullmatch(first)
    if match and len(row.filled) > 1 and any(_has_words(cell.text) for cell in row.filled[1:]):
        return int(match[1]), ""
    joined = re.fullmatch(r"(\d{1,3})\s*[.)]\s*\n?\s*(\D.{3,})", first, re.DOTALL)
    if joined and len(row.filled) > 1:
        return int(joined[1]), joined[2]
    return None


def is_numbering(row: Row) -> bool:
    """Say whether a row only numbers the columns ("1 2 3 4" or "(1) (2) (3)")."""
    filled = row.filled
    return len(filled) >= 3 and all(NUMBER.fullmatch(cell.text) for cell in filled)


def _has_words(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{3}", text))


def _header_at(rows: Sequence[Row], at: int) -> Header | None:
    """The head of a whole table: activities, and two of performers, requirements, times and outputs."""
    part = _with_time(part_at(rows, at), rows)
    if part is None or not part.opening & {names.NO, names.ACTIVITY, names.PERFORMERS}:
        return None
    found = {column.kind for column in part.columns}
    standards = len(found & set(BODY)) + (names.PERFORMERS in found)
    if names.ACTIVITY not in found or not found & set(BODY) or standards < 2:
        return None
    return part


def _with_time(part: Header | None, rows: Sequence[Row]) -> Header | None:
    """A head whose column of times has lost its heading: told by the times below it."""
    if (
        part is None
        or part.layout is not Layout.GRID
        or part.column(names.TIME)
        or not part.column(names.ACTIVITY)
    ):
        return part
    told: Counter[int] = Counter()
    below = [row for row in rows[part.end : part.end + SAMPLE] if step_number(row) is not None]
    for row in below:
        told.update(cell.column for cell in row.filled if len(cell.text) < SHORT and find_time(cell.text))
    at, count = max(told.items(), key=lambda entry: entry[1], default=(0, 0))
    if (
        count < FEWEST
        or count < len(below) / 2
        or any(column.at <= at < column.end for column in part.columns)
    ):
        return part
    columns = sorted([*part.columns, Column(names.TIME, "", at)], key=lambda column: column.at)
    return replace(part, columns=tuple(columns))


def part_at(rows: Sequence[Row], at: int) -> Header | None:
    """What may be the head of a table or of a part of one, whatever columns it has."""
    first = rows[at]
    if first.layout is Layout.LINE or not 2 <= len(first.filled) <= WIDEST:
        return None
    kinds = {column_of(flow(cell.text)) for cell in first.filled}
    if not kinds & OPENING:
        return None
    end = _end_of(rows, at)
    block = [row for row in rows[at:end] if not row.is_blank]
    opening = frozenset(kind for kind in kinds if kind)
    return Header(at, end, tuple(_columns(block)), first.layout, tuple(_doubts(block)), opening)


def _end_of(rows: Sequence[Row], at: int) -> int:
    """The first row after the head: one that starts a step, or that can no longer be a heading."""
    end = at + 1
    while end < len(rows) and end - at < LONGEST:
        row = rows[end]
        if row.is_blank:
            end += 1
            continue
        if _hangs_below(row, rows, at, end):
            end += 1
            continue
        if row.layout is Layout.LINE or not (is_numbering(row) or _may_head(row, rows[at])):
            break
        end += 1
    return end


def _hangs_below(row: Row, rows: Sequence[Row], at: int, end: int) -> bool:
    """Say whether a lone word above the first step is the rest of a heading in a text."""
    if row.layout is not Layout.LINE or rows[at].layout is not Layout.GAP or len(row.text) > 30:
        return False
    follows = next((later for later in rows[end + 1 :] if not later.is_blank), None)
    inner = row.filled[0].column > rows[at].filled[1].column
    return inner and follows is not None and step_number(follows) is not None


def _may_head(row: Row, first: Row) -> bool:
    """Say whether a row may belong to a head: no step, no sentence, no lone text below the first column."""
    texts = [cell.text for cell in row.filled]
    if step_number(row) is not None or any(len(text) > 70 or find_time(text) for text in texts):
        return False
    if all(LETTER.fullmatch(text) for text in texts):
        return False
    below_first = row.filled[0].column == first.filled[0].column and bool(row.cells[0].text)
    return not (below_first and len(row.filled) < 3 and column_of(row.filled[0].text) is None)


def _columns(block: Sequence[Row]) -> list[Column]:
    """The columns of a head: those whose heading is known, and the performers between them."""
    known: dict[str, Column] = {}
    loose: list[tuple[int, Cell]] = []
    captions: list[tuple[int, Cell]] = []
    for depth, row in enumerate(block):
        if is_numbering(row):
            continue
        for cell in row.filled:
            if cell.below or not _has_letters(cell.text):
                continue
            text = flow(cell.text)
            kind = column_of(text)
            if kind in {names.PERFORMERS, names.QUALITY}:
                captions.append((depth, cell))
            elif kind and kind not in known:
                known[kind] = Column(kind, text, cell.column, cell.span)
            elif kind is None or kind in known:
                loose.append((depth, cell))
    loose += _named_as_captions(captions, loose)
    _mend_split(known, loose)
    if block[0].layout is Layout.GRID:
        _mend_lost(known, block)
    performers = _performers(known, loose) or _performers_right(known, loose, captions)
    columns = [*known.values(), *performers]
    if not performers:
        columns += [
            Column(names.PERFORMERS, "", cell.column, cell.span)
            for _, cell in captions
            if column_of(flow(cell.text)) == names.PERFORMERS
        ]
    return sorted(columns, key=lambda column: column.at)


def _named_as_captions(
    captions: Sequence[tuple[int, Cell]], loose: Sequence[tuple[int, Cell]]
) -> list[tuple[int, Cell]]:
    """Performers called by a word that elsewhere stands over all of them ("Petugas"): they stand beside names
    and have none below them."""
    return [
        (depth, cell)
        for depth, cell in captions
        if column_of(flow(cell.text)) == names.PERFORMERS
        and any(at == depth and other is not cell for at, other in loose)
        and not any(
            at > depth and cell.column <= other.column < cell.column + cell.span for at, other in loose
        )
    ]


def _has_letters(text: str) -> bool:
    return any(sign.isalpha() for sign in text)


def _mend_split(known: dict[str, Column], loose: list[tuple[int, Cell]]) -> None:
    """Read headings whose words stand in rows of their own ("Persyaratan/" above "Kelengkapan")."""
    for kind, column in list(known.items()):
        rest = [cell for _, cell in loose if cell.column == column.at and kind != names.NO]
        for cell in rest:
            if column_of(f"{column.name} {cell.text}") == kind:
                known[kind] = Column(kind, f"{column.name} {flow(cell.text)}", column.at, column.span)
                loose[:] = [entry for entry in loose if entry[1] is not cell]


def _mend_lost(known: dict[str, Column], block: Sequence[Row]) -> None:
    """Columns of a grid with an unreadable heading: number left of the activity, output after the time."""
    activity, time, note = (known.get(kind) for kind in (names.ACTIVITY, names.TIME, names.NOTE))
    if names.NO not in known and activity is not None and activity.at > 0:
        known[names.NO] = Column(names.NO, "", 0, activity.at)
    if names.OUTPUTS in known or time is None:
        return
    used = {column.at for column in known.values()}
    right = min((column.at for column in (note,) if column is not None), default=10**6)
    free = {cell.column for row in block for cell in row.cells if time.at < cell.column < right} - used
    if free:
        known[names.OUTPUTS] = Column(names.OUTPUTS, "", min(free), 1)
        known[names.TIME] = Column(names.TIME, time.name, time.at, min(time.span, min(free) - time.at))


def _performers(known: dict[str, Column], loose: list[tuple[int, Cell]]) -> list[Column]:
    """The columns between the activity and the standards; their names may run over several rows."""
    activity = known.get(names.ACTIVITY)
    if activity is None:
        return []
    body = [known[kind].at for kind in BODY if kind in known]
    right = min((at for at in body if at > activity.at), default=10**6)
    left = activity.end - 1
    names_at: dict[int, list[Cell]] = {}
    for _, cell in sorted(loose, key=lambda entry: (entry[1].column, entry[0])):
        if left < cell.column < right:
            names_at.setdefault(cell.column, []).append(cell)
    result: list[Column] = []
    for at, cells in sorted(_parted(names_at).items()):
        if result and at < result[-1].end and cells[0].span < result[-1].span:
            # A group heading above: its parts are the columns.
            result.pop()
        text = CAPTION.sub("", flow("\n".join(cell.text for cell in cells)))
        kind = names.BRANCH if text.casefold() in BRANCHES else names.PERFORMERS
        result.append(Column(kind, text, at, max(cell.span for cell in cells)))
    return result


def _performers_right(
    known: dict[str, Column], loose: Sequence[tuple[int, Cell]], captions: Sequence[tuple[int, Cell]]
) -> list[Column]:
    """The columns below a caption of performers that stands right of the standards."""
    caption = next(
        (cell for _, cell in captions if column_of(flow(cell.text)) == names.PERFORMERS and cell.span > 1),
        None,
    )
    if caption is None or any(column.at > caption.column for column in known.values() if column.kind in BODY):
        return []
    end = caption.column + caption.span
    below = sorted((cell for _, cell in loose if caption.column <= cell.column < end), key=lambda c: c.column)
    return [Column(names.PERFORMERS, flow(cell.text), cell.column, cell.span) for cell in below]


def _parted(names_at: dict[int, list[Cell]]) -> dict[int, list[Cell]]:
    """The names without headings of groups: cells that stand above two narrower ones or more."""
    every = [cell for cells in names_at.values() for cell in cells]
    kept: dict[int, list[Cell]] = {}
    for at, cells in names_at.items():
        for cell in cells:
            end = cell.column + cell.span
            parts = {one.column for one in every if cell.column <= one.column < end and one.span < cell.span}
            if len(parts) < 2:
                kept.setdefault(at, []).append(cell)
    return kept


def _doubts(block: Sequence[Row]) -> list[str]:
    numberings = [row for row in block if is_numbering(row)]
    doubts = []
    if len(numberings) > 1:
        doubts.append("Baris penomoran kolom tercetak dua kali.")
    if numberings:
        last = numberings[-1]
        filled = [cell.column for cell in last.filled]
        heads = [cell.column for row in block if not is_numbering(row) for cell in row.filled]
        if heads and max(heads) > max(filled):
            doubts.append("Kolom terakhir tidak ikut dinomori.")
        digits = [int(re.sub(r"\D", "", cell.text)) for cell in last.filled]
        if digits != list(range(digits[0], digits[0] + len(digits))):
            doubts.append("Nomor kolom melompat atau berulang.")
    captions = [
        row for row in block if any(column_of(flow(cell.text)) == names.PERFORMERS for cell in row.filled)
    ]
    if captions and len(block) > 1:
        doubts += _caption_doubts(captions[0], block)
    return doubts


def _caption_doubts(caption: Row, block: Sequence[Row]) -> list[str]:
    """Compare the room that "Mutu Baku" leaves with the number of performer columns below it."""
    quality = next((c for c in caption.cells if column_of(c.text) == names.QUALITY), None)
    body = [c.column for row in block for c in row.filled if column_of(flow(c.text)) in BODY]
    if quality is None or not body or caption.layout is not Layout.TAB:
        return []
    if min(body) > quality.column:
        return ["Judul Mutu Baku menutupi kolom pelaksana: jumlah kolom pada dua baris kepala tidak sama."]
    return []

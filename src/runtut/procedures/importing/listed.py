"""Procedures that are a numbered list below a heading, as hospitals and health centres write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from runtut.procedures.importing import sentences
from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.headers import Column, Header
from runtut.procedures.importing.source import Cell, Layout, Place, Row
from runtut.procedures.importing.steprows import Step
from runtut.procedures.importing.tables import Table
from runtut.procedures.importing.vocabulary import label_of
from runtut.procedures.importing.words import flow, key

HEADINGS = {
    "prosedur", "prosedur kerja", "langkah langkah", "langkah langkah prosedur", "prosedur langkah langkah",
    "langkah langkah kegiatan", "langkah kerja", "uraian prosedur", "tata cara", "langkah prosedur",
    "prosedur pelaksanaan", "prosedur pelayanan", "langkah langkah pelaksanaan", "prosedur tindakan",
}  # fmt: skip
OTHERS = {
    "pengertian", "definisi", "tujuan", "kebijakan", "referensi", "ruang lingkup", "alat dan bahan",
    "persiapan alat", "unit terkait", "dokumen terkait", "rekaman historis", "rekaman historis perubahan",
    "bagan alir", "diagram alir", "hal hal yang perlu diperhatikan", "instalasi terkait", "lampiran",
    "unit kerja terkait", "indikator", "sasaran", "pihak terkait",
}  # fmt: skip
"""Other headings of such forms, where a list ends."""

NUMBERED = re.compile(r"\s*(\d{1,2})\s*[.)]\s*(?=\D)")
LETTERED = re.compile(r"\s*([a-z])\s*[.)]\s+")
PART = re.compile(r"\s*(?:[A-Z]|[IVX]{1,4})\s*[.)]\s+[A-Z]")
"""The heading of a part, within which the steps are counted anew."""

FEWEST = 2
WHY = (
    "Langkah diambil dari daftar di bawah judul prosedur; pelaksana, waktu, kelengkapan, dan hasilnya tidak "
    "tertulis."
)
TOLD = (
    "Langkah diambil dari daftar di bawah judul prosedur; pelaksana dan waktunya dari kalimat langkah itu, "
    "kelengkapan dan hasilnya tidak tertulis."
)
Line = tuple[str, Place]


def find(rows: Sequence[Row]) -> Iterator[tuple[int, Table]]:
    """Yield every list of steps with the row of its heading."""
    at = 0
    while at < len(rows):
        if not _is_heading(rows[at]):
            at += 1
            continue
        end = next((i for i in range(at + 1, len(rows)) if _is_over(rows[i])), len(rows))
        table = _table(at, end, list(_lines(rows[at:end])))
        if len(table.steps) >= FEWEST:
            yield at, table
            at = end
        else:
            at += 1


def _is_heading(row: Row) -> bool:
    return bool(row.filled) and _bare(row.filled[0].text) in HEADINGS


def _bare(text: str) -> str:
    """What a heading says without its own number, from the first of its lines."""
    return re.sub(r"^[\divx ]+ (?=[a-z])", "", key(text.split("\n")[0])) if len(text) < 200 else ""


def _is_over(row: Row) -> bool:
    if not row.filled or row.filled[0].below:
        return False
    first = row.filled[0].text
    return _bare(first) in OTHERS or label_of(first) is not None


def _lines(rows: Sequence[Row]) -> Iterator[Line]:
    """The lines below the heading and beside it, each with where it stood."""
    for at, row in enumerate(rows):
        for index, cell in enumerate(row.filled):
            lines = cell.text.split("\n")
            if (at == 0 and index == 0) or cell.below:
                lines = lines[1:] if not cell.below else []
            yield from ((line, row.place) for line in lines if line.strip(" :"))


def _table(start: int, end: int, lines: Sequence[Line]) -> Table:
    columns = (Column(names.NO, "", 0), Column(names.ACTIVITY, "", 1))
    table = Table(Header(start, start + 1, columns, Layout.LINE), [], [], end=end)
    mark = NUMBERED if any(NUMBERED.match(line) for line, _ in lines) else LETTERED
    before, headed = 0, False
    for line, place in lines:
        number = _number(line, mark)
        if number == 1 and headed:
            before = len(table.steps)
        if number is not None and number == len(table.steps) - before + 1:
            step = Step(before + number, place, activity=mark.sub("", line, count=1), printed=str(number))
            table.steps.append(step)
            headed = False
        elif PART.match(line):
            headed = True
            table.rest.append(Row((Cell(line, 0),), place))
        elif table.steps:
            step = table.steps[-1]
            step.activity = flow(f"{step.activity}\n{line}")
        else:
            table.rest.append(Row((Cell(line, 0),), place))
    if table.steps:
        table.doubts.append(("steps", TOLD if sentences.tell(table.steps) else WHY))
    return table


def _number(line: str, mark: re.Pattern[str]) -> int | None:
    match = mark.match(line)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else ord(match[1]) - 96

"""Plain text: cells between tabs, bars, semicolons or wide gaps, or no cells at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from runtut.procedures.importing.source import Cell, Layout, Place, Row, Source
from runtut.procedures.importing.vocabulary import column_of, label_of
from runtut.procedures.importing.words import clean

GAP = re.compile(r"\s{2,}|\t+")
RULE = re.compile(r"[|+:\-=\s]{5,}")
MARKDOWN = re.compile(r"^\s{0,3}#{1,6}\s+(?=\S)|\*\*")
BARS = 2
Splitter = Callable[[str], tuple[tuple[Cell, ...], Layout]]


def read(name: str, content: bytes) -> Source:
    """Read a text file of any of the usual encodings; a form feed starts a new page."""
    return Source(name=name, rows=tuple(rows_of(decode(content))))


def decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace")


def rows_of(text: str, page: int = 1) -> Iterator[Row]:
    """The rows of a text. How its tables part their cells is told by their heads, once for the text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    split = _splitter(text.split("\n"))
    for number, sheet in enumerate(text.split("\f"), start=page):
        for line_number, line in enumerate(sheet.split("\n"), start=1):
            if RULE.fullmatch(line) and "-" in line and len(line.strip()) > 4:
                continue
            cells, layout = split(MARKDOWN.sub("", line))
            yield Row(cells, Place(number, line_number), layout)


def _splitter(lines: Sequence[str]) -> Splitter:
    if any("\t" in line and _headings(line.split("\t")) >= BARS for line in lines):
        return _tabs
    for mark in ("|", ";", "¦", "^", "~"):
        head = next(
            (line for line in lines if line.count(mark) >= 3 and _headings(line.split(mark)) >= BARS), None
        )
        if head is not None:
            return partial(_marked, mark=mark, framed=head.strip().startswith(mark))
    if any(_headings(GAP.split(line.strip())) >= 3 for line in lines):
        return _gaps
    return _tabs


def _headings(cells: Sequence[str]) -> int:
    return len({kind for cell in cells if (kind := column_of(cell.strip()))})


def _line(line: str) -> tuple[tuple[Cell, ...], Layout]:
    text = clean(line)
    return ((Cell(text, 0),) if text else ()), Layout.LINE


def _tabs(line: str) -> tuple[tuple[Cell, ...], Layout]:
    if "\t" not in line.strip(" "):
        return _line(line)
    return _row(line.split("\t"))


def _row(parts: Sequence[str]) -> tuple[tuple[Cell, ...], Layout]:
    cells = tuple(Cell(clean(_signed(part)), index) for index, part in enumerate(parts))
    return (cells, Layout.TAB) if any(cell.text for cell in cells) else ((), Layout.TAB)


def _signed(text: str) -> str:
    """Wide gaps in a block with a NIP were its lines: office, name, rank."""
    return re.sub(r"\s{2,}", "\n", text.strip()) if "NIP" in text.upper() else text


def _marked(line: str, *, mark: str, framed: bool) -> tuple[tuple[Cell, ...], Layout]:
    """Cells between marks; in a frame the first and last mark are its sides."""
    if mark not in line:
        return _line(line)
    inner = line.strip()
    if not framed:
        return _row(line.split(mark))
    inner = inner.removeprefix(mark)
    return _row(inner.removesuffix(mark).split(mark))


def _gaps(line: str) -> tuple[tuple[Cell, ...], Layout]:
    if "\t" in line.strip():
        return _tabs(line)
    stripped = line.strip()
    if not GAP.search(stripped):
        cells, _ = _line(line)
        if cells and label_of(cells[0].text):
            return cells, Layout.LINE
        start = len(line) - len(line.lstrip())
        return tuple(Cell(cell.text, start) for cell in cells), Layout.LINE
    cells = tuple(
        Cell(clean(match.group()), match.start(), len(match.group()))
        for match in re.finditer(r"\S+(?:\s\S+)*", line)
    )
    return cells, Layout.GAP

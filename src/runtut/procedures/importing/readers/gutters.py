"""Tables without borders on a page: columns told by the white that no line of theirs crosses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from runtut.procedures.importing.readers.geometry import Word
from runtut.procedures.importing.source import Cell, Layout
from runtut.procedures.importing.vocabulary import PERFORMERS, QUALITY, column_of
from runtut.procedures.importing.words import clean

HEADINGS: Final = 3
"""The least headings of columns in the line that opens a table."""
NARROWEST: Final = 3.0
"""The least width in points of the white between two columns."""
FEWEST: Final = 5
"""The least columns, and the least lines."""
CROSSING: Final = 0.05
"""The share of lines that may cross the white between columns."""
FARTHEST: Final = 60.0
"""What is farther below the line before it belongs to something else."""
PARTED: Final = 1.3
"""By how much rows stand further apart than the lines of a cell."""
CAPTIONS: Final = frozenset({PERFORMERS, QUALITY})
"""Headings that stand over several columns."""
NUMBER: Final = re.compile(r"\(?\d{1,3}(?:[.-]?\d{1,2}|[.-]?[a-z])?[.)]?")

Lines = Sequence[Sequence[Word]]
Entry = tuple[float, tuple[Cell, ...], Layout]


@dataclass(frozen=True)
class Region:
    """Lines from `start` up to `end` that are a table, and where its columns begin."""

    start: int
    end: int
    stops: tuple[int, ...]


def find(lines: Lines) -> Region | None:
    """The first table without borders among the lines of a page."""
    for start, line in enumerate(lines):
        if not _is_headline(line):
            continue
        end = _end(lines, start)
        stops = _headed(_stops(lines[start:end]), lines[start:end])
        if end - start > FEWEST and len(stops) >= FEWEST:
            return Region(start, end, stops)
    return None


def entries(lines: Lines, region: Region) -> Iterator[Entry]:
    """The rows of a table with where they begin: whole ones where the white between them shows which lines
    belong together, else line by line."""
    held = lines[region.start : region.end]
    first = next((at for at, line in enumerate(held) if _number(line, region)), len(held))
    groups = _groups(held[first:])
    whole = all(sum(bool(_number(line, region)) for line in group) == 1 for group in groups)
    layout = Layout.GRID if whole and len(groups) > 1 else Layout.GAP
    for group in [
        *([line] for line in held[:first]),
        *(groups if whole else ([line] for line in held[first:])),
    ]:
        yield group[0][0].box.top, _cells(group, region), layout


def _is_headline(line: Sequence[Word]) -> bool:
    kinds = {column_of(word.text.strip(" .:/")) for word in line if word.text[:1].isupper()}
    return len(kinds - {None}) >= HEADINGS


def _end(lines: Lines, start: int) -> int:
    for at in range(start + 1, len(lines)):
        if lines[at][0].box.top - lines[at - 1][0].box.bottom > FARTHEST:
            return at
    return len(lines)


def _stops(lines: Lines) -> tuple[int, ...]:
    """Where columns begin: right of the white that hardly a line crosses, headings over several aside."""
    words = [word for line in lines for word in line]
    left, right = int(min(word.box.left for word in words)), int(max(word.box.right for word in words)) + 1
    crossed = [0] * (right - left + 1)
    for line in lines:
        inked = (word.box for word in line if column_of(word.text) not in CAPTIONS)
        for at in {at for box in inked for at in range(int(box.left), int(box.right) + 1)}:
            crossed[at - left] += 1
    most = int(CROSSING * len(lines))
    stops = [left]
    white = 0
    for at, count in enumerate(crossed, start=left):
        if count <= most:
            white += 1
            continue
        if white >= NARROWEST and at - white > left:
            stops.append(at)
        white = 0
    return tuple(stops)


def _headed(stops: tuple[int, ...], lines: Lines) -> tuple[int, ...]:
    """Only the columns that have a heading: signs stand in the middle of theirs, beside its first letters."""
    region = Region(0, len(lines), stops)
    first = next((at for at, line in enumerate(lines) if _number(line, region)), len(lines))
    held = {_column(word, region) for line in lines[:first] for word in line}
    return tuple(stop for at, stop in enumerate(stops) if at in held or at == 0)


def _column(word: Word, region: Region) -> int:
    return max(0, bisect_right(region.stops, word.box.middle[0]) - 1)


def _number(line: Sequence[Word], region: Region) -> str:
    """The number in the first column of a line."""
    text = "".join(word.text for word in line if _column(word, region) == 0)
    return text if NUMBER.fullmatch(text) else ""


def _groups(lines: Lines) -> list[list[Sequence[Word]]]:
    """Lines that stand near each other together."""
    tops = [min(word.box.top for word in line) for line in lines]
    steps = sorted(later - before for before, later in pairwise(tops))
    usual = median(steps[: max(1, len(steps) // 2)]) if steps else 0.0
    groups: list[list[Sequence[Word]]] = []
    for at, line in enumerate(lines):
        if not at or tops[at] - tops[at - 1] > PARTED * usual:
            groups.append([])
        groups[-1].append(line)
    return groups


def _cells(group: Lines, region: Region) -> tuple[Cell, ...]:
    ends = (*region.stops[1:], region.stops[-1] + 100)
    cells = []
    for at, (start, end) in enumerate(zip(region.stops, ends, strict=True)):
        texts = (" ".join(word.text for word in line if _column(word, region) == at) for line in group)
        cells.append(Cell(clean("\n".join(text for text in texts if text)), start, end - start))
    return tuple(cells)

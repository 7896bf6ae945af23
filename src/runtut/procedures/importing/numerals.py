"""Steps counted in Roman numerals, written in digits where the whole table is counted so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from runtut.procedures.importing.headers import SUBSTEP, step_number
from runtut.procedures.importing.source import Layout, Row

ROMAN = re.compile(r"\(?(X{0,3})(IX|IV|V?I{0,3})\s*[.)]?")
VALUES = {"I": 1, "V": 5, "X": 10}
FEWEST = 3
"""The least steps of a table, and the least cells of one: headings of parts have a number and a name only."""


def in_digits(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with the numerals of their steps in digits; tables with steps in digits stay as they are."""
    result = list(rows)
    for run in _runs(rows):
        filled = sorted(len(rows[at].filled) for at in run)
        if len(run) >= FEWEST and filled[len(filled) // 2] >= FEWEST:
            for number, at in enumerate(run, start=1):
                result[at] = _numbered(rows[at], number)
    return tuple(result)


def value_of(text: str) -> int:
    """The value of a Roman numeral up to 39; 0 for any other text."""
    match = ROMAN.fullmatch(text.strip())
    values = [VALUES[sign] for sign in match[1] + match[2]] if match else []
    return sum(-one if one < other else one for one, other in zip(values, (*values[1:], 0), strict=False))


def _runs(rows: Sequence[Row]) -> Iterator[list[int]]:
    """Rows that are counted I, II, III; a step in digits between them ends the count and takes it back."""
    run: list[int] = []
    for at, row in enumerate(rows):
        if row.layout is Layout.LINE or row.is_blank or row.filled[0].below:
            continue
        number = value_of(row.filled[0].text)
        if number == len(run) + 1 and len(row.filled) > 1:
            run.append(at)
        elif number == 1 and len(row.filled) > 1:
            yield run
            run = [at]
        elif run and step_number(row) is not None and not SUBSTEP.fullmatch(row.filled[0].text):
            run = []
    yield run


def _numbered(row: Row, number: int) -> Row:
    first = row.filled[0]
    return replace(
        row, cells=tuple(replace(cell, text=str(number)) if cell is first else cell for cell in row.cells)
    )

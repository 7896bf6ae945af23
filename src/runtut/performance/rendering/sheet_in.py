"""Reading a filled-in workbook of figures: which row says what; nothing of it is believed yet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from runtut.core.numbers import format_decimal
from runtut.documents.formulas.sniffing import XLSX, identify_file
from runtut.performance.errors import NotAFigureSheet, SheetOfAnotherPeriod
from runtut.performance.rendering.unpacking import repacked

SHEET: Final = "Realisasi"
MARK: Final = "runtut-realisasi"
KEY, VALUE, CAUSE, SOURCE, NOTE = 0, 5, 6, 7, 8
LETTERS: Final = "ABCDEFGHI"
QUOTED: Final = ("'=", "'+", "'-", "'@")
"""How a text that a spreadsheet would take for a formula was written."""


@dataclass(frozen=True)
class SheetLine:
    """One row of the workbook: its number there, the key of its indicator, what was typed."""

    number: int
    key: str
    value_text: str
    cause: str
    source: str = ""
    note: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.value_text or self.cause or self.source or self.note)


def heads(period: str) -> tuple[str, ...]:
    """Return the heads of the columns; `period` is that of the figures ("TW III")."""
    return (
        "Kode (jangan diubah)",
        "Indikator",
        "Satuan",
        "Target tahun",
        f"Target s.d. {period}",
        f"Realisasi {period}",
        "Penyebab dan rencana perbaikan",
        "Sumber data",
        "Catatan",
    )


def mark_of(*, unit: str, year: int, quarter: int) -> str:
    """Return what a workbook carries to say whose it is."""
    return f"{MARK};{unit};{year};{quarter}"


def read_figure_sheet(*, name: str, content: bytes, mark: str, period: str) -> list[SheetLine]:
    """Return the rows of a workbook that have a key or something typed.

    Raises what identify_file and repacked refuse, NotAFigureSheet for any other workbook, and
    SheetOfAnotherPeriod for one of another office or quarter, each with the field "file".
    """
    if identify_file(name=name, content=content) is not XLSX:
        raise NotAFigureSheet(field="file")
    rows = _rows(repacked(content))
    found = _text(rows[0], KEY) if rows else ""
    if not found.startswith(f"{MARK};"):
        raise NotAFigureSheet(field="file")
    if found != mark:
        raise SheetOfAnotherPeriod(period=period, field="file")
    start = next((place for place, row in enumerate(rows) if _text(row, KEY) == heads(period)[KEY]), None)
    if start is None:
        raise NotAFigureSheet(field="file")
    lines = [_line(number, row) for number, row in enumerate(rows[start + 1 :], start=start + 2)]
    return [line for line in lines if line.key or not line.is_blank]


def _rows(content: bytes) -> list[list[object]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            if SHEET not in book.sheet_names:
                raise NotAFigureSheet(field="file")
            return [list(row) for row in book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)]
    except CalamineError:
        raise NotAFigureSheet(field="file") from None


def _line(number: int, row: Sequence[object]) -> SheetLine:
    words = (_text(row, place) for place in (CAUSE, SOURCE, NOTE))
    return SheetLine(number, _text(row, KEY), _figure(row, VALUE), *words)


def _text(row: Sequence[object], place: int) -> str:
    words = str(row[place]).strip() if place < len(row) else ""
    return words[1:] if words.startswith(QUOTED) else words


def _figure(row: Sequence[object], place: int) -> str:
    """A number as an Indonesian writes it, to the fifteen digits that a spreadsheet keeps; else the text."""
    value = row[place] if place < len(row) else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _text(row, place)
    try:
        return format_decimal(Decimal(f"{value:.15g}"))
    except InvalidOperation:
        return str(value)

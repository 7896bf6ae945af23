"""The workbook in which an office fills in the figures of a quarter away from the pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from runtut.documents.rendering.workbook import neutral
from runtut.performance.rendering import sheet_in

WIDTHS = (38, 46, 14, 16, 18, 20, 60, 40, 40)
HEAD_ROW = 3
GUIDE = (
    "Isi sel berwarna saja, lalu unggah kembali. Sel kosong tidak mengubah apa pun dan tidak berarti 0. "
    "Kolom lain terkunci dan tidak dibaca. Sumber data boleh kosong."
)


@dataclass(frozen=True)
class SheetRow:
    """One indicator: what is shown, and what may be filled in. `is_open` tells whether it may be."""

    key: str
    name: str
    measure: str
    year_target: str
    target: str
    value: Decimal | None
    cause: str
    decimals: int
    is_open: bool
    source: str = ""
    note: str = ""


def render_figure_sheet(
    *, title: str, mark: str, period: str, rows: Sequence[SheetRow], at: datetime
) -> bytes:
    """Return the workbook: everything locked but the cells to fill in. `mark` says of which office and
    quarter it is. Same arguments, same bytes."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        page = book.add_worksheet(sheet_in.SHEET)
        bold = book.add_format({"bold": True, "font_size": 13})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#ECECEC"})
        page.write_string(0, 0, mark)
        page.write_string(0, 1, neutral(title), bold)
        page.write_string(1, 1, GUIDE)
        for number, label in enumerate(sheet_in.heads(period)):
            page.set_column(number, number, WIDTHS[number], None, {"hidden": number == 0})
            page.write_string(HEAD_ROW, number, label, head)
        text = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
        for line, row in enumerate(rows, start=HEAD_ROW + 1):
            shown = (row.key, row.name, row.measure, row.year_target, row.target)
            for number, words in enumerate(shown):
                page.write_string(line, number, neutral(words), text)
            _write_cells(book, page, line, row)
        page.freeze_panes(HEAD_ROW + 1, 2)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return stream.getvalue()


def _write_cells(book: Any, page: Any, line: int, row: SheetRow) -> None:
    """The figure, as a number with the indicator's decimals, and the words beside it."""
    places = f"0.{'0' * row.decimals}" if row.decimals else "0"
    look = {"border": 1, "valign": "top", "locked": not row.is_open}
    colour = {"bg_color": "#FFF9DB"} if row.is_open else {"font_color": "#555555"}
    number = book.add_format({**look, **colour, "num_format": places})
    text = book.add_format({**look, **colour, "num_format": "@", "text_wrap": True})
    if row.value is None:
        page.write_blank(line, sheet_in.VALUE, None, number)
    else:
        page.write_number(line, sheet_in.VALUE, float(row.value), number)
    beside = {sheet_in.CAUSE: row.cause, sheet_in.SOURCE: row.source, sheet_in.NOTE: row.note}
    for place, words in beside.items():
        if words:
            page.write_string(line, place, neutral(words), text)
        else:
            page.write_blank(line, place, None, text)

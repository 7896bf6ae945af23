"""A table as an XLSX workbook that nothing in it can turn into a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import Any

import xlsxwriter

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767
LINE = 15
"""Points of height that a line of a cell takes."""
HIGHEST = 405
"""Points: no row of a spreadsheet is higher than 409."""


def render_workbook(
    *,
    title: str,
    sheet: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[object]],
    at: datetime,
) -> bytes:
    """Return a workbook of one sheet: title, heads, rows; numbers and days as such, all else as text.

    `columns` are (head, width in characters). A text that a spreadsheet could take for a formula gets an
    apostrophe in front. Same arguments, same bytes: `at` is the date of the file.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        page = book.add_worksheet(sheet[:31])
        bold = book.add_format({"bold": True, "font_size": 13})
        grey = {"bg_color": "#ECECEC", "valign": "vcenter"}
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, **grey})
        text = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
        day = book.add_format({"border": 1, "valign": "top", "num_format": r"dd\-mm\-yyyy"})
        plain = book.add_format({"border": 1, "valign": "top"})
        page.write_string(0, 0, neutral(title), bold)
        for number, (label, width) in enumerate(columns):
            page.set_column(number, number, width)
            page.write_string(2, number, neutral(label), head)
        page.set_row(2, LINE * max((lines_of(label, width) for label, width in columns), default=1))
        widths = [width for _, width in columns]
        for line, row in enumerate(rows, start=3):
            count = lines_of_row(row, widths)
            if count > 1:
                page.set_row(line, min(LINE * count, HIGHEST))
            for number, cell in enumerate(row):
                write_cell(page, line, number, cell, text=text, day=day, plain=plain)
        page.freeze_panes(3, 0)
        page.repeat_rows(2)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return stream.getvalue()


def lines_of(label: str, width: int) -> int:
    """How many lines a text takes: not every program makes its row high enough by itself."""
    room = max(width - 1, 1)
    return sum(max(len(wrap(part, room)), 1) if len(part) > room else 1 for part in label.split("\n"))


def lines_of_row(row: Sequence[object], widths: Sequence[int]) -> int:
    """How many lines the highest cell of a row takes."""
    texts = ((cell, width) for cell, width in zip(row, widths, strict=False) if isinstance(cell, str))
    return max((lines_of(cell, width) for cell, width in texts), default=1)


def write_cell(page: Any, line: int, number: int, cell: object, *, text: Any, day: Any, plain: Any) -> None:
    if isinstance(cell, bool) or cell is None:
        page.write_string(line, number, "" if cell is None else ("ya" if cell else "tidak"), text)
    elif isinstance(cell, int | float):
        page.write_number(line, number, cell, plain)
    elif isinstance(cell, date):
        page.write_datetime(line, number, datetime(cell.year, cell.month, cell.day), day)
    else:
        page.write_string(line, number, neutral(str(cell)), text)


def neutral(words: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    shown = f"'{words}" if words.startswith(DANGEROUS) else words
    return shown[:CELL_LIMIT]

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

MARK = "DATA CONTOH, BUKAN DOKUMEN RESMI"


def evidence_table(
    *, title: str, rows: Sequence[tuple[str, str]], head: tuple[str, str], at: datetime
) -> bytes:
    """Return a small workbook with a title, a mark that nothing here is real, and two columns."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        sheet = book.add_worksheet("Bukti")
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 26)
        sheet.write_string(0, 0, title, bold)
        sheet.write_string(1, 0, MARK)
        for number, row in enumerate([head, *rows], start=3):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, bold if number == 3 else None)
    return buffer.getvalue()

"""Reading what was asked: which row, which column, which number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from runtut.procedures.errors import EditUnknown
from runtut.procedures.graph.editing.changes import Conflict
from runtut.procedures.graph.editing.sheet import Heading, Row, Sheet

LIMITS: Final = {"activity": 300, "label": 40, "note": 300, "calls": 60, "column": 80}
Asked = Mapping[str, Any]


def asked_row(sheet: Sheet, asked: Asked) -> Row:
    key = str(asked.get("row", ""))
    row = sheet.row(key)
    if row is None:
        raise Conflict(key)
    return row


def asked_column(sheet: Sheet, asked: Asked) -> Heading:
    found = next((one for one in sheet.columns if one.key == asked.get("column")), None)
    if found is None:
        raise Conflict("", "columns")
    return found


def asked_number(value: Any) -> int:
    text = str(value)
    if not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) < 6):
        raise EditUnknown
    return int(text)

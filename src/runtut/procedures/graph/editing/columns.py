"""What is asked of the performer columns."""

from __future__ import annotations

from typing import Final

from runtut.procedures.errors import EditImpossible, EditUnknown
from runtut.procedures.graph.editing.asking import LIMITS, Asked, asked_column, asked_number
from runtut.procedures.graph.editing.changes import Change, SetCell, SetColumns
from runtut.procedures.graph.editing.sheet import Heading, Sheet

MOST_COLUMNS: Final = 20


def add_column(sheet: Sheet, asked: Asked) -> list[Change]:
    """key, name, role: a new performer column at the right."""
    if len(sheet.columns) >= MOST_COLUMNS:
        raise EditImpossible(why=f"Bagan memuat paling banyak {MOST_COLUMNS} kolom pelaksana.")
    key, name = str(asked.get("key", "")), _name(sheet, asked, but="")
    if not key or any(one.key == key for one in sheet.columns):
        raise EditUnknown
    return [SetColumns(sheet.columns, (*sheet.columns, Heading(key, name, str(asked.get("role", "")))))]


def rename_column(sheet: Sheet, asked: Asked) -> list[Change]:
    """column, name: call a column by another name; its marks and its positions stay."""
    column = asked_column(sheet, asked)
    made = Heading(column.key, _name(sheet, asked, but=column.key), column.role)
    columns = tuple(made if one.key == column.key else one for one in sheet.columns)
    return [SetColumns(sheet.columns, columns)] if columns != sheet.columns else []


def remove_column(sheet: Sheet, asked: Asked) -> list[Change]:
    """column: take a column out, with its marks in every step."""
    column = asked_column(sheet, asked)
    changes: list[Change] = []
    for row in sheet.rows:
        marks = [mark for mark in row.cells["performers"] if mark[0] != column.key]
        if marks != row.cells["performers"]:
            changes.append(SetCell(row.key, "performers", row.cells["performers"], marks))
    rest = tuple(one for one in sheet.columns if one.key != column.key)
    return [*changes, SetColumns(sheet.columns, rest)]


def move_column(sheet: Sheet, asked: Asked) -> list[Change]:
    """column, to (number from 1): put a column elsewhere."""
    column = asked_column(sheet, asked)
    rest = [one for one in sheet.columns if one.key != column.key]
    there = max(1, min(asked_number(asked.get("to")), len(sheet.columns))) - 1
    columns = (*rest[:there], column, *rest[there:])
    return [SetColumns(sheet.columns, columns)] if columns != sheet.columns else []


def _name(sheet: Sheet, asked: Asked, *, but: str) -> str:
    name = " ".join(str(asked.get("name", "")).split())
    if not name or len(name) > LIMITS["column"]:
        raise EditImpossible(why=f"Nama kolom pelaksana diisi, paling panjang {LIMITS['column']} huruf.")
    if any(one.name.casefold() == name.casefold() and one.key != but for one in sheet.columns):
        raise EditImpossible(why=f"Kolom {name} sudah ada.")
    return name

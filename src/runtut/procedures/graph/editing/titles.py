"""A draft in the words of another office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from runtut.procedures.errors import EditImpossible
from runtut.procedures.graph.editing.changes import Change, Patch, SetCell, SetColumns
from runtut.procedures.graph.editing.sheet import Heading, Sheet
from runtut.procedures.graph.titles import STEP_LISTS, STEP_TEXTS, fitting, new_role, wording


def retitled(sheet: Sheet, words: Mapping[str, str], roles: Mapping[str, str]) -> Patch:
    """Return the changes that put words in the place of titles (graph.titles), in columns and steps.

    Raises EditImpossible where two columns would bear one name: which of their marks holds is not for us to
    say.
    """
    say = wording(words)
    changes: list[Change] = []
    columns = tuple(
        replace(column, name=say(column.name), role=new_role(column.name, column.role, words, roles))
        for column in sheet.columns
    )
    _ensure_apart(columns)
    if columns != sheet.columns:
        changes.append(SetColumns(sheet.columns, columns))
    for row in sheet.rows:
        told = {name: fitting(name, row.cells[name], say) for name in STEP_TEXTS}
        listed = {name: [say(line) for line in row.cells[name]] for name in STEP_LISTS}
        for name, value in {**told, **listed}.items():
            if value != row.cells[name]:
                changes.append(SetCell(row.key, name, row.cells[name], value))
    return tuple(changes)


def _ensure_apart(columns: tuple[Heading, ...]) -> None:
    seen: set[str] = set()
    for column in columns:
        if column.name.casefold() in seen:
            raise EditImpossible(
                why=f"Dua kolom pelaksana akan bernama {column.name}. Beri salah satunya sebutan lain."
            )
        seen.add(column.name.casefold())

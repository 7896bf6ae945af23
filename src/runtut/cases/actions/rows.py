"""Rows in plain SQL: columns taken from the models, values in the form that each database stores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Field, Model


class Rows:
    """The columns of a table that one statement writes, in order."""

    def __init__(self, model: type[Model], *names: str) -> None:
        self.model = model
        self.names = names

    @cached_property
    def fields(self) -> tuple[Field[Any, Any], ...]:
        """By the name of the attribute: `case_id`, not `case`."""
        known = {field.attname: field for field in self.model._meta.concrete_fields}
        return tuple(known[name] for name in self.names)

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> str:
        return ", ".join(str(field.column) for field in self.fields)

    def marks(self) -> list[str]:
        """Return one placeholder per column, cast on PostgreSQL, which cannot guess the type of a value that
        stands in a SELECT."""
        if connection.vendor != "postgresql":
            return ["%s"] * len(self.fields)
        return [f"%s::{field.db_type(connection)}" for field in self.fields]

    def update(self, where: str) -> str:
        """Return the UPDATE of these columns; its parameters are the values, then those of the condition."""
        columns = ", ".join(f"{field.column} = %s" for field in self.fields)
        return f"UPDATE {self.table} SET {columns} WHERE {where}"  # noqa: S608 (names from the models)

    def insert(self, count: int, *, source: str = "", link: str = "") -> str:
        """Return the INSERT of `count` rows, each SELECTed from `source` where one is given.

        With `link`, that column is filled with the id of the source's row whose uid is the last parameter.
        """
        wanted = [*self.marks(), "id"] if link else self.marks()
        select = f"SELECT {', '.join(wanted)}"
        if source:
            select += f" FROM {source}"
        if link:
            select += " WHERE uid = %s"
        columns = f"{self.columns}, {link}" if link else self.columns
        return f"INSERT INTO {self.table} ({columns}) {' UNION ALL '.join([select] * count)}"

    def values(self, row: Mapping[str, Any]) -> list[Any]:
        """Return a row's values in column order, as this database takes them."""
        return [
            field.get_db_prep_save(row[name], connection)
            for name, field in zip(self.names, self.fields, strict=True)
        ]

    def flat(self, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Return the values of several rows, one after the other."""
        return [value for row in rows for value in self.values(row)]

"""Rows in plain SQL: columns taken from the models, values in the form that each database stores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, DecimalField, Field, Model, UUIDField

Converter = Callable[[Any], Any]


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

    @cached_property
    def table(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def columns(self) -> str:
        return ", ".join(str(field.column) for field in self.fields)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """One placeholder per column, cast on PostgreSQL, which cannot guess the type of a value that stands
        in a SELECT."""
        if connection.vendor != "postgresql":
            return ("%s",) * len(self.fields)
        return tuple(f"%s::{field.db_type(connection)}" for field in self.fields)

    @cached_property
    def converters(self) -> tuple[Converter | None, ...]:
        """How each value becomes what SQLite stores; PostgreSQL's driver takes them all as they are."""
        if connection.vendor == "postgresql":
            return (None,) * len(self.fields)
        return tuple(converter(field) for field in self.fields)

    @cache  # noqa: B019 (a handful of rows, made once with their modules)
    def update(self, where: str) -> str:
        """Return the UPDATE of these columns; its parameters are the values, then those of the condition."""
        columns = ", ".join(f"{field.column} = %s" for field in self.fields)
        return f"UPDATE {self.table} SET {columns} WHERE {where}"  # noqa: S608 (names from the models)

    @cache  # noqa: B019 (a handful of rows, made once with their modules)
    def insert(self, count: int, *, source: str = "", link: str = "") -> str:
        """Return the INSERT of `count` rows, each SELECTed from `source` where one is given.

        With `link`, that column is filled with the id of the source's row whose uid is the last parameter.
        """
        select = f"SELECT {', '.join((*self.marks, 'id') if link else self.marks)}"
        if source:
            select += f" FROM {source}"
        if link:
            select += " WHERE uid = %s"
        columns = f"{self.columns}, {link}" if link else self.columns
        return f"INSERT INTO {self.table} ({columns}) {' UNION ALL '.join([select] * count)}"

    def values(self, row: Mapping[str, Any]) -> list[Any]:
        """Return a row's values, plain ones, in column order, as this database takes them."""
        return [
            row[name] if convert is None else convert(row[name])
            for name, convert in zip(self.names, self.converters, strict=True)
        ]

    def flat(self, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Return the values of several rows, one after the other."""
        return [value for row in rows for value in self.values(row)]


def converter(field: Field[Any, Any]) -> Converter | None:
    """Return how SQLite stores the values of a field, None when as they are."""
    if isinstance(field, DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, UUIDField):
        return hexadecimal
    return str if isinstance(field, DecimalField) else None


def hexadecimal(value: UUID | None) -> str | None:
    return value.hex if value is not None else None

"""Plain SQL with named values (`:at`), one text for both databases.

The ORM writes its SQL anew for every query, and Django translates placeholders anew at every execution; where
an act is done thousands of times a day, the two cost more than the act. Here a text is translated once, and
the driver gets the placeholders that it knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)
Converter = Callable[[Any], Any]

NAMED = re.compile(r"(?<!:):([a-z]\w*)")
"""A named value; two colons are a cast of PostgreSQL's."""


def database() -> BaseDatabaseWrapper:
    """Return this thread's connection itself: `django.db.connection` looks it up for every name anew."""
    return connections[DEFAULT_DB_ALIAS]


@contextmanager
def open_cursor(connection: BaseDatabaseWrapper) -> Iterator[Any]:
    """Yield a cursor for texts made by `translated`: the driver's own, whose errors become Django's.

    While somebody counts, logs or wraps what is executed, it is Django's, which tells them.
    """
    if connection.execute_wrappers or connection.queries_logged:
        with watched_cursor(connection) as watched:
            yield watched
        return
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    connection.validate_thread_sharing()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, closing(connection.connection.cursor()) as cursor:
        yield cursor


def watched_cursor(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """Return a cursor that counts, logs and can be wrapped like any other of Django's."""
    if connection.vendor != "sqlite":
        return connection.cursor()
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    return (
        connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
    )


@cache
def translated(sql: str, vendor: str) -> str:
    """Return a text with the placeholders of a database's driver."""
    return NAMED.sub(r"%(\1)s", sql) if vendor == "postgresql" else sql


def adapted(values: Mapping[str, Any], vendor: str) -> Mapping[str, Any]:
    """Return values as a database's driver takes them: SQLite's knows no dates, UUIDs and decimals."""
    if vendor == "postgresql":
        return values
    return {
        name: adapt(value) if (adapt := _FOR_SQLITE.get(type(value))) else value
        for name, value in values.items()
    }


def fetch_one(sql: str, values: Mapping[str, Any]) -> Sequence[Any] | None:
    """Run a query and return its first row, None when there is none."""
    connection = database()
    with open_cursor(connection) as cursor:
        cursor.execute(translated(sql, connection.vendor), adapted(values, connection.vendor))
        found: Sequence[Any] | None = cursor.fetchone()
    return found


def fetch_all(sql: str, values: Mapping[str, Any]) -> list[Sequence[Any]]:
    """Run a query and return its rows."""
    connection = database()
    with open_cursor(connection) as cursor:
        cursor.execute(translated(sql, connection.vendor), adapted(values, connection.vendor))
        found: list[Sequence[Any]] = cursor.fetchall()
    return found


def day_of(value: date | str | None) -> date | None:
    """Return a day as read: SQLite tells one by the column, and a UNION's columns are nobody's."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


_FOR_SQLITE: dict[type, Converter] = {
    datetime: _instant,
    date: date.isoformat,
    UUID: lambda value: value.hex,
    Decimal: str,
}


class Columns(Generic[Row]):
    """The columns of a model's row in a SELECT under an alias, and the object that their values make.

    Columns left out are read when somebody asks for them, as after `only()`.
    """

    def __init__(self, model: type[Row], alias: str, *names: str) -> None:
        self.model = model
        self.alias = alias
        self.chosen = names

    @cached_property
    def fields(self) -> tuple[Field[Any, Any], ...]:
        fields = self.model._meta.concrete_fields
        return tuple(field for field in fields if not self.chosen or field.attname in self.chosen)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(field.attname for field in self.fields)

    @cached_property
    def sql(self) -> str:
        return ", ".join(f"{self.alias}.{field.column}" for field in self.fields)

    @cached_property
    def converters(self) -> tuple[tuple[int, Converter], ...]:
        """By place: how values become Python's own, where the driver leaves that to Django."""
        connection = database()
        return tuple(
            (place, converter)
            for place, field in enumerate(self.fields)
            for converter in _converters(field, connection)
        )

    def build(self, values: Sequence[Any]) -> Row:
        """Make the object of a row, without the constructor: it would ask every value whether it was given,
        which takes longer than reading it."""
        given = list(values)
        for place, convert in self.converters:
            if given[place] is not None:
                given[place] = convert(given[place])
        row = self.model.__new__(self.model)
        row.__dict__.update(zip(self.names, given, strict=True), _state=ModelState())
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row


def _converters(field: Field[Any, Any], connection: BaseDatabaseWrapper) -> list[Converter]:
    known = _FROM_SQLITE.get(field.get_internal_type()) if connection.vendor == "sqlite" else None
    if known is not None:
        return [known]
    column = field.get_col(field.model._meta.db_table)
    functions = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
    return [_bound(function, column, connection) for function in functions]


def _bound(function: Callable[..., Any], column: object, connection: BaseDatabaseWrapper) -> Converter:
    return lambda value: function(value, column, connection)


_FROM_SQLITE: dict[str, Converter] = {
    "UUIDField": lambda value: UUID(int=int(value, 16)),
    "DateTimeField": lambda value: value.replace(tzinfo=UTC),
}
"""What Django's converters do as well, in twice the time and more."""

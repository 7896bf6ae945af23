"""Queries of a fixed shape, compiled once.

Two thirds of what Django's ORM spends on a single-row query goes into writing the SQL anew each time. On the
write path that is more than the act itself costs, so there the SQL is kept; the query stays an ordinary one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db import connection, connections
from django.db.models import Field, Model, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Part:
    """The columns of one model in a row, and the models joined to it with the field that leads there."""

    model: type[Model]
    names: tuple[str, ...]
    places: tuple[int, ...]
    joined: tuple[tuple[Field[Any, Any], Part], ...]

    @classmethod
    def of(cls, info: dict[str, Any], columns: Sequence[Any]) -> Part:
        places = tuple(info["select_fields"])
        return cls(
            model=info["model"],
            names=tuple(columns[place].target.attname for place in places),
            places=places,
            joined=tuple(
                (related["field"], cls.of(related, columns))
                for related in info.get("related_klass_infos", ())
            ),
        )

    def build(self, values: Sequence[Any], alias: str) -> Model | None:
        """Make the objects of a row; None where an optional join has found nothing."""
        if values[self.places[0]] is None:
            return None
        row = self.model.from_db(alias, self.names, [values[place] for place in self.places])
        for field, part in self.joined:
            row._state.fields_cache[field.name] = part.build(values, alias)
        return row


@dataclass(frozen=True)
class Compiled:
    """A query as one database takes it, and how its rows become objects again."""

    sql: str
    root: Part
    converters: tuple[tuple[int, Any, Any], ...]
    """Place in the row, function, and the column it belongs to."""


class PreparedQuery(Generic[Row]):
    """A query for one row by one unique field; joins forward only, `select_related` and nothing deferred."""

    def __init__(self, rows: QuerySet[Row], by: str) -> None:
        self.rows = rows
        self.by = by
        self._compiled: dict[str, Compiled] = {}

    def get(self, value: object) -> Row | None:
        """Return the row whose field has this value, None when there is none."""
        compiled = self._compiled.get(connection.vendor) or self._compile(value)
        field = cast("Field[Any, Any]", self.rows.model._meta.get_field(self.by))
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, [field.get_db_prep_value(value, connection)])
            found = cursor.fetchone()
        if found is None:
            return None
        values = list(found)
        database = connections[connection.alias]
        for place, convert, column in compiled.converters:
            values[place] = convert(values[place], column, database)
        return cast(Row, compiled.root.build(values, connection.alias))

    def _compile(self, value: object) -> Compiled:
        compiler = self.rows.filter(**{self.by: value}).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if len(params) != 1 or compiler.klass_info is None:
            raise ValueError(f"a query with {len(params)} parameters, and only {self.by} is given")
        columns = [column for column, _, _ in compiler.select or ()]
        compiled = Compiled(
            sql=sql,
            root=Part.of(compiler.klass_info, columns),
            converters=tuple(
                (place, convert, column)
                for place, (converters, column) in compiler.get_converters(columns).items()
                for convert in converters
            ),
        )
        self._compiled[connection.vendor] = compiled
        return compiled

"""Queries of a fixed shape, compiled once.

Two thirds of what Django's ORM spends on a single-row query goes into writing the SQL anew each time. On the
write path that is more than the act itself costs, so there the SQL is kept; the query stays an ordinary one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Compiled:
    """A query as one database takes it, and how its rows become objects again."""

    sql: str
    model: type[Model]
    names: list[str]
    first: int
    last: int
    converters: dict[int, tuple[Sequence[Any], Any]]
    populators: list[Any]


class PreparedQuery(Generic[Row]):
    """A query for one row by one unique field."""

    def __init__(self, rows: QuerySet[Row], by: str) -> None:
        self.rows = rows
        self.by = by
        self._compiled: dict[str, Compiled] = {}

    def get(self, value: object) -> Row | None:
        """Return the row whose field has this value, None when there is none."""
        compiled = self._compiled.get(connection.vendor) or self._compile(value)
        field: Field[Any, Any] = self.rows.model._meta.get_field(self.by)
        with connection.cursor() as cursor:
            cursor.execute(compiled.sql, [field.get_db_prep_value(value, connection)])
            found = cursor.fetchone()
        return self._object(compiled, list(found)) if found else None

    def _object(self, compiled: Compiled, values: list[Any]) -> Row:
        for place, (converters, expression) in compiled.converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        row = compiled.model.from_db(
            connection.alias, compiled.names, values[compiled.first : compiled.last]
        )
        for populator in compiled.populators:
            populator.populate(values, row)
        return row  # type: ignore[return-value]  # the model of the queryset

    def _compile(self, value: object) -> Compiled:
        compiler = self.rows.filter(**{self.by: value}).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        if len(params) != 1:
            raise ValueError(f"{len(params)} parameters, and only {self.by} is given")
        info = compiler.klass_info
        places = info["select_fields"]
        first, last = places[0], places[-1] + 1
        compiled = Compiled(
            sql=sql,
            model=info["model"],
            names=[column.target.attname for column, _, _ in compiler.select[first:last]],
            first=first,
            last=last,
            converters=compiler.get_converters([column for column, _, _ in compiler.select]),
            populators=get_related_populators(info, compiler.select, connection.alias),
        )
        self._compiled[connection.vendor] = compiled
        return compiled

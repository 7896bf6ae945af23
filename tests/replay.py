"""Scenes that many tests begin with: played once per process by the actions, then laid into the empty
database of each further test as the rows they left.

The rows are the ones that the actions wrote, and what the scene gives back is the same, each time anew, so a
test can do with it what it likes. A test with real commits, or with something in the database already, gets
its scene played as ever.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import connection, models
from django.db.models.sql import InsertQuery

P = ParamSpec("P")
T = TypeVar("T")
Statement = tuple[str, tuple[Any, ...]]

FILLED_BY_MIGRATIONS = {"auth", "contenttypes", "documents.archiveclass", "documents.retentionrule"}
"""What an empty database is never without: these apps and models."""


@dataclass
class Recording:
    """What a scene left in an empty database, and what it gave back."""

    given_back: bytes
    inserts: list[Statement]

    def lay(self) -> Any:
        with connection.cursor() as cursor:
            for sql, values in self.inserts:
                cursor.execute(sql, values)
        return pickle.loads(self.given_back)


def replayed(play: Callable[P, T]) -> Callable[P, T]:
    """A scene that is played once per process and set of (hashable) arguments."""
    recordings: dict[Hashable, Recording] = {}

    @functools.wraps(play)
    def scene(*args: P.args, **kwargs: P.kwargs) -> T:
        if not connection.in_atomic_block or not is_empty():
            return play(*args, **kwargs)
        key = (args, tuple(sorted(kwargs.items())))
        if key in recordings:
            return recordings[key].lay()
        result = play(*args, **kwargs)
        recordings[key] = Recording(pickle.dumps(result), [*inserts()])
        return result

    return scene


def stored_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        names = {model._meta.app_label, model._meta.label_lower}
        if not model._meta.proxy and not names & FILLED_BY_MIGRATIONS:
            yield model


@functools.cache
def emptiness() -> str:
    """One statement that asks every table for a row."""
    names = (connection.ops.quote_name(model._meta.db_table) for model in stored_models())
    return " OR ".join(f"EXISTS (SELECT 1 FROM {name})" for name in names)


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {emptiness()}")
        return not cursor.fetchone()[0]


def inserts() -> Iterator[Statement]:
    """The statements that write every row there is, with the keys it has."""
    for model in stored_models():
        rows = list(model._base_manager.order_by("pk"))
        fields = [column for column in model._meta.concrete_fields if not column.generated]
        size = connection.ops.bulk_batch_size(fields, rows) if rows else 1
        for first in range(0, len(rows), size):
            query = InsertQuery(model)
            query.insert_values(fields, rows[first : first + size], raw=True)
            yield from query.get_compiler(connection=connection).as_sql()

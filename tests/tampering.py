"""What only the owner of a database can do: take the protection off append-only tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"


@contextmanager
def unprotected(*tables: str) -> Iterator[None]:
    """Write into append-only tables, whose triggers come back afterwards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            switch = [f"ALTER TABLE {table} {{}} TRIGGER USER" for table in tables]
            off, on = ([line.format(word) for line in switch] for word in ("DISABLE", "ENABLE"))
        else:
            found = [row for table in tables for row in cursor.execute(TRIGGERS, [table]).fetchall()]
            off, on = [f"DROP TRIGGER {name}" for name, _ in found], [sql for _, sql in found]
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in on:
            cursor.execute(statement)


def protected_tables() -> list[str]:
    """The append-only tables of SQLite, which has no TRUNCATE to empty them with."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tbl_name FROM sqlite_master "
            "WHERE type = 'trigger' AND name LIKE '%_append_only_%'"
        )
        return [row[0] for row in cursor.fetchall()]

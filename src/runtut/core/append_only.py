"""Tables that only grow: the database itself refuses to change or remove a row.

For migrations: `operations = [*append_only_triggers("core_auditentry")]`, in a migration of its own after
the table's. SQLite loses triggers when a later migration rebuilds the table; that migration must add them
again.
"""

from __future__ import annotations

from functools import partial

from django.db.migrations.operations.base import Operation

from runtut.core.plain_migration import plain_sql

FUNCTION = """
CREATE OR REPLACE FUNCTION runtut_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only table: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def install_statements(vendor: str, table: str) -> list[str]:
    """Return the SQL that makes a table append-only."""
    if vendor == "postgresql":
        trigger = (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION runtut_append_only()"
        )
        return [FUNCTION, trigger]
    return [
        f"CREATE TRIGGER {table}_append_only_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only table: {table}'); END"
        for event in ("UPDATE", "DELETE")
    ]


def remove_statements(vendor: str, table: str) -> list[str]:
    """Return the SQL that takes the protection off again."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER {table}_append_only ON {table}"]
    return [f"DROP TRIGGER {table}_append_only_{event}" for event in ("update", "delete")]


def append_only_triggers(table: str) -> list[Operation]:
    """Return the migration operations that let the database refuse UPDATE and DELETE on a table.

    Whoever owns the database can drop a trigger; the hash chain is there to show it. TRUNCATE and DROP are
    not refused, so that a test database can be emptied.
    """
    return plain_sql(
        forwards=partial(install_statements, table=table), backwards=partial(remove_statements, table=table)
    )

"""A step of a migration in plain SQL, in the words of each database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation

Statements = Callable[[str], list[str]]
"""The SQL for a vendor ("postgresql", "sqlite")."""


def plain_sql(*, forwards: Statements, backwards: Statements) -> list[Operation]:
    """Return the migration operations that run these statements, and those that take them back."""
    return [RunPython(_running(forwards), _running(backwards))]


def _running(statements: Statements) -> Callable[[Any, Any], None]:
    def run(apps: Any, schema_editor: Any) -> None:
        for statement in statements(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return run

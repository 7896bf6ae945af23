"""A first start that copies an empty database has the same database as one that makes it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite

EXCEPT = ("RUNTUT_", "DATABASE_URL", "DJANGO_", "PYTEST_")
NAMES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL ORDER BY name"
COMPARED = {"django_migrations": "app, name", "auth_permission": "codename", "core_outboxmessage": "topic"}
"""What of a table must agree, elsewhere the number of rows: uids and instants differ."""


def runtut(var: Path, *command: str, **settings: str) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(EXCEPT)}
    key = {"RUNTUT_VAR": str(var), "RUNTUT_LOCAL": "1", "RUNTUT_SECRET_KEY": "hanya untuk pengujian " * 3}
    subprocess.run([sys.executable, "-m", "runtut.cli", *command], env={**env, **key, **settings}, check=True)


def contents(var: Path) -> dict[str, object]:
    with closing(sqlite3.connect(var / "runtut.sqlite3")) as database:
        found: dict[str, object] = {
            name: database.execute(f"SELECT {COMPARED.get(name, 'count(*)')} FROM {name}").fetchall()
            for (name,) in database.execute(NAMES)
        }
        return {"": sorted(database.execute("SELECT type, name, sql FROM sqlite_master"), key=str), **found}


@pytest.mark.slow
def test_a_copied_database_is_the_one_that_migrations_make_and_is_never_copied_over(tmp_path: Path) -> None:
    installed, copied, made = tmp_path / "dipasang", tmp_path / "di salin", tmp_path / "dibuat"
    runtut(installed, "migrate")
    schema = str(installed / "runtut.sqlite3")

    runtut(copied, "prepare", RUNTUT_SCHEMA=schema)
    runtut(made, "prepare", RUNTUT_SCHEMA=str(tmp_path / "tidak ada"))

    assert contents(copied) == contents(made)
    with closing(sqlite3.connect(copied / "runtut.sqlite3")) as database:
        database.execute("CREATE TABLE kept (id integer)")
    runtut(copied, "prepare", RUNTUT_SCHEMA=schema)
    assert "kept" in contents(copied)

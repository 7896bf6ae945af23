"""Databases that live as long as the measurement, and switching between them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from tools.postgres import throwaway_cluster

DURABLE = ("fsync", "full_page_writes", "autovacuum")
"""What the suite's cluster leaves out for speed and a measurement must not."""


@contextmanager
def scratch_url(vendor: str) -> Iterator[str]:
    """Yield the DATABASE_URL of an empty database."""
    if vendor == "postgresql":
        with throwaway_cluster() as url:
            yield url.replace("/runtut?", "/postgres?")
        return
    folder = Path(tempfile.mkdtemp(prefix="runtut-bench-"))
    try:
        yield f"sqlite:{folder / 'small.sqlite3'}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_durable() -> None:
    """Give PostgreSQL the settings of a real server."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name in DURABLE:
            cursor.execute(f"ALTER SYSTEM SET {name} = on")
        cursor.execute("SELECT pg_reload_conf()")


def copy_database(name: str) -> str:
    """Copy the database in use as it stands, and return the name of the copy."""
    source = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        use("template1")
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        use(source)
        return name
    connection.close()
    target = Path(source).with_name(f"{name}.sqlite3")
    for ending in ("", "-wal"):
        if Path(source + ending).exists():
            shutil.copyfile(source + ending, str(target) + ending)
    return str(target)


def use(name: str) -> None:
    """Go on with another database of the same kind."""
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()

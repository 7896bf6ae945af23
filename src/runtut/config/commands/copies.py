"""What a backup is made of, shared by `runtut backup` and `runtut restore`.

An archive (.tar) holds, in this order: manifest.json (version, instant, the database's name and sha256), the
database, the files under files/, and checksums.json, which names every file with its sha256. An archive
without the last was cut off.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from io import BufferedReader
from pathlib import Path

from django.db import connection

from runtut.config.commands import Failed

MANIFEST = "manifest.json"
CHECKSUMS = "checksums.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES = "files"


def sha256_of(path: Path) -> str:
    with path.open("rb") as content:
        return sha256_in(content)


def sha256_in(content: BufferedReader) -> str:
    return hashlib.file_digest(content, "sha256").hexdigest()


def database_name() -> str:
    """Return the name of the database: on SQLite the path of its file."""
    return str(connection.settings_dict["NAME"])


def postgres_tool(program: str, arguments: Sequence[str]) -> None:
    """Run PostgreSQL's own tool against our database; the password travels in the environment."""
    place = connection.settings_dict
    env = {**os.environ, "PGPASSWORD": str(place["PASSWORD"])}
    for option, value in (("PGHOST", place["HOST"]), ("PGPORT", place["PORT"]), ("PGUSER", place["USER"])):
        if value:
            env[option] = str(value)
    path = shutil.which(program)
    if path is None:
        raise Failed(f"{program} was not found: install the PostgreSQL client programs.")
    done = subprocess.run([path, *arguments], env=env, capture_output=True, text=True, check=False)  # noqa: S603 - PostgreSQL's own program, no shell
    if done.returncode:
        raise Failed(f"{program} failed: {done.stderr.strip()}")

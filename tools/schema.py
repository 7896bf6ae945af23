"""An empty database with every table: `make install` makes it once, a first start copies it.

Making some hundred tables takes longer than everything else that a first start does. The file stands in
`.venv`, never in the repository, under a name made of all that it was made from: when the source or the
dependencies change, it is made anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from tools.console import run_quietly, say
from tools.environment import Stamp
from tools.places import PYTHON, ROOT, SOURCE, VENV, exclusive

FOLDER = VENV / "schema"
DATABASE = "runtut.sqlite3"
OURS = ("RUNTUT_", "DATABASE_URL", "DJANGO_")
"""Settings of the caller's, which have no say in an empty database."""


def prepared() -> Path:
    """Return the file, made first where there is none for the source as it stands.

    Where the environment belongs to another account and is out of date, the file named is not there; the
    tables are then made in the database itself.
    """
    with exclusive("schema"):
        file = FOLDER / f"{fingerprint()}.sqlite3"
        if not file.is_file() and os.access(FOLDER.parent, os.W_OK):
            _make(file)
        return file


def fingerprint() -> str:
    """Return what tells apart two databases: the dependencies and every file of the source, since tables
    come from models and migrations, and some rows from data that comes with the source."""
    digest = hashlib.sha256(Stamp("base").wanted.encode())
    for file in sorted(SOURCE.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(f"\0{file.relative_to(SOURCE)}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _make(file: Path) -> None:
    say("Making an empty database for quick first starts ...")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        env |= {"RUNTUT_VAR": folder, "RUNTUT_SECRET_KEY": "nothing is signed or sealed in an empty database"}
        run_quietly(
            [PYTHON, "-P", "-m", "runtut.cli", "migrate"], what="Making an empty database", cwd=ROOT, env=env
        )
        made = Path(folder) / DATABASE
        with closing(sqlite3.connect(made)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made.replace(file)

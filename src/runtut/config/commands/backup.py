"""One archive with everything an installation holds: its database, its files, and what they should be.

The database is copied first and the files after it: files are named by their content and never change, so
that every file the copied database names is in the archive.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from runtut import __version__
from runtut.config.commands import Failed
from runtut.core import clock

MANIFEST = "manifest.json"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FILES = "files"


def backup(options: argparse.Namespace) -> int:
    """Write the archive; it appears under its name only when it is whole."""
    archive = Path(options.archive)
    if archive.exists():
        raise Failed(f"{archive} exists already; a backup is never overwritten.")
    with tempfile.TemporaryDirectory(prefix=".runtut-backup-", dir=archive.absolute().parent) as work:
        database = Path(work) / DATABASE[connection.vendor]
        _copy_database(database)
        unfinished = Path(work) / "archive.tar"
        unfinished.touch(mode=0o600)
        with tarfile.open(unfinished, "w") as tar:
            tar.add(_write_manifest(Path(work), database), MANIFEST)
            tar.add(database, database.name)
            if Path(settings.FILES_ROOT).is_dir():
                tar.add(settings.FILES_ROOT, FILES)
        unfinished.rename(archive)
    print(f"{archive} ({archive.stat().st_size} bytes)")
    return 0


def _write_manifest(work: Path, database: Path) -> Path:
    manifest = {
        "runtut": __version__,
        "made_at": clock.now().isoformat(),
        "database": database.name,
        "sha256": _sha256(database),
    }
    path = work / MANIFEST
    path.write_text(json.dumps(manifest, indent=2) + "\n")
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _copy_database(target: Path) -> None:
    if connection.vendor == "postgresql":
        _postgres_tool("pg_dump", ["--format=custom", f"--file={target}", f"--dbname={_name()}"])
        return
    with closing(sqlite3.connect(_name())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def restore(options: argparse.Namespace) -> int:
    """Check the archive first, then replace database and files; what was there is kept beside them."""
    archive = Path(options.archive)
    if not archive.is_file():
        raise Failed(f"There is no file {archive}.")
    if _holds_data() and not options.replace:
        raise Failed("This installation holds data already; --replace puts the archive in its place.")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=_existing(Path(settings.VAR))) as work:
        database = _unpack(archive, Path(work))
        connection.close()
        _put_database(database)
        _put_files(Path(work) / FILES)
    print("Restored. Run `runtut prepare` and `runtut audit verify`, then start web and worker.")
    return 0


def _holds_data() -> bool:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "accounts_user" not in tables:
            return False
        cursor.execute("SELECT 1 FROM accounts_user LIMIT 1")
        return cursor.fetchone() is not None


def _existing(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _unpack(archive: Path, work: Path) -> Path:
    """Unpack and compare with the manifest; nothing outside `work` is touched."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                _unpack_member(tar, member, work)
        manifest: dict[str, Any] = json.loads((work / MANIFEST).read_text())
    except (tarfile.TarError, OSError, ValueError) as error:
        raise Failed(f"{archive} is no backup of Runtut, or it is damaged ({error}).") from None
    if manifest["database"] != DATABASE[connection.vendor]:
        raise Failed(
            f"{archive} holds {manifest['database']}; this installation runs on {connection.vendor}."
        )
    database = work / DATABASE[connection.vendor]
    if not database.is_file() or _sha256(database) != manifest["sha256"]:
        raise Failed(f"The database in {archive} is damaged: its checksum differs from the manifest.")
    return database


def _unpack_member(tar: tarfile.TarFile, member: tarfile.TarInfo, work: Path) -> None:
    """Write one file or folder below `work`; links, devices and paths that lead out make no backup."""
    name = Path(member.name)
    if name.is_absolute() or ".." in name.parts or not (member.isfile() or member.isdir()):
        raise tarfile.TarError(f"it holds {member.name}, which no backup does")
    target = work / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if member.isdir():
        target.mkdir(mode=0o700, exist_ok=True)
    elif content := tar.extractfile(member):
        with content, target.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        target.chmod(0o600)


def _put_database(database: Path) -> None:
    if connection.vendor == "postgresql":
        choices = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        _postgres_tool("pg_restore", [*choices, f"--dbname={_name()}", str(database)])
        return
    present = Path(_name())
    for suffix in ("-wal", "-shm"):
        present.with_name(present.name + suffix).unlink(missing_ok=True)
    _set_aside(present)
    database.chmod(0o600)
    shutil.move(database, present)


def _put_files(files: Path) -> None:
    if files.is_dir():
        target = Path(settings.FILES_ROOT)
        _set_aside(target)
        shutil.move(files, target)
        target.chmod(0o700)


def _set_aside(path: Path) -> None:
    """Keep what is there under a name with the instant, for a restore that was a mistake."""
    if path.exists():
        path.rename(path.with_name(f"{path.name}.before-{clock.now():%Y%m%dT%H%M%SZ}"))


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _postgres_tool(program: str, arguments: Sequence[str]) -> None:
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

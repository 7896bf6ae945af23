"""One archive with everything an installation holds: its database, its files, and what they should be.

The database is copied first and the files after it: files are named by their content and never change, so
that every file the copied database names is in the archive.
"""

from __future__ import annotations

import argparse
import io
import json
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from runtut import __version__
from runtut.config.commands import Failed
from runtut.config.commands.copies import (
    CHECKSUMS,
    DATABASE,
    FILES,
    MANIFEST,
    database_name,
    postgres_tool,
    sha256_in,
    sha256_of,
)
from runtut.core import clock


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
            _add_text(tar, MANIFEST, _manifest(database))
            tar.add(database, database.name)
            _add_text(tar, CHECKSUMS, dict(_add_files(tar)))
        unfinished.rename(archive)
    print(f"{archive} ({archive.stat().st_size} bytes)")
    return 0


def _manifest(database: Path) -> Mapping[str, str]:
    return {
        "runtut": __version__,
        "made_at": clock.now().isoformat(),
        "database": database.name,
        "sha256": sha256_of(database),
    }


def _add_text(tar: tarfile.TarFile, name: str, content: Mapping[str, str]) -> None:
    text = (json.dumps(content, indent=2) + "\n").encode()
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(text), 0o600, int(clock.now().timestamp())
    tar.addfile(member, io.BytesIO(text))


def _add_files(tar: tarfile.TarFile) -> Iterator[tuple[str, str]]:
    """Add every stored file, and yield its name in the archive with the hash of what was added. Drafts that
    somebody is just writing are no files yet."""
    root = Path(settings.FILES_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            name = f"{FILES}/{path.relative_to(root).as_posix()}"
            with path.open("rb") as content:
                digest = sha256_in(content)
                content.seek(0)
                tar.addfile(tar.gettarinfo(arcname=name, fileobj=content), content)
            yield name, digest


def _copy_database(target: Path) -> None:
    if connection.vendor == "postgresql":
        postgres_tool("pg_dump", ["--format=custom", f"--file={target}", f"--dbname={database_name()}"])
        return
    with closing(sqlite3.connect(database_name())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)

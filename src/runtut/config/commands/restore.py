"""Putting an archive back: checked first, verified afterwards."""

from __future__ import annotations

import argparse
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.db import connection

from runtut.config.commands import Failed
from runtut.config.commands.copies import (
    CHECKSUMS,
    DATABASE,
    FILES,
    MANIFEST,
    database_name,
    postgres_tool,
    sha256_of,
)
from runtut.config.commands.data import make_private_folder, migrate
from runtut.config.commands.reading import verify, verify_papers
from runtut.core import clock

NAMED = 5
"""How many damaged files a refusal names."""


def restore(options: argparse.Namespace) -> int:
    """Check the archive, put it in the place of database and files, bring the database up to date, and verify
    audit trail and archive; 1 when these are not whole. What was there is kept beside them."""
    archive = Path(options.archive)
    if not archive.is_file():
        raise Failed(f"There is no file {archive}.")
    make_private_folder(Path(settings.VAR))
    if _holds_data() and not options.replace:
        raise Failed("This installation holds data already; --replace puts the archive in its place.")
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.VAR) as work:
        database = _unpack(archive, Path(work))
        connection.close()
        _put_database(database)
        _put_files(Path(work) / FILES)
    migrate(options)
    print("Restored. Verifying audit trail and archive:")
    broken = verify(options) + verify_papers(options)
    if broken:
        print("What was restored is not whole. Look at it before web and worker start.")
    return 1 if broken else 0


def _holds_data() -> bool:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "accounts_user" not in tables:
            return False
        cursor.execute("SELECT 1 FROM accounts_user LIMIT 1")
        return cursor.fetchone() is not None


def _unpack(archive: Path, work: Path) -> Path:
    """Unpack and compare with manifest and checksums; nothing outside `work` is touched."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                _unpack_member(tar, member, work)
        manifest, checksums = _read(work / MANIFEST), _read(work / CHECKSUMS)
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        raise Failed(f"{archive} is no backup of Runtut, or it was cut off: it holds no {missing}.") from None
    except (tarfile.TarError, OSError, ValueError) as error:
        raise Failed(f"{archive} is no backup of Runtut, or it is damaged ({error}).") from None
    if manifest.get("database") != DATABASE[connection.vendor]:
        raise Failed(
            f"{archive} holds {manifest.get('database')}; this installation runs on {connection.vendor}."
        )
    database = work / DATABASE[connection.vendor]
    if not database.is_file() or sha256_of(database) != manifest.get("sha256"):
        raise Failed(f"The database in {archive} is damaged: its checksum differs from the manifest.")
    _ensure_files_whole(archive, work, checksums)
    return database


def _read(path: Path) -> Mapping[str, str]:
    content = json.loads(path.read_text())
    if not isinstance(content, dict):
        raise tarfile.TarError(f"{path.name} is no list of names")
    return content


def _ensure_files_whole(archive: Path, work: Path, checksums: Mapping[str, str]) -> None:
    """Raise Failed naming files that are missing, altered or not of this backup."""
    problems = list(_problems(work, checksums))
    if problems:
        named = ", ".join(problems[:NAMED]) + (" …" if len(problems) > NAMED else "")
        raise Failed(
            f"{archive} is damaged, nothing was restored: {len(problems)} files are wrong ({named})."
        )


def _problems(work: Path, checksums: Mapping[str, str]) -> Iterator[str]:
    there = {path.relative_to(work).as_posix() for path in (work / FILES).rglob("*") if path.is_file()}
    for name, digest in checksums.items():
        if name not in there:
            yield f"{name} missing"
        elif sha256_of(work / name) != digest:
            yield f"{name} altered"
    for name in sorted(there - checksums.keys()):
        yield f"{name} added"


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
        postgres_tool("pg_restore", [*choices, f"--dbname={database_name()}", str(database)])
        return
    present = Path(database_name())
    for suffix in ("-wal", "-shm"):
        present.with_name(present.name + suffix).unlink(missing_ok=True)
    _set_aside(present)
    database.chmod(0o600)
    shutil.move(database, present)


def _put_files(files: Path) -> None:
    """Put the files in place; a backup without any leaves an empty folder."""
    target = Path(settings.FILES_ROOT)
    _set_aside(target)
    make_private_folder(files)
    make_private_folder(target.parent)
    shutil.move(files, target)
    target.chmod(0o700)


def _set_aside(path: Path) -> None:
    """Keep what is there under a name with the instant, for a restore that was a mistake. An empty file or
    folder is nothing to keep."""
    if path.is_file() and not path.stat().st_size:
        path.unlink()
    elif path.is_dir() and not any(path.iterdir()):
        path.rmdir()
    elif path.exists():
        path.rename(path.with_name(f"{path.name}.before-{clock.now():%Y%m%dT%H%M%SZ}"))

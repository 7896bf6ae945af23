"""A private PostgreSQL cluster that lives as long as one command.

`python3 -m tools.postgres pytest -q tests/core` runs that command with DATABASE_URL set.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.children import dies_with_parent, stop
from tools.console import Refused, guarded
from tools.machine import find_postgres

SOCKET_PATH_LIMIT = 80
OWNERS_FOR_ROOT = ("postgres", "nobody")
SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 64MB
fsync = off
full_page_writes = off
autovacuum = off
log_min_messages = warning
"""


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh cluster on a unix socket of its own; never run as root.

    Durability is off: the tests kill processes of ours, never the machine.
    """
    programs = find_postgres()
    if programs is None:
        raise Refused("No PostgreSQL was found (initdb and postgres; Debian package postgresql).")
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="runtut-pg-", dir=short_temporary_folder()))
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        _make(programs, folder, owner)
        with _serving(programs, folder, owner):
            yield f"postgresql://runtut@/runtut?host={quote(str(folder), safe='')}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> dict[str, Any]:
    """As whom to run it: ourselves, or for root (whom PostgreSQL refuses) an ordinary account."""
    if os.geteuid() != 0:
        return {}
    for name in OWNERS_FOR_ROOT:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise Refused("PostgreSQL refuses to run as root, and there is no account postgres or nobody.")


def short_temporary_folder() -> str:
    """A socket's path holds about 100 characters, and its setting splits at commas and quotes."""
    folder = tempfile.gettempdir()
    return folder if len(folder) < SOCKET_PATH_LIMIT and not set(folder) & set(" ,'\"\\") else "/tmp"


def _make(programs: Path, folder: Path, owner: dict[str, Any]) -> None:
    command = [programs / "initdb", "-D", folder / "data", "-U", "runtut", "-A", "trust", "-E", "UTF8"]
    done = subprocess.run(
        [*map(str, command), "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **owner,
    )
    if done.returncode:
        raise Refused(f"{done.stdout}\ninitdb failed (exit code {done.returncode}).")
    with (folder / "data" / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS.format(folder=folder))


@contextmanager
def _serving(programs: Path, folder: Path, owner: dict[str, Any]) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [str(programs / "postgres"), "-D", str(folder / "data")],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=dies_with_parent(signal.SIGINT),
            **owner,
        )
        try:
            _wait_until_ready(server, folder)
            yield
        finally:
            stop([server], with_signal=signal.SIGINT, patience=20)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    """The server writes `ready` as the last line of its pid file once it takes connections."""
    pid_file = folder / "data" / "postmaster.pid"
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        if pid_file.is_file() and pid_file.read_text().splitlines()[-1:] == ["ready   "]:
            return
        time.sleep(0.05)
    raise Refused(f"{(folder / 'log').read_text(errors='replace')}\nPostgreSQL did not start.")


def main(arguments: list[str]) -> int:
    if not arguments:
        raise Refused("Say which command to run with the cluster.")
    if not shutil.which(arguments[0]):
        raise Refused(
            f"There is no program {arguments[0]!r}: python3 -m tools.postgres PROGRAM [ARGUMENT ...]"
        )
    with throwaway_cluster() as url:
        return subprocess.run(arguments, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))

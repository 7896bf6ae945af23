"""CPU time of this process and of the database process that serves it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


class Meter:
    """Adds up CPU seconds over the stretches in which it runs."""

    def __init__(self) -> None:
        self.client = 0.0
        self.server = 0.0

    @property
    def total(self) -> float:
        return self.client + self.server

    @contextmanager
    def running(self) -> Iterator[None]:
        pid = backend()
        server, client = server_seconds(pid), time.process_time()
        yield
        self.client += time.process_time() - client
        self.server += server_seconds(pid) - server


def backend() -> int | None:
    """Return the process that serves this connection, None where there is none (SQLite)."""
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        return None
    return int(connection.connection.info.backend_pid)


def server_seconds(pid: int | None) -> float:
    """Return the CPU seconds of a process: to the nanosecond where Linux keeps schedstat, else in ticks."""
    if pid is None:
        return 0.0
    fine = Path(f"/proc/{pid}/schedstat")
    if fine.exists():
        return int(fine.read_text().split()[0]) / 1e9
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

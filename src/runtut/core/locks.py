"""The one way to open a write transaction."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


class FairLock:
    """First come, first served, and re-entrant for the thread that holds it.

    SQLite's busy handler sleeps and retries without a queue: one unlucky writer can wait for seconds.
    Queueing the writers of this process here makes the wait as long as the queue, no longer.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._owner: int | None = None
        self._depth = 0

    def acquire(self) -> None:
        me = threading.get_ident()
        with self._guard:
            if self._owner == me:
                self._depth += 1
                return
            if self._owner is None:
                self._owner, self._depth = me, 1
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()
        with self._guard:
            self._owner, self._depth = me, 1

    def release(self) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            if self._waiting:
                # Ownership stays taken (by nobody's id) until the woken thread claims it.
                self._owner = -1
                self._waiting.popleft().set()
            else:
                self._owner = None


_sqlite_writers = FairLock()


@contextmanager
def write_transaction() -> Iterator[None]:
    """Open an atomic write: on SQLite behind the fair lock of this process, on PostgreSQL as it is."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    _sqlite_writers.acquire()
    try:
        with transaction.atomic():
            yield
    finally:
        _sqlite_writers.release()

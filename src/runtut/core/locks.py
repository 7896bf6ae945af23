"""The one way to open a write transaction."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


class FairLock:
    """First come, first served, and re-entrant for the thread that holds it.

    SQLite's busy handler sleeps and retries without a queue: one unlucky writer can wait for seconds.
    Queueing the writers of this process here makes the wait as long as the queue, no longer.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[tuple[int, threading.Event]] = deque()
        self._owner: int | None = None
        self._depth = 0

    @property
    def waiting(self) -> int:
        """How many threads stand in the queue."""
        return len(self._queue)

    def acquire(self) -> None:
        """Take the lock, behind everybody who asked before."""
        me = threading.get_ident()
        with self._guard:
            if self._owner == me:
                self._depth += 1
                return
            if self._owner is None:
                self._owner, self._depth = me, 1
                return
            turn = threading.Event()
            self._queue.append((me, turn))
        try:
            turn.wait()
        except BaseException:
            self._leave(me, turn)
            raise

    def release(self) -> None:
        """Give the lock back, to whoever has waited longest. Raises RuntimeError in any other thread."""
        with self._guard:
            if self._owner != threading.get_ident():
                raise RuntimeError("released by a thread that does not hold the lock")
            self._depth -= 1
            if not self._depth:
                self._hand_over()

    def _hand_over(self) -> None:
        """Make the next in the queue the owner before it wakes, so that nobody slips in between."""
        if self._queue:
            self._owner, turn = self._queue.popleft()
            self._depth = 1
            turn.set()
        else:
            self._owner = None

    def _leave(self, me: int, turn: threading.Event) -> None:
        """Step out of the queue after an interrupt; pass the lock on if it has just been handed over."""
        with self._guard:
            if turn.is_set():
                self._hand_over()
            else:
                self._queue.remove((me, turn))


_sqlite_writers = FairLock()


def reads_ahead() -> bool:
    """Tell whether what a write rests on may be read before its transaction begins, and a single statement
    be left without one.

    On PostgreSQL every statement of a READ COMMITTED transaction sees its own moment anyway: BEGIN and
    COMMIT are then two round trips for nothing. On SQLite the transaction is what makes the reading hold.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    return connection.vendor == "postgresql" and not connection.in_atomic_block


@contextmanager
def write_transaction() -> Iterator[None]:
    """Open an atomic write: on SQLite behind the fair lock of this process, on PostgreSQL as it is.

    Inside another transaction it is a savepoint, as `atomic` is. Hooks of `on_commit` still run under the
    lock: they are for short things, long work goes through the outbox.
    """
    connection = connections[DEFAULT_DB_ALIAS]
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

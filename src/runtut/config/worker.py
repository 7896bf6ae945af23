"""The job worker: one process beside the pages.

The truth is in rows (outbox, reminders) written with the act. Threads drain them as they fall due; huey
only keeps the timetable. Whatever is lost with this process is found again in the rows by the next one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, close_old_connections
from huey import MemoryHuey, crontab

from runtut.config import nightly
from runtut.core import clock, jobs
from runtut.procedures.queries import IMPORT

logger = logging.getLogger("runtut.worker")

BATCH = 10
SLOW = (IMPORT,)
"""Work that may take minutes a message: it has a lane of its own, one message at a time, so that 200 scans to
read hold up no document and no notice."""
PAUSE_SECONDS = 1.0
timetable = MemoryHuey("runtut", results=False)


def do_what_is_due(*, at: datetime) -> int:
    """Drain the outbox of everything due at that instant; how many messages were handled."""
    done = 0
    while count := jobs.drain(at=at, limit=BATCH):
        done += count
    return done


class Drainer(threading.Thread):
    """Drains the outbox again and again until it is told to stop; a lost database is waited for. `drain` is
    handed the question whether it has been told."""

    def __init__(self, drain: Callable[[jobs.Asked], int], pause: float = PAUSE_SECONDS) -> None:
        super().__init__(name="drainer")
        self.drain = drain
        self.pause = pause
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            if not self._handled_any():
                self.stopping.wait(self.pause)
        close_old_connections()

    def _handled_any(self) -> bool:
        close_old_connections()
        try:
            return self.drain(self.stopping.is_set) > 0
        except DatabaseError:
            logger.exception("The outbox could not be read; trying again.")
            return False

    def stop(self) -> None:
        self.stopping.set()
        self.join()


@timetable.periodic_task(crontab(minute="*/15"))
def nightly_jobs() -> None:
    """Every quarter of an hour: run the nightly jobs whose hour has come since they were last run."""
    close_old_connections()
    nightly.run_due(clock.now())


def quick(stopping: jobs.Asked) -> int:
    """Drain everything that is done within seconds."""
    return jobs.drain(at=clock.now(), limit=BATCH, besides=SLOW, stopping=stopping)


def slow(stopping: jobs.Asked) -> int:
    """Drain one message of the slow topics."""
    return jobs.drain(at=clock.now(), limit=1, topics=SLOW, stopping=stopping)


def run() -> None:
    """Work until SIGINT or SIGTERM; the one message in hand is finished first, or broken off where it can go
    on later."""
    drainers = (Drainer(quick), Drainer(slow))
    for drainer in drainers:
        drainer.start()
    try:
        timetable.create_consumer(workers=1, worker_type="thread", graceful_signal="TERM").run()
    finally:
        for drainer in drainers:
            drainer.stopping.set()
        for drainer in drainers:
            drainer.stop()

"""The job worker: one process beside the pages.

The truth is in rows (outbox, reminders) written with the act. A thread drains them as they fall due; huey
only keeps the timetable. Whatever is lost with this process is found again in the rows by the next one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import DatabaseError, close_old_connections
from huey import MemoryHuey, crontab

from runtut.cases.queries import verify_events
from runtut.core import audit, clock, jobs
from runtut.documents.actions import revoke_lapsed

logger = logging.getLogger("runtut.worker")

BATCH = 10
PAUSE_SECONDS = 1.0
timetable = MemoryHuey("runtut", results=False)


def do_what_is_due(*, at: datetime) -> int:
    """Drain the outbox of everything due at that instant; how many messages were handled."""
    done = 0
    while count := jobs.drain(at=at, limit=BATCH):
        done += count
    return done


class Drainer(threading.Thread):
    """Drains the outbox again and again until it is told to stop; a lost database is waited for."""

    def __init__(self, drain: Callable[[], int], pause: float = PAUSE_SECONDS) -> None:
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
            return self.drain() > 0
        except DatabaseError:
            logger.exception("The outbox could not be read; trying again.")
            return False

    def stop(self) -> None:
        self.stopping.set()
        self.join()


@timetable.periodic_task(crontab(minute="15", hour="18"))
def verify_audit() -> None:
    """Recompute every hash chain at night (18.15 UTC) and say in the log what is broken."""
    close_old_connections()
    report([*audit.verify_streams(), *verify_events()])


@timetable.periodic_task(crontab(minute="5", hour="17"))
def revoke_certificates() -> None:
    """At the turn of the day in WIB (17.05 UTC), revoke certificates of terms that are over."""
    close_old_connections()
    revoke_lapsed(at=clock.now())


def report(findings: Sequence[audit.Finding]) -> None:
    for finding in findings:
        logger.error("The audit trail is broken: %s", finding.sentence)
    if not findings:
        logger.info("The audit trail is whole.")


def run() -> None:
    """Work until SIGINT or SIGTERM; what is in hand is finished first."""
    drainer = Drainer(lambda: jobs.drain(at=clock.now(), limit=BATCH))
    drainer.start()
    try:
        timetable.create_consumer(workers=1, worker_type="thread", graceful_signal="TERM").run()
    finally:
        drainer.stop()

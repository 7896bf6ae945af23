from __future__ import annotations

from datetime import datetime, timedelta

from runtut.core import jobs
from runtut.demo.actions import live_year
from runtut.demo.queries import TOPIC

PORTION = 80
"""Moves in one go: some seconds, after which the worker's other work has its turn."""


def live_on(message: jobs.Message) -> None:
    """Live a portion of the year, as far as the worker may go; come back at once while there is more."""
    until = datetime.fromisoformat(message.payload["until"])
    lived = live_year(until=until, moves=PORTION, stopping=message.stopping)
    if not lived.is_over:
        raise jobs.NotReady(message.at + timedelta(seconds=1))


def offer() -> None:
    """Register the room's work with the worker; once per process."""
    jobs.handler(TOPIC)(live_on)

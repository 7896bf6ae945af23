from __future__ import annotations

from datetime import datetime, timedelta

from runtut.core import jobs
from runtut.demo.actions import live_year
from runtut.demo.queries import TOPIC

PORTION = 80
"""Moves in one go: some seconds, so that a worker that is to stop need not be waited for."""


def live_on(message: jobs.Message) -> None:
    """Live a portion of the year; come back at once while there is more."""
    lived = live_year(until=datetime.fromisoformat(message.payload["until"]), moves=PORTION)
    if not lived.is_over:
        raise jobs.NotReady(message.at + timedelta(seconds=1))


def offer() -> None:
    """Register the room's work with the worker; once per process."""
    jobs.handler(TOPIC)(live_on)

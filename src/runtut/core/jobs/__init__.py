"""Work after the act: rows of the outbox, written with the act and drained by the worker, at least once."""

from __future__ import annotations

from runtut.core.jobs.draining import BATCH, LEASE, dead_letters, drain, revive
from runtut.core.jobs.outbox import JobOutsideTransaction, enqueue, newest_first, put_off
from runtut.core.jobs.outcomes import MAX_ATTEMPTS, back_off
from runtut.core.jobs.registry import Asked, Message, NotReady, handler, never, sweeper

__all__ = [
    "BATCH",
    "LEASE",
    "MAX_ATTEMPTS",
    "Asked",
    "JobOutsideTransaction",
    "Message",
    "NotReady",
    "back_off",
    "dead_letters",
    "drain",
    "enqueue",
    "handler",
    "never",
    "newest_first",
    "put_off",
    "revive",
    "sweeper",
]

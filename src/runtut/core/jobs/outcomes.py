"""What becomes of a message after an attempt. Every mark holds only while the lease is still ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from runtut.core.jobs.registry import NotReady
from runtut.core.locks import write_transaction
from runtut.core.models import OutboxMessage

MAX_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
ERROR_LENGTH = 2000
DIED = "The worker ended in the middle of the last attempt."


def back_off(attempt: int) -> timedelta:
    """Return the pause after a failed attempt (from 1): 30 s, then three times as long each time, 6 h at
    most; about nine hours from the first attempt to the last."""
    return min(FIRST_PAUSE * int(3 ** (attempt - 1)), LONGEST_PAUSE)


def mark_started(row: OutboxMessage) -> bool:
    """Count the attempt before it is made, so that work which kills the worker ends as a dead letter too.

    False when the lease ran out and another worker has taken the message, or has done it.
    """
    row.attempts += 1
    return _mark(row, attempts=row.attempts)


def mark_sent(row: OutboxMessage, at: datetime) -> None:
    _mark(row, sent_at=at, lease_until=None, last_error="")


def mark_postponed(row: OutboxMessage, reason: NotReady, at: datetime) -> None:
    """Put the message off; always later than now, or the drain would never end."""
    due_at = max(reason.retry_at, at + timedelta(seconds=1))
    _mark(row, due_at=due_at, lease_until=None, attempts=row.attempts - 1)


def mark_failed(row: OutboxMessage, error: Exception, at: datetime) -> None:
    """Put the message off by the back-off, or out of circulation after the last attempt."""
    last_error = f"{type(error).__name__}: {error}"[:ERROR_LENGTH].replace("\x00", "")
    if row.attempts >= MAX_ATTEMPTS:
        _mark(row, dead_at=at, lease_until=None, last_error=last_error)
    else:
        _mark(row, due_at=at + back_off(row.attempts), lease_until=None, last_error=last_error)


def mark_dead(row: OutboxMessage, at: datetime) -> None:
    """Give up a message whose last attempt took the worker with it."""
    _mark(row, dead_at=at, lease_until=None, last_error=row.last_error or DIED)


def give_back(rows: Sequence[OutboxMessage]) -> None:
    """Let go of messages of one claim that were not begun: the next worker need not wait for the lease to run
    out."""
    with write_transaction():
        ours = OutboxMessage.objects.filter(pk__in=[row.pk for row in rows], lease_until=rows[0].lease_until)
        ours.filter(sent_at=None, dead_at=None).update(lease_until=None)


def _mark(row: OutboxMessage, **values: Any) -> bool:
    with write_transaction():
        ours = OutboxMessage.objects.filter(
            pk=row.pk, lease_until=row.lease_until, sent_at=None, dead_at=None
        )
        return ours.update(**values) == 1

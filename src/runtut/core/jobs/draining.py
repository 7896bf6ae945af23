"""The worker's one step: find due work, take it, do it, mark it."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from runtut.core.jobs import outcomes
from runtut.core.jobs.registry import Asked, Message, NotReady, handler_of, never, sweepers
from runtut.core.locks import write_transaction
from runtut.core.models import OutboxMessage

logger = logging.getLogger(__name__)

BATCH = 50
LEASE = timedelta(minutes=10)
"""How long a claimed batch belongs to its worker, and longer than any batch takes. When it runs out while the
work goes on, the rest of the batch goes to another worker; a message may be done twice, never lost."""


def drain(
    *,
    at: datetime,
    limit: int = BATCH,
    topics: Collection[str] = (),
    besides: Collection[str] = (),
    stopping: Asked = never,
) -> int:
    """Do what is due at an instant, `limit` messages at most; return how many rows were dealt with. With
    `topics` only messages of these, and nothing is swept; `besides` are topics that somebody else drains.
    Once `stopping` says so, what is in hand is finished and the rest given back at once.

    0 means that nothing more is due now. Several workers may drain at once. A failing handler is logged and
    tried again later (see `back_off`); after 8 attempts the message is dead and keeps its last error. A lost
    database ends the drain with Django's DatabaseError; the lease brings the rest back.
    """
    found = 0 if topics else _sweep(at, limit)
    rows = _claim(at, limit, topics, besides)
    for place, row in enumerate(rows):
        if stopping():
            outcomes.give_back(rows[place:])
            return found + place
        if row.attempts >= outcomes.MAX_ATTEMPTS:
            outcomes.mark_dead(row, at)
        elif outcomes.mark_started(row):
            _attempt(row, at, stopping)
    return found + len(rows)


def dead_letters() -> QuerySet[OutboxMessage]:
    """Return the messages that were given up, the newest last."""
    return OutboxMessage.objects.filter(dead_at__isnull=False).order_by("dead_at", "id")


def revive(*, at: datetime, topic: str | None = None) -> int:
    """Put dead letters back in the queue, all or those of one topic, with all their attempts; how many."""
    dead = dead_letters()
    if topic is not None:
        dead = dead.filter(topic=topic)
    with write_transaction():
        return dead.update(dead_at=None, attempts=0, due_at=at, lease_until=None)


def waiting(at: datetime) -> QuerySet[OutboxMessage]:
    """Return what is due and in nobody's hands, oldest first: "not sent", never "after the last seen"."""
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    return OutboxMessage.objects.filter(free, sent_at=None, dead_at=None, due_at__lte=at).order_by(
        "due_at", "id"
    )


def _claim(
    at: datetime, limit: int, topics: Collection[str], besides: Collection[str]
) -> list[OutboxMessage]:
    """Take due messages for the length of a lease; rows that another worker is taking are passed over."""
    due = waiting(at).filter(topic__in=topics) if topics else waiting(at)
    due = due.exclude(topic__in=besides) if besides else due
    if not due.exists():
        return []
    with write_transaction():
        rows = list(due.select_for_update(skip_locked=True)[:limit])
        lease_until = at + LEASE
        OutboxMessage.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=lease_until)
    for row in rows:
        row.lease_until = lease_until
    return rows


def _attempt(row: OutboxMessage, at: datetime, stopping: Asked) -> None:
    try:
        payload = json.loads(row.payload)
        message = Message(row.region, row.topic, row.key, payload, row.attempts, at, stopping)
        handler_of(row.topic)(message)
    except NotReady as reason:
        outcomes.mark_postponed(row, reason, at)
    except Exception as error:
        logger.exception("%s failed, attempt %d: %s", row.topic, row.attempts, row.key)
        outcomes.mark_failed(row, error, at)
    else:
        outcomes.mark_sent(row, at)


def _sweep(at: datetime, limit: int) -> int:
    """Let every room turn its due rows into messages; one that fails does not hold up the others."""
    found = 0
    for name, sweep in sweepers().items():
        try:
            found += sweep(at, limit)
        except Exception:
            logger.exception("The sweeper %s failed.", name)
    return found

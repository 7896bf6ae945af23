"""Writing into the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from runtut.core import chain
from runtut.core.jobs.registry import handler_of
from runtut.core.locks import write_transaction
from runtut.core.models import OutboxMessage


class JobOutsideTransaction(RuntimeError):
    """Work that could be done though the act it follows from was never committed."""


def enqueue(
    *,
    region: int,
    topic: str,
    key: str,
    payload: Mapping[str, object],
    at: datetime,
    due_at: datetime | None = None,
) -> None:
    """Write a message into the caller's transaction; the same key is never queued twice, sent or not.

    The key names the act ("documents.render:<uid>:3"). The payload is small and holds identities, not states:
    plain JSON values, days, instants, UUIDs and decimals, which the handler reads back as text. Raises
    JobOutsideTransaction, and NoHandler for a topic that nobody would ever work off. One query.
    """
    if not connection.in_atomic_block:
        raise JobOutsideTransaction(key)
    handler_of(topic)
    message = OutboxMessage(
        region=region,
        topic=topic,
        key=key,
        payload=chain.canonical(payload),
        created_at=at,
        due_at=due_at or at,
    )
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)


def put_off(*, topic: str, due_before: datetime, to: datetime) -> int:
    """Put off what waits of a topic and is due before an instant; return how many. What a worker has in hand
    stays with it."""
    with write_transaction():
        return _free(topic).filter(due_at__lt=due_before).update(due_at=to)


def newest_first(*, topic: str, due_at: datetime, at: datetime) -> int:
    """Have what was put off to an instant done from `at` on, the newest first; return how many."""
    with write_transaction():
        rows = list(_free(topic).filter(due_at=due_at).order_by("-id"))
        for place, row in enumerate(rows):
            row.due_at = at + timedelta(milliseconds=place)
        OutboxMessage.objects.bulk_update(rows, ["due_at"], batch_size=200)
    return len(rows)


def _free(topic: str) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(topic=topic, sent_at=None, dead_at=None, lease_until=None)

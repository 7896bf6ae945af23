"""Writing into the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from runtut.core import chain
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
    JobOutsideTransaction. One query.
    """
    if not connection.in_atomic_block:
        raise JobOutsideTransaction(key)
    message = OutboxMessage(
        region=region,
        topic=topic,
        key=key,
        payload=chain.canonical(payload),
        created_at=at,
        due_at=due_at or at,
    )
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)

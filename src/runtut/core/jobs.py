"""Work after the act: rows of the outbox, written with the act and drained by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from runtut.core import chain
from runtut.core.models import OutboxMessage


def enqueue(
    *,
    region: int,
    topic: str,
    key: str,
    payload: Mapping[str, object],
    at: datetime,
    due_at: datetime | None = None,
) -> None:
    """Write a message into the caller's transaction; the same key is never queued twice."""
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                region=region,
                topic=topic,
                key=key,
                payload=chain.canonical(payload),
                created_at=at,
                due_at=due_at or at,
            )
        ],
        ignore_conflicts=True,
    )

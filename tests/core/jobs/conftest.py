"""A registry of its own for every test of the outbox, and a handler that writes down what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction

from runtut.core.jobs import Message, enqueue, handler, registry

AT = datetime(2026, 9, 28, 1, 0, tzinfo=UTC)
REGION = 3399
TOPIC = "test.work"


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_handlers", {})
    monkeypatch.setattr(registry, "_sweepers", {})


@pytest.fixture
def done(empty_registry: None) -> Iterator[list[Message]]:
    """What the handler of TOPIC has done, in order."""
    seen: list[Message] = []
    handler(TOPIC)(seen.append)
    return seen


def put(*keys: str, topic: str = TOPIC, at: datetime = AT, due_at: datetime | None = None) -> None:
    """Queue one message for each key, in a transaction of their own."""
    with transaction.atomic():
        for key in keys:
            enqueue(region=REGION, topic=topic, key=key, payload={"key": key}, at=at, due_at=due_at)

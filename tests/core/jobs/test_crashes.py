"""The worker may end between any two statements, and two workers may drain at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.core.jobs.conftest import AT, TOPIC, put
from tests.killing import Killed, killer_at

from runtut.core.jobs import BATCH, LEASE, Message, drain, handler
from runtut.core.models import OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = ["a", "b", "c"]


def drain_until_killed_at(statement: int) -> bool:
    """Drain with a death sentence; whether the worker died before it was through."""
    with connection.execute_wrapper(killer_at(statement)):
        try:
            drain(at=AT)
        except Killed:
            connection.close()
            return True
    return False


def test_a_worker_killed_before_any_statement_loses_nothing_and_repeats_only_keys() -> None:
    done: list[str] = []
    handler(TOPIC)(lambda message: done.append(message.key))
    deaths = 0
    for statement in range(1, 100):
        put(*(f"{statement}{key}" for key in KEYS))
        died = drain_until_killed_at(statement)
        deaths += died
        drain(at=AT + LEASE + timedelta(seconds=1))
        counted = Counter(done)
        assert {key: counted[key] >= 1 for key in counted} == {f"{statement}{key}": True for key in KEYS}
        assert sum(counted.values()) <= len(KEYS) + died
        assert not OutboxMessage.objects.filter(sent_at=None).exists()
        done.clear()
        if not died:
            break
    # One look, one claim, and at least a start and a mark for every message.
    assert deaths >= 3 + 2 * len(KEYS)


def test_work_done_but_not_marked_comes_again_with_the_same_key() -> None:
    done: list[tuple[str, int]] = []
    handler(TOPIC)(lambda message: done.append((message.key, message.attempt)))
    put("a")
    statement = 0
    while not done:
        statement += 1
        OutboxMessage.objects.update(lease_until=None, attempts=0)
        drain_until_killed_at(statement)
    assert not OutboxMessage.objects.filter(sent_at__isnull=False).exists()
    drain(at=AT + LEASE + timedelta(seconds=1))
    assert done == [("a", 1), ("a", 2)]


def test_two_workers_at_once_do_every_message_exactly_once() -> None:
    done: list[str] = []
    guard = threading.Lock()
    meeting = threading.Barrier(2)

    @handler(TOPIC)
    def work(message: Message) -> None:
        with guard:
            done.append(message.key)

    keys = [f"{number:03}" for number in range(3 * BATCH)]
    put(*keys)
    failures: list[BaseException] = []

    def worker() -> None:
        try:
            meeting.wait()
            while drain(at=AT, limit=7):
                pass
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(done) == keys
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


@pytest.mark.postgres
def test_a_worker_passes_over_rows_that_another_is_claiming() -> None:
    """Claims do not queue behind each other: the second takes other rows while the first still holds its."""
    done: list[str] = []
    handler(TOPIC)(lambda message: done.append(message.key))
    put("a", "b")
    claimed, go_on = threading.Event(), threading.Event()

    def hold(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if "SKIP LOCKED" in sql:
            claimed.set()
            go_on.wait(20)
        return result

    def first() -> None:
        with connection.execute_wrapper(hold):
            drain(at=AT, limit=1)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert claimed.wait(20)
    drain(at=AT)
    assert done == ["b"]
    go_on.set()
    thread.join()
    assert done == ["b", "a"]

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from runtut.core import locks
from runtut.core.locks import FairLock, write_transaction
from runtut.core.models import AuditStream


def until(condition: Callable[[], bool]) -> None:
    """Wait for other threads to get somewhere; how long they take decides nothing."""
    while not condition():
        time.sleep(0.001)


def queue_up(lock: FairLock, count: int, act: Callable[[int], None]) -> list[threading.Thread]:
    """Start threads that stand in the queue in the order of their numbers."""

    def take_turn(number: int) -> None:
        lock.acquire()
        try:
            act(number)
        finally:
            lock.release()

    threads = []
    for number in range(count):
        thread = threading.Thread(target=take_turn, args=(number,))
        thread.start()
        threads.append(thread)
        until(lambda expected=number + 1: lock.waiting == expected)
    return threads


def test_lock_goes_to_whoever_has_waited_longest() -> None:
    lock, order = FairLock(), []
    lock.acquire()
    threads = queue_up(lock, 8, order.append)
    assert order == []
    lock.release()
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_lock_cannot_be_taken_again_before_those_who_wait() -> None:
    """A writer that comes straight back stands behind everybody else: what starves others elsewhere."""
    lock, order = FairLock(), []
    lock.acquire()
    threads = queue_up(lock, 3, order.append)
    lock.release()
    lock.acquire()
    order.append(99)
    lock.release()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 99]


def test_lock_is_re_entrant_and_free_after_the_last_release() -> None:
    lock, order = FairLock(), []
    lock.acquire()
    lock.acquire()
    threads = queue_up(lock, 1, order.append)
    lock.release()
    assert (order, lock.waiting) == ([], 1)
    lock.release()
    threads[0].join()
    assert order == [0]


def test_lock_is_released_only_by_its_holder() -> None:
    lock = FairLock()
    with pytest.raises(RuntimeError, match="does not hold"):
        lock.release()
    lock.acquire()
    with ThreadPoolExecutor(1) as other, pytest.raises(RuntimeError, match="does not hold"):
        other.submit(lock.release).result()
    lock.release()


@pytest.mark.parametrize("handed_over", [False, True])
def test_an_interrupted_waiter_leaves_the_queue_working(
    monkeypatch: pytest.MonkeyPatch, handed_over: bool
) -> None:
    class InterruptedEvent(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            if handed_over:
                super().wait(timeout)
            raise KeyboardInterrupt

    names = SimpleNamespace(Event=InterruptedEvent, get_ident=threading.get_ident)
    lock = FairLock()
    lock.acquire()
    with ThreadPoolExecutor(1) as other, monkeypatch.context() as patch:
        patch.setattr(locks, "threading", names)
        waiter = other.submit(lock.acquire)
        if handed_over:
            until(lambda: lock.waiting == 1)
            lock.release()
        with pytest.raises(KeyboardInterrupt):
            waiter.result()
    assert lock.waiting == 0
    if not handed_over:
        lock.release()
    with ThreadPoolExecutor(1) as another:
        another.submit(lock.acquire).result()


@pytest.mark.django_db(transaction=True)
def test_eight_writers_that_read_first_lose_nothing_and_meet_no_locked_database() -> None:
    stream = AuditStream.objects.create(region=3399, name="unit:1")
    start = threading.Barrier(8)

    def write(rounds: int) -> None:
        try:
            start.wait()
            for _ in range(rounds):
                with write_transaction():
                    row = AuditStream.objects.select_for_update().get(pk=stream.pk)
                    row.length += 1
                    row.save(update_fields=["length"])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as writers:
        for outcome in [writers.submit(write, 25) for _ in range(8)]:
            outcome.result()
    stream.refresh_from_db()
    assert stream.length == 200


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_write_transactions_of_a_process_come_in_the_order_of_asking() -> None:
    order: list[int] = []
    lock = locks._sqlite_writers

    def write(number: int) -> None:
        with write_transaction():
            AuditStream.objects.create(region=3399, name=f"unit:{number}")
            order.append(number)
        connection.close()

    with ThreadPoolExecutor(6) as writers, write_transaction():
        outcomes = []
        for number in range(6):
            outcomes.append(writers.submit(write, number))
            until(lambda expected=number + 1: lock.waiting == expected)
        assert order == []
        transaction.on_commit(lambda: order.append(-1))
    for outcome in outcomes:
        outcome.result()
    assert order == [-1, *range(6)]
    assert list(AuditStream.objects.order_by("id").values_list("name", flat=True)) == [
        f"unit:{number}" for number in range(6)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_write_that_fails_gives_the_lock_back_and_writes_nothing() -> None:
    with pytest.raises(RuntimeError, match="the act"), write_transaction():
        AuditStream.objects.create(region=3399, name="unit:1")
        raise RuntimeError("the act failed")
    with ThreadPoolExecutor(1) as other:

        def write() -> None:
            with write_transaction():
                AuditStream.objects.create(region=3399, name="unit:2")
            connection.close()

        other.submit(write).result()
    assert [stream.name for stream in AuditStream.objects.all()] == ["unit:2"]


@pytest.mark.django_db(transaction=True)
def test_a_write_inside_a_write_is_a_savepoint() -> None:
    with write_transaction():
        AuditStream.objects.create(region=3399, name="unit:1")
        with pytest.raises(RuntimeError, match="the part"), write_transaction():
            AuditStream.objects.create(region=3399, name="unit:2")
            raise RuntimeError("the part failed")
    assert [stream.name for stream in AuditStream.objects.all()] == ["unit:1"]


@pytest.mark.django_db(transaction=True)
def test_a_hook_after_the_commit_may_write() -> None:
    def write() -> None:
        with write_transaction():
            AuditStream.objects.create(region=3399, name="unit:2")

    with write_transaction():
        transaction.on_commit(write)
        AuditStream.objects.create(region=3399, name="unit:1")
    assert AuditStream.objects.count() == 2

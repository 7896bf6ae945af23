from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.core.jobs.conftest import AT, REGION, TOPIC, put

from runtut.core.jobs import (
    BATCH,
    LEASE,
    MAX_ATTEMPTS,
    JobOutsideTransaction,
    Message,
    NotReady,
    back_off,
    drain,
    enqueue,
    handler,
    registry,
    revive,
    sweeper,
)
from runtut.core.jobs.draining import waiting
from runtut.core.jobs.registry import NoHandler
from runtut.core.models import OutboxMessage

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def row(key: str) -> OutboxMessage:
    return OutboxMessage.objects.get(key=key)


def test_drain_does_what_is_due_and_marks_it(done: list[Message]) -> None:
    put("a")
    assert drain(at=AT) == 1
    assert done == [Message(REGION, TOPIC, "a", {"key": "a"}, 1, AT)]
    assert (row("a").sent_at, row("a").lease_until, row("a").attempts) == (AT, None, 1)
    assert drain(at=AT + timedelta(days=1)) == 0
    assert len(done) == 1


def test_drain_leaves_what_is_not_yet_due(done: list[Message]) -> None:
    put("later", due_at=AT + SECOND)
    assert drain(at=AT) == 0
    assert done == []
    assert drain(at=AT + SECOND) == 1


def test_drain_takes_the_oldest_first_and_no_more_than_the_limit(done: list[Message]) -> None:
    put("b", due_at=AT - SECOND)
    put("c")
    put("a", due_at=AT - 2 * SECOND)
    assert drain(at=AT, limit=2) == 2
    assert [message.key for message in done] == ["a", "b"]
    assert drain(at=AT, limit=2) == 1


def test_drain_leaves_topics_that_somebody_else_drains(done: list[Message]) -> None:
    slow: list[Message] = []
    handler("test.slow")(slow.append)
    put("a", topic="test.slow", due_at=AT - SECOND)
    put("b")

    assert drain(at=AT, besides=("test.slow",)) == 1
    assert ([one.key for one in done], slow) == (["b"], [])
    assert drain(at=AT, topics=("test.slow",)) == 1
    assert [one.key for one in slow] == ["a"]


def test_drain_takes_a_batch_of_fifty(done: list[Message]) -> None:
    put(*(f"{number:03}" for number in range(BATCH + 1)))
    assert BATCH == 50
    assert drain(at=AT) == 50
    assert drain(at=AT) == 1
    assert drain(at=AT) == 0


def test_enqueue_takes_the_same_key_once(done: list[Message]) -> None:
    put("a", "a")
    drain(at=AT)
    put("a")
    assert drain(at=AT + SECOND) == 0
    assert [message.key for message in done] == ["a"]


@pytest.mark.django_db(transaction=True)
def test_enqueue_outside_a_transaction_is_refused() -> None:
    with pytest.raises(JobOutsideTransaction, match="a"):
        enqueue(region=REGION, topic=TOPIC, key="a", payload={}, at=AT)
    assert not OutboxMessage.objects.exists()


def test_enqueue_goes_with_the_act_that_fails(done: list[Message]) -> None:
    with pytest.raises(RuntimeError, match="the act"), transaction.atomic():
        put("a")
        raise RuntimeError("the act failed")
    assert drain(at=AT) == 0


def test_payload_is_read_back_as_plain_values(done: list[Message]) -> None:
    uid = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
    payload = {"uid": uid, "day": date(2026, 9, 28), "value": Decimal("1.50"), "steps": [1, None, True]}
    enqueue(region=REGION, topic=TOPIC, key="a", payload=payload, at=AT)
    drain(at=AT)
    assert done[0].payload == {
        "uid": str(uid),
        "day": "2026-09-28",
        "value": "1.50",
        "steps": [1, None, True],
    }


def failing(attempts: list[int], error: str = "no answer") -> None:
    @handler("test.failing")
    def fail(message: Message) -> None:
        attempts.append(message.attempt)
        raise RuntimeError(error)


def test_a_failing_message_waits_longer_each_time_and_dies_after_eight_attempts() -> None:
    attempts: list[int] = []
    failing(attempts)
    put("a", topic="test.failing")
    at = AT
    for attempt in range(1, MAX_ATTEMPTS):
        assert drain(at=at) == 1
        assert row("a").due_at == at + back_off(attempt)
        assert drain(at=row("a").due_at - SECOND) == 0
        at = row("a").due_at
    assert row("a").dead_at is None
    assert drain(at=at) == 1
    assert attempts == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (row("a").dead_at, row("a").sent_at, row("a").last_error) == (
        at,
        None,
        "RuntimeError: no answer",
    )
    assert drain(at=at + timedelta(days=365)) == 0


def test_back_off_triples_up_to_six_hours() -> None:
    assert [int(back_off(attempt).total_seconds()) for attempt in range(1, 9)] == [
        30,
        90,
        270,
        810,
        2430,
        7290,
        21600,
        21600,
    ]


def test_a_failing_message_does_not_hold_up_the_next(done: list[Message]) -> None:
    failing([])
    put("a", topic="test.failing")
    put("b")
    assert drain(at=AT) == 2
    assert [message.key for message in done] == ["b"]


def test_a_message_that_succeeds_at_last_keeps_no_error(done: list[Message]) -> None:
    put("a")
    OutboxMessage.objects.update(attempts=3, last_error="RuntimeError: no answer")
    drain(at=AT)
    assert (row("a").attempts, row("a").last_error, row("a").sent_at) == (4, "", AT)


def test_enqueue_refuses_a_topic_that_nobody_handles(done: list[Message]) -> None:
    with pytest.raises(NoHandler, match=r"test\.unknown"):
        put("a", topic="test.unknown")


def test_a_topic_that_nobody_handles_any_more_is_a_failure_with_a_name(
    done: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade: what the version before had queued."""
    handler("test.unknown")(done.append)
    put("a", topic="test.unknown")
    monkeypatch.delitem(registry._handlers, "test.unknown")
    drain(at=AT)
    assert row("a").last_error == "NoHandler: test.unknown"
    assert row("a").due_at == AT + back_off(1)


def test_an_error_with_a_nul_and_no_end_is_still_kept() -> None:
    failing([], error="\x00" + "x" * 5000)
    put("a", topic="test.failing")
    drain(at=AT)
    assert row("a").last_error == "RuntimeError: " + "x" * 1985


def test_a_message_that_is_not_ready_comes_again_without_losing_an_attempt() -> None:
    asked = []

    @handler("test.patient")
    def wait(message: Message) -> None:
        asked.append(message.attempt)
        if len(asked) < 12:
            raise NotReady(message.at + timedelta(minutes=1))

    put("a", topic="test.patient")
    for minute in range(12):
        assert drain(at=AT + timedelta(minutes=minute)) == 1
    assert asked == [1] * 12
    assert row("a").sent_at == AT + timedelta(minutes=11)


def test_a_message_never_ready_at_once_does_not_keep_the_drain_busy_for_ever() -> None:
    @handler("test.impatient")
    def wait(message: Message) -> None:
        raise NotReady(message.at)

    put("a", topic="test.impatient")
    assert drain(at=AT) == 1
    assert drain(at=AT) == 0
    assert row("a").due_at == AT + SECOND


def test_a_message_in_another_workers_hands_is_left_until_the_lease_is_over(done: list[Message]) -> None:
    put("a")
    OutboxMessage.objects.update(lease_until=AT + LEASE)
    assert drain(at=AT + LEASE) == 0
    assert drain(at=AT + LEASE + SECOND) == 1


def test_a_worker_whose_lease_ran_out_leaves_the_rest_of_its_batch_alone() -> None:
    done = []

    @handler("test.slow")
    def slow(message: Message) -> None:
        """While the first is worked on, its lease runs out and another worker takes and does both."""
        done.append((message.key, message.attempt))
        if len(done) == 1:
            drain(at=AT + LEASE + SECOND)

    put("a", "b", topic="test.slow")
    drain(at=AT)
    assert done == [("a", 1), ("a", 2), ("b", 1)]
    assert {row(key).sent_at for key in "ab"} == {AT + LEASE + SECOND}


def test_a_drain_that_is_to_stop_finishes_the_message_in_hand_and_gives_back_the_rest() -> None:
    done, told = [], []

    @handler("test.long")
    def work(message: Message) -> None:
        told.append("stop")
        done.append((message.key, message.stopping()))

    put("a", "b", "c", topic="test.long")

    assert drain(at=AT, stopping=lambda: bool(told)) == 1

    assert done == [("a", True)]
    assert (row("a").sent_at, row("b").attempts) == (AT, 0)
    assert waiting(AT).count() == 2, "for the next worker, without waiting for the lease to run out"
    assert drain(at=AT) == 2


def test_what_another_worker_has_taken_meanwhile_is_not_given_back() -> None:
    told = []

    @handler("test.slow")
    def slow(message: Message) -> None:
        told.append("stop")
        OutboxMessage.objects.filter(key="b").update(lease_until=AT + 2 * LEASE)

    put("a", "b", topic="test.slow")
    drain(at=AT, stopping=lambda: bool(told))

    assert row("b").lease_until == AT + 2 * LEASE


def test_work_that_kills_the_worker_eight_times_ends_as_a_dead_letter(done: list[Message]) -> None:
    @handler("test.deadly")
    def die(message: Message) -> None:
        raise KeyboardInterrupt

    put("a", topic="test.deadly")
    put("b")
    at = AT
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            drain(at=at)
        at += LEASE + SECOND
    drain(at=at)
    assert row("a").dead_at == at
    assert row("a").last_error == "The worker ended in the middle of the last attempt."
    assert [(message.key, message.attempt) for message in done] == [("b", 1)]


def test_revive_gives_dead_letters_all_their_attempts_again(done: list[Message]) -> None:
    handler("test.other")(done.append)
    put("a")
    put("b", topic="test.other")
    OutboxMessage.objects.update(dead_at=AT, attempts=8, last_error="RuntimeError: no answer")
    assert revive(at=AT + SECOND, topic=TOPIC) == 1
    assert drain(at=AT + SECOND) == 1
    assert [message.key for message in done] == ["a"]
    assert row("b").dead_at == AT
    assert revive(at=AT + SECOND) == 1


def test_sweepers_are_asked_first_and_their_messages_done_in_the_same_drain(done: list[Message]) -> None:
    reminders = ["r1", "r2", "r3"]

    @sweeper("test.reminders")
    def sweep(at, limit) -> int:
        taken = reminders[:limit]
        del reminders[:limit]
        put(*taken, at=at)
        return len(taken)

    assert drain(at=AT, limit=2) == 4
    assert drain(at=AT, limit=2) == 2
    assert drain(at=AT, limit=2) == 0
    assert [message.key for message in done] == ["r1", "r2", "r3"]


def test_a_sweeper_that_fails_does_not_hold_up_the_rest(done: list[Message]) -> None:
    @sweeper("test.broken")
    def broken(at, limit) -> int:
        raise RuntimeError("no")

    put("a")
    assert drain(at=AT) == 1
    assert [message.key for message in done] == ["a"]


def test_two_handlers_for_one_topic_and_two_sweepers_of_one_name_are_errors(done: list[Message]) -> None:
    with pytest.raises(ValueError, match=f"two handlers for {TOPIC}"):
        handler(TOPIC)(print)
    sweeper("test.reminders")(max)
    with pytest.raises(ValueError, match=r"two sweepers called test\.reminders"):
        sweeper("test.reminders")(min)


def test_an_idle_drain_costs_one_query_and_no_lock(django_assert_num_queries) -> None:
    with django_assert_num_queries(1) as queries:
        drain(at=AT)
    assert "UPDATE" not in queries[0]["sql"]


def test_waiting_messages_are_found_by_the_partial_index(done: list[Message]) -> None:
    put(*(f"{number:03}" for number in range(200)))
    OutboxMessage.objects.filter(key__lt="190").update(sent_at=AT)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = waiting(AT)[:BATCH].explain()
    assert "outbox_waiting" in plan
    assert "TEMP B-TREE" not in plan


def test_payload_that_is_no_json_is_a_failure_and_not_the_end_of_the_drain(done: list[Message]) -> None:
    put("a", "b")
    OutboxMessage.objects.filter(key="a").update(payload="{")
    assert drain(at=AT) == 2
    assert row("a").last_error.startswith("JSONDecodeError")
    assert [message.key for message in done] == ["b"]
    assert json.loads(row("b").payload) == {"key": "b"}

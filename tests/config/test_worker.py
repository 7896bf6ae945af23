from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction

from runtut.config.worker import Drainer, quick, slow
from runtut.core import clock, jobs
from runtut.core.jobs import registry
from runtut.procedures.queries import IMPORT


class Work:
    """Stands for the outbox: answers in turn, and says when it has been asked for the last time."""

    def __init__(self, answers: list[int | Exception]) -> None:
        self.answers: Iterator[int | Exception] = iter(answers)
        self.exhausted = threading.Event()

    def __call__(self, stopping: jobs.Asked) -> int:
        answer = next(self.answers, None)
        if answer is None:
            self.exhausted.set()
            return 0
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.django_db(transaction=True)
def test_drainer_goes_on_until_stopped() -> None:
    work = Work([3, 0, 2])
    drainer = Drainer(work, pause=0)
    drainer.start()

    assert work.exhausted.wait(timeout=30)
    drainer.stop()

    assert not drainer.is_alive()


@pytest.mark.django_db(transaction=True)
def test_drainer_outlives_a_lost_database(caplog: pytest.LogCaptureFixture) -> None:
    work = Work([DatabaseError("server closed the connection"), 1])
    drainer = Drainer(work, pause=0)
    drainer.start()

    assert work.exhausted.wait(timeout=30)
    drainer.stop()

    assert "The outbox could not be read" in caplog.text


@pytest.mark.django_db
def test_documents_to_read_hold_up_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(registry, "_handlers", {})
    for topic in (IMPORT, "documents.render"):
        jobs.handler(topic)(lambda message: done.append(message.key))
    at = clock.now()
    with transaction.atomic():
        for key, topic in (("scan 1", IMPORT), ("scan 2", IMPORT), ("paper", "documents.render")):
            jobs.enqueue(region=3399, topic=topic, key=key, payload={}, at=at)

    assert quick(jobs.never) == 1
    assert done == ["paper"]
    assert slow(jobs.never) == 1
    assert done == ["paper", "scan 1"]


def test_drainer_is_told_to_stop_while_it_waits() -> None:
    work = Work([])
    drainer = Drainer(work, pause=3600)
    drainer.start()
    assert work.exhausted.wait(timeout=30)

    drainer.stop()

    assert not drainer.is_alive()


def test_drainer_that_is_told_to_stop_lets_the_work_in_hand_know() -> None:
    begun, answers = threading.Event(), list[bool]()

    def work(stopping: jobs.Asked) -> int:
        answers.append(stopping())
        begun.set()
        drainer.stopping.wait(timeout=30)
        answers.append(stopping())
        return 1

    drainer = Drainer(work, pause=3600)
    drainer.start()
    assert begun.wait(timeout=30)

    drainer.stop()

    assert answers == [False, True]

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError

from runtut.config.worker import Drainer
from runtut.core import jobs


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

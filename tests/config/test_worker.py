from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError

from runtut.config.worker import Drainer, report
from runtut.core.audit import Finding
from runtut.core.chain import Problem


class Work:
    """Stands for the outbox: answers in turn, and says when it has been asked for the last time."""

    def __init__(self, answers: list[int | Exception]) -> None:
        self.answers: Iterator[int | Exception] = iter(answers)
        self.exhausted = threading.Event()

    def __call__(self) -> int:
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


def test_report_logs_each_broken_link(caplog: pytest.LogCaptureFixture) -> None:
    finding = Finding(3399, "unit:7", 4, next(iter(Problem)))

    report([finding])

    assert finding.sentence in caplog.text
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_report_says_that_all_is_well(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="runtut.worker"):
        report([])

    assert "The audit trail is whole." in caplog.text

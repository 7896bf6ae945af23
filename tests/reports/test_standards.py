from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.factories import Desk

from runtut.cases.actions import cancel_case
from runtut.cases.models import Case
from runtut.procedures.queries import graph_of
from runtut.reports.queries import procedure_figures
from runtut.reports.queries.study import past_of

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def finished_run(desk: Desk, minutes: int, *, sent_back: str = "") -> Case:
    """A run in which every step took so many minutes; perhaps sent back once by the Sekcam."""
    case = desk.start()
    for key in ("camat", "sekcam", "perencanaan", "kasi1", "kasi2", "pengelola"):
        desk.later(minutes=minutes)
        desk.complete(case, key)
    if sent_back:
        desk.later(minutes=minutes)
        desk.send_back(case, "sekcam", 5, sent_back)
        desk.complete(case, "pengelola")
    for key in ("sekcam", "camat", "pengelola"):
        desk.complete(case, key)
    return case


def test_figures_of_an_sop_that_never_ran() -> None:
    desk = Desk.make()

    figures = procedure_figures(version=desk.version)

    assert (figures.running, figures.finished, figures.median) == (0, 0, None)
    assert [step.attempts for step in figures.steps] == [0] * 8
    assert figures.steps[0].median is None
    assert not figures.has_attempts
    assert figures.standard == sum(step.minutes for step in graph_of(desk.version).steps)


def test_figures_tell_time_and_returns_of_each_step() -> None:
    desk = Desk.make()
    for minutes in (2, 4, 20):
        finished_run(desk, minutes)
    finished_run(desk, 3, sent_back="Angka seksi belum lengkap.")

    figures = procedure_figures(version=desk.version)

    first, fourth, sixth = figures.steps[0], figures.steps[3], figures.steps[5]
    assert figures.finished == 4
    assert (first.attempts, first.median, first.longest, first.in_time) == (4, 3, 20, 75)
    assert fourth.attempts == 8
    assert (sixth.attempts, sixth.returns, sixth.reasons) == (5, 1, ("Angka seksi belum lengkap.",))
    assert sum(step.returns for step in figures.steps) == 1
    assert not first.is_slow


def test_nine_of_ten_attempts_and_the_longest_are_two_figures() -> None:
    desk = Desk.make()
    for minutes in (*[1] * 8, 9, 20):
        finished_run(desk, minutes)

    first = procedure_figures(version=desk.version).steps[0]

    assert (first.median, first.ninetieth, first.longest) == (1, 9, 20)


def test_work_outside_working_hours_tells_nothing_of_the_time() -> None:
    desk = Desk.make()
    finished_run(desk, 4)
    desk.at = SUNDAY
    finished_run(desk, 0)

    figures = procedure_figures(version=desk.version)

    first = figures.steps[0]
    assert (figures.finished, figures.measured) == (2, 1)
    assert figures.median is not None and figures.median > 0
    assert (first.attempts, first.outside) == (1, 1)
    assert (first.median, first.longest, first.in_time) == (4, 4, 100)
    assert past_of(desk.version)[1].minutes == (4,)


def test_a_step_is_slow_when_half_its_attempts_pass_the_standard() -> None:
    desk = Desk.make()
    for minutes in (2, 20, 30):
        finished_run(desk, minutes)

    first, third = (procedure_figures(version=desk.version).steps[no] for no in (0, 2))

    assert (first.standard, first.median, first.is_slow) == (5, 20, True)
    assert not third.is_slow


def test_withdrawn_tasks_count_for_nobody() -> None:
    desk = Desk.make()
    case = desk.start()
    cancel_case(
        case_uid=case.uid,
        reason="Salah periode.",
        authority=desk.who("perencanaan"),
        at=desk.later(minutes=3),
    )

    figures = procedure_figures(version=desk.version)

    assert (figures.cancelled, figures.running, figures.steps[0].attempts) == (1, 0, 0)


def queries(desk: Desk) -> int:
    procedure_figures(version=desk.version)
    with CaptureQueriesContext(connection) as captured:
        procedure_figures(version=desk.version)
    return len(captured)


def test_figures_take_the_same_queries_whatever_ran() -> None:
    desk = Desk.make()
    finished_run(desk, 2)
    one = queries(desk)
    for _ in range(2):
        finished_run(desk, 2, sent_back="Lampiran kurang.")

    assert queries(desk) == one

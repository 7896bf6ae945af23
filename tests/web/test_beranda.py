"""Beranda: the right rows for the right person, in the same number of queries."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.web.conftest import Visit
from tests.web.stage import Stage, pass_on, start_run

from runtut.cases.models import Case
from runtut.core import clock
from runtut.web.beranda_words import sentence
from runtut.web.deadlines import Deadline
from runtut.web.work_rows import Desk, WorkRow

QUERIES = 15


def test_first_step_waits_for_whoever_acts_for_its_position(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    text = visit(stage.cast.budi).get("/").text

    assert "Satu hal menunggu keputusan Anda hari ini." in text
    assert "Pengukuran TW I 2026 ke-1" in text
    assert f'href="/kerja/{case.uid}/"' in text
    assert "Buka dan disposisi" in text
    assert "langkah 1 dari 9" in text


@pytest.mark.parametrize("who", ["sari", "joko", "admin"])
def test_step_does_not_wait_for_anybody_else(who: str, stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)

    text = visit(getattr(stage.cast, who)).get("/").text

    assert "Tidak ada yang menunggu Anda." in text
    assert "Pengukuran TW I 2026" not in text


def test_only_the_first_late_row_is_primary(
    stage: Stage, at: datetime, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        start_run(stage, at, number)
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=3))

    text = visit(stage.cast.budi).get("/").text

    assert "Dua hal menunggu keputusan Anda hari ini, semuanya sudah terlambat." in text
    assert text.count("btn-primary") == 1
    assert text.count('class="baris"') == 2


def test_run_that_the_reader_has_worked_on_waits_for_others(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    for _ in (1, 2):
        pass_on(case, stage, at)

    for_budi, for_sari = visit(stage.cast.budi).get("/").text, visit(stage.cast.sari).get("/").text

    assert "Menunggu orang lain" in for_budi
    assert "langkah 3 dari 9" in for_budi
    assert "Tidak ada yang menunggu Anda." in for_budi
    assert "Isi data" in for_sari
    assert "Menunggu orang lain" not in for_sari


@pytest.mark.parametrize("runs", [1, 3])
def test_page_asks_the_same_number_of_queries(runs: int, stage: Stage, at: datetime, visit: Visit) -> None:
    for number in range(1, runs + 1):
        start_run(stage, at, number)
    budi = visit(stage.cast.budi)
    budi.get("/")

    with CaptureQueriesContext(connection) as queries:
        text = budi.get("/").text

    assert text.count('class="baris"') == runs
    assert len(queries) == QUERIES


def test_newcomer_is_shown_a_first_step(cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get("/").text

    assert Case.objects.count() == 0
    assert "Mulai dari sini" in text


@pytest.fixture
def row(at: datetime) -> WorkRow:
    return WorkRow("Kerja", "/", (), Deadline("", "hari ini", "", at), "Buka")


@pytest.mark.parametrize(
    ("late", "today", "later", "expected"),
    [
        (0, 0, 0, "Tidak ada yang menunggu Anda."),
        (1, 3, 5, "Empat hal menunggu keputusan Anda hari ini, satu sudah terlambat."),
        (1, 0, 0, "Satu hal menunggu keputusan Anda hari ini, sudah terlambat."),
        (0, 12, 0, "12 hal menunggu keputusan Anda hari ini."),
        (0, 0, 2, "Dua hal menunggu Anda, tidak ada yang jatuh tempo hari ini."),
    ],
)
def test_sentence_counts_in_words(late: int, today: int, later: int, expected: str, row: WorkRow) -> None:
    assert sentence(Desk((row,) * late, (row,) * today, (row,) * later)) == expected

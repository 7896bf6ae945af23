"""The duration study on its page."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import AT
from tests.web.conftest import Visit
from tests.web.stage import Stage, start_run

from runtut.procedures.actions import draft_next_version

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 15


def where(stage: Stage, asked: str = "") -> str:
    return f"/sop/{stage.version.procedure.uid}/1/waktu/{asked}"


def test_page_says_how_long_and_which_step_decides(stage: Stage, visit: Visit) -> None:
    text = visit(stage.cast.sari).get(where(stage)).text

    assert "Penentunya langkah 5" in text
    assert "Pengembalian dianggap 20 %" in text
    assert "Jumlah waktu standarnya 15 hari 10 menit" in text


def test_without_returns_it_takes_the_standard(stage: Stage, visit: Visit) -> None:
    text = visit(stage.cast.sari).get(where(stage, "?anggapan=0")).text
    assert "Rata-rata 15 hari 10 menit, sembilan dari sepuluh selesai dalam 15 hari 10 menit" in text


def test_change_of_a_step_is_told_in_words(stage: Stage, visit: Visit) -> None:
    asked = "?anggapan=0&langkah=5&nilai=2&satuan=hari"
    text = visit(stage.cast.sari).get(where(stage, asked)).text
    assert "rata-rata 12 hari 10 menit" in text
    assert "Lebih cepat 3 hari dari sekarang" in text


def test_range_of_time_counts_with_both_its_ends(stage: Stage, visit: Visit, at: datetime) -> None:
    sari = stage.cast.office.authority("perencanaan")
    draft = draft_next_version(procedure=stage.version.procedure, authority=sari, at=at)
    draft.steps.filter(no=5).update(time_text="3-5 hari", time_low=3)
    where_of_draft = where(stage, "?anggapan=0").replace("/1/", "/2/")
    text = visit(stage.cast.sari).get(where_of_draft).text

    assert "Rata-rata 14 hari 10 menit" in text
    assert "Jumlah waktu standarnya 15 hari 10 menit" in text
    assert "4 hari<small>3 hari sampai 5 hari</small>" in text
    assert "dianggap sama mungkin dari ujung bawah sampai ujung atasnya" in text


def test_change_to_a_range_is_told(stage: Stage, visit: Visit) -> None:
    asked = "?anggapan=0&langkah=5&nilai=1-3&satuan=hari"
    text = visit(stage.cast.sari).get(where(stage, asked)).text
    assert "rata-rata 12 hari 10 menit" in text


@pytest.mark.parametrize("asked", ["?langkah=99", "?langkah=5&nilai=lama", "?anggapan=200"])
def test_what_cannot_be_read_comes_back_at_its_field(asked: str, stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).get(where(stage, asked))
    assert answer.status_code == 422
    assert "Penentunya langkah" in answer.text


def test_version_that_is_not_there(stage: Stage, visit: Visit) -> None:
    assert visit(stage.cast.sari).get(where(stage).replace("/1/", "/9/")).status_code == 404


@pytest.mark.parametrize("runs", [1, 3])
def test_page_asks_the_same_number_of_queries(runs: int, stage: Stage, visit: Visit) -> None:
    for _ in range(runs):
        start_run(stage, AT)
    sari = visit(stage.cast.sari)
    sari.get(where(stage))
    with CaptureQueriesContext(connection) as queries:
        sari.get(where(stage))

    assert len(queries) == PAGE_QUERIES

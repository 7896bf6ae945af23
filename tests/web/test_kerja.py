"""The list of runs: whose it shows, its filters, its pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Visit
from tests.web.stage import Stage, start_run

from runtut.cases.actions import cancel_case
from runtut.core import clock
from runtut.organisations.enums import Capacity
from runtut.web.showing.run_list import closing_day

QUERIES = 13
ROW = 'role="rowheader"'


def test_list_shows_where_a_run_stands(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    text = visit(stage.cast.sari).get("/kerja/").text

    assert f'<a href="/kerja/{case.uid}/">Pengukuran TW I 2026 ke-1</a>' in text
    assert "Pengukuran Data Kinerja" in text
    assert "TW I 2026" in text
    assert "langkah 1 dari 9 · Camat" in text
    assert "Berjalan" in text


def test_stranger_from_another_kecamatan_sees_none(stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)
    joko = visit(stage.cast.joko)

    for where in ("/kerja/?keadaan=semua", f"/kerja/?unit={stage.cast.office.unit.uid}"):
        text = joko.get(where).text
        assert ROW not in text
        assert "Pengukuran TW I" not in text


@pytest.mark.parametrize("runs", [1, 3])
def test_list_asks_the_same_number_of_queries(runs: int, stage: Stage, at: datetime, visit: Visit) -> None:
    for number in range(1, runs + 1):
        start_run(stage, at, number)
    sari = visit(stage.cast.sari)
    sari.get("/kerja/")

    with CaptureQueriesContext(connection) as queries:
        text = sari.get("/kerja/").text

    assert text.count(ROW) == runs
    assert len(queries) == QUERIES


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {1}),
        ("keadaan=selesai", set()),
        ("keadaan=dibatalkan", {2}),
        ("keadaan=semua", {1, 2}),
        ("keadaan=entah", {1}),
        ("q=ke-1", {1}),
        ("q=ke-9", set()),
        ("terlambat=1", set()),
        ("periode=1&tahun=2026&tw=1", {1}),
        ("periode=1&tahun=2026&tw=2", set()),
        ("sop=bukan-uid", {1}),
        ("setelah=abc", {1}),
    ],
)
def test_filters_of_the_address(
    query: str, numbers: set[int], stage: Stage, at: datetime, visit: Visit
) -> None:
    start_run(stage, at, 1)
    cancelled = start_run(stage, at, 2)
    camat = stage.cast.authority(stage.cast.budi, Capacity.PLT)
    cancel_case(case_uid=cancelled.uid, reason="Salah periode.", authority=camat, at=at)

    text = visit(stage.cast.sari).get(f"/kerja/?{query}").text

    assert {number for number in (1, 2) if f">Pengukuran TW I 2026 ke-{number}<" in text} == numbers


def test_filter_by_sop_shows_its_runs_only(stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)
    sari = visit(stage.cast.sari)

    text = sari.get(f"/kerja/?sop={stage.version.procedure.uid}").text

    assert text.count(ROW) == 1
    assert f'<option value="{stage.version.procedure.uid}" selected>' in text


def test_late_filter_finds_an_overdue_run(
    stage: Stage, at: datetime, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_run(stage, at)
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=2))

    text = visit(stage.cast.sari).get("/kerja/?terlambat=1").text

    assert text.count(ROW) == 1
    assert 'class="terlambat"' in text


def test_second_page_begins_after_the_first_and_leads_back(stage: Stage, at: datetime, visit: Visit) -> None:
    cases = [start_run(stage, at, number) for number in range(1, 27)]
    sari = visit(stage.cast.sari)

    first = sari.get("/kerja/?q=pengukuran").text
    second = sari.get(f"/kerja/?q=pengukuran&setelah={cases[1].pk}").text

    assert first.count(ROW) == 25
    assert f'rel="next" href="?q=pengukuran&amp;setelah={cases[1].pk}"' in first
    assert second.count(ROW) == 1
    assert "Pengukuran TW I 2026 ke-1<" in second
    assert 'rel="prev" href="?q=pengukuran"' in second


def test_empty_list_offers_the_next_step(stage: Stage, visit: Visit) -> None:
    assert "Belum ada kerja yang berjalan di unit ini." in visit(stage.cast.sari).get("/kerja/").text


def test_state_is_shown_only_where_rows_differ_in_it(stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)
    sari = visit(stage.cast.sari)

    assert "Keadaan</th>" not in sari.get("/kerja/").text
    assert "Keadaan</th>" in sari.get("/kerja/?keadaan=semua").text


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        (datetime(2026, 1, 15, 3, 0, tzinfo=UTC), "Kamis, 15 Jan"),
        (datetime(2025, 12, 31, 20, 0, tzinfo=UTC), "Kamis, 1 Jan"),
        (datetime(2025, 11, 20, 3, 0, tzinfo=UTC), "Kamis, 20 November 2025"),
    ],
)
def test_a_run_that_ended_in_another_year_says_which(closed: datetime, expected: str) -> None:
    assert closing_day(closed, datetime(2026, 11, 22, 1, 0, tzinfo=UTC)) == expected

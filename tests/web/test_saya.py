"""Saya: what is held, and which steps of SOPs come with it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.web.conftest import Visit
from tests.web.stage import Stage, put_in_force

pytestmark = pytest.mark.django_db

QUERIES = 7


def test_positions_mandates_and_oversights_are_counted_in_words(cast: Cast, visit: Visit) -> None:
    assert "Hari ini Anda memegang satu jabatan dan satu mandat." in visit(cast.budi).get("/saya/").text
    assert "Hari ini Anda memegang satu jabatan." in visit(cast.sari).get("/saya/").text
    assert "satu akses pembina." in visit(cast.admin).get("/saya/").text


def test_steps_of_the_position_are_listed_with_their_sop(stage: Stage, visit: Visit) -> None:
    uid = stage.version.procedure.uid

    for_sari = visit(stage.cast.sari).get("/saya/").text
    for_kasi = visit(stage.cast.office.people["kasi1"]).get("/saya/").text

    assert f'<a href="/sop/{uid}/">Pengukuran Data Kinerja</a><small>langkah 3</small>' in for_sari
    assert f'<a href="/sop/{uid}/">Pengukuran Data Kinerja</a><small>langkah 4</small>' in for_kasi


def test_draft_asks_nothing_of_anybody_yet(cast: Cast, visit: Visit) -> None:
    assert "Langkah SOP jabatan ini" not in visit(cast.sari).get("/saya/").text


@pytest.mark.parametrize("keys", [[], ["s3", "s5"]], ids=["one SOP", "three SOPs"])
def test_page_asks_the_same_number_of_queries(
    keys: list[str], stage: Stage, at: datetime, visit: Visit
) -> None:
    for key in keys:
        put_in_force(stage.cast, key, at)
    sari = visit(stage.cast.sari)
    sari.get("/saya/")

    with CaptureQueriesContext(connection) as queries:
        text = sari.get("/saya/").text

    assert text.count("<small>langkah ") == 1 + len(keys)
    assert len(queries) == QUERIES

"""The findings of lint on the page of a draft: shown with their place, set aside with a reason."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.web.conftest import Visit

from runtut.procedures.actions import adopt
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import findings_of

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 34


@pytest.fixture
def draft(cast: Cast, at: datetime) -> ProcedureVersion:
    sari = cast.office.authority("perencanaan")
    return adopt(unit=cast.office.unit, library_key="s5", authority=sari, at=at)


def page_of(version: ProcedureVersion) -> str:
    return f"/sop/{version.procedure.uid}/"


def spoil(version: ProcedureVersion, *numbers: int) -> None:
    version.steps.filter(no__in=numbers).update(activity="Kabid menghimpun data")


def key_of(version: ProcedureVersion, code: str) -> str:
    return next(one.key for one in findings_of(version) if one.code == code)


def test_finding_names_its_place_its_reason_and_leads_to_the_field(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    spoil(draft, 3)
    text = visit(cast.sari).get(page_of(draft)).text

    assert "Langkah 3, kegiatan" in text
    assert "kata kerja aktif tanpa subjek" in text
    assert "PermenPANRB 35/2012" in text
    assert f'href="{page_of(draft)}1/langkah/3/#id_activity"' in text


def test_most_serious_finding_stands_first(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    spoil(draft, 2)
    draft.steps.filter(no=9).update(minutes=0)
    text = visit(cast.sari).get(page_of(draft)).text

    assert 0 < text.index("Langkah 9 belum diberi waktu baku") < text.index("menyebut pelakunya di depan")


def test_finding_is_set_aside_and_shown_again(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    spoil(draft, 3)
    sari, key = visit(cast.sari), key_of(draft, "subject_in_activity")
    sari.post(f"{page_of(draft)}1/kesampingkan/", {"key": key, "reason": "Istilah perda"})
    aside = sari.get(page_of(draft)).text
    sari.post(f"{page_of(draft)}1/tampilkan/", {"key": key})

    assert "1 temuan dikesampingkan" in aside
    assert "Istilah perda" in aside
    assert not draft.silenced.exists()


def test_refusal_comes_back_on_the_page(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    draft.steps.filter(no=9).update(minutes=0)
    answer = visit(cast.sari).post(
        f"{page_of(draft)}1/kesampingkan/",
        {"key": key_of(draft, "time_missing"), "reason": "Tidak perlu"},
    )

    assert answer.status_code == 422
    assert "harus diperbaiki pada naskahnya" in answer.text


def test_who_may_not_shape_the_sop_sees_no_form(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    spoil(draft, 3)
    kasi = visit(cast.office.people["kasi1"])

    assert "menyebut pelakunya di depan" in kasi.get(page_of(draft)).text
    assert "kesampingkan/" not in kasi.get(page_of(draft)).text
    answer = kasi.post(f"{page_of(draft)}1/kesampingkan/", {"key": "x", "reason": "y"})
    assert answer.status_code == 403


@pytest.mark.parametrize("numbers", [(3,), (3, 4, 6)], ids=["one finding", "three findings"])
def test_page_asks_the_same_number_of_queries(
    numbers: tuple[int, ...], draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    spoil(draft, *numbers)
    sari = visit(cast.sari)
    sari.get(page_of(draft))
    with CaptureQueriesContext(connection) as queries:
        text = sari.get(page_of(draft)).text

    assert text.count("menyebut pelakunya di depan") >= len(numbers)
    assert len(queries) == PAGE_QUERIES


def test_a_call_that_is_not_there_leads_to_the_library(cast: Cast, visit: Visit, at: datetime) -> None:
    sari = cast.office.authority("perencanaan")
    draft = adopt(unit=cast.office.unit, library_key="s7", authority=sari, at=at)

    text = visit(cast.sari).get(page_of(draft)).text

    assert '<a href="/sop/pustaka/s-rapat/">Ambil dari pustaka' in text
    assert "#id_calls" not in text
    draft.steps.filter(no=5).update(calls="tidak-ada")
    assert '<a href="/sop/pustaka/">Ambil dari pustaka' in visit(cast.sari).get(page_of(draft)).text


def test_the_page_of_a_step_leads_to_where_its_time_is_changed(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    step = draft.steps.get(no=3)
    text = visit(cast.sari).get(f"{page_of(draft)}1/langkah/3/").text
    assert f'href="{page_of(draft)}1/susun/#{step.uid}-time"' in text

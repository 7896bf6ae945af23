"""The words of a draft: changed by those who may, refused afterwards."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.procedures.actions import adopt
from runtut.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

STEP_QUERIES = 8


@pytest.fixture
def draft(cast: Cast, at: datetime) -> ProcedureVersion:
    sari = cast.office.authority("perencanaan")
    return adopt(unit=cast.office.unit, library_key="s5", authority=sari, at=at)


def where(version: ProcedureVersion, what: str) -> str:
    return f"/sop/{version.procedure.uid}/{version.number}/{what}/"


def step_words(**changes: str) -> dict[str, str]:
    return {
        "activity": "Mengetik konsep nota",
        "label": "Ketik nota",
        "requirements": "Konsep nota\r\n\r\n  Renstra  ",
        "outputs": "Ketikan nota",
        "note": "",
        **changes,
    }


def test_draft_leads_to_the_form_of_its_identity_and_of_every_step(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    text = visit(cast.sari).get(f"/sop/{draft.procedure.uid}/").text

    assert f'href="{where(draft, "identitas")}"' in text
    assert all(f'href="{where(draft, f"langkah/{no}")}"' in text for no in range(1, 14))


def test_identity_is_written_one_thing_per_line(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    sari = visit(cast.sari)
    before = sari.get(where(draft, "identitas")).text

    answer = sari.post(where(draft, "identitas"), {"legal_basis": "Perpres 29/2014\n\nPermenPANRB 53/2014"})
    draft.refresh_from_db()

    assert draft_basis(draft) in answer.headers["Location"]
    assert "Undang-Undang Nomor 25 Tahun 2004" in before
    assert draft.legal_basis == ["Perpres 29/2014", "PermenPANRB 53/2014"]
    assert draft.equipment == []


def draft_basis(version: ProcedureVersion) -> str:
    return f"/sop/{version.procedure.uid}/?versi={version.number}"


def test_step_is_changed_and_the_page_shows_it(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    sari = visit(cast.sari)

    answer = sari.post(where(draft, "langkah/4"), step_words())
    step = draft.steps.get(no=4)

    assert answer.headers["Location"] == draft_basis(draft)
    assert step.requirements == ["Konsep nota", "Renstra"]
    assert "Mengetik konsep nota" in sari.get(draft_basis(draft)).text


def test_step_may_lead_on_to_the_next_one(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    sari = visit(cast.sari)

    on = sari.post(where(draft, "langkah/4"), step_words(lanjut="1"))
    last = sari.get(where(draft, "langkah/13")).text

    assert on.headers["Location"] == where(draft, "langkah/5")
    assert "lalu ke langkah" not in last


def test_step_without_an_activity_is_refused_at_its_field_and_keeps_the_rest(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    before = draft.steps.get(no=4).activity

    answer = visit(cast.sari).post(where(draft, "langkah/4"), step_words(activity=" ", note="Setiap Kasi"))

    assert answer.status_code == 422
    assert "Kegiatan belum diisi." in answer.text
    assert 'value="Setiap Kasi"' in answer.text
    assert draft.steps.get(no=4).activity == before


def test_too_long_a_name_is_refused_at_its_field(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    answer = visit(cast.sari).post(where(draft, "langkah/4"), step_words(label="x" * 41))

    assert answer.status_code == 422
    assert 'id="id_label_error"' in answer.text
    assert "paling banyak 40 huruf" in answer.text


def test_text_in_force_is_not_opened_for_change(stage: Stage, visit: Visit) -> None:
    sari = visit(stage.cast.sari)

    for what in ("identitas", "langkah/1"):
        answer = sari.get(where(stage.version, what))
        assert answer.status_code == 409
        assert "Rancang versi berikutnya" in answer.text


@pytest.mark.parametrize("what", ["identitas", "langkah/4"])
def test_draft_is_closed_to_who_does_not_shape_sops(
    what: str, draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    kasi = visit(cast.office.people["kasi1"])

    assert kasi.get(where(draft, what)).status_code == 403
    assert kasi.post(where(draft, what), step_words()).status_code == 403


@pytest.mark.parametrize("what", ["langkah/14", "langkah/0"])
def test_step_that_is_not_there_is_not_found(
    what: str, draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    assert visit(cast.sari).get(where(draft, what)).status_code == 404


@pytest.mark.parametrize("no", [1, 13])
def test_step_form_asks_the_same_number_of_queries(
    no: int, draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    sari = visit(cast.sari)
    sari.get(where(draft, f"langkah/{no}"))

    with CaptureQueriesContext(connection) as queries:
        sari.get(where(draft, f"langkah/{no}"))

    assert len(queries) == STEP_QUERIES

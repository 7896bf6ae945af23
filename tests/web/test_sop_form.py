"""The official form from the page of an SOP, and what anybody learns who holds one."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from pypdf import PdfReader
from tests.cast import AT, Cast
from tests.procedures.bpmn import read_one
from tests.procedures.factories import make_draft
from tests.web.conftest import Visit
from tests.web.stage import Stage, put_in_force

from runtut.organisations.enums import Capacity
from runtut.procedures.actions import draft_next_version, withdraw
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import document_of

pytestmark = pytest.mark.django_db

FORM_QUERIES = 16


def form_of(version: ProcedureVersion, sheet: str = "a4") -> str:
    return f"/sop/{version.procedure.uid}/{version.number}/sop-{sheet}.pdf"


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_page_offers_the_form_on_both_papers(stage: Stage, visit: Visit) -> None:
    text = visit(stage.cast.sari).get(f"/sop/{stage.version.procedure.uid}/").text

    assert f'href="{form_of(stage.version)}?lihat"' in text
    assert f'href="{form_of(stage.version, "f4")}?lihat"' in text
    assert f'href="{form_of(stage.version).replace(".pdf", ".docx")}"' in text


@pytest.mark.parametrize("sheet", ["a4", "f4"])
def test_form_of_an_sop_in_force_bears_number_signer_and_code(sheet: str, stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).get(form_of(stage.version, sheet))

    text = text_of(answer.content)
    code = stage.version.code
    assert answer.headers["Content-Type"] == "application/pdf"
    assert sheet.upper() in answer.headers["Content-Disposition"]
    assert stage.version.sop_number in text
    assert "Plt. CAMAT" in text, text
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in text
    assert "KONSEP" not in text


def test_form_is_signed_by_who_acted_on_the_day_it_was_ratified(
    stage: Stage, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    sari = visit(stage.cast.sari)
    then = sari.get(form_of(stage.version)).content
    monkeypatch.setattr("runtut.core.clock.now", lambda: AT + timedelta(days=3))

    assert visit(stage.cast.sari).get(form_of(stage.version)).content == then


def test_form_of_a_draft_is_marked(cast: Cast, visit: Visit) -> None:
    text = text_of(visit(cast.sari).get(form_of(make_draft(cast))).content)

    assert "Konsep, belum disahkan" in text
    assert "Periksa:" not in text


def test_form_takes_flowcharts_of_the_same_office_under_its_identity(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    other = put_in_force(stage.cast, "s3", at)
    alone = visit(stage.cast.sari).get(form_of(stage.version))
    both = visit(stage.cast.sari).get(f"{form_of(stage.version)}?dengan={other.procedure.uid}")

    assert "SOP PENGUMPULAN DATA KINERJA" not in text_of(alone.content)
    assert "SOP PENGUMPULAN DATA KINERJA" in text_of(both.content)


def test_page_offers_the_flowcharts_of_the_office_s_other_sops(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    other = put_in_force(stage.cast, "s3", at)
    text = visit(stage.cast.sari).get(f"/sop/{stage.version.procedure.uid}/").text

    assert f'name="dengan" value="{other.procedure.uid}"' in text
    assert f'name="dengan" value="{stage.version.procedure.uid}"' not in text


def test_form_comes_as_word_too(stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).get(form_of(stage.version).replace(".pdf", ".docx"))

    first = Document(io.BytesIO(answer.content)).tables[0]
    assert stage.version.sop_number in [cell.text for cell in first.columns[2].cells]
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_page_hands_out_the_sop_as_bpmn(stage: Stage, visit: Visit) -> None:
    sari = visit(stage.cast.sari)
    where = f"/sop/{stage.version.procedure.uid}/1/sop.bpmn"

    answer = sari.get(where)

    assert f'href="{where}"' in sari.get(f"/sop/{stage.version.procedure.uid}/").text
    assert answer.headers["Content-Disposition"].endswith('.bpmn"')
    assert read_one(answer.content) == document_of(stage.version)


@pytest.mark.parametrize("wanted", ["?dengan=0192f0c0-0000-7000-8000-000000000000"])
def test_form_with_an_sop_of_somebody_else_is_not_there(wanted: str, stage: Stage, visit: Visit) -> None:
    assert visit(stage.cast.sari).get(form_of(stage.version) + wanted).status_code == 404


@pytest.mark.parametrize("last", ["sop-a5.pdf", "sop-a4.exe"])
def test_form_on_another_paper_is_not_there(last: str, stage: Stage, visit: Visit) -> None:
    where = f"/sop/{stage.version.procedure.uid}/1/{last}"

    assert visit(stage.cast.sari).get(where).status_code == 404


@pytest.mark.parametrize("key", ["s3", "s6"], ids=["eight steps", "thirteen steps"])
def test_form_asks_the_same_number_of_queries(key: str, cast: Cast, at: datetime, visit: Visit) -> None:
    version = put_in_force(cast, key, at)
    sari = visit(cast.sari)
    sari.get(form_of(version))

    with CaptureQueriesContext(connection) as queries:
        sari.get(form_of(version))

    assert len(queries) == FORM_QUERIES


def test_code_leads_anybody_to_what_is_recorded(stage: Stage) -> None:
    text = Client().get(f"/periksa/{stage.version.code.lower()}/").text

    assert "SOP ini tercatat di sini dan masih berlaku." in text
    assert stage.version.sop_number in text
    assert "9 langkah, jumlah waktu standar 15 hari 10 menit" in text


def test_code_of_a_withdrawn_sop_says_so(stage: Stage, at: datetime) -> None:
    camat = stage.cast.authority(stage.cast.budi, Capacity.PLT)
    withdraw(version=stage.version, reason="Digabung.", authority=camat, at=at)

    text = Client().get(f"/periksa/{stage.version.code}/").text

    assert "SOP ini tidak berlaku lagi." in text
    assert "Digabung" not in text


def test_draft_has_no_code_of_its_own(stage: Stage, at: datetime) -> None:
    sari = stage.cast.authority(stage.cast.sari)
    draft = draft_next_version(procedure=stage.version.procedure, authority=sari, at=at)

    assert stage.version.code and draft.code == ""
    assert Client().get("/periksa//").status_code == 404

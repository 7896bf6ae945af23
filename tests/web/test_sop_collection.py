"""The daftar SOP and the himpunan from the pages."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.web.conftest import Visit
from tests.web.stage import Stage, put_in_force

from runtut.core import jobs
from runtut.procedures.models import Collection

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 6


def test_register_comes_as_workbook_and_print(stage: Stage, at: datetime, visit: Visit) -> None:
    put_in_force(stage.cast, "s3", at)
    sari = visit(stage.cast.sari)

    book, paper = (io.BytesIO(sari.get(f"/sop/daftar.{form}").content) for form in ("xlsx", "pdf"))

    rows = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    text = " ".join(page.extract_text() for page in PdfReader(paper).pages)
    titles = [row[2] for row in rows if row[0] in {1, 2}]
    assert titles == ["Pengukuran Data Kinerja", "Pengumpulan Data Kinerja"]
    assert "000.8.3.3/s3/KEC.SKM/2026" in {row[1] for row in rows}
    assert "DAFTAR STANDAR OPERASIONAL PROSEDUR" in text and "Pengumpulan Data Kinerja" in text


def test_register_on_another_paper_is_not_there(stage: Stage, visit: Visit) -> None:
    assert visit(stage.cast.sari).get("/sop/daftar.docx").status_code == 404


def test_collection_is_asked_for_made_and_opened(stage: Stage, at: datetime, visit: Visit) -> None:
    sari = visit(stage.cast.sari)

    wanted = {"sheet": "f4", "decree_number": "7/2026", "decree_date": "2026-03-05"}
    asked = sari.post("/sop/himpunan/", wanted)
    before = sari.get("/sop/himpunan/").text
    jobs.drain(at=at)
    after = sari.get("/sop/himpunan/").text

    made = Collection.objects.get()
    assert asked.status_code == 302
    assert "sedang disusun" in before and f"/berkas/{made.uid}" not in before
    assert f'href="/berkas/{made.file.uid}/?lihat"' in after
    assert sari.get(f"/berkas/{made.file.uid}/").status_code == 200
    word = Document(io.BytesIO(sari.get(f"/sop/himpunan/{made.uid}/keputusan.docx").content))
    assert "\nNOMOR 7/2026\nTENTANG" in "\n".join(paragraph.text for paragraph in word.paragraphs)


def test_collection_of_another_office_is_not_there(stage: Stage, at: datetime, visit: Visit) -> None:
    visit(stage.cast.sari).post("/sop/himpunan/", {"sheet": "a4"})
    jobs.drain(at=at)
    made, joko = Collection.objects.get(), visit(stage.cast.joko)

    assert joko.get(f"/sop/himpunan/{made.uid}/keputusan.docx").status_code == 404
    assert joko.get(f"/berkas/{made.file.uid}/").status_code == 404
    assert "Plt." not in joko.get("/sop/himpunan/").text


def test_collection_is_not_offered_to_who_shapes_no_sops(stage: Stage, visit: Visit) -> None:
    kasi = visit(stage.cast.office.people["kasi1"])

    assert "Susun himpunan" not in kasi.get("/sop/himpunan/").text
    assert kasi.post("/sop/himpunan/", {"sheet": "a4"}).status_code == 403
    assert not Collection.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_number_of_queries(count: int, stage: Stage, at: datetime, visit: Visit) -> None:
    sari = visit(stage.cast.sari)
    for _ in range(count):
        sari.post("/sop/himpunan/", {"sheet": "a4"})
    sari.get("/sop/himpunan/")

    with CaptureQueriesContext(connection) as queries:
        text = sari.get("/sop/himpunan/").text

    assert text.count('role="rowheader"') == count
    assert len(queries) == PAGE_QUERIES

"""Reading a document and remarking on its passages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from tests.documents.factories import approve, plain_measurement, put_away
from tests.web.conftest import Visit
from tests.web.stage import Stage, start_run

from runtut.cases.models import Task, TaskOutput
from runtut.documents.actions import new_version
from runtut.documents.models import Document, DocumentComment

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(stage: Stage) -> Document:
    return stage.document.document


def test_remark_stands_beside_its_passage_with_its_author(
    document: Document, stage: Stage, visit: Visit
) -> None:
    budi, sari = visit(stage.cast.budi), visit(stage.cast.sari)
    where = f"/dokumen/{document.uid}/baca/"

    budi.post(f"{where}?bagian=1", {"text": "Sebutkan <b>dasarnya</b>."})
    page = sari.get(where)

    remark = DocumentComment.objects.get()
    assert (remark.block, remark.version) == (1, stage.document)
    assert remark.quote
    assert "Sebutkan &lt;b&gt;dasarnya&lt;/b&gt;." in page.text
    assert "Budi Hartono" in page.text


def test_table_keeps_its_labels_for_a_phone(document: Document, stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.sari).get(f"/dokumen/{document.uid}/baca/").text

    assert re.search(r'<td role="cell" class="\w+" data-l="[^"]+">', page)
    assert "web/kertas" in page


def test_reader_finds_the_way_back_to_the_run(
    document: Document, stage: Stage, at: datetime, visit: Visit
) -> None:
    where = f"/dokumen/{document.uid}/baca/"
    sari = visit(stage.cast.sari)
    assert "Kembali ke kerja" not in sari.get(where).text
    case = start_run(stage, at)
    make_output(case.tasks.get(), document)

    page = sari.get(where).text

    assert page.count(f'href="/kerja/{case.uid}/"') == 2
    assert f'href="/dokumen/{document.uid}/"' in page


def make_output(task: Task, document: Document) -> None:
    TaskOutput.objects.create(
        task=task,
        name="Konsep",
        document=document,
        document_version=document.versions.get(),
        created_at=task.opened_at,
    )


def test_remark_voids_nothing_and_stays_with_its_version(
    document: Document, stage: Stage, visit: Visit, at: datetime
) -> None:
    where = f"/dokumen/{document.uid}/baca/"
    budi = visit(stage.cast.budi)
    budi.post(f"{where}?bagian=0", {"text": "Sudah baik."})
    planner = stage.cast.office.authority("perencanaan")
    new_version(
        document=document,
        content=plain_measurement(place="Sukamaju Baru"),
        authority=planner,
        at=at + timedelta(minutes=1),
    )

    newest, first = budi.get(where), budi.get(f"{where}?versi=1")

    assert "Sudah baik." not in newest.text
    assert "Sudah baik." in first.text
    assert "Komentari" not in first.text


@pytest.mark.parametrize(
    ("query", "text", "sentence"),
    [
        ("?bagian=1", "  ", "Komentar belum diisi"),
        ("?bagian=1", "a" * 2001, "paling banyak 2000"),
        ("?bagian=99", "Apa ini?", "Bagian itu tidak ada"),
        ("?bagian=x", "Apa ini?", "Bagian itu tidak ada"),
    ],
)
def test_bad_remark_is_refused_and_what_was_typed_stays(
    query: str, text: str, sentence: str, document: Document, stage: Stage, visit: Visit
) -> None:
    answer = visit(stage.cast.budi).post(f"/dokumen/{document.uid}/baca/{query}", {"text": text})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert DocumentComment.objects.count() == 0


def test_locked_document_takes_no_remark(
    document: Document, stage: Stage, visit: Visit, at: datetime
) -> None:
    planner = stage.cast.office.authority("perencanaan")
    approve(stage.document, planner, at)
    put_away(stage.document, planner, at)

    answer = visit(stage.cast.budi).post(f"/dokumen/{document.uid}/baca/?bagian=1", {"text": "Terlambat."})

    assert answer.status_code == 422
    assert "sudah terkunci" in answer.text


def test_who_only_oversees_reads_without_remarking(document: Document, stage: Stage, visit: Visit) -> None:
    wati = visit(stage.cast.wati)

    page = wati.get(f"/dokumen/{document.uid}/baca/")
    answer = wati.post(f"/dokumen/{document.uid}/baca/?bagian=1", {"text": "Catatan."})

    assert page.status_code == 200
    assert "Komentari" not in page.text
    assert answer.status_code == 403

"""The editor: whose it is, that nothing typed is lost, and what two people at once are told."""

from __future__ import annotations

import io
import json
from datetime import datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from tests.documents.factories import PDF
from tests.web.conftest import Visit
from tests.web.stage import Stage, pass_on, put_in_force

from runtut.cases.actions import start_case
from runtut.cases.models import Case, TaskOutput
from runtut.documents.models import Manuscript, ManuscriptCopy

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(stage: Stage, at: datetime) -> Case:
    """An RKT at its second step: Budi, Sekcam, gives a disposisi and drafts a note."""
    version = put_in_force(stage.cast, "s5", at)
    case = start_case(
        procedure_version=version,
        title="RKT 2027",
        year=2027,
        quarter=None,
        letter=None,
        authority=stage.cast.office.authority("perencanaan"),
        at=at,
    )
    pass_on(case, stage, at)
    return case


@pytest.fixture
def budi(stage: Stage, visit: Visit) -> Client:
    return visit(stage.cast.budi)


def begin(client: Client, case: Case) -> Manuscript:
    task = case.tasks.get(state=1)
    client.post(f"/kerja/{case.uid}/{task.uid}/naskah/2/", {"isi": "1", "instruction": "", "note": "Segera."})
    return Manuscript.objects.get()


def typed(manuscript: Manuscript, **changes: object) -> dict[str, object]:
    return {
        "title": manuscript.title,
        "heading": "NOTA DINAS",
        "text": "Hal : Bahan RKT\n\nMohon bahan **segera** dikirim.",
        "revision": manuscript.revision,
    } | changes


def test_writing_starts_from_the_sheet_and_keeps_what_was_typed_there(budi: Client, case: Case) -> None:
    sheet = budi.get(f"/kerja/{case.uid}/").text
    manuscript = begin(budi, case)

    page = budi.get(f"/naskah/{manuscript.uid}/")

    assert "Tulis naskah" in sheet
    assert page.status_code == 200
    assert "Sehubungan dengan RKT 2027, " in page.text
    assert "mulai menyiapkan bahan untuk pekerjaan itu." in page.text
    assert "Untuk RKT 2027 diperlukan bahan RKT dari setiap penerima nota ini." in page.text
    assert "Segera." in budi.get(f"/kerja/{case.uid}/").text


def test_looking_begins_no_manuscript(budi: Client, case: Case) -> None:
    budi.get(f"/kerja/{case.uid}/")

    assert Manuscript.objects.count() == 0


def test_saved_text_is_there_when_coming_back(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)

    answer = budi.post(f"/naskah/{manuscript.uid}/", typed(manuscript) | {"kerjakan": "simpan"}, follow=True)

    assert "Mohon bahan **segera** dikirim." in answer.text
    assert "Mohon bahan <b>segera</b> dikirim." in answer.text


def test_autosave_tells_when_and_shows_the_document(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)

    answer = budi.post(f"/naskah/{manuscript.uid}/simpan/", typed(manuscript))

    told = json.loads(answer.content)
    assert told["pukul"] == "09.05"
    assert told["revisi"] == manuscript.revision + 1
    assert "<b>segera</b>" in told["lembar"]
    assert told["kurang"] == ""


def test_two_people_at_once_are_told_and_nothing_is_lost(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)
    where = f"/naskah/{manuscript.uid}/"
    budi.post(f"{where}simpan/", typed(manuscript, text="Tulisan pertama."))

    auto = budi.post(f"{where}simpan/", typed(manuscript, text="Tulisan kedua."))
    answer = budi.post(where, typed(manuscript, text="Tulisan kedua, lengkap."))

    assert auto.status_code == answer.status_code == 409
    assert "sesudah Anda membukanya" in answer.text
    manuscript.refresh_from_db()
    assert manuscript.text == "Tulisan pertama."
    assert ManuscriptCopy.objects.get().text == "Tulisan kedua, lengkap."
    assert "Tulisan kedua, lengkap." in answer.text


def test_the_other_text_can_be_chosen_and_the_present_one_stays_beside_it(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)
    where = f"/naskah/{manuscript.uid}/"
    budi.post(f"{where}simpan/", typed(manuscript, text="Tulisan pertama."))
    budi.post(where, typed(manuscript, text="Tulisan kedua."))
    manuscript.refresh_from_db()
    copy = ManuscriptCopy.objects.get()

    budi.post(where, typed(manuscript, text="Tulisan pertama.") | {"pakai": str(copy.uid)})

    manuscript.refresh_from_db()
    assert manuscript.text == "Tulisan kedua."
    assert ManuscriptCopy.objects.get().text == "Tulisan pertama."


def test_attachment_is_added_listed_and_taken_off(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)
    where = f"/naskah/{manuscript.uid}/"
    upload = SimpleUploadedFile("format.pdf", PDF)

    form = typed(manuscript) | {"attachment": upload, "attachment_title": "Format isian"}
    added = budi.post(where, form, follow=True)
    manuscript.refresh_from_db()
    one = manuscript.attachments.get()
    budi.post(where, typed(manuscript) | {"lepas": str(one.uid)})

    assert "Format isian" in added.text
    assert manuscript.attachments.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "kosong"), (b"MZ" + b"\0" * 200, "tidak dapat diterima")]
)
def test_bad_attachment_is_refused_at_its_field_and_the_text_is_saved(
    content: bytes, sentence: str, budi: Client, case: Case
) -> None:
    manuscript = begin(budi, case)
    upload = SimpleUploadedFile("program.exe", content)

    answer = budi.post(f"/naskah/{manuscript.uid}/", typed(manuscript) | {"attachment": upload})

    assert answer.status_code == 422
    assert sentence in answer.text
    manuscript.refresh_from_db()
    assert "Mohon bahan" in manuscript.text
    assert f'name="revision" value="{manuscript.revision}"' in answer.text


def test_a_text_that_cannot_be_composed_says_where_and_stays(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)

    answer = budi.post(
        f"/naskah/{manuscript.uid}/", typed(manuscript, text="# Satu\n\n### Tiga"), follow=True
    )

    assert "bagian ke-2, judul tingkat 3 tanpa tingkat 2" in answer.text
    assert "### Tiga" in answer.text


def test_typed_markup_never_becomes_a_page(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)
    hostile = '<script>alert(1)</script> | <img src=x onerror=alert(1)> {{ nama_kantor }} "kutip"'

    answer = budi.post(
        f"/naskah/{manuscript.uid}/", typed(manuscript, title=hostile, text=hostile), follow=True
    )

    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


def test_document_is_shown_as_pdf(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)
    budi.post(f"/naskah/{manuscript.uid}/simpan/", typed(manuscript))

    answer = budi.get(f"/naskah/{manuscript.uid}/pdf/")

    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Mohon bahan segera dikirim." in " ".join(words.split())
    assert answer.headers["Content-Type"] == "application/pdf"


def test_colleague_reads_and_does_not_write(stage: Stage, visit: Visit, budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)
    sari = visit(stage.cast.sari)

    page = sari.get(f"/naskah/{manuscript.uid}/")
    answer = sari.post(f"/naskah/{manuscript.uid}/", typed(manuscript, text="Bukan saya."))

    assert "Anda dapat membacanya saja" in page.text
    assert "<textarea" not in page.text
    assert answer.status_code == 403
    manuscript.refresh_from_db()
    assert "Bukan saya." not in manuscript.text


def test_stranger_finds_nothing(stage: Stage, visit: Visit, budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)
    joko = visit(stage.cast.joko)
    where = f"/naskah/{manuscript.uid}/"

    answers = [joko.get(where), joko.post(where, typed(manuscript)), joko.get(f"{where}pdf/")]
    answers.append(joko.post(f"{where}simpan/", typed(manuscript)))

    assert {answer.status_code for answer in answers} == {404}
    assert joko.get(f"/naskah/{uuid4()}/").status_code == 404


def test_task_is_handed_over_with_the_document(budi: Client, case: Case) -> None:
    manuscript = begin(budi, case)
    budi.post(f"/naskah/{manuscript.uid}/simpan/", typed(manuscript))
    task = case.tasks.get(state=1)
    sheet = {"isi": "1", "kunci": str(uuid4()), "versi": "9", "instruction": "Untuk ditindaklanjuti"}
    case.refresh_from_db()

    answer = budi.post(
        f"/kerja/{case.uid}/{task.uid}/kerjakan/",
        sheet | {"versi": str(case.version), "kerjakan": "teruskan"},
    )

    assert answer.status_code == 302, answer.text
    note = TaskOutput.objects.get(task=task, name="Konsep nota umum").document_version
    assert note is not None
    page = budi.get(f"/naskah/{manuscript.uid}/")
    assert "Sudah diserahkan sebagai versi 1" in page.text
    late = budi.post(f"/naskah/{manuscript.uid}/", typed(manuscript, text="Terlambat."))
    assert late.status_code == 409
    assert "Tulisan Anda tersimpan sebagai salinan" in late.text
    assert ManuscriptCopy.objects.get().text == "Terlambat."


def test_in_whose_name_it_is_signed_is_chosen_and_shown(budi: Client, case: Case, stage: Stage) -> None:
    manuscript = begin(budi, case)
    camat = stage.cast.office.positions["camat"].title
    page = budi.get(f"/naskah/{manuscript.uid}/").text
    assert f"a.n. {camat.upper()}" in page
    assert "u.b." not in page.partition('name="signs_as"')[2].partition("</select>")[0]

    told = budi.post(f"/naskah/{manuscript.uid}/simpan/", typed(manuscript, signs_as="a.n.")).json()
    assert f"a.n. {camat.upper()}<br>" in told["lembar"]
    manuscript.refresh_from_db()
    assert manuscript.signs_as == "a.n."
    refused = budi.post(f"/naskah/{manuscript.uid}/simpan/", typed(manuscript, signs_as="u.b."))
    assert refused.status_code == 422

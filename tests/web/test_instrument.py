"""The pages on which an instrument is made, answered and followed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.documents.factories import PDF
from tests.evaluation.office import YES_NO
from tests.web.conftest import Visit
from tests.web.instruments import draft_instrument, evaluation_run, used_instrument
from tests.web.stage import Stage

from runtut.evaluation import actions
from runtut.evaluation.models import Answer, AnswerFile, Instrument, Question, Response
from runtut.evaluation.queries import tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sari(stage: Stage, visit: Visit) -> Client:
    return visit(stage.cast.sari)


@pytest.fixture
def kasi(stage: Stage, visit: Visit) -> Client:
    return visit(stage.cast.office.people["kasi1"])


def sheet(stage: Stage) -> tuple[str, dict[str, Question]]:
    """The address of the answers, and the questions by their kind."""
    made = used_instrument(stage)
    questions = {one.kind: one for tree in tree_of(made) for one in tree.questions}
    return f"/instrumen/{made.uid}/isi/", questions


def typed(questions: dict[str, Question], **texts: str) -> dict[str, str]:
    return {f"j-{questions[kind].uid}": text for kind, text in texts.items()}


def test_the_step_offers_the_example_and_leads_to_the_instrument(stage: Stage, sari: Client) -> None:
    case = evaluation_run(stage)
    assert "Pakai contoh" in sari.get(f"/kerja/{case.uid}/").text

    answer = sari.post(f"/kerja/{case.uid}/instrumen/", {"awal": "contoh"}, follow=True)

    assert "Perencanaan kinerja" in answer.text
    assert Instrument.objects.get().sections.count() == 4
    assert "Buka dan ubah instrumen" in sari.get(f"/kerja/{case.uid}/").text


def test_questions_are_added_changed_moved_and_removed(stage: Stage, sari: Client) -> None:
    made = draft_instrument(stage)
    first = tree_of(made)[0]
    fields = {"kind": "skala", "text": "Seberapa sering?", "options": "Jarang\nSering"}

    sari.post(f"/instrumen/bagian/{first.section.uid}/butir/", fields)
    sari.post(f"/instrumen/butir/{first.questions[0].uid}/", {**fields, "text": "Seberapa jelas kini?"})
    sari.post(f"/instrumen/butir/{first.questions[0].uid}/geser/", {"arah": "turun"})
    sari.post(f"/instrumen/butir/{first.questions[1].uid}/hapus/")

    texts = [one.text for one in tree_of(made)[0].questions]
    assert texts == ["Seberapa jelas kini?", "Seberapa sering?"]


def test_a_refused_weight_stays_typed_at_its_field(stage: Stage, sari: Client) -> None:
    made = draft_instrument(stage)

    answer = sari.post(f"/instrumen/{made.uid}/bagian/", {"title": "Lain", "weight_text": "120"})

    assert answer.status_code == 422
    assert "Bobot bagian ditulis antara 0 dan 100" in answer.text
    assert 'value="120"' in answer.text


def test_others_read_the_draft_and_cannot_change_it(stage: Stage, kasi: Client) -> None:
    made = draft_instrument(stage)

    page = kasi.get(f"/instrumen/{made.uid}/")
    answer = kasi.post(f"/instrumen/{made.uid}/bagian/", {"title": "Lain", "weight_text": "10"})

    assert "Tambah bagian" not in page.text
    assert made.sections.count() == 2
    assert "disusun oleh" in answer.text


def test_beranda_lists_what_waits_for_an_answer(stage: Stage, kasi: Client) -> None:
    where, _ = sheet(stage)

    text = kasi.get("/").text

    assert "Isian yang menunggu Anda" in text
    assert where in text


def test_the_run_leads_a_respondent_to_the_instrument_until_it_is_answered(
    stage: Stage, kasi: Client
) -> None:
    where, questions = sheet(stage)
    run = f"/kerja/{Instrument.objects.get().case.uid}/"

    asked = kasi.get(run).text
    full = typed(questions, skala="4", ya_tidak="ya") | {"kerjakan": "kirim"}
    kasi.post(where, full)
    answered = kasi.get(run).text

    assert "Bagian Anda ditunggu" in asked
    assert where in asked
    assert "Tidak ada tugas Anda" not in asked
    assert "Bagian Anda ditunggu" not in answered
    assert "Tidak ada tugas Anda pada kerja ini sekarang" in answered


def test_answers_are_kept_at_every_press_and_sent_once(stage: Stage, kasi: Client) -> None:
    where, questions = sheet(stage)
    upload = SimpleUploadedFile("bukti.pdf", PDF, "application/pdf")
    data = typed(questions, skala="4", angka="12,5")

    kasi.post(where, data | {"kerjakan": "simpan", f"berkas-{questions['bukti'].uid}": upload})
    left = kasi.post(where, data | {"kerjakan": "kirim"})
    sent = kasi.post(where, data | typed(questions, ya_tidak="ya") | {"kerjakan": "kirim"}, follow=True)

    assert AnswerFile.objects.count() == 1
    assert (left.status_code, "Butir 2.1 belum dijawab." in left.text) == (422, True)
    assert "sudah dikirim" in sent.text
    assert Response.objects.get().is_submitted
    again = kasi.post(where, typed(questions, skala="1") | {"kerjakan": "simpan"})
    assert (again.status_code, Answer.objects.get(question=questions["skala"]).value) == (422, 4)


def test_an_unreadable_number_stays_typed_and_the_rest_is_kept(stage: Stage, kasi: Client) -> None:
    where, questions = sheet(stage)

    answer = kasi.post(where, typed(questions, skala="4", angka="12.x") | {"kerjakan": "simpan"})

    assert answer.status_code == 422
    assert 'value="12.x"' in answer.text
    assert Answer.objects.get().question.kind == "skala"


def test_the_script_is_told_the_new_version(stage: Stage, kasi: Client) -> None:
    where, questions = sheet(stage)

    first = kasi.post(where, typed(questions, skala="4") | {"kerjakan": "otomatis", "versi": "0"})
    stale = kasi.post(where, typed(questions, skala="2") | {"kerjakan": "otomatis", "versi": "0"})

    assert (first.json()["versi"], first.json()["terjawab"]) == ("1", 1)
    assert stale.status_code == 422
    assert Answer.objects.get().value == 4


def test_who_has_not_answered_is_seen_and_reminded(stage: Stage, sari: Client, kasi: Client) -> None:
    made = used_instrument(stage)
    where = f"/instrumen/{made.uid}/"
    assert "0 dari 3 sudah mengirim" in sari.get(where).text

    told = sari.post(f"{where}ingatkan/", follow=True)
    again = sari.post(f"{where}ingatkan/")

    assert "Pengingat dikirim" in told.text
    assert again.status_code == 409
    assert "Diingatkan 1 kali" in kasi.get(f"{where}isi/").text


def queries_of(client: Client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as counted:
        client.get(where)
    return len(counted)


def test_pages_cost_the_same_for_one_question_and_for_three(stage: Stage, sari: Client, kasi: Client) -> None:
    made = draft_instrument(stage)
    where = f"/instrumen/{made.uid}/"
    few = queries_of(sari, where)
    section = tree_of(made)[0].section
    by = {"authority": stage.cast.office.authority("perencanaan"), "at": made.case.started_at}
    for _ in range(3):
        actions.put_question(section=section, facts=YES_NO, **by)

    assert queries_of(sari, where) == few
    used_instrument(stage)
    data = {f"j-{one.uid}": "ya" for one in section.questions.filter(kind="ya_tidak")}
    kasi.post(f"{where}isi/", dict(list(data.items())[:1]) | {"kerjakan": "simpan"})
    one = queries_of(kasi, f"{where}isi/")
    kasi.post(f"{where}isi/", data | {"kerjakan": "simpan"})

    assert Answer.objects.count() == 3
    assert queries_of(kasi, f"{where}isi/") == one

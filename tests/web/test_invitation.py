"""The pages of an invitation: who signs it, what it is called until then, and how it goes out."""

from __future__ import annotations

import pytest
from tests.documents.factories import sakip_class
from tests.web.conftest import Visit
from tests.web.meetings import evaluation, plan_meeting
from tests.web.stage import Stage

from runtut.cases.models import Meeting, Notice
from runtut.documents.models import Document, SigningChoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(stage: Stage) -> Meeting:
    return plan_meeting(stage, evaluation(stage))


def test_an_invitation_waits_for_its_chair_who_signs_it_in_one_press(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    sari, budi = visit(stage.cast.sari), visit(stage.cast.budi)
    sari.post(f"/rapat/{meeting.uid}/undangan/")
    paper = Document.objects.get(kind="undangan")
    where = f"/dokumen/{paper.uid}/"

    held = sari.get(f"/rapat/{meeting.uid}/").text
    desk, asked = budi.get("/").text, budi.get(where).text
    queued = where in budi.get("/tanda-tangan/").text
    refused = sari.post(f"{where}tanda-tangani/")
    stranger = visit(stage.cast.joko).post(f"{where}tanda-tangani/")
    answer = budi.post(f"{where}tanda-tangani/")
    paper.refresh_from_db()

    assert "begitu ditandatangani" in held
    assert "Naskah menunggu tanda tangan Anda" in desk
    assert where in desk
    assert queued
    assert "Menunggu tanda tangan Anda" in asked
    assert "Menunggu tanda tangan Anda" not in sari.get(where).text
    assert (refused.status_code, stranger.status_code, answer.status_code) == (409, 404, 302)
    assert paper.state == "disetujui"
    assert "begitu ditandatangani" not in sari.get(f"/rapat/{meeting.uid}/").text


def test_an_invitation_signed_on_its_print_is_said_to_be_approved_and_numbered_first(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    sari, budi = visit(stage.cast.sari), visit(stage.cast.budi)
    sari.post(f"/rapat/{meeting.uid}/undangan/")
    where = f"/dokumen/{Document.objects.get(kind='undangan').uid}/"

    answer = budi.post(f"{where}tanda-tangani/", follow=True)

    assert "Undangan disetujui. Beri nomornya dahulu, lalu cetak PDF-nya untuk ditandatangani" in answer.text
    assert "Undangan ditandatangani." not in answer.text
    assert "Beri nomornya dahulu agar ikut tercetak" in answer.text


def test_the_classification_asked_with_a_signature_by_hand_gives_the_number(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    SigningChoice.objects.create(unit=meeting.unit, way="elektronik")
    unit = stage.cast.office.unit
    unit.code = "Kec.Skm"
    unit.save(update_fields=["code"])
    sari, budi = visit(stage.cast.sari), visit(stage.cast.budi)
    sari.post(f"/rapat/{meeting.uid}/undangan/")
    paper = Document.objects.get(kind="undangan")
    where = f"/dokumen/{paper.uid}/"

    sent = {"way": "basah", "archive_class": str(sakip_class().pk)}
    answer = budi.post(f"{where}tanda-tangani/", sent, follow=True)

    paper.refresh_from_db()
    assert paper.number == "000.8.6.3/1/Kec.Skm/2026"
    assert "Undangan disetujui. Cetak PDF-nya untuk ditandatangani" in answer.text


def test_an_invitation_is_sent_unsigned_for_a_reason_that_stays_on_the_page(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    sari = visit(stage.cast.sari)
    sari.post(f"/rapat/{meeting.uid}/undangan/")
    where = f"/rapat/{meeting.uid}/"

    refused = sari.post(f"{where}kirim/", {"reason": ""})
    stranger = visit(stage.cast.joko).post(f"{where}kirim/", {"reason": "Mendesak sekali"})
    answer = sari.post(f"{where}kirim/", {"reason": "Camat di luar daerah"})

    assert (refused.status_code, stranger.status_code, answer.status_code) == (422, 404, 302)
    assert "Dikirim sebelum ditandatangani: Camat di luar daerah" in sari.get(where).text
    assert Notice.objects.filter(kind="undangan").count() > 0


def test_who_writes_a_meeting_down_finds_it_on_beranda(meeting: Meeting, stage: Stage, visit: Visit) -> None:
    visit(stage.cast.budi).post(f"/rapat/{meeting.uid}/undangan/")

    assert f"/rapat/{meeting.uid}/" in visit(stage.cast.sari).get("/").text
    assert "Rapat yang Anda catat" not in visit(stage.cast.budi).get("/").text


def test_the_chair_of_an_office_that_signs_electronically_is_led_to_the_paper(
    meeting: Meeting, stage: Stage, visit: Visit
) -> None:
    SigningChoice.objects.create(unit=meeting.unit, way="elektronik")
    sari, budi = visit(stage.cast.sari), visit(stage.cast.budi)
    budi.post(f"/rapat/{meeting.uid}/undangan/")
    paper = Document.objects.get(kind="undangan")
    link = f'href="/dokumen/{paper.uid}/">Tanda tangani undangan'

    shown = budi.get(f"/rapat/{meeting.uid}/").text

    assert link in shown
    assert "Tanda tangani dan kirim undangan" not in shown
    assert link not in sari.get(f"/rapat/{meeting.uid}/").text
    assert 'name="passphrase"' in budi.get(f"/dokumen/{paper.uid}/").text
    assert "Beri nomor" not in budi.get(f"/dokumen/{paper.uid}/").text

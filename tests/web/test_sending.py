"""The sheet that numbers and sends, the page of a delivery, the books and the archive."""

from __future__ import annotations

import base64
import re
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cases.factories import Row, make_procedure
from tests.documents.factories import (
    PNG,
    approve,
    make_delivery,
    make_letter,
    make_outgoing,
    make_version,
    sakip_class,
)
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.cases.actions import start_case
from runtut.cases.enums import CaseState
from runtut.cases.models import Case
from runtut.documents.actions import archive_version
from runtut.documents.models import Delivery, DocumentVersion, IncomingLetter, OutgoingLetter
from runtut.procedures.enums import Work
from runtut.procedures.models import Step

pytestmark = pytest.mark.django_db

ROW = 'role="rowheader"'
SENT_OUT = (Row(("staf",), work=Work.REGISTER, outputs=("Nomor surat", "Bukti pengiriman", "Arsip")),)


@pytest.fixture(autouse=True)
def files_root(settings: object, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]  # pytest-django's settings


@pytest.fixture
def run(stage: Stage, at: datetime) -> Case:
    """A run whose only step numbers and sends; it is the clerk's."""
    office = stage.cast.office
    office.unit.code = "Kec.Skm"
    office.unit.save(update_fields=["code"])
    version = make_procedure(office, SENT_OUT, title="Mengirim RKT")
    Step.objects.filter(version=version).update(topic="outgoing")
    return start_case(
        procedure_version=version,
        title="Mengirim RKT 2027",
        year=2026,
        quarter=None,
        letter=None,
        authority=office.authority("staf"),
        at=at,
    )


def cover(stage: Stage, at: datetime, key: str) -> Case:
    """A run whose only step writes a surat pengantar; it is that of one position."""
    office = stage.cast.office
    office.unit.code = "Kec.Skm"
    office.unit.save(update_fields=["code"])
    row = Row((key,), work=Work.REGISTER, outputs=("Surat pengantar bernomor",))
    version = make_procedure(office, (row,), title="Mengantar RKT")
    Step.objects.filter(version=version).update(topic="cover_letter")
    return start_case(
        procedure_version=version,
        title="Mengantar RKT 2027",
        year=2026,
        quarter=None,
        letter=None,
        authority=office.authority(key),
        at=at,
    )


def press(run: Case, button: str, **fields: object) -> tuple[str, dict[str, object]]:
    task = run.tasks.get()
    data = {"isi": "1", "versi": "0", "kerjakan": button, "kirim-kelas": "000.8.6.3", "kirim-salinan": "1"}
    return f"/kerja/{run.uid}/{task.uid}/kerjakan/", data | fields


def test_sheet_sends_gathers_the_proof_and_ends(run: Case, stage: Stage, visit: Visit) -> None:
    staf = visit(stage.cast.office.people["staf"])
    seksi = stage.cast.office.units["kasi1"]
    Step.objects.filter(version=run.procedure_version).update(note="Dikirim kepada Bupati melalui Sekda")
    asked = staf.get(f"/kerja/{run.uid}/").text
    assert "Beri nomor dan catat kiriman" in asked
    assert "Menurut SOP: Dikirim kepada Bupati melalui Sekda" in asked

    where, data = press(run, "kirim", **{"kirim-nama": "Bupati Contoh\n", "kirim-unit": str(seksi.pk)})
    staf.post(where, data)
    page = staf.get(f"/kerja/{run.uid}/").text
    assert "Nomor 000.8.6.3/1/Kec.Skm/2026" in page
    assert "menunggu diterima di sana" in page

    early = staf.post(*press(run, "teruskan"))
    assert early.status_code == 422
    assert "Bukti terima Bupati Contoh" in early.text

    outside = Delivery.objects.get(to_unit=None)
    photo = SimpleUploadedFile("terima.png", PNG, content_type="image/png")
    answer = staf.post(
        f"/surat/ekspedisi/{outside.uid}/",
        {"received_by": "Ibu Ratna", "proof": photo, "kembali": f"/kerja/{run.uid}/"},
    )
    assert answer.headers["Location"] == f"/kerja/{run.uid}/"
    staf.post(*press(run, "teruskan", location="Lemari 2"))
    assert Case.objects.get(pk=run.pk).state == CaseState.DONE


def test_classification_that_the_sheet_proposes_counts_at_once(run: Case, stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.office.people["staf"]).get(f"/kerja/{run.uid}/").text

    assert "1 dari 2 terpenuhi" in page


def test_a_draft_sends_nothing(run: Case, stage: Stage, visit: Visit) -> None:
    staf = visit(stage.cast.office.people["staf"])

    staf.post(*press(run, "simpan", **{"kirim-nama": "Bupati Con", "otomatis": "1"}))
    staf.post(*press(run, "simpan", **{"kirim-nama": "Bupati Contoh"}))

    assert not Delivery.objects.exists()
    assert not OutgoingLetter.objects.exists()


def test_enter_in_a_field_of_the_sheet_saves_a_draft(run: Case, stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.office.people["staf"]).get(f"/kerja/{run.uid}/").text

    form = page[page.index('id="isian"') :]
    first = re.search(r'<button[^>]*type="submit"[^>]*>', form)

    assert first is not None
    assert 'value="simpan"' in first[0]
    assert form.index(first[0]) < form.index('value="kirim"')


def test_colleague_cannot_send_from_the_sheet(run: Case, stage: Stage, visit: Visit) -> None:
    sari = visit(stage.cast.sari)

    sari.post(*press(run, "kirim", **{"kirim-nama": "Bupati"}))

    assert not Delivery.objects.exists()
    assert not OutgoingLetter.objects.exists()


def test_refused_sending_keeps_what_was_typed(run: Case, stage: Stage, visit: Visit) -> None:
    staf = visit(stage.cast.office.people["staf"])

    answer = staf.post(*press(run, "kirim", **{"kirim-nama": "Bupati", "kirim-salinan": "0"}))

    assert answer.status_code == 422
    assert "salinan harus 1 sampai 999" in answer.text
    assert ">Bupati</textarea>" in answer.text
    assert not OutgoingLetter.objects.exists()


def test_signature_drawn_on_the_screen_is_a_proof(stage: Stage, visit: Visit) -> None:
    delivery = make_delivery(stage.cast)
    staf = visit(stage.cast.office.people["staf"])
    where = f"/surat/ekspedisi/{delivery.uid}/"
    drawn = "data:image/png;base64," + base64.b64encode(PNG).decode()

    missing = staf.post(where, {"received_by": "Ibu Ratna"})
    broken = staf.post(where, {"received_by": "Ibu Ratna", "drawing": "data:image/png;base64,%%%"})
    assert (missing.status_code, broken.status_code) == (422, 422)
    assert 'value="Ibu Ratna"' in missing.text
    staf.post(where, {"received_by": "Ibu Ratna", "drawing": drawn})

    delivery.refresh_from_db()
    assert (delivery.receipt, delivery.received_by) == ("tanda_tangan", "Ibu Ratna")
    assert "sudah diterima Ibu Ratna" in staf.post(where, {"received_by": "Lagi", "drawing": drawn}).text


def test_way_back_leads_to_our_own_pages_only(stage: Stage, visit: Visit) -> None:
    delivery = make_delivery(stage.cast)
    staf = visit(stage.cast.office.people["staf"])

    text = staf.get(f"/surat/ekspedisi/{delivery.uid}/?kembali=//jahat.example/").text

    assert "jahat.example" not in text


def test_other_office_sees_and_accepts_what_was_sent(stage: Stage, visit: Visit) -> None:
    make_delivery(stage.cast, to_unit=stage.cast.other_office.unit, addressee="", means="sistem")
    joko, sari = visit(stage.cast.joko), visit(stage.cast.sari)
    delivery = Delivery.objects.get()
    assert "Dikirim unit lain, belum diterima" in joko.get("/surat/").text
    assert "Dikirim unit lain" not in sari.get("/surat/").text
    assert sari.post(f"/surat/ekspedisi/{delivery.uid}/terima/").status_code == 404

    answer = joko.post(f"/surat/ekspedisi/{delivery.uid}/terima/", follow=True)

    letter = IncomingLetter.objects.get()
    assert letter.unit == stage.cast.other_office.unit
    assert f"nomor agenda {letter.register_number}" in answer.text
    assert "Diterima dalam sistem" in sari.get("/surat/ekspedisi/").text


def test_what_was_sent_waits_on_beranda_and_is_taken_in_where_it_is_read(stage: Stage, visit: Visit) -> None:
    other = stage.cast.other_office
    make_delivery(stage.cast, to_unit=other.unit, addressee="", means="sistem")
    umum, sari = visit(other.people["umum"]), visit(stage.cast.sari)
    where = f"/surat/ekspedisi/{Delivery.objects.get().uid}/"
    assert "Kiriman yang belum diterima" not in sari.get("/").text
    assert f'action="{where}terima/"' not in sari.get(where).text

    home, paper = umum.get("/").text, umum.get(where).text
    umum.post(f"{where}terima/")

    assert "Kiriman yang belum diterima" in home
    assert "Satu hal menunggu Anda di samping langkah SOP." in home
    assert where in home
    assert f'action="{where}terima/"' in paper
    assert "Kiriman yang belum diterima" not in umum.get("/").text


def test_section_takes_in_what_its_own_office_sent_without_a_proof(stage: Stage, visit: Visit) -> None:
    office = stage.cast.office
    make_delivery(stage.cast, to_unit=office.units["kasi1"], addressee="", means="sistem")
    where = f"/surat/ekspedisi/{Delivery.objects.get().uid}/"
    kasi, sari = visit(office.people["kasi1"]), visit(stage.cast.sari)

    assert f'action="{where}terima/"' in kasi.get(where).text
    assert "Catat penerimaan" not in kasi.get(where).text
    assert "Catat penerimaan" in sari.get(where).text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("where", "queries"), [("/surat/keluar/", 7), ("/surat/ekspedisi/", 6), ("/surat/arsip/", 11)]
)
def test_lists_ask_the_same_number_of_queries(
    where: str, queries: int, count: int, stage: Stage, at: datetime, visit: Visit
) -> None:
    for number in range(count):
        fill(stage, at + timedelta(minutes=number))
    sari = visit(stage.cast.sari)
    sari.get(where)

    with CaptureQueriesContext(connection) as asked:
        text = sari.get(where).text

    assert text.count(ROW) == count
    assert len(asked) == queries


def fill(stage: Stage, at: datetime) -> None:
    """One line in each book."""
    office = stage.cast.office
    make_delivery(stage.cast)
    version = make_version(stage.cast)
    given = {"authority": office.authority("staf"), "at": at}
    make_outgoing(stage.cast, subject="=1+1", at=at, errand=uuid4())
    approve(version, office.authority("perencanaan"), at)
    archive_version(version=version, archive_class=sakip_class(), location="Rak 1", **given)


def test_stranger_sees_nothing_of_the_books(stage: Stage, at: datetime, visit: Visit) -> None:
    fill(stage, at)
    joko = visit(stage.cast.joko)

    for where in ("/surat/keluar/", "/surat/ekspedisi/", "/surat/arsip/"):
        assert ROW not in joko.get(where).text
        assert ROW not in joko.get(f"{where}?unit={stage.cast.office.unit.uid}").text


@pytest.mark.parametrize("book", ["masuk", "keluar", "ekspedisi", "arsip"])
def test_book_as_workbook_holds_its_rows_and_no_formula(
    book: str, stage: Stage, at: datetime, visit: Visit
) -> None:
    fill(stage, at)
    make_letter(stage.cast, subject='=HYPERLINK("http://x")', number="@1")
    sealed = make_letter(stage.cast, subject="Sangat rahasia", number="8", urgency="rahasia")

    answer = visit(stage.cast.sari).get(f"/surat/buku/{book}/xlsx/?tahun=2026")

    with zipfile.ZipFile(BytesIO(answer.content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        texts = parts.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "<t>=" not in texts
    assert "<t>@" not in texts
    expected = {
        "masuk": "'=HYPERLINK",
        "keluar": "'=1+1",
        "ekspedisi": "Sekretaris Daerah",
        "arsip": "belum ditetapkan",
    }
    assert expected[book] in texts
    assert "Sangat rahasia" not in texts
    assert book != "masuk" or sealed.register_number in texts


def test_book_as_pdf_and_unknown_books(stage: Stage, at: datetime, visit: Visit) -> None:
    fill(stage, at)
    sari = visit(stage.cast.sari)

    assert sari.get("/surat/buku/keluar/pdf/?lihat").content.startswith(b"%PDF")
    assert sari.get("/surat/buku/lain/pdf/").status_code == 404
    assert sari.get("/surat/buku/keluar/exe/").status_code == 404


def test_archive_by_classification_and_the_table_of_retention(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    fill(stage, at)
    sari = visit(stage.cast.sari)

    assert sari.get("/surat/arsip/?kode=000.8").text.count(ROW) == 1
    assert ROW not in sari.get("/surat/arsip/?kode=900").text
    assert "Belum ada arsip yang jatuh tempo" in sari.get("/surat/arsip/?jatuh-tempo=1").text
    assert "belum ditetapkan kepala daerah" in sari.get("/surat/arsip/retensi/").text


def test_voided_number_stays_in_the_book_with_its_reason(stage: Stage, at: datetime, visit: Visit) -> None:
    line = make_outgoing(stage.cast)
    staf, joko = visit(stage.cast.office.people["staf"]), visit(stage.cast.joko)
    where = f"/surat/keluar/{line.uid}/batal/"

    assert joko.post(where, {"alasan": "x"}).status_code == 404
    assert staf.post(where, {"alasan": " "}).status_code == 422
    staf.post(where, {"alasan": "Salah tujuan."})

    assert "Dibatalkan: Salah tujuan." in staf.get("/surat/keluar/").text
    assert make_outgoing(stage.cast).number.split("/")[1] == "2"


def test_pattern_of_numbers_is_previewed_before_it_is_kept(stage: Stage, at: datetime, visit: Visit) -> None:
    make_outgoing(stage.cast)
    admin = visit(stage.cast.admin)
    where = f"/pengaturan/unit/{stage.cast.office.unit.uid}/nomor/"
    fresh = "{urut}/{klasifikasi}/{unit}/{bulan_romawi}/{tahun}"
    assert "000.8.6.3/2/Kec.Skm/2026" in admin.get(where).text

    shown = admin.post(f"{where}keluar/", {"template": fresh, "lihat": "1"})
    assert "2/000.8.6.3/Kec.Skm/III/2026" in shown.text
    empty = admin.post(f"{where}keluar/", {"template": "{urut}//{tahun}", "lihat": "1"})
    assert empty.status_code == 422
    assert "ada tempat yang kosong" in empty.text
    assert "000.8.6.3/2/Kec.Skm/2026" in admin.get(where).text

    admin.post(f"{where}keluar/", {"template": fresh})
    assert make_outgoing(stage.cast).number == "2/000.8.6.3/Kec.Skm/III/2026"
    assert admin.get(f"{where}entah/").status_code == 404


def test_cover_letter_offers_in_whose_name_it_is_signed(stage: Stage, visit: Visit, at: datetime) -> None:
    run = cover(stage, at, "sekcam")
    camat = stage.cast.office.positions["camat"].title.upper()
    sekcam = visit(stage.cast.office.people["sekcam"])
    page = sekcam.get(f"/kerja/{run.uid}/").text
    assert "Ditandatangani" in page
    assert f"a.n. {camat}" in page

    where, data = press(run, "teruskan", addressee="Bupati Contoh", copies=1, signs_as="a.n.")
    sekcam.post(where, data | {"archive_class": sakip_class().pk})

    run.refresh_from_db()
    assert run.state == CaseState.DONE
    _, sender = DocumentVersion.objects.get(document__kind="surat_pengantar").content["signatures"]
    assert sender["role_line"] == f"Pengirim,\na.n. {camat}"


def test_cover_letter_asks_nobody_who_signs_for_oneself_alone(
    stage: Stage, visit: Visit, at: datetime
) -> None:
    run = cover(stage, at, "staf")

    assert "Ditandatangani" not in visit(stage.cast.office.people["staf"]).get(f"/kerja/{run.uid}/").text

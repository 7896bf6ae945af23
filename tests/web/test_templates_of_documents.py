"""Templates and letterhead of an office: changed in the browser, seen before they are saved, never run."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document as Word
from pypdf import PdfReader
from tests.documents.factories import make_png, make_version
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.core.models import AuditEntry
from runtut.documents.actions import render_version
from runtut.documents.models import DocumentTemplate, OfficeLogo
from runtut.documents.queries import read_file, template_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(stage: Stage, visit: Visit) -> Client:
    return visit(stage.cast.admin)


def where(stage: Stage, kind: str = "nota_dinas") -> str:
    return f"/pengaturan/unit/{stage.cast.office.unit.uid}/naskah/{kind}/"


TYPED = {"title": "NOTA DINAS\n{{nama_kantor}}", "text": "Hal : {{hal}}\n\nDengan hormat, {{penerima}}."}


def words_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_template_is_changed_and_in_force_below(stage: Stage, admin: Client) -> None:
    admin.post(where(stage), TYPED | {"kerjakan": "simpan"})

    found = template_for(kind="nota_dinas", unit=stage.cast.office.units["perencanaan"])
    assert (found.text, found.number, found.unit) == (TYPED["text"], 1, stage.cast.office.unit)
    assert template_for(kind="nota_dinas", unit=stage.cast.other_office.unit).is_shipped
    assert AuditEntry.objects.filter(action="documents.template.set").count() == 1


def test_looking_first_saves_nothing(stage: Stage, admin: Client) -> None:
    page = admin.post(where(stage), TYPED | {"kerjakan": "lihat"})
    pdf = admin.post(f"{where(stage)}pdf/", TYPED)

    assert "Dengan hormat, (penerima naskah, satu per baris)." in page.text
    assert "Dengan hormat, (penerima naskah, satu per baris)." in words_of(pdf.content)
    assert DocumentTemplate.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{kata_sandi}} dan {{settings}}", "Isian {{kata_sandi}}, {{settings}} tidak dikenal"),
        ("# A\n\n### B", "judul tingkat 3 tanpa tingkat 2"),
        ("| a |\n| 1 | 2 |", "harus 1 isian"),
        ("a" * 20_001, "melebihi 20000 huruf"),
    ],
)
def test_bad_template_is_refused_and_what_was_typed_stays(
    text: str, sentence: str, stage: Stage, admin: Client
) -> None:
    answer = admin.post(where(stage), {"title": "X", "text": text, "kerjakan": "simpan"})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert text[:40] in answer.text
    assert DocumentTemplate.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hanya pembuka.", "Tulis {{isi}} satu kali pada baris sendiri"),
        ("Awal {{rapat}}.\n{{isi}}\nAkhir.", "Isian {{rapat}} tidak dikenal"),
    ],
)
def test_words_around_data_that_do_not_fit_are_refused_at_the_field(
    text: str, sentence: str, stage: Stage, admin: Client
) -> None:
    answer = admin.post(where(stage, "rkt"), {"title": "RKT", "text": text, "kerjakan": "simpan"})

    assert answer.status_code == 422
    assert sentence in answer.text.split('id="id_text_error"')[1].split("</p>")[0]
    assert DocumentTemplate.objects.count() == 0


def test_words_around_data_are_seen_before_they_are_saved(stage: Stage, admin: Client) -> None:
    typed = {"title": "RKT {{tahun}}", "text": "Menurut {{renstra}}.\n\n{{isi}}\n\nTamat."}

    shown = admin.get(where(stage, "rkt")).text
    looked = admin.post(where(stage, "rkt"), typed | {"kerjakan": "lihat"}).text
    admin.post(where(stage, "rkt"), typed | {"kerjakan": "simpan"})

    assert "usulan pembuka" in shown and "is_letter" not in shown
    assert "{{surat_nomor}}" not in shown
    assert "Menurut (Renstra yang dijabarkan, dengan penetapannya)." in looked
    assert "(tabel dan isi lain yang disusun dari data)" in looked
    assert template_for(kind="rkt", unit=stage.cast.office.unit).title == "RKT {{tahun}}"
    assert "Laporan pemantauan tindak lanjut" in admin.get(f"{where(stage)[:-11]}").text


def test_template_can_be_given_up_and_the_earlier_one_is_kept(stage: Stage, admin: Client) -> None:
    admin.post(where(stage), TYPED | {"kerjakan": "simpan"})

    admin.post(f"{where(stage)}kembali/")

    assert template_for(kind="nota_dinas", unit=stage.cast.office.unit).is_shipped
    assert [row.number for row in DocumentTemplate.objects.order_by("number")] == [1, 2]


def test_unknown_kind_is_not_there(stage: Stage, admin: Client) -> None:
    assert admin.get(where(stage, "puisi")).status_code == 404


def test_logo_stands_in_pdf_and_word_and_in_the_units_below(
    stage: Stage, admin: Client, at: datetime
) -> None:
    list_page = f"/pengaturan/unit/{stage.cast.kabupaten.uid}/naskah/"

    admin.post(list_page, {"file": SimpleUploadedFile("lambang.png", make_png())})

    version = render_version(version=make_version(stage.cast, at=at), at=at)
    assert version.pdf is not None and version.docx is not None
    assert version.content["letterhead"]["logo"] == OfficeLogo.objects.get().file.sha256
    pages = PdfReader(io.BytesIO(read_file(file=version.pdf))).pages
    assert sum(len(page.images) for page in pages) == 1
    word = read_file(file=version.docx)
    assert any(name.startswith("word/media/") for name in zipfile.ZipFile(io.BytesIO(word)).namelist())
    head = Word(io.BytesIO(word)).tables[0].rows[0].cells[1].text
    assert stage.cast.office.unit.name.upper() in head
    assert admin.get(f"/pengaturan/unit/{stage.cast.office.unit.uid}/naskah/lambang/").content == make_png()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kosong.png", b"", "kosong"),
        ("surat.pdf", b"%PDF-1.7\n%%EOF\n" + b"0" * 64, "PNG atau JPEG"),
        ("besar.png", make_png() + b"\0" * 310_000, "paling besar 0,3 MB"),
    ],
)
def test_bad_logo_is_refused_with_the_reason(
    name: str, content: bytes, sentence: str, stage: Stage, admin: Client
) -> None:
    list_page = f"/pengaturan/unit/{stage.cast.office.unit.uid}/naskah/"

    answer = admin.post(list_page, {"file": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert OfficeLogo.objects.count() == 0


def test_logo_can_be_taken_off(stage: Stage, admin: Client) -> None:
    list_page = f"/pengaturan/unit/{stage.cast.office.unit.uid}/naskah/"
    admin.post(list_page, {"file": SimpleUploadedFile("lambang.png", make_png())})

    admin.post(list_page, {"kerjakan": "lepas"})

    assert OfficeLogo.objects.count() == 0

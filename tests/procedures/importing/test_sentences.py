"""Procedures whose steps are sentences that say who does them and for how long."""

from __future__ import annotations

import io

import pytest
from docx import Document
from tests.procedures.importing.pages import page, plain, sop_of

from runtut.procedures.importing import ReadSop, parse
from runtut.procedures.importing.sentences import Told, read


def listed(*sentences: str) -> ReadSop:
    lines = "\n".join(f"{no}. {text}" for no, text in enumerate(sentences, start=1))
    (sop,) = parse("sop.txt", f"SOP PELAYANAN SURAT\n\nProsedur :\n{lines}\n".encode()).sops
    return sop


def told(sop: ReadSop) -> list[tuple[list[str], str, int | None]]:
    return [([who.name for who in step.performers], step.activity, step.time.minutes) for step in sop.steps]


@pytest.mark.parametrize(
    ("sentence", "is_read"),
    [
        ("Bidan menimbang bayi (5 menit)", Told("Bidan", "Menimbang bayi", "5 menit")),
        ("Kasubbag Umum memeriksa isi surat, waktu 10 menit.",
         Told("Kasubbag Umum", "Memeriksa isi surat", "10 menit")),
        ("Warga datang membawa berkas [± 5 menit]", Told("Warga", "Datang membawa berkas", "± 5 menit")),
        ("Petugas loket harus mencatat berkas", Told("Petugas loket", "Mencatat berkas", "")),
        ("Bidan memantau bayi selama 30 menit", Told("Bidan", "Memantau bayi selama 30 menit", "")),
        ("Menerima berkas (KTP dan KK)", Told("", "Menerima berkas (KTP dan KK)", "")),
        ("Pemeriksaan berkas berlangsung tertib", Told("", "Pemeriksaan berkas berlangsung tertib", "")),
        ("Berkas diterima loket", Told("", "Berkas diterima loket", "")),
    ],
)  # fmt: skip
def test_a_sentence_says_who_and_how_long(sentence: str, is_read: Told) -> None:
    assert read(sentence) == is_read


def test_performers_and_times_of_a_list_are_taken_from_its_sentences() -> None:
    sop = listed(
        "Staf mencatat surat (5 menit)",
        "Kepala Seksi memeriksa surat (1 jam)",
        "Staf dan Kepala Seksi membahas surat (30 menit)",
    )
    assert sop.performers == ["Staf", "Kepala Seksi"]
    assert told(sop) == [
        (["Staf"], "Mencatat surat", 5),
        (["Kepala Seksi"], "Memeriksa surat", 60),
        (["Staf", "Kepala Seksi"], "Membahas surat", 30),
    ]
    assert any("dari kalimat langkah itu" in doubt.why for doubt in sop.doubts)


def test_sentences_of_which_few_name_an_office_stay_whole() -> None:
    sop = listed("Staf mencatat surat", "Memeriksa surat", "Mengirim surat")
    assert sop.performers == []
    assert [step.activity for step in sop.steps] == [
        "Staf mencatat surat", "Memeriksa surat", "Mengirim surat",
    ]  # fmt: skip


def test_a_table_without_performers_takes_them_from_its_sentences() -> None:
    sop = page(
        plain("No", "Uraian Prosedur", "Kelengkapan", "Waktu", "Output"),
        ("1", "Warga menyerahkan berkas", "KTP", "5 menit", "Berkas"),
        ("2", "Sekdes memaraf surat", "Konsep", "5 menit", "Surat diparaf"),
    )
    assert told(sop) == [(["Warga"], "Menyerahkan berkas", 5), (["Sekdes"], "Memaraf surat", 5)]


def test_parts_of_a_list_that_are_counted_anew_go_on() -> None:
    steps = "<p>A. Pengajuan judul</p><p>1. Mahasiswa mengisi formulir</p><p>2. Dosen memeriksa judul</p>"
    rest = "<p>B. Penyusunan proposal</p><p>1. Mahasiswa menyusun proposal</p>"
    sop = sop_of(f"<p>SOP Proposal</p><p>Prosedur</p>{steps}{rest}")
    assert [(step.no, step.activity) for step in sop.steps] == [
        (1, "Mengisi formulir"), (2, "Memeriksa judul"), (3, "Menyusun proposal"),
    ]  # fmt: skip
    assert {entry.text for entry in sop.unread} >= {"A. Pengajuan judul", "B. Penyusunan proposal"}


def test_a_list_that_a_style_of_word_counts_is_counted() -> None:
    document = Document()
    document.add_paragraph("SOP Pelayanan Surat")
    document.add_paragraph("Prosedur")
    for text in ("Staf mencatat surat", "Kepala memeriksa surat"):
        document.add_paragraph(text, style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    (sop,) = parse("sop.docx", stream.getvalue()).sops
    assert told(sop) == [(["Staf"], "Mencatat surat", None), (["Kepala"], "Memeriksa surat", None)]

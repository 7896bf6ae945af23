from __future__ import annotations

import pytest

from runtut.procedures.importing import lists
from runtut.procedures.importing.people import parse
from runtut.procedures.importing.words import flow, without_tags


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        (["1. Komputer 2. Printer 3. Kertas"], ["Komputer", "Printer", "Kertas"]),
        (["1 Komputer", "2 Printer"], ["Komputer", "Printer"]),
        (["1. Peraturan Nomor", "3 Tahun 2019", "2. Lainnya"], ["Peraturan Nomor 3 Tahun 2019", "Lainnya"]),
        (["1. Renstra2. Renja"], ["Renstra", "Renja"]),
        (["- Buku agenda - Lembar disposisi"], ["Buku agenda", "Lembar disposisi"]),
        (["• Satu • Dua"], ["Satu", "Dua"]),
        (["SOP Penyusunan laporan", "dan evaluasi"], ["SOP Penyusunan laporan dan evaluasi"]),
        (["-"], []),
        (["a. Pertama", "b. Kedua"], ["Pertama", "Kedua"]),
        (["Kitab Undang-Undang Nomor 2 Tahun 2020"], ["Kitab Undang-Undang Nomor 2 Tahun 2020"]),
    ],
)
def test_list_is_split_at_its_marks(lines: list[str], entries: list[str]) -> None:
    assert [item.text for item in lists.split(lines)] == entries


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("peno-\nmoran", "penomoran"),
        ("data-\ndata", "data-data"),
        ("menandatanga\nni konsep", "menandatangani konsep"),
        ("surat\nmasuk", "surat masuk"),
        ("berkas ke\ncamat", "berkas ke camat"),
    ],
)
def test_broken_words_are_mended(text: str, whole: str) -> None:
    assert flow(text) == whole


def test_tags_leave_line_breaks() -> None:
    assert without_tags("<p>Satu</p>Dua &amp; tiga").split("\n") == [" Satu", "Dua & tiga"]


def test_approver_is_told_apart() -> None:
    read = parse(
        ["KEPALA BADAN CONTOH", "Drs. BUDI CONTOH, M.Si", "Pembina Utama Muda", "NIP. 19700101 199001 1 001"]
    )
    assert (read.position, read.name, read.rank, read.nip) == (
        "KEPALA BADAN CONTOH",
        "Drs. BUDI CONTOH, M.Si",
        "Pembina Utama Muda",
        "197001011990011001",
    )


@pytest.mark.parametrize("area", ["PROVINSI CONTOH TIMUR,", "Kabupaten Contoh", "Bidang Pelayanan Umum"])
def test_title_of_an_approver_goes_on_in_its_second_line(area: str) -> None:
    read = parse(["Kepala Satuan Contoh", area, "BUDI CONTOH, S.H.", "NIP. 19700101 199001 1 001"])

    assert (read.position, read.name) == (f"Kepala Satuan Contoh {area.strip(',')}", "BUDI CONTOH, S.H")


def test_approver_on_one_line_is_cut_before_the_name() -> None:
    read = parse(["Kepala Dinas Contoh Ir. Ani Teladan, M.T. NIP 197001011990012001"])
    assert (read.position, read.name) == ("Kepala Dinas Contoh", "Ir. Ani Teladan, M.T")

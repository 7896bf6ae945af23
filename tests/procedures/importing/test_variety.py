"""Forms that differ from the regulation's, each in one way that offices really have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin

import pytest
import typst
from tests.procedures.importing.pages import HEAD, page, plain

from runtut.procedures.importing import parse
from runtut.procedures.importing.readers.cells import read_page
from runtut.procedures.importing.readers.figures import Figure, take
from runtut.procedures.importing.readers.geometry import Arrow, Box, Shape, Sheet, Word
from runtut.procedures.importing.source import Sign


def test_a_heading_over_several_performers_is_no_column() -> None:
    head = (
        '<tr><th rowspan="3">No</th><th rowspan="3">Kegiatan</th><th colspan="3">Unit Kerja</th>'
        '<th colspan="3">Mutu Baku</th></tr>'
        '<tr><th rowspan="2">Pemohon</th><th colspan="2">Bidang Pelayanan</th><th rowspan="2">Syarat</th>'
        '<th rowspan="2">Lama</th><th rowspan="2">Hasil</th></tr>'
        "<tr><th>Operator</th><th>Verifikator</th></tr>"
    )
    sop = page(
        head,
        ("1", "Menerima berkas", "", "v", "", "Berkas", "5 menit", "Tanda terima"),
        ("2", "Memeriksa berkas", "", "", "v", "Berkas", "1 jam", "Berkas lengkap"),
    )
    assert sop.performers == ["Pemohon", "Operator", "Verifikator"]
    assert [[who.name for who in step.performers] for step in sop.steps] == [["Operator"], ["Verifikator"]]


def test_columns_of_a_decision_say_where_it_leads() -> None:
    head = plain(*HEAD[:4], "Ya", "Tidak", *HEAD[4:])
    sop = page(
        head,
        ("1", "Menyusun konsep", "v", "", "", "", "Data", "1 jam", "Konsep", ""),
        ("2", "Memeriksa konsep", "", "v", "ke 3", "kembali ke 1", "Konsep", "1 jam", "Konsep", ""),
        ("3", "Mengirim konsep", "v", "", "", "", "Konsep", "5 menit", "Surat", "segera"),
    )
    assert sop.performers == ["Staf", "Kepala"]
    assert [step.return_to for step in sop.steps] == [[], [1], []]
    assert sop.steps[1].note == "Ya: ke 3. Tidak: kembali ke 1"
    assert sop.steps[2].note == "segera"


def test_steps_counted_by_letters_are_steps_without_a_time_too() -> None:
    sop = page(
        plain(*HEAD),
        ("a.", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep", ""),
        ("b.", "Memeriksa konsep", "", "v", "Konsep", "Disesuaikan", "Konsep", ""),
        ("", "dan memaraf", "", "", "", "", "", ""),
        ("c.", "Mengirim konsep", "v", "", "Konsep", "1 bulan", "Surat", ""),
    )
    assert [step.activity for step in sop.steps] == [
        "Menyusun konsep", "Memeriksa konsep dan memaraf", "Mengirim konsep",
    ]  # fmt: skip


def test_a_step_goes_back_to_the_performer_whom_it_names() -> None:
    sop = page(
        plain("No", "Kegiatan", "Pasien", "Perawat Poli", "Syarat", "Waktu", "Output"),
        ("1", "Menyerahkan kartu", "v", "", "Kartu", "5 menit", "Kartu"),
        ("2", "Mencatat kartu", "", "v", "Kartu", "5 menit", "Kartu"),
        (
            "3",
            "Memeriksa; bila tidak lengkap dikembalikan kepada pasien",
            "",
            "v",
            "Kartu",
            "5 menit",
            "Kartu",
        ),
    )
    assert sop.steps[2].return_to == [1]
    assert sop.steps[2].return_confidence == "medium"


def rounded(left: float, top: float, right: float, bottom: float, radius: float = 6) -> Figure:
    """A rounded box as drawing programs leave it: many corners on every bend."""
    corners = []
    for x, y, turn in (
        (right - radius, top + radius, -pi / 2),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, pi / 2),
        (left + radius, top + radius, pi),
    ):
        corners += [
            (x + radius * cos(turn + step * pi / 40), y + radius * sin(turn + step * pi / 40))
            for step in range(21)
        ]
    return Figure((*corners, corners[0]), stroked=True, filled=False, curved=True, closed=True)


def box(left: float, top: float, right: float, bottom: float, tint: str = "") -> Figure:
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    return Figure(corners, not tint, bool(tint), curved=False, closed=True, tint=tint)


def boxes(xs: Sequence[float], ys: Sequence[float]) -> list[Figure]:
    """A table whose cells were drawn a rectangle each."""
    return [box(left, top, right, bottom) for top, bottom in pairwise(ys) for left, right in pairwise(xs)]


def test_a_rounded_box_of_many_corners_is_a_terminator() -> None:
    sheet = Sheet(300, 300)
    take([rounded(20, 20, 70, 44)], sheet)
    assert [shape.sign for shape in sheet.shapes] == [Sign.TERMINATOR]


def test_equal_boxes_beside_each_other_are_cells_and_no_symbols() -> None:
    sheet = Sheet(300, 300)
    take(boxes((0, 50, 100, 150), (0, 20, 40, 60)), sheet)
    assert sheet.shapes == []
    assert [len(row.cells) for row in read_page(sheet, 1).rows[:3]] == [3, 3, 3]


def test_an_empty_cell_of_a_pdf_that_is_filled_is_marked_and_a_coloured_row_is_not() -> None:
    sheet = Sheet(300, 300)
    fills = [box(50, 20, 100, 40, "888888"), *(box(x, 40, x + 50, 60, "eeeeee") for x in (0, 50, 100))]
    take([*boxes((0, 50, 100, 150), (0, 20, 40, 60)), *fills], sheet)
    sheet.words = [Word("satu", Box(5, 5, 25, 12)), Word("dua", Box(5, 45, 25, 52))]
    rows = read_page(sheet, 1).rows
    assert [[cell.signs for cell in row.cells] for row in rows[:3]] == [
        [(), (), ()], [(), (Sign.MARK,), ()], [(), (), ()],
    ]  # fmt: skip


def test_a_row_without_words_holds_what_leads_to_another_page_and_no_performer() -> None:
    sop = page(
        plain(*HEAD),
        ("1", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep", ""),
        ("2", "Memeriksa konsep", "v", "", "Konsep", "1 jam", "Konsep", ""),
        ("", "", "", '<svg><rect width="9"/></svg>', "", "", "", ""),
    )
    assert [[who.name for who in step.performers] for step in sop.steps] == [["Staf"], ["Staf"]]


def test_an_arrow_from_a_row_without_words_leads_nowhere() -> None:
    sheet = Sheet(300, 300)
    take(boxes((0, 50, 100, 150), (0, 40, 80, 120)), sheet)
    symbols = [Shape(Sign.PROCESS, Box(60, y, 90, y + 15)) for y in (10, 50, 90)]
    sheet.shapes += symbols
    sheet.words = [Word("satu", Box(5, 15, 25, 22)), Word("dua", Box(5, 55, 25, 62))]
    sheet.arrows = [Arrow(symbols[1], symbols[0]), Arrow(symbols[2], symbols[0])]
    assert [(link.start.line, link.end.line) for link in read_page(sheet, 1).links] == [(2, 1)]


def test_a_table_over_two_pages_keeps_its_columns() -> None:
    first, second = Sheet(300, 300), Sheet(300, 300)
    take(boxes((0, 50, 70, 100, 150), (0, 20, 40)), first)
    take(boxes((0, 50, 100, 150), (0, 20, 40)), second)
    columns = read_page(first, 1).columns
    rows = read_page(second, 2, columns).rows
    assert [(cell.column, cell.span) for cell in rows[0].cells] == [(0, 1), (1, 2), (3, 1)]
    assert [cell.column for cell in read_page(second, 2, (0, 90, 150)).rows[0].cells] == [0, 1, 2]


WORDS = """\
KECAMATAN CONTOH            Nomor SOP   7/SOP/2024
No  Kegiatan    Pelaksana          Mutu Baku                       Keterangan
                Staf      Kepala   Kelengkapan   Waktu   Output
                          Seksi
1   Menyusun    v                  - Data        1 jam   Konsep
    konsep                         lama                  laporan
    laporan
2   Memeriksa             v        Konsep        2 jam   Laporan
    laporan
"""


def test_cells_of_a_text_go_on_below_where_they_begin() -> None:
    (sop,) = parse("sop.txt", WORDS.encode()).sops
    assert sop.performers == ["Staf", "Kepala Seksi"]
    assert [(step.activity, step.requirements, step.outputs) for step in sop.steps] == [
        ("Menyusun konsep laporan", ["Data lama"], ["Konsep laporan"]),
        ("Memeriksa laporan", ["Konsep"], ["Laporan"]),
    ]
    assert [[who.name for who in step.performers] for step in sop.steps] == [["Staf"], ["Kepala Seksi"]]


def test_the_line_below_a_bare_heading_is_the_title() -> None:
    head = "KECAMATAN CONTOH\nSTANDAR OPERASIONAL PROSEDUR\nPENYUSUNAN LAPORAN\nBULANAN\n\n"
    (sop,) = parse("sop.txt", (head + WORDS.split("\n", 1)[1]).encode()).sops
    assert sop.title == "PENYUSUNAN LAPORAN BULANAN"
    assert sop.approver.name == ""


def test_the_office_below_a_bare_heading_is_no_title() -> None:
    head = "STANDAR OPERASIONAL PROSEDUR\nKECAMATAN CONTOH\nTAHUN 2024\n\n"
    (sop,) = parse("sop.txt", (head + WORDS.split("\n", 1)[1]).encode()).sops
    assert sop.title == ""


FORM = """<!doctype html><html><body><table>
<tr><td rowspan="2">RUMAH SAKIT CONTOH</td><td colspan="3">PELAYANAN RAWAT JALAN</td></tr>
<tr><td>No. Dokumen<br>12/SPO/2024</td><td>No. Revisi<br>01</td><td>Halaman<br>1/2</td></tr>
<tr><td>STANDAR PROSEDUR OPERASIONAL</td><td>Tanggal Terbit<br>1 Juli 2024</td><td colspan="2">
Ditetapkan oleh<br>Direktur<br>dr. Sari Dewi<br>NIP. 197203142002121004</td></tr>
<tr><td>PENGERTIAN</td><td colspan="3">Melayani pasien tanpa rawat inap.</td></tr>
<tr><td>PROSEDUR</td><td colspan="3">Petugas:<br>1. Menerima pasien<br>2. Memeriksa kartu<br>a. kartu lama<br>
b. kartu baru<br>3. Mengantar pasien</td></tr>
<tr><td>UNIT TERKAIT</td><td colspan="3">1. Pendaftaran<br>2. Poliklinik</td></tr></table></body></html>"""


def test_a_procedure_that_is_a_list_gives_steps_and_loses_nothing() -> None:
    (sop,) = parse("spo.html", FORM.encode()).sops
    assert (sop.title, sop.number, sop.dates["created"]) == (
        "PELAYANAN RAWAT JALAN",
        "12/SPO/2024",
        "2024-07-01",
    )
    assert (sop.approver.position, sop.approver.name) == ("Direktur", "dr. Sari Dewi")
    assert [step.activity for step in sop.steps] == [
        "Menerima pasien", "Memeriksa kartu a. kartu lama b. kartu baru", "Mengantar pasien",
    ]  # fmt: skip
    unread = " ".join(entry.text for entry in sop.unread)
    assert all(text in unread for text in ("Petugas", "Melayani pasien", "Poliklinik", "1/2"))
    assert any("daftar di bawah judul prosedur" in doubt.why for doubt in sop.doubts)


def test_rows_that_only_begin_and_end_the_flowchart_are_no_part_of_a_step() -> None:
    sop = page(
        plain(*HEAD),
        ("", "Mulai", "⬭", "", "", "", "", ""),
        ("1", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep", ""),
        ("2", "Memeriksa konsep", "", "v", "Konsep", "1 jam", "Konsep", ""),
        ("", "Selesai", "⬭", "", "", "", "", ""),
    )
    assert [step.activity for step in sop.steps] == ["Menyusun konsep", "Memeriksa konsep"]
    assert [[who.name for who in step.performers] for step in sop.steps] == [["Staf"], ["Kepala"]]


def test_a_title_over_the_whole_table_belongs_to_no_list() -> None:
    records = "<tr><td>Pencatatan dan Pendataan</td></tr><tr><td>1. Buku agenda</td></tr>"
    title = '<tr><td colspan="8">ALUR SURAT MASUK KANTOR</td></tr>'
    sop = page(
        records + title + plain(*HEAD),
        ("1", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep", ""),
        ("2", "Memeriksa konsep", "", "v", "Konsep", "1 jam", "Konsep", ""),
    )
    assert sop.lists["records"] == ["Buku agenda"]
    assert sop.title == "ALUR SURAT MASUK KANTOR"


def test_a_column_of_times_that_lost_its_heading_is_told_by_the_times() -> None:
    sop = page(
        plain("No", "Kegiatan", "Staf", "Kepala", "Kelengkapan", "", "Output"),
        ("1", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep"),
        ("2", "Memeriksa konsep", "", "v", "Konsep", "30 menit", "Surat"),
    )
    assert [step.time.minutes for step in sop.steps] == [60, 30]
    assert [step.outputs for step in sop.steps] == [["Konsep"], ["Surat"]]


def test_a_performer_called_as_all_of_them_are_elsewhere_is_a_column() -> None:
    sop = page(
        plain("No", "Kegiatan", "Petugas", "Kepala", "Kelengkapan", "Waktu", "Output"),
        ("1", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep"),
        ("2", "Memeriksa konsep", "", "v", "Konsep", "30 menit", "Surat"),
    )
    assert sop.performers == ["Petugas", "Kepala"]
    assert [[who.name for who in step.performers] for step in sop.steps] == [["Petugas"], ["Kepala"]]


@pytest.mark.slow
@pytest.mark.parametrize("turn", ["-90deg", "90deg"])
def test_headings_that_stand_upright_are_read(turn: str) -> None:
    names = ("Petugas Loket", "Kepala Seksi")
    turned = [f"rotate({turn}, reflow: true)[{name}]" for name in names]
    cells = ["[No]", "[Kegiatan]", *turned, "[Kelengkapan]", "[Waktu]", "[Output]"]
    cells += ["[1]", "[Menyusun konsep]", "[v]", "[]", "[Data]", "[1 jam]", "[Konsep]"]
    cells += ["[2]", "[Memeriksa konsep]", "[]", "[v]", "[Konsep]", "[2 jam]", "[Surat]"]
    content = typst.compile(f"#set page(flipped: true)\n#table(columns: 7, {', '.join(cells)})".encode())
    (sop,) = parse("sop.pdf", content).sops
    assert sop.performers == list(names)
    assert [[who.name for who in step.performers] for step in sop.steps] == [[name] for name in names]

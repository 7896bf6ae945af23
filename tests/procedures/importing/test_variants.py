"""More forms of real offices: English headings, Roman numerals, parts within a table, pages of web sites."""

from __future__ import annotations

import pytest
from tests.procedures.importing.pages import HEAD, page, plain, sop_of

from runtut.procedures.importing import ReadSop, halves, parse
from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.headers import Column, Header
from runtut.procedures.importing.numerals import value_of
from runtut.procedures.importing.readers.cells import read_page
from runtut.procedures.importing.readers.geometry import Box, Line, Sheet, Word
from runtut.procedures.importing.source import Cell, Layout, Place, Row
from runtut.procedures.importing.vocabulary import label_of


def doers(sop: ReadSop) -> list[list[str]]:
    return [[who.name for who in step.performers] for step in sop.steps]


def test_an_english_form_is_read() -> None:
    identity = (
        plain("Document Number", "UCT/SOP/12")
        + plain("Effective Date", "1 March 2024")
        + plain("Approved by", "Dean of the Faculty")
        + plain("SOP Title", "Leave of Absence")
    )
    sop = page(
        identity + plain("No", "Activity", "Student", "Advisor", "Requirements", "Time", "Output", "Remarks"),
        ("1", "Fill in the form", "X", "", "Form", "2 working days", "Form", ""),
        ("2", "Review the request", "", "X", "Form", "45 minutes", "Advice", "If not, return to step 1"),
    )
    assert (sop.title, sop.number, sop.dates["effective"]) == ("Leave of Absence", "UCT/SOP/12", "2024-03-01")
    assert [step.time.minutes for step in sop.steps] == [900, 45]
    assert doers(sop) == [["Student"], ["Advisor"]]
    assert sop.steps[1].return_to == [1]


@pytest.mark.parametrize(
    ("text", "value"), [("I", 1), ("iv", 0), ("IV.", 4), ("(IX)", 9), ("XIV", 14), ("", 0), ("V A", 0)]
)
def test_roman_numerals_have_a_value(text: str, value: int) -> None:
    assert value_of(text) == value


def test_steps_counted_in_roman_numerals_are_steps() -> None:
    sop = page(
        plain(*HEAD),
        ("I", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep", ""),
        ("II", "Memeriksa konsep", "", "v", "Konsep", "1 hari", "Konsep", ""),
        ("III", "Mengirim konsep", "v", "", "Konsep", "5 menit", "Surat", ""),
    )
    assert [(step.no, step.time.minutes) for step in sop.steps] == [(1, 60), (2, 450), (3, 5)]


@pytest.mark.parametrize("count", ["A", "B", "C"])
@pytest.mark.parametrize("span", [1, 7])
def test_rows_that_name_the_parts_of_a_table_are_no_steps(count: str, span: int) -> None:
    numbers = {"A": ("A", "B"), "B": ("I", "II"), "C": ("I.", "II.")}[count]
    parts = [
        f'<tr><td>{number}</td><td colspan="{span}">{name}</td>{"<td></td>" * (7 - span)}</tr>'
        for number, name in zip(numbers, ("PERSIAPAN", "PELAKSANAAN"), strict=True)
    ]
    step = "<tr><td>{}</td><td>{}</td><td>v</td><td></td><td>Data</td><td>1 jam</td><td>Hasil</td><td></td>"
    rows = [
        parts[0], step.format(1, "Menyusun konsep"), parts[1], step.format(2, "Memeriksa konsep"),
        step.format(3, "Mengirim konsep"),
    ]  # fmt: skip
    sop = sop_of(f"<table>{plain(*HEAD)}{''.join(rows)}</table>")
    assert [step.activity for step in sop.steps] == [
        "Menyusun konsep", "Memeriksa konsep", "Mengirim konsep",
    ]  # fmt: skip
    assert [entry.text for entry in sop.unread] == [f"{numbers[0]} PERSIAPAN", f"{numbers[1]} PELAKSANAAN"]


def test_performers_may_stand_right_of_the_standards() -> None:
    head = (
        '<tr><th rowspan="2">No</th><th rowspan="2">Kegiatan</th><th colspan="3">Mutu Baku</th>'
        '<th colspan="2">Pelaksana</th></tr>'
        "<tr><th>Kelengkapan</th><th>Waktu</th><th>Output</th><th>Staf</th><th>Kepala</th></tr>"
    )
    sop = page(
        head,
        ("1", "Menyusun konsep", "Data", "1 jam", "Konsep", "v", ""),
        ("2", "Memeriksa konsep", "Konsep", "5 menit", "Surat", "", "v"),
    )
    assert sop.performers == ["Staf", "Kepala"]
    assert doers(sop) == [["Staf"], ["Kepala"]]


def test_lists_below_lettered_headings_belong_to_them() -> None:
    text = (
        "SOP SURAT MASUK\nNomor SOP : 7/2024\n\nA. Dasar Hukum\n1. Peraturan Satu\n2. Peraturan Dua\n"
        "B. Kualifikasi Pelaksana\n1. Mampu mengetik\nC. Peringatan\n1. Bila terlambat maka tertunda\n\n"
    )
    table = (
        "No\tKegiatan\tStaf\tKepala\tKelengkapan\tWaktu\tOutput\n1\tMenyusun surat\tv\t\tData\t1 jam\tSurat\n"
    )
    (sop,) = parse("sop.txt", (text + table).encode()).sops
    assert {name: len(entries) for name, entries in sop.lists.items() if entries} == {
        "legal_basis": 2, "qualifications": 1, "warnings": 1,
    }  # fmt: skip


def test_what_stands_behind_a_comment_or_a_script_is_kept() -> None:
    """Word writes the marks of its lists between comments, and the text of the list behind them."""
    entry = "<p><![if !supportLists]><span>1.&nbsp; </span><![endif]>{}</p>"
    sop = sop_of(
        "<p>Nama SOP: <!-- a -->Surat <script>x()</script>Masuk</p>"
        f"<table>{plain('Dasar Hukum', 'Peringatan')}"
        f"{plain(*map(entry.format, ('Peraturan Satu', 'Bila terlambat, tertunda')), cell='td')}</table>"
        f"<table>{plain(*HEAD)}"
        f"{plain('1', 'Menyusun surat', 'v', '', 'Data', '1 jam', 'Surat', '', cell='td')}</table>"
    )
    assert sop.title == "Surat Masuk"
    assert (sop.lists["legal_basis"], sop.lists["warnings"]) == (
        ["Peraturan Satu"], ["Bila terlambat, tertunda"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "mark",
    ["✔️", '<i class="fa fa-check"></i>', '<span class="bi bi-check-lg"></span>', '<i class="icon ok"></i>'],
)
def test_marks_of_web_pages_are_marks(mark: str) -> None:
    sop = page(
        plain("#", *HEAD[1:]),
        ("1", "Menyusun konsep", "", mark, "Data", "1 jam", "Konsep", ""),
        ("2", "Menetapkan konsep", mark, "", "Konsep", "1 jam", "Surat", ""),
    )
    assert doers(sop) == [["Kepala"], ["Staf"]]


def test_a_row_without_borders_below_a_right_half_has_no_activity() -> None:
    """The rest of a cut table may lie on a page where the lines around its rows are lost."""
    kinds = (names.REQUIREMENTS, names.TIME, names.OUTPUTS)
    columns = tuple(Column(kind, kind, at * 100) for at, kind in enumerate(kinds))
    head = Header(0, 1, columns, Layout.GAP)
    texts = ("Data lama", "1 jam", "Konsep")
    row = Row(tuple(Cell(text, 90 * at) for at, text in enumerate(texts)), Place(1, 2), Layout.GAP)
    (step,) = halves.read(head, [row, row], 1, 2).steps
    assert (step.activity, step.requirements, step.time, step.outputs) == ("", *texts)


def test_a_table_that_a_page_cuts_through_a_row_is_a_table() -> None:
    sheet = Sheet(300, 200)
    xs, ys = (0, 50, 100, 150), (20, 60, 100)
    sheet.lines = [Line(False, y, 0, 150) for y in ys] + [Line(True, x, 20, 180) for x in xs]
    sheet.words = [
        Word(text, Box(x + 5, y, x + 30, y + 8))
        for x, y, text in ((0, 30, "a"), (50, 70, "b"), (100, 120, "c"))
    ]
    rows = [row for row in read_page(sheet, 1).rows if row.text]
    assert [[(cell.text, cell.column) for cell in row.filled] for row in rows] == [
        [("a", 0)], [("b", 1)], [("c", 2)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "second",
    [
        ("", "Memeriksa konsep", "", "v", "Konsep", "", "Surat", ""),
        ("", "konsep diperiksa", "", "v", "Konsep", "1 jam", "Surat", ""),
    ],
    ids=["time lost", "first word lost"],
)
def test_a_row_that_lost_its_number_and_one_thing_more_is_a_step(second: tuple[str, ...]) -> None:
    sop = page(
        plain(*HEAD),
        ("1", "Menyusun konsep", "v", "", "Data", "1 jam", "Konsep", ""),
        second,
        ("3", "Mengirim surat", "v", "", "Surat", "5 menit", "Surat", ""),
    )
    assert [step.no for step in sop.steps] == [1, 2, 3]
    assert any("tanpa nomor" in doubt.why for doubt in sop.doubts)


def test_a_heading_of_times_whose_bracket_was_misread_gives_its_unit() -> None:
    sop = page(
        plain("No", "Alur", "Petugas RM", "Kepala", "Syarat", "Lama (menity", "Produk", "Ket"),
        ("1", "Menyusun konsep", "v", "", "Data", "5'", "Konsep", ""),
        ("2", "Menetapkan konsep", "", "v", "Konsep", "10", "Surat", ""),
    )
    assert [step.time.minutes for step in sop.steps] == [5, 10]
    assert sop.performers == ["Petugas RM", "Kepala"]


def test_a_performer_named_by_two_letters_more_is_no_caption() -> None:
    lines = [
        "SOP REKAM MEDIS",
        "",
        "No",
        "Kegiatan",
        "Petugas RM",
        "Perawat",
        "Kelengkapan",
        "Waktu",
        "Output",
    ]
    lines += [
        "1",
        "Menyusun konsep",
        "Data",
        "5 menit",
        "Konsep",
        "2",
        "Memeriksa",
        "Konsep",
        "1 jam",
        "Surat",
    ]
    (sop,) = parse("sop.txt", "\n".join(lines).encode()).sops
    assert sop.performers == ["Petugas RM", "Perawat"]


def test_a_performer_written_otherwise_on_a_later_page_is_the_same() -> None:
    second = plain("No", "Kegiatan", "Staf", "Kepala  SEKSI.", *HEAD[4:])
    rows = [
        ("1", "Menyusun konsep", "v", ""),
        ("2", "Memeriksa konsep", "", "v"),
        ("3", "Menetapkan", "", "v"),
    ]
    cells = [plain(*row, "Data", "1 jam", "Konsep", "", cell="td") for row in rows]
    first = plain("No", "Kegiatan", "Staf", "Kepala Seksi", *HEAD[4:])
    sop = sop_of(
        f"<table>{first}{cells[0]}{cells[1]}</table><p>Lanjutan</p><table>{second}{cells[2]}</table>"
    )
    assert sop.performers == ["Staf", "Kepala Seksi"]
    assert doers(sop) == [["Staf"], ["Kepala Seksi"], ["Kepala Seksi"]]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("B. Peringatan", ("warnings", "")),
        ("IV. Dasar Hukum", ("legal_basis", "")),
        ("TGL. EFEKTIF : 1 Maret 2024", ("effective", "1 Maret 2024")),
        ("No. Dokumen", ("number", "")),
        ("INomor SOP", ("number", "")),
        ("|Nama SOP", ("title", "")),
    ],
)
def test_what_counts_a_heading_is_no_part_of_it(text: str, label: tuple[str, str]) -> None:
    assert label_of(text) == label

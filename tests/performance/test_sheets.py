"""The template of a quarter's figures: out, in, and what is refused on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.cast import Cast
from tests.performance.factories import AT, TW2, TW3, make_indicator, make_realisation

from runtut.core.errors import DomainError
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority
from runtut.performance import actions, queries
from runtut.performance.actions.preview import mark_for
from runtut.performance.enums import Accumulation, RealisationState
from runtut.performance.errors import (
    NotAFigureSheet,
    RealisationIsLocked,
    SheetIsDamaged,
    SheetOfAnotherPeriod,
    SheetTooLarge,
)
from runtut.performance.models import Indicator, Realisation
from runtut.performance.queries import GridRow
from runtut.performance.rendering import sheet_in

pytestmark = pytest.mark.django_db

HEADS = sheet_in.heads("TW III 2026")
Cells = list[object]


def speaks(cast: Cast, key: str = "perencanaan") -> Callable[[GridRow], Authority | None]:
    return lambda row: cast.office.authority(key)


def filled(cast: Cast, *rows: Cells, mark: str = "", sheet: str = "Realisasi") -> bytes:
    """A workbook as somebody sends it back: key, value, cause, source, note by row, as far as given."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(sheet)
        page.write(0, 0, mark or mark_for(cast.office.unit, TW3))
        page.write_row(3, 0, HEADS)
        for number, (key, *given) in enumerate(rows, start=4):
            for place, cell in ((0, key), *enumerate(given, start=5)):
                if cell is not None:
                    page.write(number, place, cell)
    return stream.getvalue()


def read(
    cast: Cast, content: bytes, name: str = "realisasi.xlsx", by: str = "perencanaan"
) -> actions.Preview:
    return actions.preview_realisations(
        unit=cast.office.unit,
        quarter=TW3,
        name=name,
        content=content,
        authority_for=speaks(cast),
        at=AT,
    )


def test_template_lists_the_indicators_and_reads_back_as_no_change(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86.12", cause="=SUM(A1) mundur")
    content = actions.make_template(unit=cast.office.unit, quarter=TW3, authority_for=speaks(cast), at=AT)

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    found = read(cast, content)

    assert rows[4] == [
        str(indicator.uid),
        "1.1 Indikator 1.1",
        "nilai",
        "87,00",
        "86,50",
        86.12,
        "'=SUM(A1) mundur",
        "",
        "",
    ]
    assert (found.read, found.same, found.changes, found.problems) == (1, 1, (), ())


def test_template_locks_all_but_the_cells_to_fill_in(cast: Cast, indicator: Indicator) -> None:
    make_realisation(
        make_indicator(indicator.objective, indicator.owner, sequence=2),
        TW3,
        "80",
        state=RealisationState.SUBMITTED,
    )
    content = actions.make_template(unit=cast.office.unit, quarter=TW3, authority_for=speaks(cast), at=AT)

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet, styles = (parts.read(name).decode() for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"))
    assert "<sheetProtection" in sheet
    assert styles.count('<protection locked="0"/>') == 2


def test_source_and_note_go_out_and_come_in_and_a_blank_leaves_them(cast: Cast, indicator: Indicator) -> None:
    stored = make_realisation(indicator, TW3, "86.12")
    Realisation.objects.filter(pk=stored.pk).update(source="Survei TW III", note="Responden 120")
    template = actions.make_template(unit=cast.office.unit, quarter=TW3, authority_for=speaks(cast), at=AT)
    key = str(indicator.uid)

    rows = CalamineWorkbook.from_filelike(io.BytesIO(template)).get_sheet_by_index(0).to_python()
    same = read(cast, template)
    (noted,) = read(cast, filled(cast, [key, None, None, None, "Responden 140"])).changes
    too_long = read(cast, filled(cast, [key, 86, None, "s" * 201]))

    assert rows[3][7:] == ["Sumber data", "Catatan"] and rows[4][7:] == ["Survei TW III", "Responden 120"]
    assert (same.same, same.changes) == (1, ())
    assert (noted.value_text, noted.source, noted.note) == ("86,12", "Survei TW III", "Responden 140")
    assert noted.new_words == (("Catatan", "Responden 140"),)
    assert too_long.problems[0].text.startswith("Baris 5, kolom H (Sumber data): ")


def test_a_figure_far_from_last_years_is_pointed_out_before_it_is_saved(
    cast: Cast, indicator: Indicator
) -> None:
    make_realisation(indicator, Quarter(2025, 3), "33")

    (near,) = read(cast, filled(cast, [str(indicator.uid), 40, None])).changes
    (far,) = read(cast, filled(cast, [str(indicator.uid), 171, None])).changes

    assert near.jump == ""
    assert far.jump == "Berubah 418,18 % dari TW III 2025 (33,00 menjadi 171,00)."


def test_numbers_and_texts_are_read_alike(cast: Cast, indicator: Indicator) -> None:
    second = make_indicator(indicator.objective, indicator.owner, sequence=2)
    content = filled(
        cast, [str(indicator.uid), 0.1 + 0.2, None], [str(second.uid).upper(), "1.250,5", "Sesuai rencana"]
    )

    found = read(cast, content)

    assert [(one.value_text, one.cause) for one in found.changes] == [
        ("0,3", ""),
        ("1.250,5", "Sesuai rencana"),
    ]
    assert not Realisation.objects.exists()


def test_blank_changes_nothing_and_is_not_zero(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "86.12", cause="Sebab")

    blank = read(cast, filled(cast, [str(indicator.uid), None, "  "]))
    only_cause = read(cast, filled(cast, [str(indicator.uid), None, "Sebab baru"]))
    zero = read(cast, filled(cast, [str(indicator.uid), 0, None]))

    assert (blank.blank, blank.changes) == (1, ())
    assert [(one.value_text, one.cause) for one in only_cause.changes] == [("86,12", "Sebab baru")]
    assert [(one.value_text, one.cause) for one in zero.changes] == [("0", "Sebab")]


def test_every_error_names_row_and_column(cast: Cast, indicator: Indicator) -> None:
    yearly = make_indicator(
        indicator.objective, indicator.owner, sequence=2, accumulation=Accumulation.ANNUAL
    )
    given = make_indicator(indicator.objective, indicator.owner, sequence=3)
    make_realisation(given, TW3, "80", state=RealisationState.SUBMITTED)
    content = filled(
        cast,
        [str(indicator.uid), "dua belas", None],
        [str(yearly.uid), 5, None],
        [str(given.uid), 81, None],
        ["bukan-kode", 1, None],
        [None, 7, None],
        [str(indicator.uid), 8, None],
    )

    found = read(cast, content)

    assert found.changes == ()
    assert [one.text for one in found.problems] == [
        "Baris 5, kolom F (Realisasi TW III 2026): “dua belas” bukan angka yang dapat dibaca. "
        "Tulis seperti 12,5 atau 1.250.000.",
        "Baris 6, kolom F (Realisasi TW III 2026): “Indikator 1.2” adalah indikator tahunan "
        "dan diisi pada TW IV.",
        "Baris 7, kolom F (Realisasi TW III 2026): Realisasi “Indikator 1.3” sudah diajukan dan tidak dapat "
        "diubah sampai dikembalikan.",
        "Baris 8, kolom A (Kode (jangan diubah)): kode ini tidak ada pada daftar indikator Kec. Sukamaju. "
        "Unduh templat yang baru.",
        "Baris 9, kolom A (Kode (jangan diubah)): baris ini berisi angka tetapi kodenya hilang. "
        "Salin isinya ke baris indikatornya.",
        "Baris 10, kolom A (Kode (jangan diubah)): indikator ini sudah ada pada baris 5. Sisakan satu baris.",
    ]


def test_another_owners_row_is_refused(cast: Cast, indicator: Indicator) -> None:
    found = actions.preview_realisations(
        unit=cast.office.unit,
        quarter=TW3,
        name="a.xlsx",
        content=filled(cast, [str(indicator.uid), 8, None]),
        authority_for=lambda row: None,
        at=AT,
    )

    assert [one.sentence[:38] for one in found.problems] == ["Realisasi “Indikator 1.1” diisi oleh K"]


def test_ten_thousand_rows_are_read(cast: Cast, indicator: Indicator) -> None:
    rows: list[Cells] = [[f"kode-{number}", number, None] for number in range(9_999)]

    found = read(cast, filled(cast, [str(indicator.uid), 8, None], *rows))

    assert (found.read, len(found.changes), len(found.problems)) == (10_000, 1, 9_999)


def test_a_locked_quarter_reads_nothing(cast: Cast, indicator: Indicator) -> None:
    make_realisation(indicator, TW3, "80", state=RealisationState.APPROVED)
    actions.lock_period(
        unit=cast.office.unit,
        quarter=TW3,
        rule="Kalender Kinerja",
        authority=cast.office.authority("pengelola"),
        at=AT,
    )

    with pytest.raises(RealisationIsLocked, match="Kalender Kinerja"):
        read(cast, filled(cast, [str(indicator.uid), 8, None]))


def with_part(content: bytes, name: str, body: bytes) -> bytes:
    """The same archive with one part replaced."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            target.writestr(part, body if part == name else source.read(part))
    return stream.getvalue()


def sheet_xml(cells: str, head: str = "") -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"{head}<worksheet {space}><sheetData>{cells}</sheetData></worksheet>".encode()


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HIDDEN = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="&#88;&#70;&#68;2"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (sheet_xml(FAR), SheetTooLarge),
        (sheet_xml(HIDDEN), SheetTooLarge),
        (sheet_xml('<row r="99999999999"></row>'), SheetIsDamaged),
        (sheet_xml('<row r="0"></row>'), SheetIsDamaged),
        (sheet_xml('<row><c r="A"><v>1</v></c></row>'), SheetIsDamaged),
        (sheet_xml("&a;", '<!DOCTYPE x [<!ENTITY a "b">]>'), SheetIsDamaged),
        (sheet_xml("<row").replace(b"</sheetData>", b""), SheetIsDamaged),
        (b" " * (41 * 1024 * 1024), SheetTooLarge),
    ],
    ids=["far cell", "hidden far cell", "huge row", "row zero", "no row", "entities", "broken", "inflates"],
)
def test_bombs_and_broken_sheets_are_refused(
    cast: Cast, indicator: Indicator, body: bytes, refusal: type[DomainError]
) -> None:
    content = with_part(filled(cast, [str(indicator.uid), 8, None]), SHEET, body)

    with pytest.raises(refusal) as raised:
        read(cast, content)

    assert raised.value.field == "file"


def test_other_files_are_refused(cast: Cast, indicator: Indicator) -> None:
    row: Cells = [str(indicator.uid), 8, None]
    for content, name, refusal in (
        (b"a;b\n1;2\n", "realisasi.csv", NotAFigureSheet),
        (filled(cast, row, mark="lain"), "a.xlsx", NotAFigureSheet),
        (filled(cast, row, sheet="Lembar1"), "a.xlsx", NotAFigureSheet),
        (filled(cast, row, mark=mark_for(cast.office.unit, TW2)), "a.xlsx", SheetOfAnotherPeriod),
        (filled(cast, row, mark=mark_for(cast.other_office.unit, TW3)), "a.xlsx", SheetOfAnotherPeriod),
    ):
        with pytest.raises(refusal):
            read(cast, content, name)
    assert queries.grid(unit=cast.office.unit, quarter=TW3)[0].realisation is None


@pytest.mark.parametrize("dangerous", ["=1+1", "+62 812", "-5 hari", "@SUM(A1)"])
def test_dangerous_texts_leave_neutral_and_come_back_as_written(
    cast: Cast, indicator: Indicator, dangerous: str
) -> None:
    make_realisation(indicator, TW3, "86.12", cause=dangerous)
    content = actions.make_template(unit=cast.office.unit, quarter=TW3, authority_for=speaks(cast), at=AT)

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    assert rows[4][6] == f"'{dangerous}"
    assert read(cast, content).same == 1

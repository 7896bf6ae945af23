from __future__ import annotations

import pytest

from runtut.procedures.importing import docnumbers
from runtut.procedures.importing.assembly import assemble
from runtut.procedures.importing.build import build
from runtut.procedures.importing.result import ReadSop
from runtut.procedures.importing.source import Cell, Layout, Place, Row, Source


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("000.8.3.3/ 12 /SETDA", "000.8.3.3/12/SETDA"),
        ("UOO.8.3.3/ 12 /SETDA", "000.8.3.3/12/SETDA"),
        ("DOK.8/ 12", "DOK.8/12"),
        ("B.800.1 / 7", "B.800.1/7"),
        ("SOP /  / 2024", "SOP//2024"),
        ("Ba Sp", ""),
    ],
)
def test_a_recognised_number_loses_spaces_and_letters_for_noughts(text: str, number: str) -> None:
    assert docnumbers.recognised(text) == number


def scanned(label: str, number: str, *, certain: bool = False) -> ReadSop:
    lines = ((label, number), ("Nama SOP", "Penyusunan Laporan"))
    rows = tuple(
        Row((Cell("KANTOR CONTOH", 0), Cell(one, 1), Cell(two, 2)), Place(1, at), Layout.GRID)
        for at, (one, two) in enumerate(lines, start=1)
    )
    source = Source("pindai.pdf", rows, certain=certain)
    (draft,) = assemble(source)
    return build(draft, source)


def test_a_number_whose_label_lost_a_word_is_read_with_low_confidence() -> None:
    sop = scanned("SOP", "000.8/ 340 /UMUM")
    assert sop.number == "000.8/340/UMUM"
    assert sop.fields["number"]["confidence"] == "low"
    assert any(doubt.field == "number" for doubt in sop.doubts)


def test_what_holds_no_digit_is_no_number_and_is_not_lost() -> None:
    sop = scanned("Nomor SOP", "Ba Sp")
    assert sop.number == ""
    assert any("Ba Sp" in entry.text for entry in sop.unread)
    assert any("tidak terbaca" in doubt.why for doubt in sop.doubts)


def test_a_printed_number_stays_as_it_is() -> None:
    assert scanned("Nomor SOP", "UUU.8 / / 2024", certain=True).number == "UUU.8 / / 2024"

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from tests.procedures.importing import offices
from tests.procedures.importing.calc import calc, saved
from tests.procedures.importing.offices import connector, drawing, shape

from runtut.procedures.importing import ReadSop, parse

SYMBOLS = (
    shape("flowChartTerminator", (1, 2), 2),
    shape("flowChartDecision", (2, 3), 3),
    shape("flowChartProcess", (3, 3), 4),
)


def read(*anchors: str) -> ReadSop:
    return parse("sop.xlsx", offices.as_sheet(drawing=drawing(*anchors))).sops[0]


def test_symbols_over_a_sheet_mark_the_cells_under_them() -> None:
    sop = read(*SYMBOLS)
    assert [[(who.name, who.confidence) for who in step.performers] for step in sop.steps] == [
        [(name, "high")] for name in offices.DOERS
    ]
    assert [step.kind for step in sop.steps] == ["start", "decision", "end"]


def test_a_connector_glued_to_symbols_leads_back_surely() -> None:
    sop = read(*SYMBOLS, connector((3, 60_000, 2, 90_000), (2, 260_000, 1, 150_000), (3, 2)))
    assert [step.return_to for step in sop.steps] == [[], [1], []]
    assert sop.steps[1].return_confidence == "high"


def test_a_connector_that_only_lies_near_leads_back_with_a_doubt() -> None:
    sop = read(*SYMBOLS, connector((3, 60_000, 2, 90_000), (2, 260_000, 1, 150_000)))
    assert sop.steps[1].return_to == [1]
    assert sop.steps[1].return_confidence == "medium"
    assert any(doubt.field == "steps[2].return_to" for doubt in sop.doubts)


def test_a_connector_glued_to_what_it_does_not_touch_leads_where_it_lies() -> None:
    sop = read(*SYMBOLS, connector((3, 60_000, 2, 90_000), (2, 260_000, 1, 150_000), (4, 3)))
    assert [step.return_to for step in sop.steps] == [[], [1], []]
    assert sop.steps[1].return_confidence == "medium"


def test_shapes_in_a_group_lie_where_the_group_does() -> None:
    inner = "".join(
        part.split("</xdr:to>")[1].removesuffix("<xdr:clientData/></xdr:twoCellAnchor>")
        for part in (shape("flowChartProcess", (0, 0), 5),)
    )
    group = (
        '<xdr:grpSp><xdr:nvGrpSpPr/><xdr:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="400000" cy="120000"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="400000" cy="120000"/></a:xfrm></xdr:grpSpPr>'
        + inner
        + "</xdr:grpSp>"
    )
    held = offices.anchor((3, 60_000, 2, 30_000), (3, 460_000, 2, 150_000), group)
    assert [who.name for who in read(SYMBOLS[0], held).steps[1].performers] == ["Kepala"]


def test_the_words_of_a_shape_are_not_lost() -> None:
    over = shape("rect", (2, 1), 7, "Sesuai disposisi")
    sop = read(*SYMBOLS, over)
    assert any("Sesuai disposisi" in entry.text for entry in sop.unread)


@calc
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("grouped", [False, True])
def test_symbols_that_calc_drew_come_back(kind: str, grouped: bool, tmp_path: Path) -> None:
    arrow = "" if grouped else "glued"
    sop = parse(f"sop.{kind}", saved(tmp_path, kind, arrow=arrow, grouped=grouped)).sops[0]
    assert [[who.name for who in step.performers] for step in sop.steps] == [[name] for name in offices.DOERS]
    assert [step.kind for step in sop.steps] == ["start", "decision", "end"]


@calc
@pytest.mark.slow
@pytest.mark.parametrize("arrow", ["glued", "near"])
def test_an_arrow_that_calc_drew_leads_back(arrow: str, tmp_path: Path) -> None:
    sop = parse("sop.xlsx", saved(tmp_path, "xlsx", arrow=arrow)).sops[0]
    assert [step.return_to for step in sop.steps] == [[], [1], []]


def test_empty_text_boxes_mark_the_cells_under_them() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate(offices.rows()):
        sheet.write_row(at, 0, row)
    for at, name in enumerate(offices.DOERS, start=1):
        sheet.insert_textbox(at, offices.HEAD.index(name), "", {"width": 40, "height": 14, "x_offset": 10})
    book.close()
    sop = parse("sop.xlsx", stream.getvalue()).sops[0]
    assert [[who.name for who in step.performers] for step in sop.steps] == [[name] for name in offices.DOERS]

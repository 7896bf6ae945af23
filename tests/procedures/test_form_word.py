"""The form in Word: tables that can be edited, arrows that are shapes, and what LibreOffice makes of it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from pypdf import PdfReader
from tests.procedures.forms import facts_of
from tests.procedures.graphs import node
from tests.procedures.pictures import Picture, page_pictures
from tests.procedures.test_paper import sixty

from runtut.procedures.graph import Column, Graph
from runtut.procedures.rendering.paper import SHEETS, Flowchart, FormFacts, compose_chart, form_docx, form_pdf
from runtut.procedures.rendering.paper.drawing import EMU

pytestmark = pytest.mark.slow

AT = datetime(2026, 10, 14, 7, 20, tzinfo=UTC)
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = pytest.mark.skipif(
    not shutil.which("soffice") or not shutil.which("pdftoppm"), reason="no LibreOffice or no pdftoppm"
)
CELL_ORDER = ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "vAlign"]


def made(*facts: FormFacts, sheet: str = "a4") -> bytes:
    return form_docx(list(facts), SHEETS[sheet], at=AT)


def body(content: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))


def cells(table) -> list[list[str]]:
    """The texts of a table's rows, a merged cell once."""
    return [[read(tc) for tc in row._tr.tc_lst] for row in table.rows]


def read(tc) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in tc.p_lst)


def test_tables_hold_every_word_of_the_form():
    facts = facts_of("s7")
    identity, *pages = Document(io.BytesIO(made(facts))).tables
    texts = "\n".join(text for row in cells(identity) for text in row)
    lines = [line for _, box in facts.lists for line in box]
    assert [
        line for line in [facts.number, facts.title.upper(), facts.approver.name, *lines] if line not in texts
    ] == []
    rows = [row for page in pages for row in cells(page)[3:] if row[0]]
    graph = facts.charts[0].graph
    assert [(row[0], row[1], row[-3]) for row in rows] == [
        (str(step.no), step.activity, step.time_text) for step in graph.steps
    ]
    assert all("Pelaksana" in cells(page)[0] and "Mutu baku" in cells(page)[0] for page in pages)


def test_lists_are_numbered_by_word_itself():
    document = Document(io.BytesIO(made(facts_of("s2"))))
    numbered = document.tables[0]._tbl.findall(f".//{W}numPr")
    assert len(numbered) == 7 + 3 + 4 + 2


@pytest.mark.parametrize("key", ["s2", "s7"])
def test_drawing_has_a_shape_for_every_symbol_and_arrow(key):
    facts = facts_of(key)
    chart = compose_chart(facts.charts[0].graph, SHEETS["a4"])
    drawn = body(made(facts)).findall(f".//{WP}anchor")
    assert len(drawn) == len(chart.pages)
    for anchor, page in zip(drawn, chart.pages, strict=True):
        presets = [shape.get("prst") for shape in anchor.iter(f"{A}prstGeom")]
        wanted = {"start": "flowChartTerminator", "end": "flowChartTerminator", "process": "flowChartProcess"}
        wanted |= {"decision": "flowChartDecision", "connector": "flowChartOffpageConnector"}
        assert [name for name in presets if name != "rect"] == [
            wanted[one.kind] for one in page.scene.symbols
        ]
        paths = list(anchor.iter(f"{A}path"))
        assert len(paths) == len(page.scene.lines) + len(page.scene.arrowheads)
        assert anchor.find(f"{WP}docPr").get("descr") == page.spoken


def test_arrows_have_the_corners_of_the_scene():
    facts = facts_of("s3")
    page = compose_chart(facts.charts[0].graph, SHEETS["a4"]).pages[0]
    scale = SHEETS["a4"].text / 13 * EMU
    (anchor,) = body(made(facts)).findall(f".//{WP}anchor")
    found = [
        [
            (int(offset.get("x")) + int(pt.get("x")), int(offset.get("y")) + int(pt.get("y")))
            for pt in path.iter(f"{A}pt")
        ]
        for shape in anchor.iter(f"{WPS}wsp")
        for offset, path in [(shape.find(f".//{A}off"), shape.find(f".//{A}path"))]
        if path is not None and path.get("fill") == "none"
    ]
    wanted = [[(x * scale, y * scale) for x, y in line.points] for line in page.scene.lines]
    for ours, theirs in zip(found, wanted, strict=True):
        assert [pytest.approx(point, abs=2) for point in theirs] == ours


def test_labels_are_white_so_that_no_line_of_the_table_runs_through_them():
    shapes = {
        shape.find(f"{WPS}cNvPr").get("name"): shape.find(f"{WPS}spPr")
        for shape in body(made(facts_of("s3"))).iter(f"{WPS}wsp")
    }
    for name in ("Ya", "Tidak"):
        fill = shapes[name].find(f"{A}solidFill/{A}srgbClr")
        assert fill is not None and fill.get("val") == "FFFFFF"


def test_numbers_of_shapes_are_unique():
    ids = [
        shape.get("id")
        for tag in (f"{WP}docPr", f"{WPS}cNvPr")
        for shape in body(made(facts_of("s5"), facts_of("s7"))).iter(tag)
        if shape.getparent().tag != f"{WP}inline"
    ]
    assert len(ids) > 60 and len(set(ids)) == len(ids)


def test_properties_of_cells_stand_in_the_order_that_word_wants():
    names = tuple(f"Kepala Subbidang Penatausahaan {no}" for no in range(1, 15))
    turned = wide(names)
    for tc in body(made(turned)).iter(f"{W}tcPr"):
        order = [CELL_ORDER.index(etree.QName(child).localname) for child in tc]
        assert order == sorted(order)


def wide(names: tuple[str, ...]) -> FormFacts:
    """An SOP of three steps with a column for each name."""
    facts = facts_of("s2")
    columns = tuple(Column(no, name) for no, name in enumerate(names, start=1))
    graph = Graph((node(1, kind="start"), node(2, actors=(len(names),)), node(3, kind="end")), columns)
    return replace(facts, charts=(Flowchart(facts.title, graph, facts.charts[0].document),))


def test_document_is_the_same_to_the_byte():
    assert made(facts_of("s1")) == made(facts_of("s1"))


def test_draft_says_so_on_every_page():
    document = Document(io.BytesIO(made(replace(facts_of("s2"), is_draft=True, code="", url=""))))
    assert document.sections[0].header.paragraphs[0].text == "KONSEP, belum disetujui"
    assert "Periksa" not in "".join(text for row in cells(document.tables[0]) for text in row)


def as_pdf(content: bytes, folder: Path) -> bytes:
    (folder / "form.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "form.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "form.pdf").read_bytes()


def dark_rows(picture: Picture, left: float, right: float) -> list[bool]:
    """Whether there is ink between two shares of the width, dot row by dot row."""
    first, last = int(left * len(picture.rows[0])), int(right * len(picture.rows[0]))
    return [min(row[first:last]) < 160 for row in picture.rows]


@OFFICE
def test_libreoffice_opens_it_page_for_page_like_the_pdf(tmp_path):
    """The seven SOPs and one of sixty steps in one document: same pages, same words, arrows in the cells."""
    many = replace(facts_of("s2"), charts=(Flowchart("Enam Puluh Langkah", sixty(), {}),))
    all_facts = [*(facts_of(f"s{number}") for number in range(1, 8)), many]
    theirs = as_pdf(made(*all_facts), tmp_path)
    ours = form_pdf(all_facts, SHEETS["a4"], at=AT)
    texts = [
        [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(one)).pages] for one in (ours, theirs)
    ]
    assert len(texts[0]) == len(texts[1])
    for number, (mine, other) in enumerate(zip(*texts, strict=True), start=1):
        assert (
            f"Halaman{number}dari{len(texts[0])}" in mine and f"Halaman{number}dari{len(texts[0])}" in other
        )
    activities = {step.activity for one in all_facts for chart in one.charts for step in chart.graph.steps}
    for words in map(squeezed, activities):
        assert [words in text for text in texts[0]] == [words in text for text in texts[1]]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@OFFICE
@pytest.mark.parametrize(
    ("sheet", "title"), [("a4", "Pengukuran Kinerja"), ("f4", "Penyelenggaraan pengukuran kinerja " * 5)]
)
def test_libreoffice_draws_the_symbols_where_the_pdf_has_them(sheet, title, tmp_path):
    facts = facts_of("s7")
    facts = replace(facts, charts=(replace(facts.charts[0], title=title),))
    for folder in ("ours", "theirs"):
        (tmp_path / folder).mkdir()
    ours = page_pictures(form_pdf([facts], SHEETS[sheet], at=AT), tmp_path / "ours")
    theirs = page_pictures(as_pdf(made(facts, sheet=sheet), tmp_path), tmp_path / "theirs")
    chart = compose_chart(facts.charts[0].graph, SHEETS[sheet])
    for mine, other, page in zip(ours[1:], theirs[1:], chart.pages, strict=True):
        for symbol in page.scene.symbols:
            for picture in (mine, other):
                assert outline(picture, chart, symbol) > 0.6, (
                    f"{symbol.step_no or symbol.text} is not in place"
                )


def outline(picture: Picture, chart, symbol) -> float:
    """The share of a symbol's upper edge on which there is ink, a dot more or less."""
    dots = len(picture.rows[0]) / chart.sheet.width
    left = chart.sheet.margin + chart.columns.before_performers * chart.scale
    top = chart.sheet.margin + (38 + chart.head_height) * chart.scale
    middle = (left + symbol.x * chart.scale) * dots
    edge = round((top + symbol.box[1] * chart.scale) * dots)
    width = symbol.width * chart.scale * dots
    reach = width * (0.08 if symbol.is_diamond else 0.25)
    columns = range(round(middle - reach), round(middle + reach) + 1)
    inked = [min(picture.rows[row][x] for row in range(edge - 2, edge + 3)) < 200 for x in columns]
    return sum(inked) / len(inked)

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typst
from hypothesis import given, settings
from tests.procedures.importing import drawn, made

from runtut.procedures.importing import ReadSop, Unreadable, parse, to_json
from runtut.procedures.rendering.bpmn import write_bpmn

pytestmark = pytest.mark.slow

LIBRARY = Path(__file__).resolve().parents[3] / "src" / "runtut" / "procedures" / "data" / "library"


def read(name: str, content: bytes) -> ReadSop:
    found = parse(name, content)
    assert len(found.sops) == 1, found.notes
    return found.sops[0]


def ensure_same(found: ReadSop, sop: drawn.Sop) -> None:
    assert found.title == sop.title
    assert [step.activity for step in found.steps] == [step.activity for step in sop.steps]
    assert [step.time.minutes for step in found.steps] == [step.minutes for step in sop.steps]
    assert [step.requirements for step in found.steps] == [[step.need] for step in sop.steps]
    assert [step.outputs for step in found.steps] == [[step.output] for step in sop.steps]
    assert [[who.name for who in step.performers] for step in found.steps] == [
        [step.performer] for step in sop.steps
    ]
    assert {who.confidence for step in found.steps for who in step.performers} == {"high"}


@settings(max_examples=8, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles())
def test_word_tables_with_ticks_are_read(sop: drawn.Sop, style: drawn.Style) -> None:
    found = read("sop.docx", made.as_docx(sop, style))
    ensure_same(found, sop)
    assert {name: tuple(entries) for name, entries in found.lists.items()} == drawn.LISTS


@settings(max_examples=6, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles())
def test_word_shapes_anchored_in_cells_are_read(sop: drawn.Sop, style: drawn.Style) -> None:
    found = read("sop.docx", made.as_docx(sop, style, shape="flowChartDecision"))
    ensure_same(found, sop)
    assert {step.kind for step in found.steps[1:-1]} <= {"decision"}


def test_lines_drawn_in_a_cell_are_no_performer() -> None:
    sop, style = drawn.example()
    found = read("sop.docx", made.as_docx(sop, style, shape="straightConnector1"))
    assert {who.confidence for step in found.steps for who in step.performers} <= {"low", "medium", "high"}
    assert all("Tidak ada tanda" not in doubt.why for doubt in found.doubts)


@settings(max_examples=8, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles())
def test_sheets_are_read(sop: drawn.Sop, style: drawn.Style) -> None:
    style = drawn.Style(**{**vars(style), "marked": True})
    ensure_same(read("sop.xlsx", made.as_xlsx(sop, style)), sop)


@settings(max_examples=8, deadline=None)
@given(sop=drawn.sops(), style=drawn.styles())
def test_web_pages_are_read(sop: drawn.Sop, style: drawn.Style) -> None:
    style = drawn.Style(**{**vars(style), "marked": True})
    ensure_same(read("sop.html", made.as_html(sop, style)), sop)


@settings(max_examples=6, deadline=None)
@given(sop=drawn.sops())
def test_boxes_drawn_in_a_pdf_are_read(sop: drawn.Sop) -> None:
    content = typst.compile(made.as_typst(sop).encode())
    found = read("sop.pdf", content)
    ensure_same(found, sop)


def test_own_json_with_a_number_used_twice_is_numbered_by_place() -> None:
    data = json.loads((LIBRARY / "s3.json").read_text())
    data["steps"][6]["no"] = 6
    found = to_json(read("s3.json", json.dumps(data).encode()))
    assert [step["no"] for step in found["steps"]] == list(range(1, 9))
    assert any("Nomor langkah 6 dipakai lebih dari sekali" in doubt["why"] for doubt in found["doubts"])


def test_own_json_with_a_symbol_that_no_sop_has_is_refused() -> None:
    data = json.loads((LIBRARY / "s3.json").read_text())
    data["steps"][2]["kind"] = "awan"
    with pytest.raises(Unreadable, match="salah bentuk"):
        parse("s3.json", json.dumps(data).encode())


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.json")), ids=lambda path: path.stem)
def test_own_json_is_taken_over_whole(path: Path) -> None:
    data = json.loads(path.read_text())
    found = to_json(read(path.name, path.read_bytes()))
    for name in ("title", "number", "dates", "legal_basis", "records", "performers"):
        assert found[name] == data[name]
    assert [step["activity"] for step in found["steps"]] == [step["activity"] for step in data["steps"]]
    assert [step["time"]["minutes"] for step in found["steps"]] == [
        step["time"]["minutes"] for step in data["steps"]
    ]
    assert [step["return_to"] for step in found["steps"]] == [step["return_to"] for step in data["steps"]]


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"steps": 3}', b'{"steps": [1]}', b"[[[["])
def test_other_json_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match="bukan SOP Runtut"):
        parse("sop.json", content)


@pytest.mark.parametrize("key", ["s2", "s7"])
def test_bpmn_that_went_out_comes_in_again(key: str) -> None:
    document = json.loads((LIBRARY / f"{key}.json").read_text())
    found = read("sop.bpmn", write_bpmn(document))
    assert [(step.no, step.activity, step.time.minutes, step.return_to) for step in found.steps] == [
        (step["no"], step["activity"], step["time"]["minutes"], step["return_to"])
        for step in document["steps"]
    ]


def test_bpmn_that_no_sop_can_hold_is_refused_by_name() -> None:
    content = (
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        b'<process id="a"><startEvent id="s"/><task id="t" name="Satu"/><task id="u" name="Dua"/>'
        b'<sequenceFlow sourceRef="s" targetRef="t"/><sequenceFlow sourceRef="t" targetRef="s"/>'
        b"</process></definitions>"
    )
    with pytest.raises(Unreadable) as refused:
        parse("dua.bpmn", content)
    assert str(refused.value).endswith("“Satu” tidak bersambung; SOP berjalan maju satu arah.")

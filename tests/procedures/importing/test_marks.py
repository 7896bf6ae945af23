from __future__ import annotations

import pytest
from tests.procedures.importing import offices

from runtut.procedures.importing import ReadSop, parse
from runtut.procedures.importing.marks import sign_of
from runtut.procedures.importing.source import Sign

FONT = '<w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr><w:t>P</w:t>'
SVG = {
    "process": '<svg><rect width="40" height="20"/></svg>',
    "decision": '<svg><polygon points="20,0 40,10 20,20 0,10"/></svg>',
}


def read(name: str, content: bytes) -> ReadSop:
    found = parse(name, content)
    assert len(found.sops) == 1
    return found.sops[0]


def ensure_drawn(sop: ReadSop) -> None:
    """Every step is done by whom its mark says, surely."""
    found = [[(who.name, who.confidence) for who in step.performers] for step in sop.steps]
    assert found == [[(name, "high")] for name in offices.DOERS]


@pytest.mark.parametrize(
    ("run", "cell", "picture"),
    [
        (FONT, "", False),
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "", False),
        ("<w:t>\u00fc</w:t>", "", False),
        ("", '<w:shd w:val="clear" w:fill="BFBFBF"/>', False),
        ("", "", True),
    ],
)
def test_word_cells_are_marked_by_symbol_fonts_colours_and_pictures(
    run: str, cell: str, picture: bool
) -> None:
    ensure_drawn(read("sop.docx", offices.as_word(run, cell=cell, picture=picture)))


@pytest.mark.parametrize(
    ("mark", "style"),
    [
        ("", 'style="background-color: #999"'),
        ("", 'bgcolor="#c0c0c0"'),
        ('<img src="kotak.gif" height="18">', ""),
        (SVG["process"], ""),
        ("⬭", ""),
    ],
)
def test_cells_of_a_page_are_marked_by_colours_pictures_and_drawings(mark: str, style: str) -> None:
    ensure_drawn(read("sop.html", offices.as_page(mark, style)))


def test_a_drawing_in_a_page_tells_its_symbol() -> None:
    sop = read("sop.html", offices.as_page(SVG["decision"]))
    assert sop.steps[1].kind == "decision"


def test_a_row_coloured_whole_marks_nobody() -> None:
    sop = read("sop.html", offices.as_page("", row_style='bgcolor="#eeeeee"'))
    assert {who.confidence for step in sop.steps for who in step.performers} <= {"low", "medium"}


@pytest.mark.parametrize(
    ("mark", "style"),
    [
        ("\u00fc", {"font_name": "Wingdings"}),
        ("P", {"font_name": "Wingdings 2"}),
        ("", {"bg_color": "#808080"}),
    ],
)
def test_cells_of_a_sheet_are_marked_by_symbol_fonts_and_colours(mark: str, style: dict[str, object]) -> None:
    ensure_drawn(read("sop.xlsx", offices.as_sheet(mark, style)))


@pytest.mark.parametrize(
    ("text", "sign"),
    [("◇", Sign.DECISION), ("▭", Sign.PROCESS), ("Mulai", Sign.TERMINATOR), ("ü", Sign.MARK), ("A", None),
     ("–", None), ("memeriksa", None)],
)  # fmt: skip
def test_a_text_alone_in_a_performer_cell_draws_a_sign_or_none(text: str, sign: Sign | None) -> None:
    assert sign_of(text) is sign

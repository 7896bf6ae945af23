"""Flowcharts drawn in Word: symbols over cells, arrows between them, words at branches."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree
from tests.procedures.importing.drawings import (
    HEIGHT,
    WIDTHS,
    Shape,
    arrow,
    as_both,
    as_new,
    as_old,
    document,
    label,
    symbol,
)

from runtut.procedures.importing import ReadSop, parse
from runtut.procedures.importing.readers.wordpage import Paper
from runtut.procedures.importing.readers.wordshapes import W

STAFF, CHIEF = 2, 3
SYMBOLS = [
    symbol("flowChartProcess", (1, STAFF), key=11),
    symbol("flowChartDecision", (2, CHIEF), key=12),
    symbol("flowChartProcess", (3, STAFF), key=13),
    symbol("flowChartProcess", (4, CHIEF), key=14),
]
BACK = arrow((2, CHIEF), (40, 15), (65 - WIDTHS[STAFF], 28 - HEIGHT))
"""From the top of the decision up and left to the side of the first symbol."""


def read(shapes: list[Shape], how: Callable[[Shape], str] = as_both) -> ReadSop:
    (sop,) = parse("sop.docx", document(shapes, how)).sops
    return sop


def returns(sop: ReadSop) -> dict[int, list[int]]:
    return {step.no: step.return_to for step in sop.steps if step.return_to}


@pytest.mark.parametrize("how", [as_both, as_new, as_old])
def test_symbols_and_a_return_are_read_once_however_word_writes_them(how: Callable[[Shape], str]) -> None:
    sop = read([*SYMBOLS, BACK], how)
    assert [[who.name for who in step.performers] for step in sop.steps] == [
        ["Staf"],
        ["Kepala"],
        ["Staf"],
        ["Kepala"],
    ]
    assert [step.kind for step in sop.steps] == ["start", "decision", "process", "end"]
    assert returns(sop) == {2: [1]}
    assert sop.steps[1].return_confidence == "medium"
    assert any(doubt.field == "steps[2].return_to" and "panah" in doubt.why for doubt in sop.doubts)


def test_a_glued_connector_is_surely_a_return_wherever_it_seems_to_lie() -> None:
    sop = read([*SYMBOLS, arrow((1, 7), (0, 0), (5, 5), glued=(14, 11))])
    assert returns(sop) == {4: [1]}
    assert sop.steps[3].return_confidence == "high"


def test_an_arrow_put_together_of_lines_is_followed_to_where_it_begins() -> None:
    x, up = WIDTHS[CHIEF] - 4, 28 - 3 * HEIGHT
    parts = [
        arrow((4, CHIEF), (65, 28), (x, 28), kind="straightConnector1", head=False),
        arrow((4, CHIEF), (x, 28), (x, up), kind="straightConnector1", head=False),
        arrow((4, CHIEF), (x, up), (65 - WIDTHS[STAFF], up), kind="straightConnector1"),
    ]
    assert returns(read([*SYMBOLS, *parts])) == {4: [1]}
    assert returns(read([*SYMBOLS, parts[0], parts[2]])) == {}


@pytest.mark.parametrize(
    "lines",
    [
        [arrow((1, STAFF), (65, 28), (15 + WIDTHS[STAFF], 28 + HEIGHT))],
        [arrow((2, CHIEF), (40, 15), (65 - WIDTHS[STAFF], 28 - HEIGHT), head=False)],
        [arrow((2, CHIEF), (40, 15), (400, 15 - HEIGHT))],
    ],
    ids=["onward", "no head", "to nothing"],
)
def test_what_does_not_lead_back_is_no_return(lines: list[Shape]) -> None:
    assert returns(read([*SYMBOLS, *lines])) == {}


def test_a_symbol_hung_elsewhere_belongs_to_the_cell_under_it() -> None:
    """All shapes hang in the first row, as Word leaves them when a chart is drawn in one go."""
    moved = [
        Shape(one.kind, (1, STAFF), 15 + (column - STAFF) * WIDTHS[STAFF], 15 + row * HEIGHT, 50, 26)
        for row, (one, column) in enumerate(zip(SYMBOLS, (STAFF, CHIEF, STAFF, CHIEF), strict=True))
    ]
    sop = read(moved)
    assert [[who.name for who in step.performers] for step in sop.steps] == [
        ["Staf"],
        ["Kepala"],
        ["Staf"],
        ["Kepala"],
    ]


def test_words_at_branches_and_letters_between_pages_are_no_performers() -> None:
    sop = read(
        [
            *SYMBOLS,
            label("Tidak", (2, STAFF)),
            Shape("flowChartOffpageConnector", (3, CHIEF), 15, 15, 20, 20, text="A"),
            Shape("flowChartConnector", (1, CHIEF), 15, 15, 20, 20, text="B"),
        ]
    )
    assert [len(step.performers) for step in sop.steps] == [1, 1, 1, 1]
    assert "Di bagan, langkah 2: Tidak" in [entry.text for entry in sop.unread]


def test_a_sheet_whose_height_is_not_written_is_as_high_as_a4() -> None:
    size = etree.Element(f"{W}pgSz", {f"{W}w": "12240"})
    section = etree.Element(f"{W}sectPr")
    section.append(size)

    paper = Paper.of(section)

    assert (paper.width, paper.height) == (612.0, 842.0)


def test_a_text_over_a_sentence_is_kept_apart_from_it() -> None:
    sop = read([*SYMBOLS, label("Paling lambat tanggal 5", (2, 1), 60, 20)])
    assert sop.steps[1].activity == "Memeriksa konsep"
    assert "Di bagan, langkah 2: Paling lambat tanggal 5" in [entry.text for entry in sop.unread]

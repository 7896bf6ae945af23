"""Arrows that go over pages by connectors with a letter, and straight arrows that go back."""

from __future__ import annotations

from math import cos, pi, sin

import pytest
from tests.procedures.importing.drawings import WIDTHS, Shape, arrow, document, symbol

from runtut.procedures.importing import parse
from runtut.procedures.importing.readers.arrows import arrows_of
from runtut.procedures.importing.readers.figures import Corner, Figure
from runtut.procedures.importing.readers.geometry import Box, Word
from runtut.procedures.importing.readers.geometry import Shape as Drawn
from runtut.procedures.importing.readers.joints import Leg, joints_in, whole
from runtut.procedures.importing.source import Link, Place, Sign

STAFF, CHIEF = 2, 3
FIRST, SECOND, THIRD, FOURTH = (Place(page, line) for page, line in ((1, 2), (1, 3), (2, 2), (2, 3)))
SYMBOLS = [
    symbol("flowChartProcess", (1, STAFF)),
    symbol("flowChartProcess", (2, STAFF)),
    symbol("flowChartProcess", (3, STAFF)),
    symbol("flowChartDecision", (4, CHIEF)),
]


def joint(letter: str, cell: tuple[int, int]) -> Shape:
    return Shape("flowChartOffpageConnector", cell, 30, 20, 16, 16, text=letter)


@pytest.mark.parametrize(("letters", "found"), [("AA", {4: [2]}), ("AB", {})])
def test_an_arrow_goes_on_from_the_connector_of_its_letter(letters: str, found: dict[int, list[int]]) -> None:
    out = arrow((4, CHIEF), (15, 28), (46 - WIDTHS[STAFF], 28), kind="straightConnector1")
    back = arrow((2, CHIEF), (30, 28), (65 - WIDTHS[STAFF], 28), kind="straightConnector1")
    shapes = [*SYMBOLS, joint(letters[0], (4, STAFF)), joint(letters[1], (2, CHIEF)), out, back]
    (sop,) = parse("sop.docx", document(shapes)).sops
    assert {step.no: step.return_to for step in sop.steps if step.return_to} == found


def test_a_letter_that_is_used_both_ways_joins_sheets_only() -> None:
    legs = [Leg(SECOND, "a", 1), Leg("a", THIRD, 2), Leg(FOURTH, "a", 2), Leg("a", FIRST, 1)]
    assert list(whole(legs)) == [Link(SECOND, THIRD), Link(FOURTH, FIRST)]


def test_arrows_that_need_no_connector_stay_as_they_are() -> None:
    assert list(whole([Leg(SECOND, FIRST, 1, sure=True), Leg(THIRD, "b", 2)])) == [
        Link(SECOND, FIRST, sure=True)
    ]


def pentagon(x: float, y: float) -> Figure:
    corners = ((x, y), (x + 16, y), (x + 16, y + 11), (x + 8, y + 16), (x, y + 11), (x, y))
    return Figure(corners, stroked=True, filled=False, curved=False, closed=True)


def ring(x: float, y: float) -> Figure:
    corners = tuple((x + 8 * cos(at * pi / 6), y + 8 * sin(at * pi / 6)) for at in range(13))
    return Figure(corners, stroked=True, filled=False, curved=True, closed=True)


@pytest.mark.parametrize(
    ("figure", "text", "letters"),
    [
        (pentagon(10, 10), "A", ["a"]),
        (ring(18, 18), "2", ["2"]),
        (pentagon(10, 10), "Ya?", []),
        (pentagon(60, 10), "A", []),
    ],
)
def test_connectors_of_a_page_are_told_by_their_letter(figure: Figure, text: str, letters: list[str]) -> None:
    found = joints_in([figure, figure], [Word(text, Box(15, 14, 21, 22))])
    assert [shape.joint for shape in found] == letters


ABOVE = Drawn(Sign.PROCESS, Box(20, 20, 60, 40))
BELOW = Drawn(Sign.DECISION, Box(120, 120, 160, 140))
UNDER = Drawn(Sign.PROCESS, Box(20, 70, 60, 90))


def line(*corners: Corner) -> Figure:
    return Figure(corners, stroked=True, filled=False, curved=False, closed=False)


def head(*corners: Corner) -> Figure:
    return Figure((*corners, corners[0]), stroked=False, filled=True, curved=False, closed=True)


@pytest.mark.parametrize(
    ("figures", "pair"),
    [
        ([line((135, 125), (64, 44)), head((65, 48), (68, 44), (61, 41))], (BELOW, ABOVE)),
        ([line((30, 70), (30, 44)), head((27, 45), (33, 45), (30, 40))], (UNDER, ABOVE)),
    ],
    ids=["slanting", "straight up"],
)
def test_a_straight_arrow_leads_back(figures: list[Figure], pair: tuple[Drawn, Drawn]) -> None:
    (found,) = arrows_of(figures, [ABOVE, UNDER, BELOW])
    assert (found.start, found.end) == pair


@pytest.mark.parametrize(
    "figures",
    [
        [line((135, 125), (64, 44))],
        [line((10, 55), (70, 55)), head((65, 48), (68, 44), (61, 41))],
        [line((30, 70), (30, 44)), head((36, 50), (42, 50), (39, 45))],
    ],
    ids=["no head", "a border below a head", "head beside"],
)
def test_a_straight_line_without_its_own_head_is_no_arrow(figures: list[Figure]) -> None:
    assert list(arrows_of(figures, [ABOVE, UNDER, BELOW])) == []


def turned(*texts: tuple[str, int, int]) -> bytes:
    """A page with texts that stand upright, each where it begins, and spaces between their words that no font
    has a sign for."""
    shown = " ".join(f"0 1 -1 0 {x} {y} Tm ({text}) Tj" for text, x, y in texts)
    stream = f"BT /F1 9 Tf {shown} ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"".join(b"%d 0 obj%sendobj\n" % (at, part) for at, part in enumerate(parts, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>"


def test_words_of_a_heading_that_stands_upright_stay_in_order() -> None:
    words = (("Kepala", 100, 100), ("Seksi", 100, 133), ("Umum", 111, 100))
    rows = parse("sop.pdf", turned(*words)).source.rows
    assert [row.text for row in rows if row.text] == ["Kepala Seksi Umum"]

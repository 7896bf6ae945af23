"""Arrows of a flowchart that go back, read from the drawing."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.procedures.forms import facts_of

from runtut.procedures.graph import graph_of_document
from runtut.procedures.importing import parse
from runtut.procedures.importing.readers.arrows import arrows_of
from runtut.procedures.importing.readers.figures import Corner, Figure
from runtut.procedures.importing.readers.geometry import Box, Shape
from runtut.procedures.importing.source import Sign
from runtut.procedures.rendering.paper import SHEETS, Flowchart, form_pdf

ABOVE = Shape(Sign.PROCESS, Box(20, 20, 60, 40))
BELOW = Shape(Sign.DECISION, Box(120, 120, 160, 140))
LABEL = Shape(Sign.PROCESS, Box(132, 108, 148, 115))


def path(*corners: Corner, closed: bool = False) -> Figure:
    return Figure(corners, stroked=not closed, filled=closed, curved=False, closed=closed)


def head(*corners: Corner) -> Figure:
    return Figure((*corners, corners[0]), stroked=False, filled=True, curved=False, closed=True)


LINE = path((140, 110), (140, 30), (66, 30))
OUTLINE = path((139, 110), (139, 31), (66, 31), (66, 29), (141, 29), (141, 110), closed=True)
TIP = head((66, 27), (66, 33), (61, 30))


@pytest.mark.parametrize("line", [LINE, OUTLINE])
def test_a_bent_arrow_leads_from_the_symbol_at_its_tail_to_the_one_at_its_head(line: Figure) -> None:
    (arrow,) = arrows_of([line, TIP], [ABOVE, BELOW, LABEL])

    assert (arrow.start, arrow.end) == (BELOW, ABOVE)


def test_the_head_tells_the_direction() -> None:
    (arrow,) = arrows_of([LINE, head((137, 110), (143, 110), (140, 118))], [ABOVE, BELOW])

    assert (arrow.start, arrow.end) == (ABOVE, BELOW)


@pytest.mark.parametrize(
    "figures",
    [
        [LINE],
        [path((140, 110), (140, 30)), TIP],
        [path((140, 110), (100, 60), (66, 30)), TIP],
        [path((20, 20), (60, 20), (60, 40), (20, 40), closed=True), head((66, 27), (66, 33), (61, 30))],
        [path((140, 80), (140, 30), (66, 30)), TIP],
        [LINE, head((96, 27), (96, 33), (91, 30))],
    ],
    ids=["no head", "no bend", "slanting", "a box", "tail at nothing", "head elsewhere"],
)
def test_what_is_no_arrow_between_symbols_is_none(figures: list[Figure]) -> None:
    assert list(arrows_of(figures, [ABOVE, BELOW])) == []


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("s2", {6: [5], 7: [6]}), ("s3", {6: [5], 7: [6]}), ("s7", {9: [7], 11: [9]})],
    ids=["s2", "s3", "s7, where one arrow goes over two pages"],
)
def test_returns_of_the_official_form_are_read_from_its_arrows(
    key: str, wanted: dict[int, list[int]]
) -> None:
    """The words that tell of a return are left out: only the arrows are there to read."""
    facts = facts_of(key)
    document = deepcopy(dict(facts.charts[0].document))
    for step in document["steps"]:
        step["note"] = ""
    chart = Flowchart(document["title"], graph_of_document(document), document)
    content = form_pdf(
        [replace(facts, charts=(chart,))], SHEETS["f4"], at=datetime(2026, 3, 2, tzinfo=UTC), logo=b""
    )

    found = [step for sop in parse("sop.pdf", content).sops for step in sop.steps if step.return_to]

    assert {step.no: step.return_to for step in found} == wanted
    assert {step.return_confidence for step in found} == {"medium"}

"""Arrows of the official form, once it has been printed and scanned."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops
from tests.procedures.forms import facts_of

from runtut.procedures.graph import graph_of_document
from runtut.procedures.importing.readers import scans
from runtut.procedures.importing.readers.geometry import Shape, Sheet
from runtut.procedures.rendering.paper import SHEETS, Flowchart, form_pdf
from runtut.procedures.rendering.paper.chart import compose_chart
from runtut.procedures.rendering.paper.sheets import TITLE

pytestmark = pytest.mark.slow

Spot = tuple[float, float]
PAPER = SHEETS["f4"]
DPI = 200
RETURNS = {
    "s2": [{(6, 5), (7, 6)}],
    "s3": [{(6, 5), (7, 6)}],
    "s5": [{(5, 4), (6, 5)}, {(10, 9), (11, 10), (12, 11)}],
    "s7": [{(9, 7)}, set()],
}
"""Page by page the arrows that lead back between two steps, as the form draws them."""


def chart_of(key: str) -> tuple[list[Image.Image], list[dict[Spot, int]]]:
    """The pages of a flowchart as pictures, and on each where which step stands, in points."""
    document = deepcopy(dict(facts_of(key).charts[0].document))
    chart = Flowchart(document["title"], graph_of_document(document), document)
    made = form_pdf([replace(facts_of(key), charts=(chart,))], PAPER, at=datetime(2026, 3, 2, tzinfo=UTC))
    with pdfium.PdfDocument(made) as opened:
        pictures = [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L") for page in opened]
    composed = compose_chart(chart.graph, PAPER)
    x = PAPER.margin + composed.columns.before_performers * composed.scale
    y = PAPER.margin + (TITLE + composed.head_height) * composed.scale
    spots = [
        {
            (x + symbol.x * composed.scale, y + symbol.y * composed.scale): symbol.step_no
            for symbol in page.scene.symbols
            if not symbol.is_connector
        }
        for page in composed.pages
    ]
    return pictures[-len(spots) :], spots


def scanned(picture: Image.Image) -> bytes:
    """A PDF of a page that lay askew, with grains and the traces of JPEG."""
    askew = picture.rotate(0.7, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grains = ImageChops.add(askew, Image.effect_noise(askew.size, 10), 1, -128)
    stream = io.BytesIO()
    grains.save(stream, "PDF", resolution=DPI, quality=65)
    return stream.getvalue()


def step_at(shape: Shape, spots: dict[Spot, int]) -> int:
    """The step whose symbol lies here, 0 for what is none."""
    x, y = shape.box.middle
    return next((no for (a, b), no in spots.items() if abs(a - x) < 8 and abs(b - y) < 8), 0)


@pytest.mark.parametrize("key", RETURNS)
def test_arrows_that_lead_back_are_seen_and_none_that_is_not_there(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "_tesseract", lambda picture: "")
    monkeypatch.setattr(scans, "_in_lines", lambda picture, letters: "")
    found = []
    for picture, spots in zip(*chart_of(key), strict=True):
        with pdfium.PdfDocument(scanned(picture)) as document:
            sheet = scans.recognise(document[0], Sheet(*document[0].get_size()))
        pairs = {(step_at(one.start, spots), step_at(one.end, spots)) for one in sheet.arrows}
        found.append({pair for pair in pairs if pair[0] > pair[1] > 0})
    assert found == RETURNS[key]

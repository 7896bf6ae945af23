"""Arrows in the picture of a page, followed from their heads."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from runtut.procedures.importing.readers.geometry import Box, Shape
from runtut.procedures.importing.readers.raster import SCALE, Raster
from runtut.procedures.importing.readers.tracing import arrows_in
from runtut.procedures.importing.source import Sign

Spot = tuple[int, int]
ABOVE, MIDDLE, BELOW = (100, 60, 180, 100), (300, 160, 380, 200), (500, 260, 580, 300)
"""Three symbols from the upper left to the lower right, in pixels."""

BACK = ((540, 260), (540, 80), (184, 80))
"""From the top of the lowest, up and left to the right side of the highest."""


class Page:
    """A page on which symbols and lines are drawn as scanners see them."""

    def __init__(self, *symbols: tuple[int, int, int, int]) -> None:
        self.image = Image.new("L", (700, 400), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.symbols = symbols
        for left, top, right, bottom in symbols:
            self.draw.rectangle((left - 3, top - 3, right + 3, bottom + 3), outline=0, width=3)

    def line(self, *corners: Spot, width: int = 2) -> Page:
        self.draw.line(corners, fill=0, width=width)
        return self

    def head(self, tip: Spot, way: Spot, *, opened: bool = False) -> Page:
        """A head that points against `way`, the direction in which its line leads off."""
        (x, y), (a, b) = tip, way
        wings = [(x + a * 10 + b * 5, y + b * 10 + a * 5), (x + a * 10 - b * 5, y + b * 10 - a * 5)]
        if opened:
            self.draw.line((wings[0], tip, wings[1]), fill=0, width=2)
        else:
            self.draw.polygon((tip, *wings), fill=0)
        return self

    def arrows(self) -> list[tuple[int, int]]:
        """Pairs of symbols by their order, from where to where."""
        shapes = [Shape(Sign.PROCESS, Box(*(side * SCALE for side in symbol))) for symbol in self.symbols]
        raster = Raster.of(self.image)
        return [(shapes.index(one.start), shapes.index(one.end)) for one in arrows_in(raster, shapes)]


def page() -> Page:
    return Page(ABOVE, MIDDLE, BELOW)


@pytest.mark.parametrize("opened", [False, True])
def test_a_line_is_followed_from_its_head_around_a_corner(opened: bool) -> None:
    assert page().line(*BACK).head((184, 80), (1, 0), opened=opened).arrows() == [(2, 0)]


def test_the_head_says_which_way_a_line_leads() -> None:
    assert page().line(*BACK).head((540, 256), (0, -1)).arrows() == [(0, 2)]


def test_lines_that_cross_do_not_mix() -> None:
    drawn = page().line(*BACK).head((184, 80), (1, 0))
    drawn.line((340, 160), (340, 40), (640, 40), (640, 280), (584, 280)).head((584, 280), (1, 0))
    assert sorted(drawn.arrows()) == [(1, 2), (2, 0)]


def test_two_lines_that_meet_before_one_head_both_count() -> None:
    drawn = page().line(*BACK).head((184, 80), (1, 0)).line((340, 157), (340, 80))
    assert sorted(drawn.arrows()) == [(1, 0), (2, 0)]


def test_a_line_shared_with_the_head_of_another_leads_to_its_own_beginning_only() -> None:
    drawn = page().line(*BACK).head((184, 80), (1, 0)).line((340, 157), (340, 80)).head((340, 156), (0, -1))
    assert sorted(drawn.arrows()) == [(2, 0), (2, 1)]


def test_broken_lines_are_lines() -> None:
    drawn = page().line((214, 80), (184, 80)).head((184, 80), (1, 0))
    for x in range(216, 540, 9):
        drawn.line((x, 80), (x + 5, 80))
    for y in range(80, 258, 9):
        drawn.line((540, y), (540, y + 5))
    assert drawn.arrows() == [(2, 0)]


LOST = Page(ABOVE, BELOW)
LOST.draw.rectangle((500, 140, 580, 180), outline=0, width=3)
LOST.line((540, 140), (540, 80), (184, 80)).line((540, 260), (540, 180)).head((184, 80), (1, 0))


@pytest.mark.parametrize(
    "drawn",
    [
        page().line(*BACK),
        page().line((540, 240), (540, 80), (184, 80)).head((184, 80), (1, 0)),
        page().line(*BACK).head((300, 80), (1, 0)),
        page().line((184, 80), (240, 80), (240, 20), (140, 20), (140, 56)).head((184, 80), (1, 0)),
        LOST,
    ],
    ids=["no head", "begins at nothing", "head elsewhere", "back to itself", "symbol that was not seen"],
)
def test_what_cannot_be_told_is_left_out(drawn: Page) -> None:
    assert drawn.arrows() == []


def test_borders_that_cross_an_arrow_do_not_stop_it() -> None:
    drawn = page().line(*BACK).head((184, 80), (1, 0))
    for x in (240, 440):
        drawn.line((x, 0), (x, 399))
    for y in (130, 230):
        drawn.line((0, y), (699, y))
    assert drawn.arrows() == [(2, 0)]

"""Scans made even and straight before anything is looked for in them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw

from runtut.procedures.importing.readers.straighten import straightened, tilt_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """A page with the lines of a table and words between them."""
    picture = Image.new("L", (1400, 1000), 245)
    pen = ImageDraw.Draw(picture)
    for y in range(100, 920, 80):
        pen.line((100, y, 1300, y), fill=20, width=3)
        for x in range(120, 1200, 90):
            pen.rectangle((x, y + 25, x + 60, y + 40), fill=60)
    for x in (100, 500, 900, 1300):
        pen.line((x, 100, x, 900), fill=20, width=3)
    return picture


@pytest.mark.parametrize("angle", [-2.0, -0.7, 0.0, 1.3, 3.0])
def test_a_tilt_is_found_and_taken_away(page: Image.Image, angle: float) -> None:
    tilted = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=245)
    assert tilt_of(tilted) == pytest.approx(-angle, abs=0.1)
    assert tilt_of(straightened(tilted)) == pytest.approx(0, abs=0.1)


def test_a_shadow_is_taken_away_and_ink_stays(page: Image.Image) -> None:
    shade = Image.linear_gradient("L").rotate(90).resize(page.size).point(lambda value: 110 + value // 2)
    even = straightened(ImageChops.multiply(page, shade))
    paper = [even.getpixel((x, 60)) for x in range(50, 1350, 50)]
    ink = [even.getpixel((x, 500)) for x in range(130, 1290, 50)]
    assert min(paper) > 230
    assert max(ink) < 185


def test_grains_are_taken_away_where_there_are_many(page: Image.Image) -> None:
    grainy = ImageChops.add(page, Image.effect_noise(page.size, 60), scale=1, offset=-128)
    quiet = straightened(grainy)
    bare = (110, 145, 490, 175)
    left, before = (sum(one.crop(bare).histogram()[:185]) for one in (quiet, grainy))
    assert before > 300
    assert left < 0.1 * before

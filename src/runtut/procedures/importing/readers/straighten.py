"""A scanned page made even and straight: shadows taken away, and the tilt with which it lay on the glass."""

from __future__ import annotations

from statistics import pvariance
from typing import Final

from PIL import Image, ImageChops, ImageFilter, ImageMath, ImageStat

MOST: Final = 4.0
"""Degrees to either side within which a tilt is looked for."""

COARSE, FINE = 0.5, 0.1
SMALL: Final = 900
"""Width in pixels of the picture in which the tilt is looked for."""

LEAST: Final = 0.15
"""A tilt in degrees that harms nothing."""

SAMPLE: Final = 400
"""Half the side of the square in the middle of a page in which grains are counted."""

GRAINY: Final = 2.5
MEDIAN: Final = ImageFilter.MedianFilter(3)
WHITE: Final = 225
"""Paper as light as this everywhere needs nothing."""

PATCH: Final = 24
PAPER: Final = 255


def straightened(picture: Image.Image) -> Image.Image:
    """A gray page with white paper everywhere and its lines level."""
    even = _even(_quiet(picture))
    angle = tilt_of(even)
    if abs(angle) < LEAST:
        return even
    return even.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=PAPER)


def _quiet(picture: Image.Image) -> Image.Image:
    """Take grains away where there are many: each pixel becomes the middle one of its neighbours."""
    x, y = picture.width // 2, picture.height // 2
    sample = picture.crop((x - SAMPLE, y - SAMPLE, x + SAMPLE, y + SAMPLE))
    grains = ImageStat.Stat(ImageChops.difference(sample, sample.filter(MEDIAN))).mean[0]
    return picture.filter(MEDIAN) if grains > GRAINY else picture


def _even(picture: Image.Image) -> Image.Image:
    """Take the paper's own shade away: the lightest of a patch, smoothed, is what paper looks like there."""
    size = (max(1, picture.width // PATCH), max(1, picture.height // PATCH))
    lightest = picture.reduce(4).filter(ImageFilter.MaxFilter(5))
    shade = lightest.resize(size, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(5))
    if not any(shade.histogram()[:WHITE]):
        return picture
    paper = shade.filter(ImageFilter.GaussianBlur(2)).resize(picture.size, Image.Resampling.BICUBIC)
    even: Image.Image = ImageMath.lambda_eval(
        lambda of: of["convert"](of["min"](of["one"] * PAPER / of["max"](of["paper"], 1), PAPER), "L"),
        one=picture,
        paper=paper,
    )
    return even


def tilt_of(picture: Image.Image) -> float:
    """By how many degrees a page must be turned (against the clock) for its lines to be level."""
    small = picture.resize(
        (SMALL, max(1, round(SMALL * picture.height / picture.width))), Image.Resampling.BOX
    )
    ink = ImageChops.invert(small)
    best = 0.0
    for step, reach in ((COARSE, MOST), (FINE, COARSE)):
        angles = [best + step * count for count in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (_level(ink, angle), -abs(angle)))
    return best


def _level(ink: Image.Image, angle: float) -> float:
    """How unevenly ink spreads over the rows of a page once it is turned: most where lines are level."""
    turned = ink.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=0)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX)
    return pvariance(rows.tobytes())

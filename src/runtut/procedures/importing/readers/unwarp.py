"""Photographs of a sheet of paper, seen from aside: the sheet is found by its light and laid flat."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import dist
from statistics import median
from typing import Final

from PIL import Image, ImageFilter

from runtut.procedures.importing.readers.shades import flooded

SMALL: Final = 360
"""The longer side in pixels of the picture in which the sheet is looked for."""
LEAST: Final = 0.3
"""Of the picture: what is lighter but smaller is no sheet."""
FILLED: Final = 0.93
"""How much of the quadrangle around it a sheet fills."""
ASIDE: Final = 0.012
"""How far, of the longer side, a corner lies from that of the picture where anything is to be done."""
APART: Final = 25
"""By how much a sheet is lighter than what it lies on."""
ALONG, ACROSS = 16, 5
"""At how many places along a side it is looked at, and how many pixels to both sides of it."""
PAPER: Final = 255

Corner = tuple[float, float]


def flattened(picture: Image.Image) -> Image.Image:
    """A gray photograph as if its sheet had lain on glass and filled it; the picture as it is where no sheet
    stands out."""
    corners = _sheet(picture)
    if corners is None:
        return picture
    upper_left, upper_right, lower_right, lower_left = corners
    across = max(dist(upper_left, upper_right), dist(lower_left, lower_right))
    down = max(dist(upper_left, lower_left), dist(upper_right, lower_right))
    factor = max(picture.size) / max(across, down)
    width, height = round(across * factor), round(down * factor)
    target = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    return picture.transform(
        (width, height),
        Image.Transform.PERSPECTIVE,
        projection(target, corners),
        Image.Resampling.BICUBIC,
        fillcolor=PAPER,
    )


def _sheet(picture: Image.Image) -> list[Corner] | None:
    """The corners of the sheet, clockwise from the upper left; None where there is none, or all is sheet."""
    factor = SMALL / max(picture.size)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    small = picture.resize(size, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(5))
    level = _parting(small.histogram())
    if level is None:
        return None
    held = _largest(small.tobytes(), size[0], level)
    if len(held) < LEAST * size[0] * size[1]:
        return None
    spots = [(at % size[0], at // size[0]) for at in held]
    ends = [
        min(spots, key=lambda spot: spot[0] + spot[1]),
        max(spots, key=lambda spot: spot[0] - spot[1]),
        max(spots, key=lambda spot: spot[0] + spot[1]),
        min(spots, key=lambda spot: spot[0] - spot[1]),
    ]
    own = [(0, 0), (size[0] - 1, 0), (size[0] - 1, size[1] - 1), (0, size[1] - 1)]
    moved = max(dist(end, corner) for end, corner in zip(ends, own, strict=True))
    if moved < ASIDE * SMALL or len(held) < FILLED * _area(ends) or not _is_cut_out(small, ends):
        return None
    return [((x + 0.5) / factor, (y + 0.5) / factor) for x, y in ends]


def _is_cut_out(small: Image.Image, corners: Sequence[Corner]) -> bool:
    """Whether every side of a sheet within the picture is an edge: a shadow over a page fades."""
    x, y = (sum(corner[at] for corner in corners) / len(corners) for at in (0, 1))
    for (ax, ay), (bx, by) in pairwise((*corners, corners[0])):
        steps = []
        for part in range(1, ALONG):
            px, py = ax + (bx - ax) * part / ALONG, ay + (by - ay) * part / ALONG
            far = max(dist((px, py), (x, y)), 1.0)
            out = (px - x) / far * ACROSS, (py - y) / far * ACROSS
            outside = round(px + out[0]), round(py + out[1])
            if not (0 <= outside[0] < small.width and 0 <= outside[1] < small.height):
                continue
            inside = round(px - out[0]), round(py - out[1])
            steps.append(_shade(small, inside) - _shade(small, outside))
        if len(steps) > ALONG // 2 and median(steps) < APART:
            return False
    return True


def _shade(small: Image.Image, spot: tuple[int, int]) -> int:
    shade = small.getpixel(spot)
    return shade if isinstance(shade, int) else 0


def _parting(histogram: Sequence[int]) -> int | None:
    """The shade that parts a light sheet from what is darker around it, by the spread between both."""
    total, weighed = sum(histogram), sum(at * count for at, count in enumerate(histogram))
    below = 0
    sum_below = 0.0
    best, level = 0.0, None
    for at, count in enumerate(histogram):
        below, sum_below = below + count, sum_below + at * count
        if not 0 < below < total:
            continue
        dark, light = sum_below / below, (weighed - sum_below) / (total - below)
        spread = below * (total - below) * (light - dark) ** 2
        if spread > best and light - dark > APART:
            best, level = spread, at
    return level


def _largest(shades: bytes, width: int, level: int) -> list[int]:
    """The largest area that is lighter than a shade, as places in the picture."""
    left = bytearray(value > level for value in shades)
    best: list[int] = []
    for start in range(len(left)):
        if left[start]:
            held = flooded(left, start, width)
            best = held if len(held) > len(best) else best
    return best


def _area(corners: Sequence[Corner]) -> float:
    around = [*corners, corners[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(around))) / 2


def projection(source: Sequence[Corner], target: Sequence[Corner]) -> list[float]:
    """The eight numbers of the projection that takes four corners to four others."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        pivot = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for other in range(8):
            if other != at:
                factor = rows[other][at]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [row[8] for row in rows]

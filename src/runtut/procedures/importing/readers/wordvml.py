"""The drawings of old Word files, and of programs that write as those did (VML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from runtut.procedures.importing.readers.figures import Corner
from runtut.procedures.importing.readers.geometry import Box
from runtut.procedures.importing.readers.presets import is_branch, joint_of, sign_of
from runtut.procedures.importing.readers.wordshapes import MAX_DEPTH, Anchor, Piece, Place, number, text_of

V: Final = "{urn:schemas-microsoft-com:vml}"
OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
KINDS: Final = {
    "4": "diamond",
    "109": "flowChartProcess",
    "110": "flowChartDecision",
    "112": "flowChartPredefinedProcess",
    "114": "flowChartDocument",
    "116": "flowChartTerminator",
    "120": "flowChartConnector",
    "176": "flowChartAlternateProcess",
    "177": "flowChartOffpageConnector",
    "202": "rect",
}
TAGS: Final = {f"{V}rect": "rect", f"{V}roundrect": "roundRect", f"{V}oval": "ellipse"}
CONNECTORS: Final = {"20", "32", "33", "34", "35", "36", "37", "38", "39", "40"}
UNITS: Final = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12.0}
LENGTH: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?|-?\.\d+)\s*([a-z]*)")
RELATIVE: Final = {"text": "column", "char": "character", "line": "line", "page": "page", "margin": "margin"}
Style = dict[str, str]


def style_of(item: etree._Element) -> Style:
    pairs = (part.split(":", 1) for part in str(item.get("style", "")).split(";") if ":" in part)
    return {name.strip().lower(): value.strip().lower() for name, value in pairs}


def length(text: str, bare: float = 1.0) -> float:
    """A length in points; `bare` is what a number without a unit counts."""
    match = LENGTH.match(text)
    return number(match[1]) * UNITS.get(match[2], bare) if match else 0.0


def anchor_of(pict: etree._Element) -> Anchor | None:
    """Where the outermost shape of a w:pict hangs."""
    item = next((one for one in pict if str(one.tag).startswith(V) and one.tag != f"{V}shapetype"), None)
    if item is None:
        return None
    style = style_of(item)
    if style.get("position") not in {"absolute", "relative"}:
        return Anchor(inline=True)
    return Anchor(
        length(style.get("margin-left", "0")),
        length(style.get("margin-top", "0")),
        RELATIVE.get(style.get("mso-position-horizontal-relative", "text"), "column"),
        {"text": "paragraph"}.get(
            found := style.get("mso-position-vertical-relative", "text"), RELATIVE.get(found, "paragraph")
        ),
    )


def pieces_of(pict: etree._Element) -> Iterator[Piece]:
    """The shapes of a w:pict from where its outermost one stands."""
    for item in pict:
        if item.tag == f"{V}group":
            style = style_of(item)
            size = length(style.get("width", "0")), length(style.get("height", "0"))
            yield from _group(item, _within(item, (0.0, 0.0), size, lambda x, y: (x, y)), 0)
        elif item.tag == f"{V}line":
            yield from _alone(item)
        else:
            style = style_of(item)
            size = length(style.get("width", "0")), length(style.get("height", "0"))
            yield from _shape(item, style, (0.0, 0.0), size, lambda x, y: (x, y))


def _alone(item: etree._Element) -> Iterator[Piece]:
    """A line that hangs by itself says in its ends where it is; what hangs is where it begins."""
    style = style_of(item)
    ends = [_point(str(item.get(name, "0,0")), 1.0) for name in ("from", "to")]
    x, y = length(style.get("margin-left", "0")), length(style.get("margin-top", "0"))
    yield _line(item, [(a - x, b - y) for a, b in ends])


def _point(text: str, bare: float) -> Corner:
    first, _, last = text.partition(",")
    return length(first, bare), length(last, bare)


def _within(group: etree._Element, corner: Corner, size: Corner, place: Place) -> Place:
    left, top = _point(str(group.get("coordorigin", "0,0")), 1.0)
    wide, high = _point(str(group.get("coordsize", "1000,1000")), 1.0)
    across, down = size[0] / (wide or 1), size[1] / (high or 1)
    return lambda x, y: place(corner[0] + (x - left) * across, corner[1] + (y - top) * down)


def _group(group: etree._Element, place: Place, depth: int) -> Iterator[Piece]:
    for item in group:
        style = style_of(item)
        corner = length(style.get("left", "0")), length(style.get("top", "0"))
        size = length(style.get("width", "0")), length(style.get("height", "0"))
        if item.tag == f"{V}group" and depth < MAX_DEPTH:
            yield from _group(item, _within(item, corner, size, place), depth + 1)
        elif item.tag == f"{V}line":
            ends = [_point(str(item.get(name, "0,0")), 1.0) for name in ("from", "to")]
            yield _line(item, [place(*end) for end in ends])
        else:
            yield from _shape(item, style, corner, size, place)


def _line(item: etree._Element, ends: list[Corner]) -> Piece:
    stroke = item.find(f"{V}stroke")
    heads = [
        stroke is not None and stroke.get(name, "none") not in {"none", "oval", "diamond"}
        for name in ("startarrow", "endarrow")
    ]
    xs, ys = [x for x, _ in ends], [y for _, y in ends]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    return Piece(box, str(item.get("id", "")), path=tuple(ends), heads=(heads[0], heads[1]))


def _shape(item: etree._Element, style: Style, corner: Corner, size: Corner, place: Place) -> Iterator[Piece]:
    code = str(item.get("type", "")).rsplit("_t", 1)[-1] or str(item.get(f"{OFFICE}spt", ""))
    first, last = corner, (corner[0] + size[0], corner[1] + size[1])
    if code in CONNECTORS or item.get(f"{OFFICE}connectortype"):
        if "x" in (flip := style.get("flip", "")):
            first, last = (last[0], first[1]), (first[0], last[1])
        if "y" in flip:
            first, last = (first[0], last[1]), (last[0], first[1])
        yield _line(item, [place(*first), place(*last)])
        return
    kind = TAGS.get(str(item.tag), KINDS.get(code, ""))
    if not kind or item.find(f"{V}imagedata") is not None:
        return
    (left, top), (right, bottom) = place(*first), place(*last)
    held = item.find(f"{V}textbox")
    text = text_of(held) if held is not None else ""
    piece = Piece(Box(left, top, right, bottom), str(item.get("id", "")), text=text)
    is_label = is_branch(text) or (bool(text) and item.get("stroked") in {"f", "false"})
    yield replace(piece, sign=None if is_label else sign_of(kind, text), joint=joint_of(kind, text))

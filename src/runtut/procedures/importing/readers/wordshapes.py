"""The drawings of a Word paragraph (DrawingML) as symbols, labels and lines, in points from their anchor.

Word keeps the same drawing twice: as DrawingML, and as VML for programs that know no better. One is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import cos, radians, sin
from typing import Final

from lxml import etree

from runtut.procedures.importing.readers.figures import Corner
from runtut.procedures.importing.readers.geometry import Box
from runtut.procedures.importing.readers.presets import is_branch, joint_of, sign_of
from runtut.procedures.importing.source import Sign
from runtut.procedures.importing.words import clean

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG: Final = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
EMU: Final = 12_700
SHAPES: Final = {"wsp", "sp", "cxnSp"}
GROUPS: Final = {"wgp", "grpSp"}
MAX_PIECES: Final = 4000
MAX_DEPTH: Final = 8
BLOCKS: Final = {
    "rightArrow": ((0.0, 0.5), (1.0, 0.5)),
    "leftArrow": ((1.0, 0.5), (0.0, 0.5)),
    "upArrow": ((0.5, 1.0), (0.5, 0.0)),
    "downArrow": ((0.5, 0.0), (0.5, 1.0)),
}
"""Arrows that are shapes: where they begin and where they point, as parts of their box."""

Place = Callable[[float, float], Corner]


@dataclass(frozen=True)
class Anchor:
    """Where a drawing hangs: points from the page, the margins or the paragraph; None is in the middle."""

    x: float | None = 0.0
    y: float | None = 0.0
    across: str = "column"
    down: str = "paragraph"
    inline: bool = False


@dataclass(frozen=True)
class Piece:
    """One shape: a symbol, a text, or a line with its corners, its heads (start, end), and the symbols that
    it is glued to by their numbers. `outline` is a closed path, as an arrow head that is drawn by itself;
    `joint` is the letter of a connector between pages."""

    box: Box
    key: str = ""
    sign: Sign | None = None
    text: str = ""
    path: tuple[Corner, ...] = ()
    heads: tuple[bool, bool] = (False, False)
    glued: tuple[str, str] = ("", "")
    outline: bool = False
    joint: str = ""

    def moved(self, x: float, y: float) -> Piece:
        box = self.box
        return replace(
            self,
            box=Box(box.left + x, box.top + y, box.right + x, box.bottom + y),
            path=tuple((a + x, b + y) for a, b in self.path),
        )


def anchor_of(drawing: etree._Element) -> Anchor | None:
    """Where a w:drawing hangs."""
    if drawing.find(f"{WP}inline") is not None:
        return Anchor(inline=True)
    anchor = drawing.find(f"{WP}anchor")
    if anchor is None:
        return None
    across, down = anchor.find(f"{WP}positionH"), anchor.find(f"{WP}positionV")
    return Anchor(
        _offset(across),
        _offset(down),
        across.get("relativeFrom", "column") if across is not None else "column",
        down.get("relativeFrom", "paragraph") if down is not None else "paragraph",
    )


def _offset(position: etree._Element | None) -> float | None:
    if position is None:
        return 0.0
    found = position.findtext(f"{WP}posOffset")
    if found is None:
        return None if position.findtext(f"{WP}align") == "center" else 0.0
    return number(found) / EMU


def number(text: str | None) -> float:
    """A number of an attribute, 0 when it is none or beyond all paper."""
    try:
        value = float(text or 0)
    except ValueError:
        return 0.0
    return value if abs(value) < 1e9 else 0.0


def pieces_of(drawing: etree._Element) -> Iterator[Piece]:
    """The shapes of a w:drawing, those of groups and canvases included."""
    data = next(drawing.iter(f"{A}graphicData"), None)
    held = data[0] if data is not None and len(data) else None
    if held is None:
        return
    if held.tag == f"{WPS}wsp":
        yield from _shape(held, lambda x, y: (x / EMU, y / EMU), alone=True)
    else:
        yield from _group(held, lambda x, y: (x / EMU, y / EMU), 0)


def within(item: etree._Element, place: Place) -> Iterator[Piece]:
    """The shapes of one drawing of a sheet; `place` leads from its own measure to points."""
    if local(item) in GROUPS:
        yield from _group(item, place, 0)
    elif local(item) in SHAPES:
        yield from _shape(item, place, alone=True)


def local(item: etree._Element) -> str:
    """The name of an element without its namespace; Word and Excel have one each for the same parts."""
    return item.tag.rpartition("}")[2] if isinstance(item.tag, str) else ""


def part(item: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of this name, and of that the next, whatever their namespaces."""
    for name in names:
        item = next((child for child in item if local(child) == name), None) if item is not None else None
    return item


def _group(group: etree._Element, place: Place, depth: int) -> Iterator[Piece]:
    inner = _within(group, place, depth)
    for item in group:
        if local(item) in SHAPES:
            yield from _shape(item, inner)
        elif local(item) in GROUPS and depth < MAX_DEPTH:
            yield from _group(item, inner, depth + 1)


def _within(group: etree._Element, place: Place, depth: int) -> Place:
    """From the coordinates of a group's shapes to those around it."""
    frame = part(group, "grpSpPr", "xfrm")
    if frame is None:
        return place
    x, y = (0.0, 0.0) if depth == 0 else _pair(frame, "off", "x", "y")
    width, height = _pair(frame, "ext", "cx", "cy")
    left, top = _pair(frame, "chOff", "x", "y")
    wide, high = _pair(frame, "chExt", "cx", "cy")
    across, down = width / wide if wide else 1.0, height / high if high else 1.0
    return lambda a, b: place(x + (a - left) * across, y + (b - top) * down)


def _pair(frame: etree._Element, name: str, one: str, other: str) -> Corner:
    found = frame.find(f"{A}{name}")
    return (number(found.get(one)), number(found.get(other))) if found is not None else (0.0, 0.0)


def _shape(item: etree._Element, place: Place, *, alone: bool = False) -> Iterator[Piece]:
    shape = part(item, "spPr")
    frame = shape.find(f"{A}xfrm") if shape is not None else None
    if shape is None or frame is None:
        return
    x, y = (0.0, 0.0) if alone else _pair(frame, "off", "x", "y")
    width, height = _pair(frame, "ext", "cx", "cy")
    own = _turned(frame, x, y, width, height, place)
    corners = [own(0, 0), own(width, 0), own(0, height), own(width, height)]
    piece = Piece(_around(corners), _key(item), text=_text(item))
    preset = shape.find(f"{A}prstGeom")
    kind = preset.get("prst", "") if preset is not None else ""
    drawn = shape.find(f"{A}custGeom")
    if drawn is not None:
        yield from _paths(piece, drawn, width, height, own)
    elif kind in BLOCKS:
        ends = tuple(own(a * width, b * height) for a, b in BLOCKS[kind])
        yield replace(piece, path=ends, heads=(False, True))
    elif ("onnector" in kind and not kind.startswith("flowChart")) or kind == "line":
        ends = (own(0, 0), own(width, height))
        yield replace(piece, path=ends, heads=_heads(shape), glued=_glued(item))
    else:
        sign = None if _is_label(item, shape, piece) else sign_of(kind, piece.text)
        yield replace(piece, sign=sign, joint=joint_of(kind, piece.text))


def _turned(frame: etree._Element, x: float, y: float, width: float, height: float, place: Place) -> Place:
    """From a place within a shape to points, mirrored and turned as the shape is."""
    angle = radians(number(frame.get("rot")) / 60_000)
    mirrored, upended = (frame.get(name) in {"1", "true"} for name in ("flipH", "flipV"))
    middle = x + width / 2, y + height / 2

    def put(a: float, b: float) -> Corner:
        a, b = (width - a if mirrored else a) - width / 2, (height - b if upended else b) - height / 2
        return place(middle[0] + a * cos(angle) - b * sin(angle), middle[1] + a * sin(angle) + b * cos(angle))

    return put


def _around(corners: list[Corner]) -> Box:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _key(item: etree._Element) -> str:
    found = part(item, "cNvPr")
    for holder in ("nvSpPr", "nvCxnSpPr"):
        found = part(item, holder, "cNvPr") if found is None else found
    if found is None:
        found = next(iter(item.xpath("ancestor::*[local-name()='anchor' or local-name()='inline'][1]"
                                     "/*[local-name()='docPr']")), None)  # fmt: skip
    return str(found.get("id", "")) if found is not None else ""


def _text(item: etree._Element) -> str:
    box = part(item, "txbx")
    if box is not None:
        return text_of(box)
    body = part(item, "txBody")
    lines = body.iter(f"{A}p") if body is not None else ()
    return clean("\n".join("".join(node.text or "" for node in line.iter(f"{A}t")) for line in lines))


def text_of(box: etree._Element) -> str:
    """The words of a text box, a line for every paragraph."""
    lines = ("".join(node.text or "" for node in line.iter(f"{W}t")) for line in box.iter(f"{W}p"))
    return clean("\n".join(lines))


def _paths(piece: Piece, drawn: etree._Element, width: float, height: float, own: Place) -> Iterator[Piece]:
    """Lines and outlines that were drawn corner by corner; curves count by where they end."""
    for path in drawn.iter(f"{A}path"):
        wide, high = number(path.get("w")) or width, number(path.get("h")) or height
        corners = [
            own(
                number(point.get("x")) * (width / wide if wide else 1.0),
                number(point.get("y")) * (height / high if high else 1.0),
            )
            for point in path.iter(f"{A}pt")
        ][:200]
        if len(corners) < 2:
            continue
        closed = path.find(f"{A}close") is not None
        heads = (False, False) if closed else _heads(drawn.getparent())
        yield replace(piece, path=tuple(corners), outline=closed, heads=heads)


def _heads(shape: etree._Element | None) -> tuple[bool, bool]:
    """Whether a line has an arrow head where it begins and where it ends."""
    line = shape.find(f"{A}ln") if shape is not None else None
    found = []
    for name in ("headEnd", "tailEnd"):
        end = line.find(f"{A}{name}") if line is not None else None
        found.append(end is not None and end.get("type", "none") not in {"none", "oval", "diamond"})
    return found[0], found[1]


def _glued(item: etree._Element) -> tuple[str, str]:
    found = [next(item.iter(f"{A}{name}"), None) for name in ("stCxn", "endCxn")]
    first, last = (str(one.get("id", "")) if one is not None else "" for one in found)
    return first, last


def _is_label(item: etree._Element, shape: etree._Element, piece: Piece) -> bool:
    """A text without a frame, or the word at a branch, is no symbol."""
    if is_branch(piece.text):
        return True
    line = shape.find(f"{A}ln")
    has_style = part(item, "style") is not None
    unlined = line.find(f"{A}noFill") is not None if line is not None else not has_style
    box = part(item, "cNvSpPr")
    box = part(item, "nvSpPr", "cNvSpPr") if box is None else box
    is_text = box is not None and box.get("txBox") in {"1", "true"}
    unfilled = shape.find(f"{A}noFill") is not None
    return unlined and bool(piece.text) and (is_text or unfilled)

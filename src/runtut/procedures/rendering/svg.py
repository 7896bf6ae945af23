"""A scene as SVG: presentation attributes and classes, no inline style, no marker, no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TypeVar

from runtut.procedures.enums import StepKind
from runtut.procedures.rendering.scene import LABEL_SIZE, Arrowhead, Label, Line, Scene
from runtut.procedures.rendering.shapes import Point, Symbol

INK, RETURN_INK, BLACK = "#13212b", "#7d3c00", "#000"
TIP = 0.3
Stroke = TypeVar("Stroke", Line, Arrowhead)
Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Pen:
    """How a medium draws: attributes for each kind of line, head and text, and of the whole drawing."""

    ink: str
    lines: Attributes
    heads: Attributes
    texts: Attributes
    root: str = ""
    lettering: str = ""


SCREEN_PEN = Pen(
    ink=INK,
    lines={
        "forward": f'class="maju" stroke="{INK}" stroke-width="1.4"',
        "return": f'class="b" stroke="{RETURN_INK}" stroke-width="1.4" stroke-dasharray="5 3"',
        "link": f'class="ikut" stroke="{INK}" stroke-width="0.8"',
    },
    heads={"forward": f'class="kp" fill="{INK}"', "return": f'class="kb" fill="{RETURN_INK}"'},
    texts={
        "forward": f'class="ty" fill="{INK}"',
        "return": f'class="tb" fill="{RETURN_INK}"',
        "letter": f'fill="{INK}"',
    },
)
PAPER_PEN = Pen(
    ink=BLACK,
    lines={
        "forward": f'stroke="{BLACK}" stroke-width="1.3"',
        "return": f'stroke="{BLACK}" stroke-width="1.3"',
        "link": f'stroke="{BLACK}" stroke-width="0.7"',
    },
    heads=dict.fromkeys(("forward", "return"), f'fill="{BLACK}"'),
    texts=dict.fromkeys(("forward", "return", "letter"), f'fill="{BLACK}"'),
    root=' xmlns="http://www.w3.org/2000/svg"',
    lettering=' font-family="Liberation Sans"',
)
"""The form knows one arrow (PermenPANRB 35/2012): black and unbroken, forward and back alike."""


def to_svg(scene: Scene, label: str, pen: Pen = SCREEN_PEN) -> str:
    """Write the scene as one `<svg class="bagan">` with a spoken summary.

    Classes on the screen: `ga` arrows (`.b` returns, `.ikut` joins), `gk` heads (`.kp`, `.kb`), `gs` symbols
    (`.ikut` takes part), `gl` what is white behind texts, `gt` texts (`.tb` on returns). Colours are
    attributes, so that any stylesheet may override them.
    """
    width, height = _number(scene.width), _number(scene.height)
    lines = "".join(_line(line, pen) for line in _below_first(scene.lines))
    heads = "".join(
        f'<polygon points="{_points(its.points)}" {pen.heads[its.kind]}/>'
        for its in _below_first(scene.arrowheads)
    )
    return (
        f'<svg{pen.root} class="bagan" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" aria-label="{escape(label)}">'
        f'<g class="ga" fill="none">{lines}</g>'
        f'<g class="gk">{heads}</g>'
        f'<g class="gs" fill="#fff" stroke="{pen.ink}">{"".join(map(_symbol, scene.symbols))}</g>'
        f'<g class="gl" fill="#fff">{"".join(map(_ground, scene.labels))}</g>'
        f'<g class="gt"{pen.lettering} font-size="{_number(LABEL_SIZE)}" font-weight="600">'
        f"{''.join(_text(label, pen) for label in scene.labels)}</g></svg>"
    )


def _below_first(drawn: Iterable[Stroke]) -> list[Stroke]:
    """Forward arrows lie on top: where a return joins one, the solid line goes on unbroken."""
    order = ("link", "return", "forward")
    return sorted(drawn, key=lambda stroke: order.index(stroke.kind))


def _line(line: Line, pen: Pen) -> str:
    x, y = line.points[0]
    path = f"M{_number(x)} {_number(y)}"
    for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
        path += f"H{_number(x2)}" if y1 == y2 else f"V{_number(y2)}" if x1 == x2 else ""
    return f'<path d="{path}" {pen.lines[line.kind]}/>'


def _symbol(symbol: Symbol) -> str:
    left, top, right, bottom = symbol.box
    attributes = 'stroke-width="1.6"' if symbol.main else 'class="ikut" stroke-width="0.9"'
    if symbol.is_diamond:
        corners = ((symbol.x, top), (right, symbol.y), (symbol.x, bottom), (left, symbol.y))
        return f'<polygon points="{_points(corners)}" {attributes}/>'
    if symbol.is_connector:
        return f'<polygon points="{_points(pentagon(symbol))}" {attributes}/>'
    rounded = symbol.kind in {StepKind.START, StepKind.END}
    radius = f' rx="{_number(symbol.height / 2)}"' if rounded else ""
    return (
        f'<rect x="{_number(left)}" y="{_number(top)}" width="{_number(symbol.width)}"'
        f' height="{_number(symbol.height)}"{radius} {attributes}/>'
    )


def pentagon(symbol: Symbol) -> tuple[Point, ...]:
    """The corners of a connector: a box whose lower edge comes to a point."""
    left, top, right, bottom = symbol.box
    shoulder = bottom - symbol.height * TIP
    return (left, top), (right, top), (right, shoulder), (symbol.x, bottom), (left, shoulder)


def _ground(label: Label) -> str:
    """White behind a label; a letter stands in a connector, which is white already."""
    if label.kind == "letter":
        return ""
    left, top, right, bottom = label.ground
    place = f'x="{_number(left)}" y="{_number(top)}"'
    return f'<rect {place} width="{_number(right - left)}" height="{_number(bottom - top)}"/>'


def _text(label: Label, pen: Pen) -> str:
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    place = f'x="{_number(label.x)}" y="{_number(label.y)}"{anchor}'
    return f"<text {place} {pen.texts[label.kind]}>{escape(label.text)}</text>"


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

"""A scene as SVG: presentation attributes and classes, no inline style, no marker, no script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TypeVar

from runtut.procedures.enums import StepKind
from runtut.procedures.rendering.scene import LABEL_SIZE, Arrowhead, Label, Line, Scene
from runtut.procedures.rendering.shapes import Point, Symbol

INK, RETURN_INK = "#13212b", "#7d3c00"
Stroke = TypeVar("Stroke", Line, Arrowhead)
_LINE = {
    "forward": f'class="maju" stroke="{INK}" stroke-width="1.4"',
    "return": f'class="b" stroke="{RETURN_INK}" stroke-width="1.4" stroke-dasharray="5 3"',
    "link": f'class="ikut" stroke="{INK}" stroke-width="0.8"',
}
_HEAD = {"forward": f'class="kp" fill="{INK}"', "return": f'class="kb" fill="{RETURN_INK}"'}
_TEXT = {"forward": f'class="ty" fill="{INK}"', "return": f'class="tb" fill="{RETURN_INK}"'}


def to_svg(scene: Scene, label: str) -> str:
    """Write the scene as one `<svg class="bagan">` with a spoken summary.

    Classes: `ga` arrows (`.b` returns, `.ikut` joins), `gk` heads (`.kp`, `.kb`), `gs` symbols (`.ikut` takes
    part), `gt` texts (`.tb` on returns). Colours are attributes, so that any stylesheet may override them.
    """
    width, height = _number(scene.width), _number(scene.height)
    return (
        f'<svg class="bagan" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" aria-label="{escape(label)}">'
        f'<g class="ga" fill="none">{"".join(map(_line, _below_first(scene.lines)))}</g>'
        f'<g class="gk">{"".join(map(_head, _below_first(scene.arrowheads)))}</g>'
        f'<g class="gs" fill="#fff" stroke="{INK}">{"".join(map(_symbol, scene.symbols))}</g>'
        f'<g class="gt" font-size="{_number(LABEL_SIZE)}" font-weight="600" stroke="#fff" stroke-width="3"'
        ' paint-order="stroke">'
        f"{''.join(map(_text, scene.labels))}</g></svg>"
    )


def _below_first(drawn: Iterable[Stroke]) -> list[Stroke]:
    """Forward arrows lie on top: where a return joins one, the solid line goes on unbroken."""
    order = ("link", "return", "forward")
    return sorted(drawn, key=lambda stroke: order.index(stroke.kind))


def _line(line: Line) -> str:
    x, y = line.points[0]
    path = f"M{_number(x)} {_number(y)}"
    for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
        path += f"H{_number(x2)}" if y1 == y2 else f"V{_number(y2)}" if x1 == x2 else ""
    return f'<path d="{path}" {_LINE[line.kind]}/>'


def _head(head: Arrowhead) -> str:
    return f'<polygon points="{_points(head.points)}" {_HEAD[head.kind]}/>'


def _symbol(symbol: Symbol) -> str:
    left, top, right, bottom = symbol.box
    attributes = 'stroke-width="1.6"' if symbol.main else 'class="ikut" stroke-width="0.9"'
    if symbol.is_diamond:
        corners = ((symbol.x, top), (right, symbol.y), (symbol.x, bottom), (left, symbol.y))
        return f'<polygon points="{_points(corners)}" {attributes}/>'
    rounded = symbol.kind in {StepKind.START, StepKind.END}
    radius = f' rx="{_number(symbol.height / 2)}"' if rounded else ""
    return (
        f'<rect x="{_number(left)}" y="{_number(top)}" width="{_number(symbol.width)}"'
        f' height="{_number(symbol.height)}"{radius} {attributes}/>'
    )


def _text(label: Label) -> str:
    anchor = ' text-anchor="end"' if label.anchor == "end" else ""
    place = f'x="{_number(label.x)}" y="{_number(label.y)}"{anchor}'
    return f"<text {place} {_TEXT[label.kind]}>{escape(label.text)}</text>"


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")

"""A scene as DrawingML: one group of real shapes over the table, each of which Word can move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml

from runtut.procedures.enums import StepKind
from runtut.procedures.rendering.paper.chart import ChartPage
from runtut.procedures.rendering.scene import LABEL_SIZE, Arrowhead, Label, Line, Scene
from runtut.procedures.rendering.shapes import CONNECTOR, Point, Symbol

EMU: Final = 12_700
"""English metric units in one point."""

NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
GROUP: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
PRESETS: Final = {
    StepKind.START: "flowChartTerminator",
    StepKind.END: "flowChartTerminator",
    StepKind.PROCESS: "flowChartProcess",
    StepKind.DECISION: "flowChartDecision",
    CONNECTOR: "flowChartOffpageConnector",
}
NAMES: Final = {
    StepKind.START: "Mulai",
    StepKind.END: "Selesai",
    StepKind.PROCESS: "Kegiatan",
    StepKind.DECISION: "Keputusan",
    CONNECTOR: "Penghubung",
}
BLACK: Final = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
WHITE: Final = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
NO_FILL: Final = "<a:noFill/>"
NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"
MAIN_LINE, THIN_LINE, ARROW_LINE = 1.6, 0.9, 1.3


class Group:
    """The shapes of one page in the order in which they lie on each other; `scale` points are one unit."""

    def __init__(self, page: ChartPage, scale: float, first_id: int) -> None:
        self.page, self.scale, self.first_id = page, scale, first_id
        self.shapes = list(self._shapes(page.scene))

    @property
    def next_id(self) -> int:
        return self.first_id + len(self.shapes) + 1

    def run(self, x: float, y: float) -> Any:
        """The run that anchors the group at a place on the page, in points."""
        left, top, right, bottom = self._box()
        width, height = self._emu(right - left), self._emu(bottom - top)
        x, y = x + left * self.scale, y + top * self.scale
        corner = f'x="{self._emu(left)}" y="{self._emu(top)}"'
        shapes = "".join(
            shape.replace("@id", str(self.first_id + number))
            for number, shape in enumerate(self.shapes, start=1)
        )
        return parse_xml(
            f'<w:r {NAMESPACES}><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"'
            ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="page"><wp:posOffset>{round(x * EMU)}</wp:posOffset></wp:positionH>'
            f'<wp:positionV relativeFrom="page"><wp:posOffset>{round(y * EMU)}</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
            f'<wp:docPr id="{self.first_id}" name="Bagan alir {self.first_id}"'
            f" descr={quoteattr(self.page.spoken)}/><wp:cNvGraphicFramePr/>"
            f'<a:graphic><a:graphicData uri="{GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
            f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/><a:chOff {corner}/>'
            f'<a:chExt cx="{width}" cy="{height}"/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp></a:graphicData>'
            "</a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
        )

    def _box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all that is drawn: a group is stretched to what it holds."""
        scene = self.page.scene
        points = [point for line in scene.lines for point in line.points]
        points += [point for head in scene.arrowheads for point in head.points]
        boxes = [symbol.box for symbol in scene.symbols]
        boxes += [label.ground for label in scene.labels if label.kind != "letter"]
        xs = [x for x, _ in points] + [box[side] for box in boxes for side in (0, 2)]
        ys = [y for _, y in points] + [box[side] for box in boxes for side in (1, 3)]
        return min(xs), min(ys), max(xs), max(ys)

    def _shapes(self, scene: Scene) -> Iterator[str]:
        yield from (self._line(line) for line in scene.lines)
        yield from (self._head(head) for head in scene.arrowheads)
        yield from (self._symbol(symbol) for symbol in scene.symbols)
        yield from (self._label(label) for label in scene.labels if label.kind != "letter")

    def _emu(self, units: float) -> int:
        return round(units * self.scale * EMU)

    def _line(self, line: Line) -> str:
        weight = 0.7 if line.kind == "link" else ARROW_LINE
        return self._path("Panah", line.points, fill=NO_FILL, line=self._stroke(weight), closed=False)

    def _head(self, head: Arrowhead) -> str:
        return self._path("Kepala panah", head.points, fill=BLACK, line=NO_LINE, closed=True)

    def _path(self, name: str, points: Sequence[Point], *, fill: str, line: str, closed: bool) -> str:
        """A line with corners, or a filled outline, inside the box around it."""
        left, top = min(x for x, _ in points), min(y for _, y in points)
        width = max(1, self._emu(max(x for x, _ in points) - left))
        height = max(1, self._emu(max(y for _, y in points) - top))
        places = [f'<a:pt x="{self._emu(x - left)}" y="{self._emu(y - top)}"/>' for x, y in points]
        steps = f"<a:moveTo>{places[0]}</a:moveTo>" + "".join(
            f"<a:lnTo>{place}</a:lnTo>" for place in places[1:]
        )
        end = "<a:close/>" if closed else ""
        paint = "" if closed else ' fill="none"'
        geometry = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            "<a:pathLst>"
            f'<a:path w="{width}" h="{height}"{paint}>{steps}{end}</a:path></a:pathLst></a:custGeom>'
        )
        return self._shape(name, (left, top), (width, height), geometry, fill, line)

    def _symbol(self, symbol: Symbol) -> str:
        left, top, _, _ = symbol.box
        name = NAMES[symbol.kind]
        line = self._stroke(MAIN_LINE if symbol.main else THIN_LINE)
        geometry = f'<a:prstGeom prst="{PRESETS[symbol.kind]}"><a:avLst/></a:prstGeom>'
        size = self._emu(symbol.width), self._emu(symbol.height)
        title = f"{name} {symbol.text or symbol.step_no}"
        return self._shape(title, (left, top), size, geometry, WHITE, line, text=symbol.text)

    def _label(self, label: Label) -> str:
        left, top, right, bottom = label.ground
        size = self._emu(right - left), self._emu(bottom - top)
        geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        return self._shape(label.text, (left, top), size, geometry, WHITE, NO_LINE, text=label.text)

    def _stroke(self, units: float) -> str:
        return f'<a:ln w="{self._emu(units)}">{BLACK}<a:miter lim="800000"/></a:ln>'

    def _shape(
        self,
        name: str,
        place: Point,
        size: tuple[int, int],
        geometry: str,
        fill: str,
        line: str,
        *,
        text: str = "",
    ) -> str:
        kind = ' txBox="1"' if text and line == NO_LINE else ""
        return (
            f'<wps:wsp><wps:cNvPr id="@id" name={quoteattr(name)}/><wps:cNvSpPr{kind}/>'
            f'<wps:spPr><a:xfrm><a:off x="{self._emu(place[0])}" y="{self._emu(place[1])}"/>'
            f'<a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm>{geometry}{fill}{line}</wps:spPr>'
            f"{self._words(text) if text else ''}"
            '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
        )

    def _words(self, text: str) -> str:
        half_points = round(LABEL_SIZE * self.scale * 2)
        return (
            '<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240"'
            ' w:lineRule="auto"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Arial"'
            f' w:hAnsi="Arial" w:cs="Arial"/><w:b/><w:sz w:val="{half_points}"/></w:rPr>'
            f"<w:t>{escape(text)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        )

"""Word documents whose flowchart is drawn as Word draws it: shapes and connectors that hang on paragraphs."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Pt

NAMES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
URI = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
EMU = 12_700
HEAD = ("No", "Kegiatan", "Staf", "Kepala", "Kelengkapan", "Waktu", "Output", "Keterangan")
BODY = ("Menyusun konsep", "Memeriksa konsep", "Menyempurnakan konsep", "Menetapkan konsep")
WIDTHS = (30, 140, 90, 90, 70, 50, 70, 60)
HEIGHT = 60


@dataclass(frozen=True)
class Shape:
    """A shape `x` and `y` points from the cell in which it hangs: a row of the body and a column."""

    kind: str
    cell: tuple[int, int]
    x: float
    y: float
    width: float
    height: float
    key: int = 0
    text: str = ""
    extra: str = ""
    frame: str = ""
    line: str = '<a:ln w="9525"><a:solidFill/></a:ln>'
    old: str = ""


def symbol(kind: str, cell: tuple[int, int], *, key: int = 0, text: str = "") -> Shape:
    return Shape(kind, cell, 15, 15, 50, 26, key=key, text=text, old=OLD.get(kind, "").format(x=15, y=15))


def label(text: str, cell: tuple[int, int], x: float = 0, y: float = 0) -> Shape:
    return Shape("rect", cell, x, y, 30, 12, text=text, extra='txBox="1"', line="<a:ln><a:noFill/></a:ln>")


def arrow(
    cell: tuple[int, int],
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    kind: str = "bentConnector3",
    glued: tuple[int, int] | None = None,
    head: bool = True,
) -> Shape:
    """A connector between two places, measured from a cell."""
    (a, b), (c, d) = start, end
    flips = [f'{name}="1"' for name, wrong in (("flipH", c < a), ("flipV", d < b)) if wrong]
    ends = f'<a:stCxn id="{glued[0]}" idx="3"/><a:endCxn id="{glued[1]}" idx="3"/>' if glued else ""
    tip = '<a:tailEnd type="triangle"/>' if head else ""
    line = f'<a:ln w="9525"><a:solidFill/>{tip}</a:ln>'
    x, y, width, height = min(a, c), min(b, d), abs(a - c), abs(b - d)
    old = (
        f'<v:line style="position:absolute;margin-left:{a}pt;margin-top:{b}pt" from="{a}pt,{b}pt" '
        f'to="{c}pt,{d}pt"><v:stroke {"endarrow=" + chr(34) + "block" + chr(34) if head else ""}/></v:line>'
    )
    return Shape(kind, cell, x, y, width, height, extra=ends, frame=" ".join(flips), line=line, old=old)


OLD = {
    "flowChartProcess": '<v:rect style="position:absolute;margin-left:{x}pt;margin-top:{y}pt;width:50pt;'
    'height:26pt"/>',
    "flowChartDecision": '<v:shape type="#_x0000_t110" style="position:absolute;margin-left:{x}pt;'
    'margin-top:{y}pt;width:50pt;height:26pt"/>',
}


def as_new(shape: Shape) -> str:
    """The shape as DrawingML."""
    is_line = "onnector" in shape.kind and not shape.kind.startswith("flow")
    own = f"<wps:cNvCnPr>{shape.extra}</wps:cNvCnPr>" if is_line else f"<wps:cNvSpPr {shape.extra}/>"
    words = (
        f"<wps:txbx><w:txbxContent><w:p><w:r><w:t>{shape.text}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
        if shape.text
        else ""
    )
    size = f'cx="{round(shape.width * EMU)}" cy="{round(shape.height * EMU)}"'
    return (
        '<w:drawing><wp:anchor behindDoc="0" layoutInCell="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{round(shape.x * EMU)}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{round(shape.y * EMU)}'
        f'</wp:posOffset></wp:positionV><wp:extent {size}/><wp:docPr id="{shape.key}" name="x"/>'
        f'<a:graphic><a:graphicData uri="{URI}"><wps:wsp>{own}<wps:spPr><a:xfrm {shape.frame}>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="{shape.kind}"/>{shape.line}'
        f"</wps:spPr>{words}<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def as_both(shape: Shape) -> str:
    """The shape as Word writes it: the new way, and the old way for who does not know the new one."""
    fallback = f"<mc:Fallback><w:pict>{shape.old}</w:pict></mc:Fallback>" if shape.old else ""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{as_new(shape)}</mc:Choice>{fallback}'
        "</mc:AlternateContent>"
    )


def as_old(shape: Shape) -> str:
    return f"<w:pict>{shape.old}</w:pict>"


def document(shapes: list[Shape], how: Callable[[Shape], str] = as_both) -> bytes:
    """A Word document with a flowchart of four steps and these shapes."""
    word = Document()
    word.add_paragraph("Nama SOP : Penyusunan Konsep")
    table = word.add_table(rows=len(BODY) + 1, cols=len(HEAD))
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Pt(width)
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = text
    for number, (row, text) in enumerate(zip(table.rows[1:], BODY, strict=True), start=1):
        row.height = Pt(HEIGHT)
        for at, words in ((0, str(number)), (1, text), (4, "Konsep"), (5, "10 menit"), (6, "Konsep")):
            row.cells[at].text = words
    for shape in shapes:
        row, column = shape.cell
        paragraph = table.cell(row, column).paragraphs[0]
        paragraph._p.append(parse_xml(f"<w:r {NAMES}>{how(shape)}</w:r>"))
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()

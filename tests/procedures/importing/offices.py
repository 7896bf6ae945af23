"""Small tables as offices mark them: by fonts of symbols, colours, pictures and drawings, in every format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from PIL import Image

HEAD = ("No", "Kegiatan", "Staf", "Kepala", "Kelengkapan", "Waktu", "Output")
BODY = (
    ("1", "Menyusun konsep", "Data", "1 jam", "Konsep"),
    ("2", "Memeriksa konsep", "Konsep", "30 menit", "Konsep diperiksa"),
    ("3", "Menetapkan konsep", "Konsep diperiksa", "1 hari", "Keputusan"),
)
DOERS = ("Staf", "Kepala", "Kepala")
"""Who does each step, which no inference from the words would say of the second."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
D = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rows(mark: str = "") -> list[list[str]]:
    """The table with this text in the cell of whoever does a step."""
    found = [list(HEAD)]
    for (no, activity, need, time, output), doer in zip(BODY, DOERS, strict=True):
        found.append(
            [no, activity, *(mark if name == doer else "" for name in HEAD[2:4]), need, time, output]
        )
    return found


def as_word(run: str = "", *, cell: str = "", picture: bool = False) -> bytes:
    """A Word table whose performer cells hold a run, properties of the cell, or a small picture."""
    document = Document()
    table = document.add_table(rows=len(BODY) + 1, cols=len(HEAD))
    for at, row in enumerate(rows()):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for at, doer in enumerate(DOERS, start=1):
        held = table.cell(at, HEAD.index(doer))
        if run:
            held.paragraphs[0]._p.append(parse_xml(f'<w:r xmlns:w="{W}">{run}</w:r>'))
        if cell:
            held._tc.get_or_add_tcPr().append(parse_xml(cell.replace("<w:shd", f'<w:shd xmlns:w="{W}"')))
        if picture:
            drawn = io.BytesIO()
            Image.new("L", (80, 40), 255).save(drawn, "PNG")
            drawn.seek(0)
            held.paragraphs[0].add_run().add_picture(drawn, width=400_000, height=200_000)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_page(mark: str, style: str = "", row_style: str = "") -> bytes:
    """A web page; the cell of whoever does a step holds `mark` and has `style`, all of a row `row_style`."""
    lines = []
    for at, row in enumerate(rows("\x00")):
        cells = "".join(
            f"<td {style or row_style}>{mark}</td>" if text == "\x00" else
            f"<td {row_style if at else ''}>{escape(text)}</td>"
            for text in row
        )  # fmt: skip
        lines.append(f"<tr>{cells}</tr>")
    return f"<!doctype html><html><body><table>{''.join(lines)}</table></body></html>".encode()


def as_sheet(mark: str = "", style: Mapping[str, object] | None = None, *, drawing: str = "") -> bytes:
    """A workbook; performer cells hold `mark` in `style`, and `drawing` lies over the sheet."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("SOP")
    shown = book.add_format(dict(style)) if style else None
    for at, row in enumerate(rows("\x00")):
        for column, text in enumerate(row):
            if text == "\x00":
                sheet.write(at, column, mark, shown)
            elif text:
                sheet.write(at, column, text)
    book.close()
    return _with_drawing(stream.getvalue(), drawing) if drawing else stream.getvalue()


def _with_drawing(content: bytes, drawing: str) -> bytes:
    stream = io.BytesIO()
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{R}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
        after.writestr("xl/worksheets/_rels/sheet1.xml.rels", links)
        after.writestr("xl/drawings/drawing1.xml", drawing)
    return stream.getvalue()


def drawing(*anchors: str) -> str:
    return f'<xdr:wsDr xmlns:xdr="{D}" xmlns:a="{A}">{"".join(anchors)}</xdr:wsDr>'


def shape(kind: str, cell: tuple[int, int], key: int, text: str = "") -> str:
    """A symbol within a cell (row and column from 0)."""
    row, column = cell
    words = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>" if text else ""
    inner = (
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{key}" name="s"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="400000" cy="120000"/></a:xfrm>'
        f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom><a:ln w="9525"/></xdr:spPr>{words}</xdr:sp>'
    )
    return anchor((column, 60_000, row, 30_000), (column, 460_000, row, 150_000), inner)


def connector(start: Sequence[int], end: Sequence[int], glued: tuple[int, int] | None = None) -> str:
    """A connector that leads up from a corner to another (column, its offset, row, its offset), with its
    head at the upper end."""
    ties = f'<a:stCxn id="{glued[0]}" idx="1"/><a:endCxn id="{glued[1]}" idx="1"/>' if glued else ""
    inner = (
        f'<xdr:cxnSp><xdr:nvCxnSpPr><xdr:cNvPr id="90" name="c"/><xdr:cNvCxnSpPr>{ties}</xdr:cNvCxnSpPr>'
        f'</xdr:nvCxnSpPr><xdr:spPr><a:xfrm flipV="1" flipH="{int(start[0] > end[0])}"><a:off x="0" y="0"/>'
        '<a:ext cx="100000" cy="200000"/></a:xfrm><a:prstGeom prst="bentConnector3"><a:avLst/></a:prstGeom>'
        '<a:ln w="9525"><a:tailEnd type="triangle"/></a:ln></xdr:spPr></xdr:cxnSp>'
    )
    left, right = sorted((start, end), key=lambda corner: corner[0])
    top, bottom = sorted((start, end), key=lambda corner: corner[2])
    return anchor((left[0], left[1], top[2], top[3]), (right[0], right[1], bottom[2], bottom[3]), inner)


def anchor(start: Sequence[int], end: Sequence[int], inner: str) -> str:
    ends = "".join(
        f"<xdr:{name}><xdr:col>{at[0]}</xdr:col><xdr:colOff>{at[1]}</xdr:colOff><xdr:row>{at[2]}</xdr:row>"
        f"<xdr:rowOff>{at[3]}</xdr:rowOff></xdr:{name}>"
        for name, at in (("from", start), ("to", end))
    )
    return f"<xdr:twoCellAnchor>{ends}{inner}<xdr:clientData/></xdr:twoCellAnchor>"

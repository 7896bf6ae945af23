"""Files of every kind that the importer reads, made of an invented SOP."""

from __future__ import annotations

import io
import json
from html import escape

import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from tests.procedures.importing.drawn import Sop, Style, body_rows, head_rows, identity_rows

SHAPE = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" cy="200000"/>
<wp:docPr id="{id}" name="Bentuk {id}"/><a:graphic>
<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="200000"/></a:xfrm>
<a:prstGeom prst="{shape}"><a:avLst/></a:prstGeom></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData>
</a:graphic></wp:inline></w:drawing></w:r>
"""


def as_docx(sop: Sop, style: Style, *, shape: str = "") -> bytes:
    """A Word file with tables; performers by a tick, or by a drawn shape of the given kind."""
    document = Document()
    _word_table(document, identity_rows(sop, style))
    document.add_page_break()
    table = _word_table(document, [*head_rows(sop, style), *body_rows(sop, style)])
    first = len(head_rows(sop, style))
    for index, step in enumerate(sop.steps):
        cell = table.cell(first + index, 2 + sop.performers.index(step.performer))
        if shape:
            cell.text = ""
            cell.paragraphs[0]._p.append(parse_xml(SHAPE.format(id=index + 1, shape=shape)))
        else:
            cell.text = "✓"
    table.cell(0, 2).merge(table.cell(0, 1 + len(sop.performers)))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_table(document, rows):  # type: ignore[no-untyped-def]  # python-docx has no types
    width = max(len(row) for row in rows)
    table = document.add_table(rows=len(rows), cols=width)
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    return table


def as_xlsx(sop: Sop, style: Style) -> bytes:
    """A workbook: identity on one sheet, the table on the other, ticks for performers."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows in (
        ("Identitas", identity_rows(sop, style)),
        ("Bagan", [*head_rows(sop, style), *body_rows(sop, style)]),
    ):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                if text:
                    sheet.write(at, column, int(text) if text.isdigit() else text)
    book.close()
    return stream.getvalue()


def as_html(sop: Sop, style: Style) -> bytes:
    """A web page with two tables, the performers' heading spanning its columns."""
    count = len(sop.performers)
    head, below, *numbers = head_rows(sop, style)
    first = [head[0], head[1], head[2], "Mutu Baku", head[-1]]
    spans = (' rowspan="2"', ' rowspan="2"', f' colspan="{count}"', ' colspan="3"', ' rowspan="2"')
    top = "".join(f"<th{span}>{escape(text)}</th>" for text, span in zip(first, spans, strict=True))
    rows = [below[2:-1], *numbers, *body_rows(sop, style)]
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
    identity = "".join(
        f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in identity_rows(sop, style)
    )
    tables = f"<table>{identity}</table><h2>SOP</h2><table><tr>{top}</tr>{body}</table>"
    head = "<head><title>x</title><style>td {}</style></head>"
    return f"<!doctype html><html>{head}<body>{tables}</body></html>".encode()


def as_typst(sop: Sop) -> str:
    """Markup of a flowchart page: a table whose performer cells hold drawn boxes."""
    columns = ", ".join(["24pt", "150pt", *["70pt"] * len(sop.performers), "90pt", "60pt", "80pt"])
    cells = ["No", "Kegiatan", *sop.performers, "Kelengkapan", "Waktu", "Output"]
    marks = [json.dumps(text) for text in cells]
    for number, step in enumerate(sop.steps, start=1):
        marks += [json.dumps(str(number)), json.dumps(step.activity)]
        last = number in {1, len(sop.steps)}
        box = "rect(width: 34pt, height: 14pt, radius: 7pt)" if last else "rect(width: 34pt, height: 14pt)"
        marks += [
            f"align(center + horizon, {box})" if name == step.performer else '""' for name in sop.performers
        ]
        marks += [json.dumps(text) for text in (step.need, step.time, step.output)]
    return (
        "#set page(width: 297mm, height: 210mm, margin: 20pt)\n#set text(size: 8pt)\n"
        f"Nama SOP : {sop.title}\n\n#table(columns: ({columns}), inset: 6pt, {', '.join(marks)})\n"
    )

"""The flowchart in Word: one table for every page with rows of exact height, the drawing anchored over it."""

from __future__ import annotations

from math import floor
from typing import Any

from docx.document import Document as Word
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Pt

from runtut.documents.rendering.word_parts import element
from runtut.documents.rendering.word_tables import repeat_on_every_page
from runtut.procedures.rendering.paper.cells import Cell
from runtut.procedures.rendering.paper.chart import Chart, ChartPage, ChartRow, Title
from runtut.procedures.rendering.paper.drawing import Group
from runtut.procedures.rendering.paper.sheets import COUNT, HEAD, HEAD_FONT, HEAD_LINE, PAPER, TITLE

CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
LAST = ("w:tcFitText", "w:vAlign", "w:hideMark")
STANDARD = ("Kelengkapan", "Waktu", "Output")


def add_chart(word: Word, words: str, chart: Chart, first_id: int) -> int:
    """Add every page of a flowchart; return the next free number of a shape."""
    for number, page in enumerate(chart.pages):
        group = Group(page, chart.scale, first_id)
        heading = add_title(word, chart.title(words, further=number > 0), first=number == 0)
        if page.scene.symbols:
            margin = chart.sheet.margin
            x = margin + chart.columns.before_performers * chart.scale
            y = margin + (TITLE + chart.head_height) * chart.scale
            heading._p.append(group.run(x, y))
        add_page(word, chart, page)
        first_id = group.next_id
    return first_id


def add_title(word: Word, title: Title, *, first: bool) -> Any:
    """Begin a page with the line above the table, as high as the layout has it."""
    paragraph = word.add_heading(level=2) if first else word.add_paragraph(style="Normal")
    shape = paragraph.paragraph_format
    shape.page_break_before, shape.alignment, shape.keep_with_next = True, CENTRE, False
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(title.line)
    for number, words in enumerate(title.lines):
        run = paragraph.add_run(words)
        run.bold, run.font.size = first, Pt(title.size)
        if number + 1 < len(title.lines):
            run.add_break()
    return paragraph


def add_page(word: Word, chart: Chart, page: ChartPage) -> None:
    widths = [width * chart.scale for width in chart.columns.widths]
    table = word.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    set_padding(table, PAPER.padding_x * chart.scale / 2)
    add_head(table, chart)
    for row in page.rows:
        add_row(table, chart, row)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for row in table.rows:
        for cell, width in zip(row._tr.tc_lst, spans_of(row, widths), strict=True):
            cell.width = Pt(width)


def spans_of(row: Any, widths: list[float]) -> list[float]:
    """The width of each cell of a row, those over several columns together."""
    found, place = [], 0
    for cell in row._tr.tc_lst:
        found.append(sum(widths[place : place + cell.grid_span]))
        place += cell.grid_span
    return found


def set_padding(table: Any, sides: float) -> None:
    margins = element("w:tblCellMar")
    for side, width in (("top", 0.0), ("left", sides), ("bottom", 0.0), ("right", sides)):
        margins.append(element(f"w:{side}", w=str(round(width * 20)), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")


def add_head(table: Any, chart: Chart) -> None:
    count = len(chart.columns.performers)
    size = HEAD_FONT * chart.scale
    above = ["No", "Kegiatan", *["Pelaksana"] * count, *["Mutu baku"] * 3, "Keterangan"]
    below = ["", "", *[" ".join(lines) for lines in chart.columns.names], *STANDARD, ""]
    numbers = [str(number) for number in range(1, count + 7)]
    heights = (HEAD, chart.columns.names_height, COUNT)
    rows = [table.add_row() for _ in heights]
    for row, height in zip(rows, heights, strict=True):
        set_height(row, height * chart.scale)
        repeat_on_every_page(row)
    for number, (top, low) in enumerate(zip(above, below, strict=True)):
        if not low:
            write(rows[0].cells[number].merge(rows[1].cells[number]), top, size, bold=True)
            continue
        write(rows[1].cells[number], low, size, bold=True)
        if chart.columns.turned and 2 <= number < 2 + count:
            turn(rows[1].cells[number]._tc)
    for first, last, title in ((2, 1 + count, "Pelaksana"), (2 + count, 4 + count, "Mutu baku")):
        if first <= last:
            write(rows[0].cells[first].merge(rows[0].cells[last]), title, size, bold=True)
    for number, text in enumerate(numbers):
        write(rows[2].cells[number], text, size * 0.85)
    for row in rows:
        for tc in row._tr.tc_lst:
            shade(tc)


def shade(tc: Any) -> None:
    """Make a cell grey; Word insists on the order of a cell's properties."""
    grey = element("w:shd", val="clear", color="auto", fill="ECECEC")
    tc.get_or_add_tcPr().insert_element_before(grey, "w:noWrap", "w:tcMar", "w:textDirection", *LAST)


def turn(tc: Any) -> None:
    """Let the words of a cell run upwards."""
    direction = element("w:textDirection", val="btLr")
    tc.get_or_add_tcPr().insert_element_before(direction, *LAST)


def write(cell: Any, text: str, size: float, *, bold: bool = False) -> None:
    """Write one centred text of the heading."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = CENTRE
    tight(paragraph, HEAD_LINE / HEAD_FONT * size)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, half(size)
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def add_row(table: Any, chart: Chart, row: ChartRow) -> None:
    made = table.add_row()
    set_height(made, row.height * chart.scale)
    made._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))
    cells = made.cells
    blank = PAPER.font_size * chart.scale / 2
    for cell in cells:
        tight(cell.paragraphs[0], blank)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    if not row.cells:
        return
    size = PAPER.font_size * chart.scale
    cells[0].paragraphs[0].alignment = CENTRE
    cells[0].paragraphs[0].add_run(row.number).font.size = half(size)
    tight(cells[0].paragraphs[0], PAPER.line_height * chart.scale)
    count = len(chart.columns.performers)
    places = {
        "activity": 1,
        "requirements": 2 + count,
        "time": 3 + count,
        "outputs": 4 + count,
        "note": 5 + count,
    }
    for name, place in places.items():
        fill(cells[place], row.cells[name], chart.scale, CENTRE if name == "time" else LEFT)


def fill(cell: Any, text: Cell, scale: float, side: Any) -> None:
    """Write the paragraphs of a cell; Word breaks them itself, into no more lines than there is room for."""
    for number, words in enumerate(text.paragraphs):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = side
        tight(paragraph, text.line_height * scale)
        paragraph.add_run(words).font.size = half(text.size * scale)


def tight(paragraph: Any, line: float) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(line, 1))


def half(size: float) -> Any:
    """Word knows half points only: the next smaller one, so that the lines still fit."""
    return Pt(max(floor(size * 2), 2) / 2)


def set_height(row: Any, height: float) -> None:
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, Pt(height)

"""The form as a Word document that stays editable: real tables, real lists, real shapes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import segno
from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from runtut.documents.rendering.pictures import size_of
from runtut.documents.rendering.word import packed
from runtut.documents.rendering.word_parts import (
    add_field,
    continue_list,
    element,
    prepare_styles,
    restarted_list,
    use_present_layout,
    write_header,
)
from runtut.documents.rendering.word_tables import set_widths
from runtut.procedures.rendering.metrics import wrap
from runtut.procedures.rendering.paper.chart import compose_chart
from runtut.procedures.rendering.paper.content import FormFacts, Json, form_facts_content
from runtut.procedures.rendering.paper.sheets import MM, Sheet
from runtut.procedures.rendering.paper.word_chart import CENTRE, add_chart, set_padding, shade

SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)
SHARES = (0.5, 0.16, 0.34)
SIDES = 5.0
LINE = 1.18
SIGNATURE = 16 * MM


def form_docx(facts: Sequence[FormFacts], sheet: Sheet, *, at: datetime, logo: bytes = b"") -> bytes:
    """Return SOPs in the official form as one Word document; the same facts and instant, the same bytes."""
    word = Document()
    prepare_page(word, sheet)
    prepare_styles(word)
    describe(word, facts, at)
    write_header(word, draft=any(one.is_draft for one in facts))
    write_footer(word, facts, sheet)
    shape_id = 1
    for number, one in enumerate(facts):
        add_identity(word, one, sheet, logo, new_page=number > 0)
        for chart in one.charts:
            shape_id = add_chart(word, chart.title, compose_chart(chart.graph, sheet), shape_id)
    tiny(word.add_paragraph())
    return packed(word)


def prepare_page(word: Word, sheet: Sheet) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Pt(sheet.width), Pt(sheet.height)
    section.left_margin = section.right_margin = section.top_margin = Pt(sheet.margin)
    section.bottom_margin = Pt(sheet.margin + sheet.foot - 6)
    section.header_distance = section.footer_distance = Mm(7)
    use_present_layout(word)


def describe(word: Word, facts: Sequence[FormFacts], at: datetime) -> None:
    own = word.core_properties
    own.title = f"SOP {facts[0].title}" if len(facts) == 1 else f"Himpunan SOP {facts[0].office}"
    own.author, own.language = facts[0].office, "id-ID"
    own.comments, own.last_modified_by, own.keywords = "", "", ""
    own.created = own.modified = at.replace(tzinfo=None)


def write_footer(word: Word, facts: Sequence[FormFacts], sheet: Sheet) -> None:
    """Write what and which page at the foot of every page."""
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.style = word.styles["Kecil"]
    tabs = paragraph.paragraph_format.tab_stops
    tabs.add_tab_stop(Pt(sheet.body_width / 2), WD_TAB_ALIGNMENT.CENTER)
    tabs.add_tab_stop(Pt(sheet.body_width), WD_TAB_ALIGNMENT.RIGHT)
    alone = facts[0] if len(facts) == 1 else None
    paragraph.add_run(f"SOP {alone.title}, {alone.version}" if alone else facts[0].office)
    paragraph.add_run("\tHalaman ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" dari ")
    add_field(paragraph, "NUMPAGES")
    paragraph.add_run(f"\t{alone.number if alone else ''}")


def add_identity(word: Word, facts: FormFacts, sheet: Sheet, logo: bytes, *, new_page: bool) -> None:
    """Add the identity page: office and six facts above, the six boxes below."""
    if new_page:
        first = word.add_paragraph()
        tiny(first)
        first.paragraph_format.page_break_before = True
    content = form_facts_content(facts)
    size = identity_size(facts, sheet)
    table = word.add_table(rows=0, cols=3, style="Table Grid")
    table.autofit = False
    set_padding(table, SIDES)
    add_facts(word, table, content, size, logo)
    boxes = content["lists"]
    for left, right in zip(boxes[::2], boxes[1::2], strict=False):
        add_boxes(word, table, left, right, size)
    set_widths(table, [sheet.body_width * share / MM for share in SHARES])


def identity_size(facts: FormFacts, sheet: Sheet) -> float:
    """The largest letters with which the identity keeps to its page, by the widths of our font."""
    return next((size for size in SIZES if _height(facts, sheet, size) <= sheet.body_height), SIZES[1])


def _height(facts: FormFacts, sheet: Sheet, size: float) -> float:
    line = size * LINE
    width = sheet.body_width / 2 - 2 * SIDES - 2 * size
    counts = [sum(len(wrap(text, width, size)) for text in lines) or 1 for _, lines in facts.lists]
    boxes = sum(max(pair) * line + 4 for pair in zip(counts[::2], counts[1::2], strict=False))
    return boxes + (len(counts) // 2 + 10) * (line + 5) + SIGNATURE


def add_facts(word: Word, table: Any, content: Json, size: float, logo: bytes) -> None:
    names = (
        "Nomor SOP",
        "Tanggal pembuatan",
        "Tanggal revisi",
        "Tanggal efektif",
        "Disahkan oleh",
        "Nama SOP",
    )
    values = (content["number"], content["created"], content["revised"], content["effective"], "", "")
    rows = [table.add_row() for _ in names]
    for row, name, value in zip(rows, names, values, strict=True):
        write(row.cells[1].paragraphs[0], name, size)
        write(row.cells[2].paragraphs[0], value, size)
    add_signature(rows[4].cells[2], content["approver"], size)
    add_code(rows[4].cells[1], content)
    title = rows[5].cells[2].paragraphs[0]
    title.style = word.styles["Heading 1"]
    write(title, content["title"], size, bold=True)
    office = rows[0].cells[0].merge(rows[5].cells[0])
    office.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    add_office(office, content, logo)


def add_office(cell: Any, content: Json, logo: bytes) -> None:
    paragraph = cell.paragraphs[0]
    found = size_of(logo) if logo else None
    if found:
        side = {"height": Mm(22)} if found[1] > found[0] else {"width": Mm(20)}
        paragraph.add_run().add_picture(io.BytesIO(logo), **side)
        paragraph.alignment = CENTRE
        paragraph = cell.add_paragraph()
    lines = (
        (content["government"], 12, True),
        (content["office"], 14, True),
        (content["address"], 8.5, False),
    )
    for text, size, bold in [line for line in lines if line[0]]:
        write(paragraph, text, size, bold=bold)
        paragraph.alignment = CENTRE
        paragraph = cell.add_paragraph()
    paragraph._p.getparent().remove(paragraph._p)


def add_signature(cell: Any, approver: Json, size: float) -> None:
    """Leave room to sign between the position and the name."""
    write(cell.paragraphs[0], approver["position"], size)
    name = cell.add_paragraph()
    write(name, approver["name"], size, bold=True)
    name.paragraph_format.space_before = Pt(SIGNATURE)
    for line in approver["below"]:
        write(cell.add_paragraph(), line, size)
    for paragraph in cell.paragraphs:
        paragraph.alignment = CENTRE


def add_code(cell: Any, content: Json) -> None:
    if not content["url"]:
        return
    picture = io.BytesIO()
    segno.make(content["url"], error="m", micro=False).save(picture, kind="png", scale=8, border=0)
    cell.add_paragraph().add_run().add_picture(io.BytesIO(picture.getvalue()), width=Mm(17))
    write(cell.add_paragraph(), f"Periksa: {content['code']}", 6.5)


def add_boxes(word: Word, table: Any, left: Json, right: Json, size: float) -> None:
    head, body = table.add_row(), table.add_row()
    for place, box in ((0, left), (1, right)):
        cells = [row.cells[place] if place == 0 else row.cells[1].merge(row.cells[2]) for row in (head, body)]
        write(cells[0].paragraphs[0], box["heading"], size, bold=True)
        cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        shade(cells[0]._tc)
        add_lines(word, cells[1], box["lines"] or ["–"], size)


def add_lines(word: Word, cell: Any, lines: Sequence[str], size: float) -> None:
    """Write one thing as it is, several as a numbered list."""
    number = restarted_list(word) if len(lines) > 1 else None
    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        if number is not None:
            paragraph.style = word.styles["List Number"]
            continue_list(paragraph, number)
            paragraph.paragraph_format.left_indent = Pt(size * 1.6)
            paragraph.paragraph_format.first_line_indent = Pt(-size * 1.6)
            set_mark_size(paragraph, size)
        write(paragraph, line, size)


def set_mark_size(paragraph: Any, size: float) -> None:
    """Set the size of a paragraph's mark, and with it of its number in a list."""
    mark = element("w:rPr")
    mark.append(element("w:sz", val=str(round(size * 2))))
    paragraph._p.get_or_add_pPr().append(mark)


def write(paragraph: Any, text: str, size: float, *, bold: bool = False) -> None:
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(1), Pt(1)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def tiny(paragraph: Any) -> None:
    """A paragraph that only has to be there takes no room."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing = Pt(1)

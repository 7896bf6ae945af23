"""Tables of the Word document: data, facts, signatures, paraf."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from runtut.documents.rendering.content import Json
from runtut.documents.rendering.pictures import size_of
from runtut.documents.rendering.word_parts import add_paragraph, add_rule, element, give_style, widths_in_mm
from runtut.documents.rendering.word_text import SIDES, write_lines

HEAD_FILL = "ECECEC"
MM_PER_LETTER = 2.1
CAPITAL = 0.35
COLON = 4.0
PARAF_WIDTHS = (55.0, 45.0, 48.0)
PLACE_TO_SIGN = Mm(20)
COPY = "(salinan; yang bertanda tangan adalah berkas PDF)"
LOGO = Mm(18)
GAP = Pt(5)
"""The line that Word wants between a table and what follows."""


def add_table(word: Word, block: Json, widths: Sequence[float]) -> None:
    """Add a table whose head is repeated on every page and whose rows are not torn."""
    columns = block["columns"]
    table = bordered(word, widths)
    head = table.add_row()
    repeat_on_every_page(head)
    for cell, column in zip(head.cells, columns, strict=True):
        shade(cell)
        fill(cell, [[plain(column["label"], bold=True)]], "center")
    for rows, bold in ((block["rows"], False), (block["footer"], True)):
        for values in rows:
            row = table.add_row()
            keep_whole(row)
            for cell, column, lines in zip(row.cells, columns, values, strict=True):
                fill(cell, emphasised(lines) if bold else lines, column["align"])
    add_paragraph(word, "Kecil")


def add_facts(word: Word, rows: Sequence[Sequence[Any]], names: Sequence[Any]) -> None:
    """Add lines of "name : text" without borders, flush with the text; the column as wide as the longest of
    `names`, those of the blocks that follow each other, so that their colons stand in one line. Nothing for
    no lines."""
    if not rows:
        return
    (whole,) = widths_in_mm(word, [{"width": 1}])
    longest = max((letters_wide(words_of(name)) for name in names), default=0)
    name_width = min(max(MM_PER_LETTER * longest + 3, 16), whole / 2)
    table = unbordered(word, [name_width, COLON, whole - name_width - COLON])
    margins = element("w:tblCellMar")
    margins.extend([element(f"w:{side}", w="0", type="dxa") for side in ("left", "right")])
    table._tbl.tblPr.append(margins)
    for name, lines in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, (name, [[plain(":")]], lines), strict=True):
            give_style(cell.paragraphs[0], "Keterangan")
            write_lines(cell.paragraphs[0], text)
    add_paragraph(word, "Kecil").paragraph_format.line_spacing = GAP


def letters_wide(words: str) -> float:
    """How many small letters a name is as wide as: a capital takes more room than one."""
    return len(words) + CAPITAL * sum(letter.isupper() for letter in words)


def words_of(lines: Sequence[Sequence[Json]]) -> str:
    return " ".join(piece["text"] for line in lines for piece in line)


def add_letterhead_with_logo(word: Word, lines: Sequence[tuple[str, str]], logo: bytes) -> None:
    """Add the letterhead's lines beside its picture, the double rule below both."""
    widths = widths_in_mm(word, [{"width": 13}, {"width": 74}, {"width": 13}])
    table = unbordered(word, widths)
    cells = table.add_row().cells
    found = size_of(logo)
    tall = found is not None and found[1] > found[0]
    side = {"height": LOGO} if tall else {"width": LOGO}
    cells[0].paragraphs[0].add_run().add_picture(io.BytesIO(logo), **side)
    for number, (text, style) in enumerate(lines):
        paragraph = cells[1].paragraphs[0] if number == 0 else cells[1].add_paragraph()
        give_style(paragraph, style)
        paragraph.add_run(text)
    add_rule(add_paragraph(word, "Kecil"))


def add_signatures(word: Word, blocks: Sequence[Json], *, goes_on: bool = False) -> None:
    """Add the signatures two by two, the last one on the right. `goes_on`: what is printed below them stays
    on their page."""
    if not blocks:
        return
    places: list[Json | None] = list(blocks)
    if len(places) % 2:
        places.insert(len(places) - 1, None)
    widths = widths_in_mm(word, [{"width": 1}, {"width": 1}])
    table = unbordered(word, widths)
    for start in range(0, len(places), 2):
        row = table.add_row()
        keep_whole(row)
        for cell, block in zip(row.cells, places[start : start + 2], strict=True):
            if block:
                write_signature(cell, block)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = goes_on or None


def write_signature(cell: Any, block: Json) -> None:
    shown = [*block["stamp"], COPY] if block["stamp"] else ["", "", ""]
    endorsed = [block["endorsed"]] if block["endorsed"] else []
    lines = [*block["above"], *shown, block["name"], *block["below"], *endorsed]
    name_at = len(block["above"]) + 3
    for index, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        is_small = index == name_at - 2 or (endorsed and index == len(lines) - 1)
        give_style(paragraph, "Kecil" if is_small else "Tanda Tangan")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line)
        run.bold = index == name_at or None
        if not block["stamp"] and index == len(block["above"]):
            paragraph.paragraph_format.space_after = PLACE_TO_SIGN // 4
        if not block["stamp"] and index == name_at - 1:
            paragraph.paragraph_format.space_before = PLACE_TO_SIGN // 4


def add_parafs(word: Word, parafs: Sequence[Json]) -> None:
    if not parafs:
        return
    add_paragraph(word, "Kecil")
    table = bordered(word, PARAF_WIDTHS)
    head = table.add_row()
    repeat_on_every_page(head)
    for cell, label in zip(head.cells, ("Jabatan", "Nama", "Paraf"), strict=True):
        shade(cell)
        fill(cell, [[plain(label, bold=True)]], "left", style="Kecil")
    for one in parafs:
        cells = table.add_row().cells
        for cell, key in zip(cells, ("position", "name", "given_at"), strict=True):
            fill(cell, [[plain(one[key])]], "left", style="Kecil")


def plain(words: str, *, bold: bool = False) -> Json:
    return {"text": words, "bold": bold, "italic": False}


def emphasised(lines: list[list[Json]]) -> list[list[Json]]:
    return [[{**piece, "bold": True} for piece in line] for line in lines]


def fill(cell: Any, lines: list[list[Json]], align: str, style: str = "Isi Tabel") -> None:
    paragraph = cell.paragraphs[0]
    give_style(paragraph, style)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if align == "justify" else SIDES[align]
    write_lines(paragraph, lines)


def bordered(word: Word, widths: Sequence[float]) -> Any:
    table = word.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    set_widths(table, widths)
    return table


def unbordered(word: Word, widths: Sequence[float]) -> Any:
    table = word.add_table(rows=0, cols=len(widths))
    table.autofit = False
    set_widths(table, widths)
    return table


def set_widths(table: Any, widths: Sequence[float]) -> None:
    """Write the widths into the grid and every cell: LibreOffice reads the one, Word the other. Cells of rows
    that are added later take theirs from the grid."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=HEAD_FILL))


def repeat_on_every_page(row: Any) -> None:
    keep_whole(row)
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))

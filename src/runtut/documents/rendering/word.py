"""The same content as a Word document that stays editable: real styles, real lists, repeated table heads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_BREAK

from runtut.documents.rendering.content import Json, check_content
from runtut.documents.rendering.pictures import Pictures, logo_bytes
from runtut.documents.rendering.shape import shaped
from runtut.documents.rendering.word_parts import (
    add_paragraph,
    add_rule,
    continue_list,
    prepare_page,
    prepare_styles,
    restarted_list,
    widths_in_mm,
    write_footer,
    write_header,
)
from runtut.documents.rendering.word_tables import (
    add_facts,
    add_letterhead_with_logo,
    add_parafs,
    add_signatures,
    add_table,
)
from runtut.documents.rendering.word_text import SIDES, write_lines

ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def render_docx(content: Mapping[str, Any], *, pictures: Pictures | None = None) -> bytes:
    """Return the document as DOCX; the same content gives the same bytes.

    Raises ContentRefused for content that is not of the format.
    """
    page = shaped(check_content(content))
    word = Document()
    prepare_page(word, page)
    prepare_styles(word)
    describe(word, page)
    write_header(word, draft=page["draft"])
    write_footer(word, page["number"])
    write_letterhead(word, page["letterhead"], logo_bytes(page["letterhead"], pictures or {}))
    write_title(word, page)
    for number, block in enumerate(page["blocks"]):
        names = names_around(page["blocks"], number) if block["type"] == "facts" else ()
        write_block(word, block, names)
    if page["signatures"]:
        keep_last_words(word)
    add_signatures(word, page["signatures"], goes_on=bool(page["parafs"] or page["note"]))
    write_attachments(word, page["attachments"])
    add_parafs(word, page["parafs"])
    if page["note"]:
        add_paragraph(word, "Catatan", page["note"])
    return packed(word)


def keep_last_words(word: Word) -> None:
    """Let the last words go with what follows: a signature never stands alone on a page. After a table they
    are those of its last row."""
    last = word.paragraphs[-1]
    last.paragraph_format.keep_with_next = True
    if last.text or not word.tables or last._p.getprevious() is not word.tables[-1]._tbl:
        return
    for cell in word.tables[-1].rows[-1].cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def describe(word: Word, page: Json) -> None:
    """Set the properties; the dates are the document's own, never the clock's."""
    own = word.core_properties
    own.title, own.author, own.language = page["heading"], page["letterhead"]["office"], "id-ID"
    own.comments, own.last_modified_by, own.keywords = "", "", ""
    written = page["date"] or "2000-01-01"
    own.created = own.modified = datetime.fromisoformat(f"{written}T00:00:00")


def write_letterhead(word: Word, head: Json, logo: bytes) -> None:
    if not head["office"]:
        return
    lines = [(head["government"], "Kop Pemerintah"), (head["office"], "Kop Kantor")]
    lines += [(line, "Kop Alamat") for line in (head["address"], head["contact"])]
    shown = [(text, style) for text, style in lines if text]
    if logo:
        add_letterhead_with_logo(word, shown, logo)
        return
    for text, style in shown:
        add_paragraph(word, style, text)
    add_rule(word.paragraphs[-1])


def write_title(word: Word, page: Json) -> None:
    if page["is_letter"]:
        if page["dated"]:
            dated = add_paragraph(word, "Tempat Tanggal", page["dated"])
            dated.alignment = SIDES["right"]
        return
    if not page["title"]:
        return
    title = add_paragraph(word, "Title")
    write_lines(title, [line for part in page["title"] for line in part])
    if page["number_line"]:
        add_paragraph(word, "Nomor", f"Nomor: {page['number_line']}")


def names_around(blocks: Sequence[Json], at: int) -> list[Any]:
    """Return the names in the unbroken row of blocks of facts around a place; none elsewhere."""
    groups = groupby(enumerate(blocks), key=lambda one: one[1]["type"] == "facts")
    rows = [list(group) for is_facts, group in groups if is_facts]
    own = next((row for row in rows if any(number == at for number, _ in row)), [])
    return [name for _, block in own for name, _ in block["rows"]]


def write_block(word: Word, block: Json, names: Sequence[Any]) -> None:
    kind = block["type"]
    if kind == "paragraph":
        paragraph = add_paragraph(word, "Body Text")
        paragraph.alignment = SIDES[block["align"]]
        write_lines(paragraph, block["text"])
    elif kind == "heading":
        write_lines(add_paragraph(word, f"Heading {block['level']}"), block["text"])
    elif kind == "list":
        write_list(word, block)
    elif kind == "facts":
        add_facts(word, block["rows"], names)
    elif kind == "table":
        write_table(word, block)
    else:
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def write_list(word: Word, block: Json) -> None:
    style = "List Number" if block["ordered"] else "List Bullet"
    number = restarted_list(word) if block["ordered"] else None
    for item in block["items"]:
        paragraph = add_paragraph(word, style)
        write_lines(paragraph, item)
        if number is not None:
            continue_list(paragraph, number)


def write_attachments(word: Word, attachments: Sequence[Json]) -> None:
    """List the files that go with the document."""
    if not attachments:
        return
    add_paragraph(word, "Body Text", "Lampiran:").paragraph_format.keep_with_next = True
    titles = [[[{"text": one["title"], "bold": False, "italic": False}]] for one in attachments]
    write_list(word, {"ordered": True, "items": titles})


def write_table(word: Word, block: Json) -> None:
    if block["caption"]:
        add_paragraph(word, "Caption", block["caption"])
    add_table(word, block, widths_in_mm(word, block["columns"]))


def packed(word: Word) -> bytes:
    """Save with fixed dates inside the archive."""
    loose, tight = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(tight, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, ZIP_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return tight.getvalue()

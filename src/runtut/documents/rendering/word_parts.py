"""Page, styles, header, footer and numbering of the Word document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from runtut.documents.rendering.content import Json

SIZES = {"a4": (210, 297), "a5": (148, 210), "f4": (215, 330)}
MARGINS = {"top_margin": 18, "bottom_margin": 20, "left_margin": 25, "right_margin": 20}
SMALL_MARGINS = {"top_margin": 12, "bottom_margin": 14, "left_margin": 14, "right_margin": 12}
FONT = "Arial"
BOLD_LETTER, CELL_MARGINS = 2.4, 4.0
"""Millimetres of a bold letter in a table's head, and of the margins on both sides of a cell."""
CROWDED_LETTER, SHORTEST_HEAD = 2.0, 4.8
"""What such a letter takes at least, and what the shortest head does, so that a number has room below it."""
GREY = RGBColor(0x46, 0x46, 0x46)
# name: (size, bold, centred, space before, space after)
STYLES: dict[str, tuple[float, bool, bool, float, float]] = {
    "Kop Pemerintah": (13, False, True, 0, 0),
    "Kop Kantor": (17, True, True, 0, 0),
    "Kop Alamat": (9.5, False, True, 0, 0),
    "Nomor": (11, False, True, 0, 10),
    "Tempat Tanggal": (11, False, False, 0, 10),
    "Keterangan": (11, False, False, 0, 3),
    "Catatan": (8.5, False, False, 8, 0),
    "Isi Tabel": (9.5, False, False, 1, 1),
    "Tanda Tangan": (11, False, True, 0, 0),
    "Kecil": (8.5, False, False, 0, 0),
    "Title": (12.5, True, True, 14, 8),
    "Heading 1": (11, True, False, 12, 6),
    "Heading 2": (11, True, False, 10, 5),
    "Heading 3": (11, True, False, 8, 4),
    "Caption": (10, True, False, 8, 3),
    "Body Text": (11, False, False, 0, 7),
    "List Number": (11, False, False, 0, 4),
    "List Bullet": (11, False, False, 0, 4),
}
KEEPS_WITH_NEXT = ("Heading 1", "Heading 2", "Heading 3", "Caption", "Tanda Tangan")


def prepare_page(word: Word, page: Json) -> None:
    section = word.sections[0]
    width, height = SIZES[page["page"]]
    if page["landscape"]:
        width, height = height, width
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(width), Mm(height)
    margins = SMALL_MARGINS if page["page"] == "a5" else MARGINS
    for side, size in margins.items():
        setattr(section, side, Mm(size))
    section.header_distance = section.footer_distance = Mm(9)
    use_present_layout(word)


def use_present_layout(word: Word) -> None:
    """Ask for the layout of Word 2013 and later: older rules push every table into the margin."""
    compatible = word.settings.element.find(qn("w:compat"))
    uri = "http://schemas.microsoft.com/office/word"
    for earlier in compatible.findall(qn("w:compatSetting")):
        compatible.remove(earlier)
    compatible.append(element("w:compatSetting", name="compatibilityMode", uri=uri, val="15"))


def prepare_styles(word: Word) -> None:
    normal = word.styles["Normal"]
    set_font(normal, 11, bold=False)
    set_language(word)
    known = {style.name for style in word.styles}
    for name, (size, bold, centred, before, after) in STYLES.items():
        style: Any = (
            word.styles[name] if name in known else word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        set_font(style, size, bold=bold)
        shape = style.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(after)
        shape.keep_with_next = name in KEEPS_WITH_NEXT
        if centred:
            shape.alignment = WD_ALIGN_PARAGRAPH.CENTER
        drop_border(style)


def add_paragraph(word: Word, style: str, text: str = "") -> Paragraph:
    """Add a paragraph in one of our styles."""
    paragraph = word.add_paragraph(text)
    give_style(paragraph, style)
    return paragraph


def give_style(paragraph: Paragraph, name: str) -> None:
    """Give a paragraph one of our styles, by its id: to find it by its name, python-docx reads every style of
    the document, which took two thirds of the time of a long report."""
    paragraph._p.style = name.replace(" ", "")


def set_font(style: Any, size: float, *, bold: bool) -> None:
    """Name the font in every script slot: theme fonts would win over a name in one slot only."""
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic, style.font.color.rgb = False, RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{slot}"), None)
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), FONT)


def set_language(word: Word) -> None:
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = element("w:lang")
        defaults.append(language)
    language.set(qn("w:val"), "id-ID")


def drop_border(style: Any) -> None:
    """Take away the line that Word's own Title style draws."""
    paragraph = style.element.find(qn("w:pPr"))
    border = paragraph.find(qn("w:pBdr")) if paragraph is not None else None
    if border is not None:
        paragraph.remove(border)


def element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_rule(paragraph: Any) -> None:
    """Draw the double rule of the letterhead under a paragraph."""
    border = element("w:pBdr")
    border.append(element("w:bottom", val="thickThinSmallGap", sz="24", space="5", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )
    paragraph.paragraph_format.space_after = Pt(6)


def write_header(word: Word, *, draft: bool) -> None:
    paragraph = word.sections[0].header.paragraphs[0]
    if draft:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        mark = paragraph.add_run("KONSEP, belum disetujui")
        mark.bold, mark.font.size, mark.font.color.rgb = True, Pt(10), GREY


def write_footer(word: Word, number: str) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    give_style(paragraph, "Kecil")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, code in (("Halaman ", "PAGE"), (" dari ", "NUMPAGES")):
        paragraph.add_run(words)
        add_field(paragraph, code)
    if number:
        paragraph.add_run(f" · {number}")


def add_field(paragraph: Any, code: str) -> None:
    run = paragraph.add_run()
    parts = (
        element("w:fldChar", fldCharType="begin"),
        element("w:instrText"),
        element("w:fldChar", fldCharType="separate"),
        element("w:t"),
        element("w:fldChar", fldCharType="end"),
    )
    parts[1].text, parts[3].text = f" {code} ", "1"
    for part in parts:
        run._r.append(part)


def restarted_list(word: Word) -> int:
    """Make a numbering that begins at one: the style's own would go on from the list before."""
    numbering = word.part.numbering_part.element
    style: Any = word.styles["List Number"]
    of_style = style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))
    source = next(num for num in numbering.findall(qn("w:num")) if num.get(qn("w:numId")) == of_style)
    made = numbering.add_num(int(source.find(qn("w:abstractNumId")).get(qn("w:val"))))
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def continue_list(paragraph: Any, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def widths_in_mm(word: Word, columns: Sequence[Json]) -> list[float]:
    """Share the width between the margins as the columns ask. A column too narrow for the words of its head
    ("No") gets what they need from the widest one, where that can spare it, else from all that are wider than
    their own heads."""
    section: Any = word.sections[0]
    usable = (section.page_width - section.left_margin - section.right_margin) / Mm(1)
    whole = sum(column["width"] for column in columns)
    asked = [usable * column["width"] / whole for column in columns]
    widths = [max(one, head_width(column)) for one, column in zip(asked, columns, strict=True)]
    widest = max(range(len(columns)), key=asked.__getitem__)
    widths[widest] = usable - sum(widths) + widths[widest]
    if widths[widest] >= usable / len(columns):
        return widths
    return shared(asked, [head_width(column, CROWDED_LETTER) for column in columns])


def shared(asked: Sequence[float], needed: Sequence[float]) -> list[float]:
    """Widths of the same sum in which columns below what they need get as much of it as the others, each down
    to its own need, have to spare."""
    pairs = list(zip(asked, needed, strict=True))
    short = sum(max(need - one, 0) for one, need in pairs)
    spare = sum(max(one - need, 0) for one, need in pairs)
    moved = min(short, spare)
    if not moved:
        return list(asked)
    return [one + (need - one) * (moved / short if need > one else moved / spare) for one, need in pairs]


def head_width(column: Json, letter: float = BOLD_LETTER) -> float:
    """Return what the longest word of a column's head takes in bold, with the cell's own margins, in mm; a
    number such as "1.1" has room in any column. `letter` is the width of one."""
    words = str(column.get("label", "")).split()
    return max(max(map(len, words)) * letter, SHORTEST_HEAD) + CELL_MARGINS if words else 0.0

"""Word documents: paragraphs and tables in order, with marks and drawings anchored in cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from runtut.procedures.importing.limits import MAX_CELLS, Unreadable
from runtut.procedures.importing.readers import fills
from runtut.procedures.importing.readers.package import BROKEN, unpack, xml
from runtut.procedures.importing.readers.presets import fits_symbol
from runtut.procedures.importing.readers.worddrawings import Sheets, hung_on, overlaid
from runtut.procedures.importing.readers.wordlinks import Hung, Laid
from runtut.procedures.importing.readers.wordpage import Flow
from runtut.procedures.importing.readers.wordshapes import EMU, A, W, number
from runtut.procedures.importing.source import Cell, Layout, Place, Row, Sign, Source
from runtut.procedures.importing.words import PRIVATE, clean, in_symbols, is_symbol_font

KIND = "dokumen Word (.docx)"
MAX_LAID = 50_000
"""Cells of a document that are laid on its sheets; nobody draws over more."""

PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"


def read(name: str, content: bytes) -> Source:
    """Read a .docx; raises Unreadable when it is broken or a bomb."""
    parts = unpack(content, KIND)
    if "word/document.xml" not in parts:
        raise Unreadable(BROKEN.format(kind=KIND))
    body = xml(parts["word/document.xml"], KIND).find(f"{W}body")
    if body is None:
        raise Unreadable(BROKEN.format(kind=KIND))
    numbers = _Numbering(
        *(
            xml(parts[name], KIND) if name in parts else None
            for name in ("word/numbering.xml", "word/styles.xml")
        )
    )
    reader = _Body(numbers, body)
    rows, links, drawn = overlaid(list(reader.rows(body)), reader.laid, reader.drawings)
    return Source(name=name, rows=rows, links=links, drawn=drawn)


class _Numbering:
    """Counts automatic numbers, so that a numbered paragraph carries its number as text."""

    def __init__(self, root: etree._Element | None, styles: etree._Element | None) -> None:
        self.styles = _numbered_styles(styles)
        self.formats: dict[tuple[str, str], str] = {}
        self.counts: dict[tuple[str, str], int] = {}
        if root is None:
            return
        abstract = {item.get(f"{W}abstractNumId"): item for item in root.findall(f"{W}abstractNum")}
        for item in root.findall(f"{W}num"):
            reference = item.find(f"{W}abstractNumId")
            levels = abstract.get(reference.get(f"{W}val")) if reference is not None else None
            for level in levels.findall(f"{W}lvl") if levels is not None else ():
                shape = level.find(f"{W}numFmt")
                self.formats[str(item.get(f"{W}numId")), str(level.get(f"{W}ilvl"))] = (
                    shape.get(f"{W}val", "") if shape is not None else ""
                )

    def prefix(self, paragraph: etree._Element) -> str:
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        if properties is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            at = self.styles.get(style.get(f"{W}val", ""), ("", "")) if style is not None else ("", "")
        else:
            at = _level_of(properties)
        if at not in self.formats:
            return ""
        if self.formats[at] in {"bullet", "none"}:
            return "• " if self.formats[at] == "bullet" else ""
        self.counts[at] = self.counts.get(at, 0) + 1
        if "etter" in self.formats[at]:
            return f"{chr(96 + min(self.counts[at], 26))}. "
        return f"{self.counts[at]}. "


def _level_of(properties: etree._Element) -> tuple[str, str]:
    """The list and the level of a paragraph or a style."""
    number, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return (
        number.get(f"{W}val", "") if number is not None else "",
        level.get(f"{W}val", "0") if level is not None else "0",
    )


def _numbered_styles(root: etree._Element | None) -> dict[str, tuple[str, str]]:
    """The styles whose paragraphs are numbered, with their list and level."""
    found = {}
    for style in root.findall(f"{W}style") if root is not None else ():
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            found[str(style.get(f"{W}styleId"))] = _level_of(properties)
    return found


class _Body:
    """Goes through the body; pages are counted by page breaks, since only Word knows the others."""

    def __init__(self, numbers: _Numbering, body: etree._Element) -> None:
        self.numbers = numbers
        self.flow = Flow(body)
        self.is_drawn = next(body.iter(f"{W}drawing", f"{W}pict"), None) is not None
        self.laid: list[Laid] = []
        self.drawings: list[Hung] = []
        self.made = 0
        self.page = 1
        self.line = 0
        self.cells = 0

    def rows(self, body: etree._Element) -> Iterator[Row]:
        for element in body:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
                yield self._row((), Layout.LINE)
            elif element.tag == f"{W}sdt":
                inner = element.find(f"{W}sdtContent")
                if inner is not None:
                    yield from self.rows(inner)

    def _row(self, cells: tuple[Cell, ...], layout: Layout) -> Row:
        self.line += 1
        self.made += 1
        return Row(cells, Place(self.page, self.line), layout)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Row]:
        self._break(paragraph)
        if self.is_drawn:
            self._hang(paragraph)
        text = clean(self._text(paragraph))
        parts = [part for part in text.split("\n") if part] or [""]
        for part in parts:
            if "\t" in part:
                yield self._row(
                    tuple(Cell(clean(piece), at) for at, piece in enumerate(part.split("\t"))), Layout.TAB
                )
            else:
                yield self._row((Cell(part, 0),) if part else (), Layout.LINE)

    def _hang(self, paragraph: etree._Element) -> None:
        """Note what hangs on a paragraph outside tables."""
        sheet, y, paper = self.flow.paragraph(paragraph)
        wide = paper.width - paper.left - paper.right
        self.drawings += hung_on(
            paragraph, sheet=sheet, x=paper.left, y=y, wide=wide, paper=paper, after=self.made
        )

    def _break(self, paragraph: etree._Element) -> None:
        broken = any(item.get(f"{W}type") == "page" for item in paragraph.iter(f"{W}br"))
        section = paragraph.find(f"{W}pPr/{W}sectPr") is not None
        rendered = next(paragraph.iter(f"{W}lastRenderedPageBreak"), None) is not None
        if broken or section or rendered:
            self.page, self.line = self.page + 1, 0

    def _text(self, paragraph: etree._Element) -> str:
        """The text of a paragraph, its number first; what stands inside drawings is left to the drawings."""
        pieces = [self.numbers.prefix(paragraph)]
        for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}sym", f"{W}cr"):
            if _is_drawn(node, paragraph):
                continue
            if node.tag == f"{W}t":
                pieces.append(in_symbols(node.text or "") if _is_symbolic(node) else node.text or "")
            elif node.tag == f"{W}tab":
                pieces.append(" ")
            elif node.tag == f"{W}sym":
                pieces.append(_symbol(str(node.get(f"{W}char", ""))))
            elif node.get(f"{W}type") != "page":
                pieces.append("\n")
        return "".join(pieces)

    def _table(self, table: etree._Element) -> Iterator[Row]:
        above: dict[int, str] = {}
        sheets = Sheets(table, self.flow)
        for row in table.findall(f"{W}tr"):
            cells: list[Cell] = []
            items = _cells_of(row)
            column = _skipped(row)
            for item in items:
                self.cells += 1
                if self.cells > MAX_CELLS:
                    raise Unreadable("Tabel di dokumen ini terlalu besar untuk dibaca.")
                span = _span(item)
                cells.append(self._cell(item, column, span, above))
                column += span
            filled = fills.marked([(cell.text, _fill(item)) for item, cell in zip(items, cells, strict=True)])
            cells = [_signed(cell, items[at], at in filled) for at, cell in enumerate(cells)]
            made = self._row(tuple(cells), Layout.GRID)
            if self.is_drawn and self.cells <= MAX_LAID:
                laid, hung = sheets.lay(row, [*zip(items, cells, strict=True)], self.made - 1, made.place)
                self.laid.append(laid)
                self.drawings += hung
            yield made
            yield from self._nested(row)

    def _cell(self, item: etree._Element, column: int, span: int, above: dict[int, str]) -> Cell:
        merge = item.find(f"{W}tcPr/{W}vMerge")
        below = merge is not None and merge.get(f"{W}val") != "restart"
        paragraphs = item.findall(f"{W}p") + [p for sdt in item.findall(f"{W}sdt") for p in sdt.iter(f"{W}p")]
        text = clean("\n".join(self._text(paragraph) for paragraph in paragraphs))
        if below:
            text = above.get(column, "")
        above[column] = text
        return Cell(text, column, span, (), below)

    def _nested(self, row: etree._Element) -> Iterator[Row]:
        for item in _cells_of(row):
            for table in item.findall(f"{W}tbl"):
                yield from self._table(table)


def _cells_of(row: etree._Element) -> list[etree._Element]:
    return [*row.findall(f"{W}tc"), *(cell for sdt in row.findall(f"{W}sdt") for cell in sdt.iter(f"{W}tc"))]


def _skipped(row: etree._Element) -> int:
    before = row.find(f"{W}trPr/{W}gridBefore")
    return int(before.get(f"{W}val", "0")) if before is not None else 0


def _span(item: etree._Element) -> int:
    span = item.find(f"{W}tcPr/{W}gridSpan")
    return max(1, int(span.get(f"{W}val", "1"))) if span is not None else 1


def _fill(item: etree._Element) -> str:
    shade = item.find(f"{W}tcPr/{W}shd")
    return fills.colour(shade.get(f"{W}fill")) if shade is not None else ""


def _signed(cell: Cell, item: etree._Element, filled: bool) -> Cell:
    """A cell without text that is filled, or that holds a picture of the size of a symbol, is marked."""
    if cell.text or not (filled or _is_pictured(item)):
        return cell
    return replace(cell, signs=(Sign.MARK,))


def _is_pictured(item: etree._Element) -> bool:
    for picture in item.iter(f"{PIC}pic"):
        size = picture.find(f"{PIC}spPr/{A}xfrm/{A}ext")
        if size is not None and fits_symbol(number(size.get("cx")) / EMU, number(size.get("cy")) / EMU):
            return True
    return False


def _symbol(code: str) -> str:
    """The sign of a symbol font by its code, in hexadecimal."""
    return PRIVATE.get(int(code, 16) | 0xF000, "●") if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) else "●"


def _is_symbolic(node: etree._Element) -> bool:
    """Whether a text is set in a font that has symbols for letters."""
    run = node.getparent()
    fonts = run.find(f"{W}rPr/{W}rFonts") if run is not None else None
    return fonts is not None and is_symbol_font(str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""))


def _is_drawn(node: etree._Element, stop: etree._Element) -> bool:
    parent = node.getparent()
    while parent is not None and parent is not stop:
        if parent.tag in {f"{W}txbxContent", f"{W}pict", f"{W}drawing"}:
            return True
        parent = parent.getparent()
    return False

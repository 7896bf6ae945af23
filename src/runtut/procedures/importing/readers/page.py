"""HTML pages: headings, paragraphs and tables; scripts and styles are no text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree, html

from runtut.procedures.importing.limits import MAX_CELLS, Unreadable
from runtut.procedures.importing.readers import fills
from runtut.procedures.importing.readers.text import decode
from runtut.procedures.importing.source import Cell, Layout, Place, Row, Sign, Source
from runtut.procedures.importing.words import clean

BLOCKS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "br",
    "section",
    "article",
    "header",
    "footer",
    "body",
    "center",
    "ul",
    "ol",
    "dd",
    "dt",
}
SILENT = {"script", "style", "head", "noscript", "template", "svg", "iframe"}
MAX_SPAN = 200
HIGHEST = 60
"""The height in pixels of a picture that may be a symbol; logos are larger."""

TOO_DEEP = (
    "Halaman HTML ini bersarang terlalu dalam (lebih dari 256 tingkat), sehingga isinya tidak terbaca sampai "
    "akhir. Salin isinya ke Word lalu impor sebagai .docx."
)

ICON = re.compile(r"(?i)(?:^|[\s_-])(?:check|tick|ok|done|dot|circle|square)(?:$|[\s_-])")
"""The classes by which pages draw a tick or a dot with a font of icons."""

COLOUR = re.compile(r"(?i)(?:^|[;\s])background(?:-color)?\s*:\s*(#[0-9a-f]{3,8}|rgba?\([^)]*\)|[a-z]+)")


def read(name: str, content: bytes) -> Source:
    """Read an HTML page; raises Unreadable when nothing can be made of it."""
    text = decode(content)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Unreadable("Halaman HTML ini tidak dapat dibaca.") from None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise Unreadable(TOO_DEEP)
    return Source(name=name, rows=tuple(_Page().rows(root)))


class _Page:
    def __init__(self) -> None:
        self.line = 0
        self.waiting = ""
        self.cells = 0

    def rows(self, root: etree._Element) -> Iterator[Row]:
        yield from self._walk(root)
        yield from self._flush()

    def _row(self, cells: tuple[Cell, ...], layout: Layout) -> Row:
        self.line += 1
        return Row(cells, Place(1, self.line), layout)

    def _flush(self) -> Iterator[Row]:
        text, self.waiting = clean(self.waiting), ""
        for part in text.split("\n") if text else ():
            yield self._row((Cell(part, 0),), Layout.LINE)

    def _walk(self, root: etree._Element) -> Iterator[Row]:
        """Go through the tree without recursion: a page may nest its tags deeply."""
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if _inside_table(element):
                continue
            if not isinstance(element.tag, str) or _is_silent(element):
                self._pass(event, element)
            elif event == "start":
                yield from self._open(element)
            else:
                yield from self._close(element)

    def _pass(self, event: str, element: etree._Element) -> None:
        """Keep what stands behind a comment or a script: it belongs to the element around it."""
        if event != "start" and not any(outer.tag in SILENT for outer in element.iterancestors()):
            self.waiting += (element.tail or "").replace("\n", " ")

    def _open(self, element: etree._Element) -> Iterator[Row]:
        if element.tag == "table":
            yield from self._flush()
            yield from self._table(element)
            yield self._row((), Layout.LINE)
            return
        if element.tag in BLOCKS:
            yield from self._flush()
            if element.tag == "li":
                self.waiting += _marker(element)
        self.waiting += (element.text or "").replace("\n", " ")

    def _close(self, element: etree._Element) -> Iterator[Row]:
        if element.tag in BLOCKS:
            yield from self._flush()
        self.waiting += (element.tail or "").replace("\n", " ")

    def _table(self, table: etree._Element) -> Iterator[Row]:
        held: dict[int, tuple[int, str, int]] = {}
        for row in _own_rows(table):
            cells: list[Cell] = []
            fresh: list[tuple[int, etree._Element]] = []
            column = 0
            for item in (*row.iterchildren("td", "th"), None):
                while column in held:
                    left, text, span = held[column]
                    cells.append(Cell(text, column, span, below=True))
                    held.pop(column)
                    if left > 1:
                        held[column] = (left - 1, text, span)
                    column += span
                    if column > MAX_SPAN * 10:
                        break
                if item is None:
                    break
                column = self._cell(item, column, cells, held)
                fresh.append((len(cells) - 1, item))
            yield self._row(_signed(cells, fresh), Layout.GRID)

    def _cell(
        self, item: etree._Element, column: int, cells: list[Cell], held: dict[int, tuple[int, str, int]]
    ) -> int:
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise Unreadable("Tabel di halaman ini terlalu besar untuk dibaca.")
        span, depth = _count(item, "colspan"), _count(item, "rowspan")
        text = _text_of(item)
        cells.append(Cell(text, column, span))
        if depth > 1:
            self.pending(held, column, depth, text, span)
        return column + span

    @staticmethod
    def pending(held: dict[int, tuple[int, str, int]], column: int, depth: int, text: str, span: int) -> None:
        """Keep a cell for the rows below that it covers, counted from the next one."""
        held[column] = (depth - 1, text, span)


def _signed(cells: list[Cell], fresh: Sequence[tuple[int, etree._Element]]) -> tuple[Cell, ...]:
    """Cells with what is drawn in them: a picture or a drawing, or a colour that marks them."""
    filled = fills.marked([(cells[at].text, _fill(item)) for at, item in fresh])
    for index, (at, item) in enumerate(fresh):
        sign = None if cells[at].text else _picture(item) or (Sign.MARK if index in filled else None)
        if sign is not None:
            cells[at] = replace(cells[at], signs=(sign,))
    return tuple(cells)


def _fill(item: etree._Element) -> str:
    style = COLOUR.search(str(item.get("style", "")))
    return fills.colour(style[1] if style else item.get("bgcolor"))


def _picture(item: etree._Element) -> Sign | None:
    """The symbol that a cell shows as a drawing, or a mark for a picture of the height of a line or two."""
    for drawing in item.iter("svg"):
        parts = {part.tag for part in drawing.iter() if isinstance(part.tag, str)}
        rounded = any(part.get("rx") or part.get("ry") for part in drawing.iter("rect"))
        if parts & {"ellipse", "circle"} or rounded:
            return Sign.TERMINATOR
        if "polygon" in parts:
            return Sign.DECISION
        return Sign.PROCESS if "rect" in parts else Sign.MARK
    if any(ICON.search(str(part.get("class", ""))) for part in item.iter("i", "span")):
        return Sign.MARK
    for picture in item.iter("img"):
        height = re.match(r"\d+", str(picture.get("height", "")))
        if height is None or int(height[0][:5]) <= HIGHEST:
            return Sign.MARK
    return None


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from child.iterchildren("tr")


def _count(item: etree._Element, name: str) -> int:
    digits = str(item.get(name, "1")).strip()
    return max(1, min(int(digits), MAX_SPAN)) if digits.isdigit() and len(digits) < 6 else 1


def _text_of(item: etree._Element) -> str:
    pieces: list[str] = []
    for event, node in etree.iterwalk(item, events=("start", "end", "comment", "pi")):
        if not isinstance(node.tag, str):
            pieces.append((node.tail or "").replace("\n", " "))
        elif event == "start":
            if node is not item and node.tag in BLOCKS | {"tr"}:
                pieces.append("\n" + (_marker(node) if node.tag == "li" else ""))
            if node.tag not in SILENT:
                pieces.append((node.text or "").replace("\n", " "))
        elif node is not item:
            pieces.append("\n" if node.tag in BLOCKS else "")
            pieces.append((node.tail or "").replace("\n", " "))
    return clean("".join(pieces))


def _marker(item: etree._Element) -> str:
    parent = item.getparent()
    if parent is not None and parent.tag == "ol":
        start = str(parent.get("start", "1"))
        first = int(start) if start.isdigit() and len(start) < 4 else 1
        return f"{first + sum(1 for _ in item.itersiblings('li', preceding=True))}. "
    return "• "


def _inside_table(element: etree._Element) -> bool:
    return next(element.iterancestors("table"), None) is not None


def _is_silent(element: etree._Element) -> bool:
    return element.tag in SILENT or next(element.iterancestors(*SILENT), None) is not None

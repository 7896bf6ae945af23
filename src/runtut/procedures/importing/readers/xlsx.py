"""Spreadsheets: every sheet is a page, every row a row; drawings are placed by their anchors."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from posixpath import dirname, join, normpath

from python_calamine import CalamineError, CalamineWorkbook

from runtut.procedures.importing.limits import MAX_CELLS, Unreadable
from runtut.procedures.importing.readers import fills
from runtut.procedures.importing.readers.package import BROKEN, unpack, xml
from runtut.procedures.importing.readers.sheetdrawings import Overlay, overlay
from runtut.procedures.importing.readers.sheetstyles import KIND, Style, X, measures_of, styles_of, told
from runtut.procedures.importing.source import Cell, Drawn, Layout, Link, Place, Row, Sign, Source
from runtut.procedures.importing.words import clean, in_symbols

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def read(name: str, content: bytes) -> Source:
    """Read an .xlsx; raises Unreadable when it is broken or a bomb."""
    return _read(name, content, unpack(content, KIND))


def values(name: str, content: bytes) -> Source:
    """The values alone of a workbook of any kind that calamine knows (.xls, .ods); raises Unreadable."""
    return _read(name, content, {})


def _read(name: str, content: bytes, parts: Mapping[str, bytes]) -> Source:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names]
    except (CalamineError, ValueError, OSError):
        raise Unreadable(BROKEN.format(kind=KIND)) from None
    paths, styles = _sheet_paths(parts, book.sheet_names), styles_of(parts)
    rows: list[Row] = []
    links: list[Link] = []
    drawn: list[Drawn] = []
    for page, sheet in enumerate(sheets, start=1):
        if sheet.total_height * sheet.total_width > MAX_CELLS:
            raise Unreadable("Lembar kerja ini terlalu besar untuk dibaca.")
        merged = {tuple(start): tuple(end) for start, end in sheet.merged_cell_ranges or ()}
        values = sheet.to_python(skip_empty_area=False)
        path = paths.get(book.sheet_names[page - 1], "")
        over = _overlay(parts, path, page)
        told_ = told(parts[path], styles) if path in parts else {}
        rows += _rows(_Page(values, merged, told_, over), page)
        links += over.links
        drawn += _beside(values, over, page)
    return Source(name=name, rows=tuple(rows), links=tuple(links), drawn=tuple(drawn))


@dataclass(frozen=True)
class _Page:
    """A sheet: its values, which cells are merged, what their styles tell, and what is drawn over them."""

    values: Sequence[Sequence[object]]
    merged: Mapping[tuple[int, ...], tuple[int, ...]]
    styles: Mapping[tuple[int, int], Style]
    over: Overlay

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns are written in or drawn over."""
        places = [*self.over.signs, *self.over.texts]
        height = max((row + 1 for row, _ in places), default=0)
        width = max((column + 1 for _, column in places), default=0)
        return max(len(self.values), height), max(max(map(len, self.values), default=0), width)

    def text(self, row: int, column: int) -> str:
        line = self.values[row] if row < len(self.values) else ()
        text = _text(line[column]) if column < len(line) else ""
        style = self.styles.get((row, column))
        if text and style is not None and style.symbolic:
            return in_symbols(text)
        return text or "\n".join(self.over.texts.get((row, column), ()))

    def fill(self, row: int, column: int) -> str:
        style = self.styles.get((row, column))
        return style.fill if style is not None else ""


def _rows(page: _Page, number: int) -> Iterator[Row]:
    height, width = page.size
    below = {
        (row, start[1]): start
        for start, end in page.merged.items()
        for row in range(start[0] + 1, min(end[0] + 1, height))
    }
    covered = {
        (row, column)
        for start, end in page.merged.items()
        for row in range(start[0], min(end[0] + 1, height))
        for column in range(start[1] + 1, min(end[1] + 1, width))
    }
    for at in range(height):
        cells = []
        filled = _filled(page, at, width, below.keys() | covered)
        for column in range(width):
            start = below.get((at, column))
            text = page.text(*start) if start else page.text(at, column)
            end = page.merged.get(start or (at, column))
            signs = tuple(page.over.signs.get((at, column), ()))
            signs = signs or ((Sign.MARK,) if column in filled and not text else ())
            if text or signs:
                cells.append(
                    Cell(text, column, (end[1] - column + 1) if end else 1, signs, start is not None)
                )
        yield Row(tuple(cells), Place(number, at + 1), Layout.GRID if len(cells) != 1 else Layout.LINE)


def _filled(page: _Page, row: int, width: int, hidden: Set[tuple[int, int]]) -> frozenset[int]:
    """The columns of a row whose cells are filled as marks; the hidden parts of merged cells are none."""
    colours = [page.fill(row, column) for column in range(width)]
    if not any(colours):
        return frozenset()
    texts = [page.text(row, column) or ("-" if (row, column) in hidden else "") for column in range(width)]
    return fills.marked([*zip(texts, colours, strict=True)])


def _beside(values: Sequence[Sequence[object]], over: Overlay, page: int) -> Iterator[Drawn]:
    """Texts of drawings that lie over what is written."""
    for (row, column), texts in over.texts.items():
        if row < len(values) and column < len(values[row]) and _text(values[row][column]):
            yield Drawn("\n".join(texts), Place(page, row + 1))


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value)) if value is not None else ""


def _overlay(parts: Mapping[str, bytes], path: str, page: int) -> Overlay:
    """What is drawn over the sheet in this part."""
    for target in _targets(parts, path, "drawing"):
        if target in parts:
            return overlay(xml(parts[target], KIND), measures_of(parts[path]), page)
    return Overlay()


def _sheet_paths(parts: Mapping[str, bytes], names: list[str]) -> dict[str, str]:
    if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
        return {}
    links = {
        item.get("Id"): str(item.get("Target")) for item in xml(parts["xl/_rels/workbook.xml.rels"], KIND)
    }
    found = {}
    for item in xml(parts["xl/workbook.xml"], KIND).iter(f"{X}sheet"):
        target = links.get(item.get(f"{R}id"), "")
        if item.get("name") in names and target:
            found[str(item.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _targets(parts: Mapping[str, bytes], path: str, kind: str) -> list[str]:
    links = f"{dirname(path)}/_rels/{path.rsplit('/', 1)[-1]}.rels"
    if links not in parts:
        return []
    return [
        normpath(join(dirname(path), str(item.get("Target")))).lstrip("/")
        for item in xml(parts[links], KIND)
        if str(item.get("Type", "")).endswith(f"/{kind}")
    ]

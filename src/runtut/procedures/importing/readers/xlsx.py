"""Spreadsheets: every sheet is a page, every row a row; drawings are placed by their anchors."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from posixpath import dirname, join, normpath

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from runtut.procedures.importing.limits import MAX_CELLS, Unreadable
from runtut.procedures.importing.readers.package import BROKEN, unpack, xml
from runtut.procedures.importing.readers.presets import sign_of
from runtut.procedures.importing.readers.wordshapes import A
from runtut.procedures.importing.source import Cell, Layout, Place, Row, Sign, Source
from runtut.procedures.importing.words import clean

KIND = "lembar kerja Excel (.xlsx)"
X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Drawn = dict[tuple[int, int], list[Sign]]


def read(name: str, content: bytes) -> Source:
    """Read an .xlsx; raises Unreadable when it is broken or a bomb."""
    parts = unpack(content, KIND)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(sheet) for sheet in book.sheet_names]
    except (CalamineError, ValueError, OSError):
        raise Unreadable(BROKEN.format(kind=KIND)) from None
    drawn = _drawings(parts, book.sheet_names)
    rows: list[Row] = []
    for page, sheet in enumerate(sheets, start=1):
        if sheet.total_height * sheet.total_width > MAX_CELLS:
            raise Unreadable("Lembar kerja ini terlalu besar untuk dibaca.")
        merged = {tuple(start): tuple(end) for start, end in sheet.merged_cell_ranges or ()}
        values = sheet.to_python(skip_empty_area=False)
        rows += _rows(values, merged, drawn.get(book.sheet_names[page - 1], {}), page)
    return Source(name=name, rows=tuple(rows))


def _rows(
    values: Sequence[Sequence[object]],
    merged: Mapping[tuple[int, ...], tuple[int, ...]],
    drawn: Drawn,
    page: int,
) -> Iterator[Row]:
    below = {
        (row, start[1]): start
        for start, end in merged.items()
        for row in range(start[0] + 1, min(end[0] + 1, len(values)))
    }
    for at, line in enumerate(values):
        cells = []
        for column, value in enumerate(line):
            start = below.get((at, column))
            text = _text(values[start[0]][start[1]] if start else value)
            end = merged.get(start or (at, column))
            signs = tuple(drawn.get((at, column), ()))
            if text or signs:
                cells.append(
                    Cell(text, column, (end[1] - column + 1) if end else 1, signs, start is not None)
                )
        yield Row(tuple(cells), Place(page, at + 1), Layout.GRID if len(cells) != 1 else Layout.LINE)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value)) if value is not None else ""


def _drawings(parts: Mapping[str, bytes], names: list[str]) -> dict[str, Drawn]:
    """The symbols drawn over each sheet, by row and column of where their middle lies."""
    result: dict[str, Drawn] = {}
    for sheet, path in _sheet_paths(parts, names).items():
        for target in _targets(parts, path, "drawing"):
            if target in parts:
                result[sheet] = dict(_anchored(xml(parts[target], KIND)))
    return result


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


def _anchored(root: etree._Element) -> Iterator[tuple[tuple[int, int], list[Sign]]]:
    found: Drawn = {}
    for anchor in root:
        start, end = anchor.find(f"{D}from"), anchor.find(f"{D}to")
        shape = next(anchor.iter(f"{A}prstGeom"), None)
        sign = (
            sign_of(str(shape.get("prst", "")))
            if shape is not None and anchor.find(f"{D}sp") is not None
            else None
        )
        if start is None or sign is None:
            continue
        row, column = (_middle(start, end, name) for name in ("row", "col"))
        found.setdefault((row, column), []).append(sign)
    yield from found.items()


def _middle(start: etree._Element, end: etree._Element | None, name: str) -> int:
    first = int(start.findtext(f"{D}{name}") or 0)
    last = int(end.findtext(f"{D}{name}") or first) if end is not None else first
    return (first + last) // 2

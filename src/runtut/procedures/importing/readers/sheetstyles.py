"""What the style of a spreadsheet's cell tells: a colour, or a font that has symbols for letters."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from runtut.procedures.importing.limits import MAX_CELLS, Unreadable
from runtut.procedures.importing.readers import fills
from runtut.procedures.importing.readers.package import BROKEN, xml
from runtut.procedures.importing.readers.sheetdrawings import FARTHEST, LETTER, Measures
from runtut.procedures.importing.readers.wordshapes import number
from runtut.procedures.importing.words import is_symbol_font

KIND = "lembar kerja Excel (.xlsx)"
X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True)
class Style:
    """The colour of a cell, or nothing, and whether its letters are symbols."""

    fill: str = ""
    symbolic: bool = False


def styles_of(parts: Mapping[str, bytes]) -> dict[str, Style]:
    """The styles of a workbook that tell something, by the number that cells name."""
    if "xl/styles.xml" not in parts:
        return {}
    root = xml(parts["xl/styles.xml"], KIND)
    colours = [_colour(item) for item in root.iterfind(f"{X}fills/{X}fill")]
    fonts = [item.find(f"{X}name") for item in root.iterfind(f"{X}fonts/{X}font")]
    symbolic = [item is not None and is_symbol_font(str(item.get("val", ""))) for item in fonts]
    found = {}
    for at, item in enumerate(root.iterfind(f"{X}cellXfs/{X}xf")):
        fill, font = _number(item, "fillId"), _number(item, "fontId")
        style = Style(colours[fill] if fill < len(colours) else "", font < len(symbolic) and symbolic[font])
        if style != Style():
            found[str(at)] = style
    return found


def _number(item: etree._Element, name: str) -> int:
    digits = str(item.get(name, "0"))
    return int(digits) if digits.isdigit() and len(digits) < 6 else 0


def _colour(item: etree._Element) -> str:
    """The colour that a fill paints; a theme's first colour is the paper."""
    pattern = item.find(f"{X}patternFill")
    front = pattern.find(f"{X}fgColor") if pattern is not None else None
    if pattern is None or pattern.get("patternType", "none") == "none":
        return ""
    if front is None:
        return str(pattern.get("patternType"))
    if front.get("rgb"):
        return fills.colour(str(front.get("rgb"))[-6:])
    if front.get("theme") == "0" and float(front.get("tint") or 0) > -0.1:
        return ""
    return ":".join(str(front.get(name, "")) for name in ("theme", "indexed", "tint"))


def told(sheet: bytes, styles: Mapping[str, Style]) -> dict[tuple[int, int], Style]:
    """The cells of a sheet whose style tells something, by row and column from 0."""
    if not styles:
        return {}
    found: dict[tuple[int, int], Style] = {}
    for name, kind in _styled(sheet):
        style = styles.get(kind)
        place = PLACE.fullmatch(name) if style is not None else None
        if place is None or style is None:
            continue
        found[int(place[2]) - 1, _column(place[1])] = style
        if len(found) > MAX_CELLS:
            return {}
    return found


def measures_of(sheet: bytes) -> Measures:
    """The widths of columns and the heights of rows that a sheet tells."""
    widths: dict[int, float] = {}
    heights: dict[int, float] = {}
    usual = Measures()
    for item in _parts(sheet, "col", "row", "sheetFormatPr"):
        if item.tag == f"{X}col":
            wide = 0.0 if item.get("hidden") == "1" else number(item.get("width")) * LETTER
            first, last = int(number(item.get("min"))), int(number(item.get("max")))
            widths.update(dict.fromkeys(range(first - 1, min(last, FARTHEST)), wide))
        elif item.tag == f"{X}row" and (item.get("ht") or item.get("hidden") == "1"):
            high = 0.0 if item.get("hidden") == "1" else number(item.get("ht"))
            heights[int(number(item.get("r"))) - 1] = high
        elif item.tag == f"{X}sheetFormatPr":
            usual = replace(
                usual,
                width=number(item.get("defaultColWidth")) * LETTER or usual.width,
                height=number(item.get("defaultRowHeight")) or usual.height,
            )
    return replace(usual, widths=widths, heights=heights)


def _styled(sheet: bytes) -> Iterator[tuple[str, str]]:
    """The name and the style of every cell."""
    for row in _parts(sheet, "row"):
        for cell in row.iterchildren(f"{X}c"):
            yield str(cell.get("r", "")), str(cell.get("s", ""))


def _parts(sheet: bytes, *names: str) -> Iterator[etree._Element]:
    """The parts of a sheet of these names one by one, without keeping it as a tree."""
    if b"<!DOCTYPE" in sheet[:4096]:
        return
    tags = tuple(f"{X}{name}" for name in names)
    try:
        for _, item in etree.iterparse(io.BytesIO(sheet), tag=tags, resolve_entities=False, no_network=True):
            yield item
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
    except etree.XMLSyntaxError:
        raise Unreadable(BROKEN.format(kind=KIND)) from None


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1

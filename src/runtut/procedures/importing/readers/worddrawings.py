"""Find the drawings of paragraphs, lay rows of tables on their sheets, and bring both together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import Final

from lxml import etree

from runtut.procedures.importing.readers import wordshapes, wordvml
from runtut.procedures.importing.readers.presets import is_branch
from runtut.procedures.importing.readers.wordlinks import Found, Hung, Laid, Rows, links, over_cells
from runtut.procedures.importing.readers.wordpage import (
    Flow,
    Paper,
    height_of,
    left_of,
    padding_of,
    repeats,
    row_height,
    widths_of,
)
from runtut.procedures.importing.readers.wordshapes import MAX_PIECES, Anchor, Piece, W
from runtut.procedures.importing.source import Cell, Drawn, Layout, Link, Place, Row

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MOST: Final = 20_000
"""Symbols and texts of one document that are looked at."""

ROOM: Final = 60.0
"""The width of a column that the file does not tell."""


def hung_on(
    paragraph: etree._Element, *, sheet: int, x: float, y: float, wide: float, paper: Paper, after: int = 0
) -> Iterator[Hung]:
    """The drawings that hang on a paragraph, which begins at x and y on its sheet."""
    for drawing in paragraph.iter(f"{W}drawing", f"{W}pict"):
        found = _anchored(drawing) if _is_own(drawing, paragraph) else None
        if found is not None:
            yield Hung(found[0], found[1], sheet, x, y, wide, paper, after=after)


def _anchored(drawing: etree._Element) -> tuple[Anchor, tuple[Piece, ...]] | None:
    is_new = drawing.tag == f"{W}drawing"
    anchor = wordshapes.anchor_of(drawing) if is_new else wordvml.anchor_of(drawing)
    if anchor is None:
        return None
    pieces = wordshapes.pieces_of(drawing) if is_new else wordvml.pieces_of(drawing)
    return anchor, tuple(islice(pieces, MAX_PIECES))


def _is_own(drawing: etree._Element, paragraph: etree._Element) -> bool:
    """Whether a drawing is the paragraph's own, and not the second telling of another."""
    for outer in drawing.iterancestors():
        if outer is paragraph:
            return True
        if outer.tag == f"{W}txbxContent":
            return False
        if outer.tag == f"{MC}Fallback":
            both = outer.getparent()
            first = both.find(f"{MC}Choice") if both is not None else None
            if first is not None and next(first.iter(f"{W}drawing"), None) is not None:
                return False
    return True


class Sheets:
    """Lays the rows of one table on the sheets of a flow."""

    def __init__(self, table: etree._Element, flow: Flow) -> None:
        self.flow = flow
        self.widths = widths_of(table)
        self.left = left_of(table, self.widths, flow.paper)
        self.padding = padding_of(table)
        self.heads = 0.0

    def lay(
        self, row: etree._Element, cells: Sequence[tuple[etree._Element, Cell]], index: int, place: Place
    ) -> tuple[Laid, list[Hung]]:
        """A row where it lies, and what hangs on the paragraphs of its cells."""
        edges = [self._edges(cell) for _, cell in cells]
        rooms = [max(right - left - 2 * self.padding, 1.0) for left, right in edges]
        heights = [
            [height_of(line, room) for line in item.findall(f"{W}p")]
            for (item, _), room in zip(cells, rooms, strict=True)
        ]
        whole = [sum(lines) for lines, (_, cell) in zip(heights, cells, strict=True) if not cell.below]
        height, fixed = row_height(row, whole)
        top = self.flow.row(row, height, self.heads)
        self.heads += height if repeats(row) else 0.0
        laid = Laid(index, place, self.flow.sheet, top, top + height, tuple(edges), fixed)
        return laid, list(self._hung(laid, cells, heights, rooms))

    def _edges(self, cell: Cell) -> tuple[float, float]:
        widths = [*self.widths, *[0.0] * max(0, cell.column + cell.span - len(self.widths))]
        stops = [self.left, *accumulate((width or ROOM for width in widths), initial=self.left)][1:]
        return stops[cell.column], stops[cell.column + cell.span]

    def _hung(
        self,
        laid: Laid,
        cells: Sequence[tuple[etree._Element, Cell]],
        heights: Sequence[Sequence[float]],
        rooms: Sequence[float],
    ) -> Iterator[Hung]:
        for at, ((item, _), lines, room) in enumerate(zip(cells, heights, rooms, strict=True)):
            x, y = laid.cells[at][0] + self.padding, laid.top + _sunk(item, laid, sum(lines))
            for line, height in zip(item.findall(f"{W}p"), lines, strict=True):
                for hung in hung_on(line, sheet=laid.sheet, x=x, y=y, wide=room, paper=self.flow.paper):
                    yield replace(hung, row=laid, cell=at)
                y += height


def _sunk(item: etree._Element, laid: Laid, height: float) -> float:
    """How far below the top of its cell a text begins."""
    side = item.find(f"{W}tcPr/{W}vAlign")
    share = {"center": 0.5, "bottom": 1.0}.get(side.get(f"{W}val", "") if side is not None else "", 0.0)
    return max(0.0, laid.bottom - laid.top - height) * share


def overlaid(
    rows: list[Row], laid: Sequence[Laid], drawings: Sequence[Hung]
) -> tuple[tuple[Row, ...], tuple[Link, ...], tuple[Drawn, ...]]:
    """The rows with the symbols that lie over their cells and the lines of texts that lie elsewhere, the
    arrows between rows, and the texts of drawings that lie over what is written."""
    by_sheet = Rows(laid)
    found = [*islice((one for hung in drawings for one in over_cells(hung, by_sheet)), MOST)]
    drawn: list[Drawn] = []
    loose: dict[int, list[Row]] = {}
    for one in found:
        if one.row is not None:
            _put(rows, one, one.row, drawn)
        elif one.piece.text and not is_branch(one.piece.text) and rows:
            place = rows[min(one.after, len(rows) - 1)].place
            loose.setdefault(one.after, []).extend(_lines(one.piece.text, place))
    arrows = tuple(links(drawings, found))
    return tuple(_merged(rows, loose)), arrows, tuple(drawn)


def _lines(text: str, place: Place) -> Iterator[Row]:
    for line in text.split("\n"):
        yield Row((Cell(line, 0),), place, Layout.LINE)


def _merged(rows: Sequence[Row], loose: dict[int, list[Row]]) -> Iterator[Row]:
    for at, row in enumerate(rows):
        yield from loose.get(at, ())
        yield row


def _put(rows: list[Row], one: Found, laid: Laid, drawn: list[Drawn]) -> None:
    row = rows[laid.index]
    cell = row.cells[one.cell]
    signs = (*cell.signs, one.piece.sign) if one.piece.sign else cell.signs
    text = cell.text or one.piece.text
    if cell.text and one.piece.text:
        drawn.append(Drawn(one.piece.text, row.place))
    cells = (*row.cells[: one.cell], replace(cell, text=text, signs=signs), *row.cells[one.cell + 1 :])
    rows[laid.index] = replace(row, cells=cells)

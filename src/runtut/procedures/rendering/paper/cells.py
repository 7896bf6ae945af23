"""The text of a cell as lines, measured by the fonts that are printed with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from runtut.procedures.rendering.metrics import wrap
from runtut.procedures.rendering.paper.columns import TEXTS, Columns, texts_of
from runtut.procedures.rendering.paper.sheets import PAPER
from runtut.procedures.rendering.shapes import DrawnStep

SMALLER = 0.92


@dataclass(frozen=True)
class Cell:
    """`lines` in letters of `size` units; every line is `line_height` units high. `paragraphs` are the same
    words unbroken, for a medium that breaks them itself."""

    paragraphs: tuple[str, ...]
    lines: tuple[str, ...]
    size: float

    @property
    def line_height(self) -> float:
        return self.size * PAPER.line_height / PAPER.font_size

    @property
    def height(self) -> float:
        return len(self.lines) * self.line_height + PAPER.padding_y


def fit(paragraphs: Sequence[str], width: float, limit: float) -> Cell:
    """Break the paragraphs into lines of the column; words too many for the page are set smaller."""
    size = PAPER.font_size
    while True:
        inner = (width - PAPER.padding_x) / PAPER.slack
        lines = tuple(line for text in paragraphs for line in wrap(text, inner, size))
        cell = Cell(tuple(paragraphs), lines, size)
        if cell.height <= limit:
            return cell
        size *= SMALLER


def cells_of(step: DrawnStep, columns: Columns, limit: float) -> dict[str, Cell]:
    """The text cells of one row, none higher than the limit."""
    return {name: fit(texts_of(step, name), columns.texts[name], limit) for name in TEXTS}


def height_of(cells: dict[str, Cell]) -> int:
    """The height that the tallest cell of a row needs, in whole steps of four."""
    needed = max(cell.height for cell in cells.values())
    return ceil(max(needed, PAPER.least_row) / 4) * 4

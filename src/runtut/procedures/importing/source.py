"""The neutral form of every document: rows of cells with their place, whatever the file was."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Layout(Enum):
    """How the cells of a row were told apart; GRID and TAB keep empty cells, GAP and LINE lose them. STACK is
    for the head of a table whose cells are a LINE each."""

    GRID = "grid"
    TAB = "tab"
    GAP = "gap"
    LINE = "line"
    STACK = "stack"


class Sign(Enum):
    """What stands in a performer cell: a symbol of the flowchart, or a plain mark."""

    TERMINATOR = "terminator"
    PROCESS = "process"
    DECISION = "decision"
    MARK = "mark"


@dataclass(frozen=True)
class Place:
    """Where a text stood; `line` counts lines of a text, rows of a table or lines of a page from 1."""

    page: int
    line: int

    def __str__(self) -> str:
        return f"halaman {self.page}, baris {self.line}"


@dataclass(frozen=True)
class Cell:
    """One cell. `column` is its index in the grid, or the character where it starts when layout is GAP.

    `signs` are what was drawn in it; `below` says that it is the lower part of a cell merged downward.
    """

    text: str
    column: int
    span: int = 1
    signs: tuple[Sign, ...] = ()
    below: bool = False


@dataclass(frozen=True)
class Row:
    """A line of text or a row of a table; no cells means a blank line."""

    cells: tuple[Cell, ...]
    place: Place
    layout: Layout = Layout.LINE

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.text or cell.signs)

    @property
    def is_blank(self) -> bool:
        return not self.filled

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells if cell.text)


@dataclass(frozen=True)
class Link:
    """An arrow of the drawing: from the symbol of one row to the symbol of another, by their places; `sure`
    when the file says so itself, and the arrow only lies near them otherwise."""

    start: Place
    end: Place
    sure: bool = False


@dataclass(frozen=True)
class Drawn:
    """A text of a drawing that lies over a row."""

    text: str
    place: Place


@dataclass(frozen=True)
class Source:
    """A document as rows. `notes` are sentences for the reader, `certain` is False for recognised scans,
    `sheets` is how many pages can be shown as pictures."""

    name: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    certain: bool = True
    links: tuple[Link, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    documents: tuple[dict[str, object], ...] = field(default=())
    sheets: int = 0

    @property
    def pages(self) -> int:
        return max((row.place.page for row in self.rows), default=0)

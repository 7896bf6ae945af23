"""Where the parts of a Word document stand on its sheets, as nearly as its file tells.

Only Word knows how it sets a page. Widths of columns, heights of rows and distances of drawings are written
in the file; the heights of texts are reckoned from the width of their letters. That is enough to say over
which row and column a drawing lies, for drawings hang near what they belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from lxml import etree

from runtut.procedures.importing.readers.wordshapes import W, number

TWIP: Final = 20.0
LETTER: Final = 0.5
"""The width of a letter as a share of its size."""

LEADING: Final = 1.17
USUAL: Final = 11.0
PADDING: Final = 5.4
CROWDED: Final = 200_000
"""Letters of a text that are counted; nobody draws beside more."""


@dataclass
class Paper:
    """The sheet of a section and its margins, in points."""

    width: float = 595.0
    height: float = 842.0
    left: float = 72.0
    top: float = 72.0
    right: float = 72.0
    bottom: float = 72.0

    @classmethod
    def of(cls, section: etree._Element | None) -> Paper:
        paper = cls()
        size = section.find(f"{W}pgSz") if section is not None else None
        margins = section.find(f"{W}pgMar") if section is not None else None
        if size is not None:
            paper.width = _twips(size, "w") or paper.width
            paper.height = _twips(size, "h") or paper.height
        if margins is not None:
            for name in ("left", "top", "right", "bottom"):
                setattr(paper, name, abs(_twips(margins, name)))
        return paper


def _twips(item: etree._Element | None, name: str) -> float:
    return number(item.get(f"{W}{name}")) / TWIP if item is not None else 0.0


class Flow:
    """Counts sheets and how far down the present one is filled."""

    def __init__(self, body: etree._Element) -> None:
        sections = [*body.iter(f"{W}sectPr")]
        self.papers = [Paper.of(section) for section in sections] or [Paper()]
        self.at = 0
        self.sheet = 1
        self.y = self.paper.top
        self.told = next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None

    @property
    def paper(self) -> Paper:
        return self.papers[min(self.at, len(self.papers) - 1)]

    def turn(self) -> None:
        """Begin a sheet."""
        self.sheet, self.y = self.sheet + 1, self.paper.top

    def paragraph(self, paragraph: etree._Element) -> tuple[int, float, Paper]:
        """Take a paragraph; return on which sheet and at which height of what paper it begins."""
        before = paragraph.find(f"{W}pPr/{W}pageBreakBefore")
        if (before is not None and before.get(f"{W}val", "1") not in {"0", "false"}) or _is_told(paragraph):
            self.turn()
        start = self.sheet, self.y, self.paper
        self.y += height_of(paragraph, self.paper.width - self.paper.left - self.paper.right)
        if any(item.get(f"{W}type") == "page" for item in paragraph.iter(f"{W}br")):
            self.turn()
        if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            self.at += 1
            self.turn()
        return start

    def row(self, row: etree._Element, height: float, heads: float) -> float:
        """Take a row of a table; return the height at which it begins. `heads` is what repeats above it."""
        full = self.y + height > self.paper.height - self.paper.bottom and self.y > self.paper.top + heads
        if _is_told(row) or (full and not self.told):
            self.turn()
            self.y += heads
        start, self.y = self.y, self.y + height
        return start


def _is_told(item: etree._Element) -> bool:
    """Whether Word noted that a sheet began here when it last set the document."""
    return next(item.iter(f"{W}lastRenderedPageBreak"), None) is not None


def height_of(paragraph: etree._Element, width: float) -> float:
    """The height of a paragraph in a column of this width, its distances included."""
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    size = _letters(paragraph)
    around = _twips(spacing, "before") + _twips(spacing, "after")
    line, rule = _twips(spacing, "line"), spacing.get(f"{W}lineRule", "auto") if spacing is not None else ""
    if line and rule == "exact":
        leading = line
    elif line and rule == "atLeast":
        leading = max(line, size * LEADING)
    else:
        leading = size * LEADING * (line / 12 if line else 1.0)
    return around + leading * _lines(paragraph, size, width)


def _letters(paragraph: etree._Element) -> float:
    sizes = [number(item.get(f"{W}val")) / 2 for item in paragraph.iter(f"{W}sz")]
    return min(max(sizes[-1], 4.0), 72.0) if sizes else USUAL


def _lines(paragraph: etree._Element, size: float, width: float) -> int:
    count = sum(len(run.text or "") for run in paragraph.iterfind(f"{W}r/{W}t"))
    breaks = sum(item.get(f"{W}type") is None for item in paragraph.iterfind(f"{W}r/{W}br"))
    return ceil(min(count, CROWDED) * size * LETTER / max(width, size)) + breaks or 1


def widths_of(table: etree._Element) -> list[float]:
    """The widths of a table's columns; 0 where the file does not say."""
    return [_twips(column, "w") for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]


def left_of(table: etree._Element, widths: Sequence[float], paper: Paper) -> float:
    """Where a table begins on its sheet."""
    room = paper.width - paper.left - paper.right
    side = table.find(f"{W}tblPr/{W}jc")
    if side is not None and side.get(f"{W}val") == "center":
        return paper.left + (room - sum(widths)) / 2
    indent = table.find(f"{W}tblPr/{W}tblInd")
    return paper.left + _twips(indent, "w")


def padding_of(table: etree._Element) -> float:
    """How far the text of a cell stands from its border."""
    found = table.find(f"{W}tblPr/{W}tblCellMar/{W}left")
    return _twips(found, "w") if found is not None else PADDING


def row_height(row: etree._Element, contents: Sequence[float]) -> tuple[float, bool]:
    """The height of a row, and whether the file fixes it."""
    told = row.find(f"{W}trPr/{W}trHeight")
    least = _twips(told, "val")
    if told is not None and told.get(f"{W}hRule") == "exact" and least:
        return least, True
    return max([least, *contents, USUAL * LEADING]), False


def repeats(row: etree._Element) -> bool:
    """Whether a row stands again on top of every further sheet."""
    found = row.find(f"{W}trPr/{W}tblHeader")
    return found is not None and found.get(f"{W}val", "1") not in {"0", "false"}

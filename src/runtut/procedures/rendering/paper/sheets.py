"""The papers of the form, and its sizes in units: 13 units are one letter height of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from runtut.procedures.rendering.shapes import Geometry

MM: Final = 72 / 25.4


@dataclass(frozen=True)
class Sheet:
    """A paper lying down; all sizes in points. `margin` is that of every side, `foot` the room below the
    text for number and page; `text` the size of the letters in the table."""

    name: str
    width: float
    height: float
    text: float
    margin: float = 14 * MM
    foot: float = 5 * MM

    @property
    def body_width(self) -> float:
        return self.width - 2 * self.margin

    @property
    def body_height(self) -> float:
        return self.height - 2 * self.margin - self.foot


SHEETS: Final = {
    "a4": Sheet("a4", 297 * MM, 210 * MM, 8.2),
    "f4": Sheet("f4", 330 * MM, 215 * MM, 8.6),
}

PAPER: Final = Geometry(
    font_size=13,
    line_height=16,
    padding_x=11,
    padding_y=9,
    heading_padding=9,
    slack=1.03,
    least_row=64,
    performer=98,
    narrowest_performer=58,
)
"""Sizes in units. Text columns are shared out anew for every SOP."""

TITLE: Final = 38
"""Height of the line above the table."""
TITLE_SIZES: Final = ((11.0, 10.0, 9.0), (10.0, 9.0, 8.0, 7.0))
"""Letters of that line in points: on one line, else on two; the first that fit."""
FURTHER_SIZE: Final = 9.5
"""The largest letters of it above the pages that follow."""
TITLE_LINE: Final = 1.15
"""Height of one of two lines, in letters."""
HEAD: Final = 24
"""Height of the first row of the heading, "Pelaksana" and "Mutu baku"."""
COUNT: Final = 18
"""Height of the row that numbers the columns."""
HEAD_FONT: Final = 12.5
HEAD_LINE: Final = 15
CONNECTOR_ROW: Final = 44
CONNECTOR: Final = (32.0, 27.0)
"""Width and height of a connector."""

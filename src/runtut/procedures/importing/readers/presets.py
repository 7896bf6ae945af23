"""What the ready-made shapes of Office programs mean in a flowchart."""

from __future__ import annotations

import re
from typing import Final

from runtut.procedures.importing.marks import BRANCHES
from runtut.procedures.importing.source import Sign

TERMINATORS: Final = {
    "flowChartTerminator",
    "roundRect",
    "ellipse",
    "flowChartConnector",
    "flowChartAlternateProcess",
}
DECISIONS: Final = {"flowChartDecision", "diamond"}
PROCESSES: Final = {
    "rect",
    "flowChartProcess",
    "flowChartPredefinedProcess",
    "flowChartDocument",
    "snip1Rect",
}
OFF_PAGE: Final = {"flowChartOffpageConnector", "homePlate"}
ROUND: Final = {"ellipse", "flowChartConnector"}
LINES: Final = re.compile(r"(?i)line|connector\d|arrow|bracket|brace|arc")
LETTER: Final = re.compile(r"\w{1,2}")
"""What a connector between pages is called by: A, B1."""


def sign_of(shape: str, text: str = "") -> Sign | None:
    """The symbol that a ready-made shape stands for; None for lines, and for connectors between pages."""
    if (LINES.search(shape) and shape != "flowChartConnector") or shape in OFF_PAGE:
        return None
    if shape in ROUND and LETTER.fullmatch(text.strip()):
        return None
    if shape in TERMINATORS:
        return Sign.TERMINATOR
    if shape in DECISIONS:
        return Sign.DECISION
    if shape in PROCESSES or shape.startswith("flowChart"):
        return Sign.PROCESS
    return None


def joint_of(shape: str, text: str) -> str:
    """The letter of a ready-made shape that leads to another page; nothing for any other."""
    letter = text.strip().casefold()
    return letter if shape in OFF_PAGE | ROUND and LETTER.fullmatch(letter) else ""


def fits_symbol(width: float, height: float) -> bool:
    """Whether a picture has the size and the form of a symbol, in points: logos and stamps are as high as
    they are wide."""
    return 9 <= width <= 170 and 6 <= height <= 60 and width >= 1.15 * height


def is_branch(text: str) -> bool:
    """Say whether a text only names a branch ("Ya", "Tidak")."""
    return text.casefold().strip("?. ") in BRANCHES

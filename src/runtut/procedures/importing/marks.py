"""What stands in the cells of performers: marks, symbols of the flowchart, the words at its branches."""

from __future__ import annotations

from runtut.procedures.importing.source import Sign

MARKS = {
    "v",
    "x",
    "√",
    "✓",
    "✔",
    "●",
    "•",
    "■",
    "▪",
    "◆",
    "◊",
    "○",
    "o",
    "*",
    "",
    "☑",
    "☒",
    "V",
    "X",
    "O",
}
SYMBOLS = {
    **dict.fromkeys(("mulai", "selesai", "start", "end"), Sign.TERMINATOR),
    **dict.fromkeys(("◇", "◆"), Sign.DECISION),
    **dict.fromkeys(("▭", "□"), Sign.PROCESS),
}
BRANCHES = {"ya", "tidak", "tid ak", "tdk", "y", "t", "n", "yes", "no"}

"""What stands in the cells of performers: marks, symbols of the flowchart, the words at its branches."""

from __future__ import annotations

import unicodedata

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
ENDS = frozenset({"mulai", "selesai", "start", "end"})
"""The words at the two ends of a flowchart; a row of its own with one of them tells nothing else."""

SYMBOLS = {
    **dict.fromkeys(ENDS, Sign.TERMINATOR),
    **dict.fromkeys(("⬭", "⬬", "⭕", "◯"), Sign.TERMINATOR),
    **dict.fromkeys(("◇", "◆", "⬦", "⬥", "♢", "♦", "⋄"), Sign.DECISION),
    **dict.fromkeys(("▭", "□", "▬", "⬜", "⬛", "◻", "◼", "▢"), Sign.PROCESS),
}
SELECTORS = "\ufe0e\ufe0f"
"""What follows a sign to say whether it is shown as a letter or as a picture."""

BRANCHES = {"ya", "tidak", "tid ak", "tdk", "y", "t", "n", "yes", "no"}


def sign_of(text: str) -> Sign | None:
    """What a text that stands alone in a performer cell draws; None where it is a text.

    A lone letter with an accent is a tick of a symbol font whose name was lost.
    """
    text = text.rstrip(SELECTORS)
    if text.casefold() in SYMBOLS:
        return SYMBOLS[text.casefold()]
    if text in MARKS or (
        len(text) == 1 and not text.isascii() and unicodedata.category(text)[0] in {"L", "S"}
    ):
        return Sign.MARK
    return None

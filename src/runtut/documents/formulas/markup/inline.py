"""Text within a line: `**tebal**`, `*miring*`, a backslash before a sign that is meant as itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Run = dict[str, Any]
Inline = str | list[Run]

PIECES = re.compile(r"\\([^\w])|(\*+)|([^\\*]+|\\)", re.DOTALL)
LINE_BREAK = "/"
"""`\\/` breaks the line where a real line end would mean something else, as in a table."""
ITALIC, BOLD = 1, 2


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or a row of one to three asterisks."""

    text: str
    is_mark: bool = False

    @property
    def styles(self) -> int:
        return len(self.text)


def pieces_of(text: str) -> list[Piece]:
    found: list[Piece] = []
    for escaped, marks, plain in PIECES.findall(text):
        if marks and len(marks) <= ITALIC + BOLD:
            found.append(Piece(marks, is_mark=True))
        else:
            found.append(Piece(("\n" if escaped == LINE_BREAK else escaped) or marks or plain))
    return found


def read_inline(text: str) -> Inline:
    """Return a text as runs, or as it is when nothing in it is bold or italic.

    A mark without its partner, or beside a blank on its inner side, is an asterisk.
    """
    pieces = pieces_of(text)
    while True:
        runs, lonely = toggled(pieces)
        if lonely is None:
            return simplest(runs)
        pieces[lonely] = Piece(pieces[lonely].text)


def toggled(pieces: Sequence[Piece]) -> tuple[list[Run], int | None]:
    """Return the runs, and the place of a mark that cannot be one."""
    runs: list[Run] = []
    style, opened = 0, {ITALIC: 0, BOLD: 0}
    for place, piece in enumerate(pieces):
        if not piece.is_mark:
            runs.append(run(piece.text, style))
            continue
        if not fits(pieces, place, style):
            return runs, place
        for one in (ITALIC, BOLD):
            if piece.styles & one and not style & one:
                opened[one] = place
        style ^= piece.styles
    left = [opened[one] for one in (ITALIC, BOLD) if style & one]
    return runs, max(left, default=None)


def fits(pieces: Sequence[Piece], place: int, style: int) -> bool:
    """Tell whether a mark stands close to what it encloses."""
    marks = pieces[place].styles
    before = pieces[place - 1].text if place else " "
    after = pieces[place + 1].text if place + 1 < len(pieces) else " "
    closes, opens = bool(marks & style), bool(marks & ~style)
    return not ((closes and before[-1:].isspace()) or (opens and after[:1].isspace()))


def run(text: str, style: int) -> Run:
    return {"text": text, "bold": bool(style & BOLD), "italic": bool(style & ITALIC)}


def style_of(piece: Run) -> int:
    return (BOLD if piece.get("bold") else 0) | (ITALIC if piece.get("italic") else 0)


def simplest(runs: Sequence[Run]) -> Inline:
    """Join runs of one style; a text of no style is a plain text. Blanks at the edge of a styled run lose
    their style: nobody can see it."""
    found = joined([part for piece in joined(runs) for part in without_styled_edges(piece)])
    if not found:
        return ""
    return str(found[0]["text"]) if len(found) == 1 and not style_of(found[0]) else found


def joined(runs: Sequence[Run]) -> list[Run]:
    """Return runs with neighbours of one style as one, and none that is empty."""
    found: list[Run] = []
    for piece in runs:
        if found and style_of(found[-1]) == style_of(piece):
            found[-1] = run(found[-1]["text"] + piece["text"], style_of(piece))
        elif piece["text"]:
            found.append(run(str(piece["text"]), style_of(piece)))
    return found


def without_styled_edges(piece: Run) -> list[Run]:
    text, style = str(piece["text"]), style_of(piece)
    core = text.strip()
    start = text.find(core) if core else len(text)
    parts = [(text[:start], 0), (core, style), (text[start + len(core) :], 0)] if style else [(text, 0)]
    return [run(part, one) for part, one in parts if part]


def plain_words(inline: Inline) -> str:
    """Return the words of a text or of its runs."""
    return inline if isinstance(inline, str) else "".join(str(piece["text"]) for piece in inline)


def escaped(text: str, also: str = "") -> str:
    """Write a text so that every sign in it is read as itself; `also` are further signs to protect."""
    return "".join(f"\\{sign}" if sign in "\\*" + also else sign for sign in text)


def write_inline(inline: Inline, also: str = "") -> str:
    """Write a text or runs as markup, the reverse of `read_inline`."""
    runs = simplest([run(inline, 0)] if isinstance(inline, str) else inline)
    if isinstance(runs, str):
        return escaped(runs, also)
    written, style = "", 0
    for piece in runs:
        written += "*" * (style ^ style_of(piece)) + escaped(str(piece["text"]), also)
        style = style_of(piece)
    return written + "*" * style

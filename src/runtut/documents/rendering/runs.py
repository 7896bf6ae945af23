"""One way to write a text of several runs, so that the same words are the same content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Run = dict[str, Any]


def settled(pieces: Iterable[Run]) -> str | list[Run]:
    """Return runs in their one form: blanks around bold and italic words stand outside of them, neighbours
    of one style are one run, and a text without style is no list."""
    found: list[Run] = []
    for piece in pieces:
        for part in apart(piece):
            if found and style_of(found[-1]) == style_of(part):
                found[-1] = {**part, "text": found[-1]["text"] + part["text"]}
            else:
                found.append(part)
    if not found:
        return ""
    return str(found[0]["text"]) if len(found) == 1 and not any(style_of(found[0])) else found


def apart(piece: Run) -> Iterator[Run]:
    """Yield a run without the blanks around it, and these as plain ones."""
    text: str = piece["text"]
    words = text.strip(" ") if any(style_of(piece)) else text
    if not words:
        yield from (plain(text),) if text else ()
        return
    start = text.index(words)
    before, after = text[:start], text[start + len(words) :]
    if before:
        yield plain(before)
    yield {**piece, "text": words}
    if after:
        yield plain(after)


def plain(text: str) -> Run:
    return {"text": text, "bold": False, "italic": False}


def style_of(piece: Run) -> tuple[bool, bool]:
    return bool(piece["bold"]), bool(piece["italic"])

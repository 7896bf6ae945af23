"""Cells that are filled with a colour to mark who does a step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

PLAIN: Final = frozenset(
    {
        "",
        "auto",
        "none",
        "transparent",
        "inherit",
        "initial",
        "white",
        "fff",
        "ffffff",
        "ffffffff",
        "00000000",
    }
)


def colour(value: str | None) -> str:
    """A colour as it is compared; nothing for white and for none."""
    plain = (value or "").strip().lstrip("#").casefold()
    return "" if plain in PLAIN or plain == "rgb(255, 255, 255)" else plain


def marked(cells: Sequence[tuple[str, str]]) -> frozenset[int]:
    """Which cells of a row, each (text, colour), are filled as marks.

    They are empty, and no text of their row has their colour: a row that is coloured whole marks nobody.
    """
    used = {fill for text, fill in cells if text}
    return frozenset(at for at, (text, fill) in enumerate(cells) if fill and not text and fill not in used)

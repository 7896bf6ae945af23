"""Whom a paper is addressed to, read from its own text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

GREETING: Final = "Yth."
LONGEST: Final = 240
"""What the agenda keluar has room for."""
COUNTED: Final = re.compile(r"^\s*\d+[.)]\s*")


def addressees(content: Mapping[str, Any]) -> str:
    """Return whom a paper names after "Yth.", for the agenda: "A; B; dan 3 lainnya" where not all have room;
    empty for a paper that is addressed to nobody."""
    names = [COUNTED.sub("", name).strip() for name in named(content.get("blocks", ()))]
    return shortened([name for name in names if name])


def named(blocks: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the lines of the fact "Yth.", or the list under a paragraph that says so."""
    for number, block in enumerate(blocks):
        if block.get("type") == "facts":
            found = next((value for name, value in block["rows"] if name == GREETING), None)
            if found is not None:
                return str(found).splitlines()
        if block.get("type") == "paragraph" and block.get("text") == GREETING:
            after = blocks[number + 1] if number + 1 < len(blocks) else {}
            return [str(one) for one in after.get("items", ())]
    return []


def shortened(names: Sequence[str]) -> str:
    for left in range(len(names) + 1):
        shown = names[: len(names) - left]
        text = "; ".join([*shown, f"dan {left} lainnya"] if left else shown)
        if len(text) <= LONGEST:
            return text
    return ""

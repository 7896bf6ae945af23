"""The words of a document, without its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from runtut.documents.formulas.comparison import plain_text


def words_of(content: Mapping[str, Any]) -> str:
    """Return what a document's body says as one text, a line for every paragraph, item and cell; the titles
    of its attachments too."""
    lines = [line for block in content.get("blocks", []) for line in lines_of(block)]
    titles = [attachment["title"] for attachment in content.get("attachments", [])]
    return "\n".join(line for line in [*lines, *titles] if line)


def lines_of(block: Mapping[str, Any]) -> Iterator[str]:
    if block["type"] == "table":
        yield block.get("caption", "")
        yield from (column["label"] for column in block["columns"])
        yield from (plain_text(cell) for row in [*block["rows"], *block.get("footer", [])] for cell in row)
    elif block["type"] == "facts":
        yield from (f"{label}: {plain_text(text)}" for label, text in block["rows"])
    elif block["type"] == "list":
        yield from (plain_text(item) for item in block["items"])
    else:
        yield plain_text(block.get("text", ""))

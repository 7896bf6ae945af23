"""The blocks of which this room's documents are made; see docs/formats/document.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Block = dict[str, Any]
Column = tuple[str, int, str]
"""Label, width as a part of the whole, alignment."""

NONE = "–"
"""What stands in a table where there is nothing: a blank is never 0."""


def common_words(office: str, letterhead: Mapping[str, str], place: str, year: int) -> dict[str, str]:
    """Return what every paper of an office's year can say of itself (documents.formulas.sheets)."""
    return {
        "nama_kantor": office,
        "pemerintah": letterhead.get("government", "").title(),
        "tempat": place,
        "tahun": str(year),
        "periode": f"Tahun {year}",
    }


def heading(text: str, *, level: int = 1) -> Block:
    return {"type": "heading", "text": text, "level": level}


def paragraph(text: str) -> Block:
    return {"type": "paragraph", "text": text}


def paragraphs(text: str) -> Iterator[Block]:
    """A blank line, or a line end, begins a new paragraph."""
    for line in text.splitlines():
        if line.strip():
            yield paragraph(line.strip())


def named(name: str, text: str) -> Iterator[Block]:
    """Paragraphs of which the first begins with its name in bold; nothing for an empty text."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines):
        bold = [{"text": f"{name} ", "bold": True}] if number == 0 else []
        yield {"type": "paragraph", "text": [*bold, {"text": line}]}


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, footer: Sequence[Sequence[str]] = ()
) -> Block:
    """A table whose empty cells show that there is nothing."""
    return {
        "type": "table",
        "columns": [{"label": label, "width": width, "align": align} for label, width, align in columns],
        "rows": [[cell or NONE for cell in row] for row in rows],
        "footer": [list(row) for row in footer],
    }

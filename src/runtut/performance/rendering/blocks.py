"""The blocks of which this room's documents are made; see docs/formats/document.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

Block = dict[str, Any]
Column = tuple[str, int, str]
"""Label, width as a part of the whole, alignment."""

NONE = "–"
"""What stands in a table where there is nothing: a blank is never 0."""


class PaperFacts(Protocol):
    """What the facts of every paper tell of its sheet."""

    @property
    def letterhead(self) -> Mapping[str, str]: ...
    @property
    def place(self) -> str: ...
    @property
    def signature(self) -> Mapping[str, str]: ...


class WorkedLine(Protocol):
    """An indicator whose achievement is told with its sum."""

    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def achievement(self) -> str: ...
    @property
    def sum_text(self) -> str: ...
    @property
    def words(self) -> str: ...


def paper(
    kind: str, facts: PaperFacts, *, title: Iterable[str], blocks: Iterable[Block], **more: object
) -> dict[str, Any]:
    """Return the content of a paper that waits for its signature, ready to be stored and rendered; `more` is
    what else its kind has (docs/formats/document.md)."""
    return {
        "kind": kind,
        "letterhead": dict(facts.letterhead),
        "title": list(title),
        "place": facts.place,
        **more,
        "blocks": list(blocks),
        "signatures": [dict(facts.signature)],
        "draft": True,
    }


def worked(line: WorkedLine, more: str = "") -> list[dict[str, Any]]:
    """An item that tells how an achievement was worked out, or why there is none."""
    name = {"text": f"{line.number} {line.name}. ", "bold": True}
    if not line.achievement:
        return [name, {"text": line.words}]
    told = f"{line.sum_text} = {line.achievement} %. {line.words}".strip()
    return [name, {"text": f"{told}{more}"}]


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

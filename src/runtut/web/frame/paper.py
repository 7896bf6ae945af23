"""A document's content as a page shows it: the same words as its PDF, readable on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from runtut.documents.rendering import printed_blocks

SQUARES: Final = "█░"
BAR: Final = (
    '<svg class="batang" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="100" height="8" fill="currentColor" fill-opacity=".15"/>'
    '<rect width="{}" height="8" fill="currentColor"/></svg>'
)


@dataclass(frozen=True)
class Cell:
    label: str
    text: SafeString
    align: str

    @property
    def side(self) -> str:
        """The class of the alignment."""
        return {"right": "ka", "center": "tengah"}.get(self.align, "kiri")


@dataclass(frozen=True)
class Block:
    """One block of the body, ready for the template; only what its kind needs is filled. Of the `rows` of a
    table, those from `body` on are its footer."""

    kind: str
    text: SafeString | None = None
    level: int = 0
    items: tuple[SafeString, ...] = ()
    ordered: bool = False
    facts: tuple[tuple[str, SafeString], ...] = ()
    columns: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    body: int = 0


def inline(value: Any) -> SafeString:
    """Inline text as HTML: bold and italic runs, line feeds as breaks, everything else escaped. A text of
    nothing but full and empty squares is drawn as a bar."""
    if isinstance(value, str) and value and not value.strip(SQUARES):
        return bar(value.count(SQUARES[0]) / len(value))
    runs = [{"text": value}] if isinstance(value, str) else value
    return format_html_join("", "{}", ((run_of(run),) for run in runs))


def bar(share: float) -> SafeString:
    """A bar of a share between 0 and 1; its figure stands in the cell beside it."""
    return format_html(BAR, f"{100 * share:.0f}")


def run_of(run: Mapping[str, Any]) -> SafeString:
    shown = format_html_join(SafeString("<br>"), "{}", ((line,) for line in str(run["text"]).split("\n")))
    if run.get("bold"):
        shown = format_html("<b>{}</b>", shown)
    return format_html("<i>{}</i>", shown) if run.get("italic") else shown


def blocks_of(content: Mapping[str, Any]) -> list[Block]:
    """The body of a checked content as it is printed (docs/formats/document.md)."""
    return [block_of(block) for block in printed_blocks(dict(content)) if block["type"] != "page_break"]


def block_of(block: Mapping[str, Any]) -> Block:
    kind = str(block["type"])
    if kind == "table":
        return table_of(block)
    if kind == "list":
        items = tuple(inline(item) for item in block["items"])
        return Block(kind, items=items, ordered=bool(block.get("ordered")))
    if kind == "facts":
        return Block(kind, facts=tuple((str(name), inline(text)) for name, text in block["rows"]))
    return Block(kind, inline(block.get("text", "")), level=int(block.get("level", 1)))


def table_of(block: Mapping[str, Any]) -> Block:
    heads = [(str(one["label"]), str(one.get("align", "left"))) for one in block["columns"]]
    columns = tuple(Cell(label, inline(label), align) for label, align in heads)
    rows: Iterable[Any] = [*block["rows"], *block.get("footer", [])]
    cells = tuple(
        tuple(
            Cell(label.replace("\n", " "), inline(text), align)
            for (label, align), text in zip(heads, row, strict=True)
        )
        for row in rows
    )
    return Block("table", columns=columns, rows=cells, body=len(block["rows"]))

"""From markup to the blocks of docs/formats/document.md. Reading never fails: what is no markup is text."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from runtut.documents.formulas.markup import lines
from runtut.documents.formulas.markup.inline import plain_words, read_inline
from runtut.documents.formulas.markup.tables import read_table

Block = dict[str, Any]


def read_blocks(text: str) -> list[Block]:
    """Return the blocks that a text in markup stands for."""
    return Reader(text).blocks()


def read_words(text: str) -> list[Block]:
    """Return the blocks of a text that is words alone: paragraphs and lists, with bold and italic. Whatever
    else would be markup is text."""
    return Reader(text, lines.WORDS).blocks()


class Reader:
    """Goes down the lines; every kind of block takes the lines that belong to it. `kinds` are those that a
    line may be, None for all."""

    def __init__(self, text: str, kinds: Collection[str] | None = None) -> None:
        self.lines = [line.replace("\t", "    ").rstrip() for line in text.splitlines()]
        self.kinds = kinds
        self.place = 0

    def blocks(self) -> list[Block]:
        takers: dict[str, Callable[[], Block]] = {
            "heading": self.heading,
            "page_break": self.page_break,
            "table": self.table,
            "bullet": self.bullets,
            "number": self.numbers,
            "fact": self.facts,
            "named_fact": self.facts,
        }
        found: list[Block] = []
        while self.place < len(self.lines):
            kind = self.kind()
            if kind == "blank" or self.is_separator():
                self.place += 1
            else:
                found.append(takers.get(kind, self.paragraph)())
        return found

    def kind(self, ahead: int = 0) -> str:
        at = self.place + ahead
        found = lines.kind_of(self.lines[at]) if at < len(self.lines) else "end"
        return found if self.kinds is None or found in self.kinds else "text"

    def is_separator(self) -> bool:
        """A backslash alone, between blank lines."""
        return self.kind() == "empty" and self.kind(1) in {"blank", "end"}

    def take(self) -> str:
        self.place += 1
        return self.lines[self.place - 1].strip()

    def taken_with_more(self, first: str) -> Any:
        """Return the inline text that a line begins and the indented lines below it go on with."""
        parts = [first]
        while self.place < len(self.lines) and lines.is_continued(self.lines[self.place]):
            line = self.take()
            parts.append("" if line == lines.EMPTY else line)
        return read_inline("\n".join(parts))

    def heading(self) -> Block:
        match = lines.HEADING.fullmatch(self.take())
        assert match is not None
        return {"type": "heading", "level": len(match[1]), "text": plain_words(read_inline(match[2]))}

    def page_break(self) -> Block:
        self.place += 1
        return {"type": "page_break"}

    def table(self) -> Block:
        rows: list[str] = []
        while self.kind() == "table" and not (rows and self.lines[self.place].strip().startswith("|#")):
            rows.append(self.take())
        return read_table(rows)

    def bullets(self) -> Block:
        """Items of one list may stand apart by a blank line."""
        items = []
        while self.comes("bullet"):
            match = lines.BULLET.fullmatch(self.take())
            assert match is not None
            items.append(self.taken_with_more(match[1] or ""))
        return {"type": "list", "ordered": False, "items": items}

    def numbers(self) -> Block:
        """As bullets; a list that begins with one again is another list."""
        items: list[Any] = []
        while self.comes("number") and not (items and self.begins_anew()):
            match = lines.NUMBER.fullmatch(self.take())
            assert match is not None
            items.append(self.taken_with_more(match[2] or ""))
        return {"type": "list", "ordered": True, "items": items}

    def comes(self, kind: str) -> bool:
        """Tell whether the next words are of a kind, and stand at them if so."""
        ahead = 0
        while self.kind(ahead) == "blank":
            ahead += 1
        if self.kind(ahead) != kind:
            return False
        self.place += ahead
        return True

    def begins_anew(self) -> bool:
        match = lines.NUMBER.fullmatch(self.lines[self.place].strip())
        return match is not None and int(match[1]) == 1

    def facts(self) -> Block:
        rows = []
        while self.kind() in {"fact", "named_fact"}:
            line = self.take()
            match = lines.NAMED_FACT.fullmatch(line) or lines.FACT.fullmatch(line)
            assert match is not None
            label = plain_words(read_inline(match[1]))
            rows.append([label, self.taken_with_more(match[2] or "")])
        return {"type": "facts", "rows": rows}

    def paragraph(self) -> Block:
        align, words = "justify", self.take()
        match = lines.ALIGNED.fullmatch(words)
        if match is not None:
            align, words = lines.ALIGNMENTS[match[1]], match[2]
        parts = [words if words != lines.EMPTY else ""]
        while self.kind() in {"text", "empty"}:
            line = self.take()
            parts.append("" if line == lines.EMPTY else line)
        return {"type": "paragraph", "text": read_inline("\n".join(parts)), "align": align}

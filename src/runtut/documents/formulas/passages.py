"""Two versions of a text beside each other: passage by passage, with the words that came and went."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from runtut.documents.formulas.comparison import aligned, block_key, plain_text

Change = Literal["", "hapus", "tambah"]
WORD = re.compile(r"\s+|[^\s]+")
CELLS = " | "


@dataclass(frozen=True)
class Piece:
    """A stretch of words, and whether it came or went."""

    text: str
    change: Change = ""


@dataclass(frozen=True)
class Passage:
    """A block in both versions, as lines of pieces. Without `before` it came, without `after` it went."""

    kind: str
    before: tuple[tuple[Piece, ...], ...]
    after: tuple[tuple[Piece, ...], ...]

    @property
    def is_changed(self) -> bool:
        pieces = [piece for line in (*self.before, *self.after) for piece in line]
        return any(piece.change for piece in pieces)


def passages_of(older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Passage]:
    """Return the passages of two content JSONs in the order of the newer; what went stands where it stood."""
    olds, news = whole(older), whole(newer)
    pairs = aligned(olds, news, exact=block_key, rough=lambda block: block_key(block)[:1])
    found = []
    for left, right in pairs:
        before = olds[left] if left is not None else None
        after = news[right] if right is not None else None
        found.append(passage(before, after))
    return found


def whole(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the blocks with the title as the first."""
    title = {"type": "heading", "level": 1, "text": "\n".join(content.get("title", []))}
    return [*([title] if title["text"] else []), *content.get("blocks", [])]


def passage(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Passage:
    kind = str((after or before or {})["type"])
    old, new = lines_of(before), lines_of(after)
    if before is None:
        return Passage(kind, (), tuple((Piece(line, "tambah"),) for line in new))
    if after is None:
        return Passage(kind, tuple((Piece(line, "hapus"),) for line in old), ())
    lefts: list[tuple[Piece, ...]] = []
    rights: list[tuple[Piece, ...]] = []
    for i, j in aligned(old, new, exact=str, rough=first_word):
        left, right = words_apart(old[i] if i is not None else "", new[j] if j is not None else "")
        if i is not None:
            lefts.append(left)
        if j is not None:
            rights.append(right)
    return Passage(kind, tuple(lefts), tuple(rights))


def first_word(line: str) -> str:
    """What names a line of a list, a fact or a row of a table: enough to pair it when the rest changed."""
    return line.split(CELLS, 1)[0].split(" ", 1)[0]


def lines_of(block: Mapping[str, Any] | None) -> list[str]:
    """Return the words of a block, a line for every item, fact and row."""
    if block is None:
        return []
    if block["type"] == "list":
        marks = [f"{n}. " if block["ordered"] else "• " for n in range(1, len(block["items"]) + 1)]
        return [f"{mark}{plain_text(item)}" for mark, item in zip(marks, block["items"], strict=True)]
    if block["type"] == "facts":
        return [f"{name} : {plain_text(value)}" for name, value in block["rows"]]
    if block["type"] == "table":
        head = CELLS.join(str(column["label"]) for column in block["columns"])
        rows = [*block["rows"], *block.get("footer", [])]
        return [head, *(CELLS.join(plain_text(cell) for cell in row) for row in rows)]
    return ["(halaman baru)"] if block["type"] == "page_break" else [plain_text(block["text"])]


def words_apart(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts as pieces; a word is the smallest that is marked."""
    olds, news = WORD.findall(old), WORD.findall(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        add(left, "".join(olds[i:j]), "" if tag == "equal" else "hapus")
        add(right, "".join(news[k:m]), "" if tag == "equal" else "tambah")
    return tuple(left), tuple(right)


def add(pieces: list[Piece], text: str, change: Change) -> None:
    if text:
        pieces.append(Piece(text, change))


def gathered(passages: Sequence[Passage], around: int = 1) -> list[list[Passage]]:
    """Return the passages in groups, changed and unchanged in turn; beside a change one unchanged passage
    stays with it, so that the place can be recognised."""
    near = [
        any(one.is_changed for one in passages[max(0, place - around) : place + around + 1])
        for place in range(len(passages))
    ]
    groups: list[list[Passage]] = []
    for place, one in enumerate(passages):
        if place and near[place] == near[place - 1]:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups

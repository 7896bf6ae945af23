"""The identity block: label by label, however its two columns were flattened."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from runtut.procedures.importing import docnumbers
from runtut.procedures.importing.block import Identity, Piece
from runtut.procedures.importing.dealing import deal
from runtut.procedures.importing.headings import (
    FURNITURE,
    HEADING,
    NO_TITLE,
    SIGNATURE,
    WORKSHEET,
    bare_title,
)
from runtut.procedures.importing.source import Cell, Layout, Place, Row
from runtut.procedures.importing.vocabulary import BODY, INLINE, LISTS, label_of
from runtut.procedures.importing.words import flow, key


class _Reader:
    """Goes through the rows of one stretch between two tables."""

    def __init__(self) -> None:
        self.blocks: list[Identity] = [Identity()]
        self.columns: list[tuple[int, str]] = []
        self.queue: list[str] = []
        self.waiting: list[tuple[str, Place, bool]] = []
        self.blank = True
        self.in_worksheet = False
        self.after = False
        self.untitled = ""

    @property
    def block(self) -> Identity:
        return self.blocks[-1]

    def take(self, row: Row) -> None:
        row = replace(row, cells=tuple(cell for cell in row.cells if not cell.below))
        if row.is_blank or not re.search(r"[\w-]", row.text):
            self.blank = True
            return
        if FURNITURE.search(row.text):
            self.block.loose.append(Piece(row.text, row.place))
            return
        labels = _labels(row)
        if self._entitled(row, labels):
            return
        if self.blank and not labels and _heads_flow(row, self.queue):
            self.block.headings.append(Piece(row.text, row.place))
            return
        if WORKSHEET.search(row.text) and len(row.text) < 80:
            self._flush()
            self.in_worksheet = True
        if self.in_worksheet:
            if not any(name in {"number", "approver"} for _, name, _ in labels):
                self.block.worksheet.append(Piece(row.text, row.place))
                return
            self.in_worksheet = False
        if labels:
            self._label(row, labels)
        else:
            self._value(row)
        self.blank = False

    def _entitled(self, row: Row, labels: Sequence[tuple[Cell, str, str]]) -> bool:
        """Take the lines below a heading that only says "SOP": they are the title."""
        text = row.text
        if labels or len(row.filled) != 1 or len(text) > 160:
            self.untitled = ""
            return False
        if HEADING.search(text) and not re.search(r"\w", bare_title(text)):
            self.untitled = "heading"
            return False
        if not self.untitled or BODY.match(text) or NO_TITLE.match(text):
            self.untitled = ""
            return False
        goes_on = self.untitled == "title"
        if goes_on and (self.blank or not text.isupper() or not self.block.headings[-1].text.isupper()):
            self.untitled = ""
            return False
        if goes_on:
            last = self.block.headings.pop()
            self.block.headings.append(replace(last, text=f"{last.text}\n{text}"))
        else:
            self.block.headings.append(Piece(text, row.place))
        self.untitled, self.blank = "title", False
        return True

    def _label(self, row: Row, labels: list[tuple[Cell, str, str]]) -> None:
        named = {name for _, name, _ in labels}
        if named & {"number"} and self.block.pieces.get("number"):
            self._flush()
            self.blocks.append(Identity(start=len(self.blocks)))
            self.columns, self.queue = [], []
        listed = [(cell.column, name) for cell, name, _ in labels if name in LISTS]
        one_line = len(row.filled) == 1 or row.layout is Layout.LINE
        if listed and one_line and len(listed) == 1 and not labels[0][2]:
            if self.waiting or not self.queue:
                self._flush()
            self.queue.append(listed[0][1])
            self.block.pieces.setdefault(listed[0][1], [])
            self.columns = []
            return
        self._flush()
        if listed or named & set(INLINE):
            self._columns(row, labels, one_line)

    def _columns(self, row: Row, labels: list[tuple[Cell, str, str]], one_line: bool) -> None:
        """Labels side by side: what follows in their columns belongs to them."""
        self.queue = []
        starts = [(cell.column, name) for cell, name, _ in labels]
        if one_line and len(labels) > 1:
            self.queue = [name for _, name in starts]
            for name in self.queue:
                self.block.pieces.setdefault(name, [])
            self.columns = []
            for _, name, rest in labels:
                if rest:
                    self.block.add(name, rest, row.place)
            return
        earlier = [entry for entry in self.columns if entry[0] < starts[0][0] and entry[1] in LISTS]
        self.columns = [*earlier, *starts] if starts[0][1] in LISTS else starts
        at = {id(cell): (name, rest) for cell, name, rest in labels}
        current = ""
        for cell in row.filled:
            if id(cell) in at:
                current, rest = at[id(cell)]
                self.block.pieces.setdefault(current, [])
                if rest:
                    self.block.add(current, rest, row.place)
            elif current:
                self.block.add(current, _value(cell.text), row.place)
            elif earlier:
                self.block.add(
                    next(
                        name
                        for left, name in reversed(earlier)
                        if left <= cell.column or left == earlier[0][0]
                    ),
                    _numbered(row, cell),
                    row.place,
                )
            elif self.block.pieces.get("legal_basis") is None:
                self.block.letterhead.append(Piece(cell.text, row.place))
            else:
                self.block.loose.append(Piece(cell.text, row.place))

    def _value(self, row: Row) -> None:
        if self.queue:
            self.waiting.append(
                (row.text if row.layout is not Layout.GAP else _gapped(row), row.place, self.blank)
            )
            return
        for cell in row.filled:
            name = next((name for at, name in reversed(self.columns) if at <= cell.column), "")
            if name and (name in LISTS or self._still_open(name, row)):
                self.block.add(name, _value(cell.text) if name in INLINE else _numbered(row, cell), row.place)
            elif self._heads_letter(cell):
                self.block.letterhead.append(Piece(cell.text, row.place))
            elif not _is_number_of(row, cell):
                self.block.loose.append(Piece(cell.text, row.place))

    def _heads_letter(self, cell: Cell) -> bool:
        """Before the labels, or left of them while the lists have not begun, stands the letterhead."""
        if not self.columns:
            return not self.block.pieces
        return cell.column < self.columns[0][0] and "legal_basis" not in self.block.pieces

    def _still_open(self, name: str, row: Row) -> bool:
        """A label whose value stands on the next lines: the title, the approver with name and NIP."""
        if name == "approver":
            return not SIGNATURE.search(" ".join(self.block.lines("approver")))
        return not self.block.pieces.get(name)

    def _flush(self) -> None:
        if self.queue and self.waiting:
            deal(self.block, self.queue, self.waiting)
        if self.waiting or not self.queue:
            self.queue = []
        self.waiting = []

    def finish(self) -> list[Identity]:
        self._flush()
        for block in self.blocks:
            _sign(block)
            _tidy(block)
        return self.blocks


def _heads_flow(row: Row, queue: Sequence[str]) -> bool:
    """A title above a flowchart, and not an entry of the related SOPs."""
    text = row.text
    if len(row.filled) > 1 or len(text) > 160 or not HEADING.search(text):
        return False
    return bool(re.match(r"(?i)\W*(?:\d+\s*\.\s*)?standar[dt]? ?operasional", text)) or (
        text.isupper() and "related_sops" not in queue
    )


def read(rows: Sequence[Row]) -> list[Identity]:
    """Read the identity blocks in the rows between two tables; there may be several, or an empty one."""
    reader = _Reader()
    for row in rows:
        reader.take(row)
    return reader.finish()


def _labels(row: Row) -> list[tuple[Cell, str, str]]:
    """The labels in a row: (cell, field, what follows it in the cell)."""
    found = []
    for cell, after in zip(row.filled, (*row.filled[1:], None), strict=True):
        label = label_of(cell.text)
        if key(cell.text) == "sop" and after is not None and docnumbers.is_like(after.text):
            label = ("number", "")
        while label is not None:
            name, rest = label
            further = label_of(rest) if rest and not rest[:1].isdigit() else None
            if further is None or further[0] == name:
                found.append((cell, name, rest))
                break
            found.append((cell, name, ""))
            label = further
    return found


def _value(text: str) -> str:
    return text.lstrip(": ").strip()


def _numbered(row: Row, cell: Cell) -> str:
    """A list's text, with the number that stands in a cell of its own before it."""
    text = _value(cell.text)
    if re.fullmatch(r"\d{1,2}\s*[.)]?", text):
        return ""
    at = row.filled.index(cell)
    before = row.filled[at - 1].text if at else ""
    if re.fullmatch(r"\d{1,2}\s*[.)]?", before):
        return f"{before.strip('.) ')}. {text}"
    if at and before == "-":
        return f"- {text}"
    return text


def _is_number_of(row: Row, cell: Cell) -> bool:
    return bool(re.fullmatch(r"\d{1,2}\s*[.)]?|-", cell.text)) and cell is not row.filled[-1]


def _gapped(row: Row) -> str:
    return "   ".join(cell.text for cell in row.filled)


def _sign(block: Identity) -> None:
    """Cut a signature off the letterhead: it closes the form before this one."""
    last = max((at for at, piece in enumerate(block.letterhead) if SIGNATURE.search(piece.text)), default=-1)
    if last >= 0:
        block.signature = block.letterhead[: last + 1]
        del block.letterhead[: last + 1]


def _tidy(block: Identity) -> None:
    """Take headings of the flowchart and the signature out of where they ended up."""
    for name in (*LISTS, "title"):
        kept = block.pieces.get(name)
        if not kept:
            continue
        while len(kept) > 1 and HEADING.search(kept[-1].text) and not _is_entry(kept, name):
            block.headings.insert(0, kept.pop())
    for piece in list(block.letterhead):
        if HEADING.search(piece.text) and len(flow(piece.text)) < 160:
            block.letterhead.remove(piece)
            block.headings.append(piece)
    for piece in list(block.loose):
        if HEADING.search(piece.text) and len(flow(piece.text)) < 160:
            block.loose.remove(piece)
            block.headings.append(piece)


def _is_entry(pieces: Sequence[Piece], name: str) -> bool:
    """ "SOP Surat Masuk" is an entry of the related SOPs, not a heading."""
    if name != "related_sops":
        return False
    return not pieces[-1].text.isupper() or all(piece.text.isupper() for piece in pieces)

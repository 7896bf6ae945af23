"""Texts that stand below several labels of an identity block, dealt out to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from runtut.procedures.importing.block import Identity, Piece
from runtut.procedures.importing.lists import AT_LINE
from runtut.procedures.importing.source import Place

SECOND = re.compile(r"(?<=\S)\s+(?P<no>\d{1,2})\s*[.)]\s+(?=[A-Z])")


def deal(block: Identity, queue: Sequence[str], waiting: Sequence[tuple[str, Place, bool]]) -> None:
    """Deal the texts below several labels out to them: a list that starts anew starts the next label."""
    if len(queue) == 1:
        for text, place, _ in waiting:
            block.add(queue[0], text, place)
        return
    chunks: list[list[Piece]] = []
    numbered = False
    last = 0
    for text, place, blank in waiting:
        left, right = _two_lists(text, last)
        if right:
            _side_by_side(block, queue, waiting)
            return
        match = AT_LINE.match(left)
        number = int(match["no"] or match["plain"] or 0) if match else 0
        starts = not chunks or (number == 1) or (blank and not number and not numbered and not match)
        if blank and not number and numbered and left[:1].isupper() and not match:
            starts = True
        if starts:
            chunks.append([])
            numbered = False
        numbered = numbered or bool(number)
        last = number or last
        chunks[-1].append(Piece(left, place))
    while len(chunks) > len(queue):
        at = min(range(len(chunks) - 1), key=lambda i: len(chunks[i]) + len(chunks[i + 1]))
        chunks[at : at + 2] = [chunks[at] + chunks[at + 1]]
    for name, chunk in zip(queue, chunks, strict=False):
        for piece in chunk:
            block.add(name, piece.text, piece.place)
    if len(chunks) != len(queue):
        block.doubts.append(
            ("identity", "Isi beberapa judul identitas tercampur; pembagiannya perlu diperiksa.")
        )


def _two_lists(text: str, last: int) -> tuple[str, str]:
    """Split a line that holds an entry of the left and one of the right list."""
    for match in SECOND.finditer(text):
        word = text[: match.start()].split()[-1].casefold()
        opening = AT_LINE.match(text)
        if word in {"no", "no.", "nomor"}:
            continue
        number = int(match["no"])
        if opening and (number <= 2 or number != int(opening["no"] or 0) + 1):
            return text[: match.start()], text[match.start() :].strip()
    return text, ""


def _side_by_side(block: Identity, queue: Sequence[str], waiting: Sequence[tuple[str, Place, bool]]) -> None:
    """Two columns whose lines stand beside each other on one line of text."""
    first, second = queue[0], queue[1]
    last = 0
    for text, place, _ in waiting:
        left, right = _two_lists(text, last)
        match = AT_LINE.match(left)
        last = int(match["no"] or 0) if match else last
        block.add(first, left, place)
        if right:
            block.add(second, right, place)
    block.doubts.append(
        (first, "Dua kolom identitas tercampur dalam satu baris; pembagiannya perlu diperiksa.")
    )

"""One search over the objects of every room, in Indonesian, alike on both databases.

A room offers its objects as entries (`offer`) and names the rows that change them (`follow`); a change leaves
a mark in its own transaction, and the worker writes the entry soon after. Whoever asks (`answers`) brings the
condition of what is open to them. See docs/search.md.
"""

from __future__ import annotations

from runtut.core.search.asking import answers, by_kind
from runtut.core.search.indexing import move, rebuild, sweep
from runtut.core.search.marking import Piece, marked, passage
from runtut.core.search.registry import Entry, Source, follow, mark, offer
from runtut.core.search.words import Term, wanted

__all__ = [
    "Entry",
    "Piece",
    "Source",
    "Term",
    "answers",
    "by_kind",
    "follow",
    "mark",
    "marked",
    "move",
    "offer",
    "passage",
    "rebuild",
    "sweep",
    "wanted",
]

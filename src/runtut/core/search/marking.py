"""The passage of a text that answers a question, with the words that do. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from runtut.core.search.words import Term, has_digit, plain, runs, terms_of_run

BEFORE: Final = 60
LENGTH: Final = 200
ELLIPSIS: Final = "…"


class Piece(NamedTuple):
    """A stretch of a text."""

    text: str
    is_marked: bool


def marked(text: str, wanted: Sequence[Term]) -> list[Piece]:
    """Return a text in pieces, those marked that answer a word of the question."""
    pieces: list[Piece] = []
    end = 0
    for run in runs(text):
        if answers(run.group(), wanted):
            pieces += [Piece(text[end : run.start()], False), Piece(run.group(), True)]
            end = run.end()
    pieces.append(Piece(text[end:], False))
    return [piece for piece in pieces if piece.text]


def answers(run: str, wanted: Sequence[Term]) -> bool:
    """Tell whether a word of a text answers a word of the question. Only one that could is stemmed: a stem
    stands in its word, save for its first letter (menyusun: susun)."""
    word = plain(run)
    hopeful = [one for one in wanted if has_digit(word) or could_be(word, one)]
    return bool(hopeful) and any(one.matches(term) for term in terms_of_run(word) for one in hopeful)


def could_be(word: str, one: Term) -> bool:
    return bool(one.stem and one.stem[1:] in word) or bool(one.start and one.start in word)


def passage(text: str, wanted: Sequence[Term]) -> list[Piece]:
    """Return some words around the first that answers, in pieces; nothing when none does."""
    first = next((run for run in runs(text) if answers(run.group(), wanted)), None)
    if first is None:
        return []
    start = word_start(text, first.start() - BEFORE)
    end = word_end(text, max(start + LENGTH, first.end()))
    before = ELLIPSIS if start else ""
    after = ELLIPSIS if end < len(text) else ""
    return marked(f"{before}{text[start:end].strip()}{after}", wanted)


def word_start(text: str, place: int) -> int:
    """Return the beginning of the first whole word after a place."""
    if place <= 0:
        return 0
    return text.find(" ", place) + 1


def word_end(text: str, place: int) -> int:
    """Return the end of the last whole word before a place."""
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", 0, place)
    return blank if blank > 0 else place

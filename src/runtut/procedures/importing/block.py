"""What an identity block of an SOP says, still as written."""

from __future__ import annotations

from dataclasses import dataclass, field

from runtut.procedures.importing.source import Place
from runtut.procedures.importing.vocabulary import LISTS


@dataclass(frozen=True)
class Piece:
    """A text that belongs to a field; `paragraphs` when its lines were paragraphs of their own."""

    text: str
    place: Place


@dataclass
class Identity:
    """What an identity block says, still as written."""

    pieces: dict[str, list[Piece]] = field(default_factory=dict)
    letterhead: list[Piece] = field(default_factory=list)
    headings: list[Piece] = field(default_factory=list)
    loose: list[Piece] = field(default_factory=list)
    worksheet: list[Piece] = field(default_factory=list)
    signature: list[Piece] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    dashed: set[str] = field(default_factory=set)
    start: int = 0

    @property
    def is_empty(self) -> bool:
        """Nothing that names an SOP: letterheads, headings and signatures alone do not."""
        return not any(self.pieces.values())

    def add(self, name: str, text: str, place: Place) -> None:
        entries = self.pieces.setdefault(name, [])
        if text.strip(" :-–_."):
            entries.append(Piece(text, place))
        elif text.strip(" :") and name in LISTS:
            self.dashed.add(name)

    def lines(self, name: str) -> list[str]:
        return [piece.text for piece in self.pieces.get(name, [])]

    def place(self, name: str) -> Place | None:
        found = self.pieces.get(name)
        return found[0].place if found else None

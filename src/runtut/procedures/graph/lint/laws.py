"""Citations of regulations: read from words, and the table that says what each is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_KINDS: Final = (
    ("Permendagri", r"peraturan menteri dalam negeri|permendagri|pe?mandagri"),
    (
        "PermenPANRB",
        r"peraturan menteri (?:negara )?(?:pendayagunaan aparatur negara(?: dan reformasi birokrasi)?"
        r"|pan ?(?:dan )?rb|panrb|pan)|permen ?pan(?: ?(?:dan )?rb)?",
    ),
    ("PMK", r"peraturan menteri keuangan|pmk"),
    ("Perpres", r"peraturan presiden|perpres"),
    ("Inpres", r"instruksi presiden|inpres"),
    ("Keppres", r"keputusan presiden|keppres"),
    ("PP", r"peraturan pemerintah(?! daerah)|pp"),
    ("UU", r"undang[ -]*undang|uu"),
    ("Perda", r"peraturan daerah|perda"),
    ("Perkada", r"peraturan (?:bupati|wali ?kota|gubernur)|per(?:bup|wal|gub)|perwali"),
    ("Permen", r"peraturan menteri|permen\w*"),
    ("Perka", r"peraturan (?:kepala|badan|lembaga)|perka\w*"),
)
_SIGNS: Final = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _KINDS)
_LONG: Final = re.compile(
    r"(?:nomor|no)\.?\s*:?\s*(?P<number>[\w./-]+?)\s*,?\s+tahun\s+(?P<year>\d{4})", re.IGNORECASE
)
_SHORT: Final = re.compile(r"\b(?P<number>\d{1,3})\s*/\s*(?P<year>(?:19|20)\d\d)\b")
_ABOUT: Final = re.compile(r"\btentang\s+(?P<about>.+)", re.IGNORECASE | re.DOTALL)
_CONSTITUTION: Final = re.compile(r"undang[ -]*undang\s+dasar", re.IGNORECASE)
_FILLERS: Final = frozenset(
    ["dan", "di", "dari", "dalam", "atas", "pada", "tentang", "serta", "lingkungan", "republik", "indonesia"]
)
ALIKE: Final = 0.6


@dataclass(frozen=True)
class Citation:
    """A regulation as an SOP cites it; `about` is empty where the title is not told."""

    kind: str
    number: str
    year: int
    about: str

    @property
    def short(self) -> str:
        return f"{self.kind} {self.number}/{self.year}"


@dataclass(frozen=True)
class Law:
    """A regulation of the table. `date` is ISO text of any precision; `replaced_by` is empty
    while in force; `offices` are the kinds of office that it is about, empty for one about every kind."""

    kind: str
    number: str
    year: int
    about: str
    date: str = ""
    replaced_by: str = ""
    offices: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        return f"{self.kind} {self.number}/{self.year}"


@dataclass(frozen=True)
class LawTable:
    """Versioned reference data (data/laws.json): which regulations are known, as of when, by what
    source."""

    laws: tuple[Law, ...] = ()
    version: str = ""

    def find(self, cited: Citation) -> Law | None:
        """The regulation of this kind, number and year; None when the table does not know it."""
        own = (cited.kind, cited.number.lstrip("0"), cited.year)
        return next((law for law in self.laws if (law.kind, law.number, law.year) == own), None)

    def titled(self, about: str) -> Law | None:
        """The regulation in the table with just this title; None when there is none or more than one."""
        same = [law for law in self.laws if words_of(law.about) == words_of(about)]
        return same[0] if len(same) == 1 else None


NO_LAWS: Final = LawTable()


def read_laws(data: Mapping[str, Any]) -> LawTable:
    """Build the table from its data file; KeyError when a row lacks a field."""
    rows = (
        Law(
            row["kind"],
            row["number"],
            row["year"],
            row["about"],
            row.get("date", ""),
            row.get("replaced_by", ""),
            tuple(row.get("offices", ())),
        )
        for row in data["laws"]
    )
    return LawTable(tuple(rows), data["version"])


def cited_laws(lines: Iterable[str]) -> list[tuple[str, Citation]]:
    """Read (line, citation) from the lines of a legal basis; lines that cite none are left out."""
    read = ((line, citation_of(line)) for line in lines)
    return [(line, cited) for line, cited in read if cited]


def is_unnumbered(line: str) -> bool:
    """Tell whether a line names a kind of regulation without saying which one: no number and no year."""
    opening = _opening(line)
    return bool(_kind(opening)) and not _CONSTITUTION.search(opening) and not re.search(r"\d", opening)


def citation_of(line: str) -> Citation | None:
    """Read kind, number, year and title of the first regulation that a line names."""
    opening = _opening(line)
    numbered = _LONG.search(opening) or _SHORT.search(opening)
    if not numbered:
        return None
    kind = _kind(opening[: numbered.start()])
    told = _ABOUT.search(line)
    about = told.group("about").strip(" .;,") if told else ""
    return Citation(kind, numbered["number"], int(numbered["year"]), about) if kind else None


def _opening(line: str) -> str:
    """What stands before the title: a title may itself name regulations."""
    return re.split(r"\btentang\b", line, maxsplit=1, flags=re.IGNORECASE)[0]


def _kind(text: str) -> str:
    return next((kind for kind, sign in _SIGNS if sign.search(text)), "")


def words_of(about: str) -> frozenset[str]:
    """The words of a title that tell it from another."""
    return frozenset(re.findall(r"\w+", about.casefold())) - _FILLERS


def is_alike(one: str, other: str) -> bool:
    """Say whether two titles may be of the same regulation: most words of the shorter stand in the longer."""
    first, second = words_of(one), words_of(other)
    return not first or not second or len(first & second) >= ALIKE * min(len(first), len(second))


def is_later(law_date: str, year: int, sop_date: str) -> bool:
    """Say whether a regulation is later than an SOP; dates of a coarser precision are compared as such."""
    known: Sequence[str] = (law_date or f"{year}", sop_date)
    length = min(len(text) for text in known)
    return length >= len("2024") and known[0][:length] > known[1][:length]

"""Papers that the system composes around data. An office words their title, how they begin and how they end:
paragraphs and lists, bold and italic, with places that the data fills in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from runtut.documents.enums import TemplateKind
from runtut.documents.formulas.markup import lines, safe_line
from runtut.documents.formulas.markup.inline import escaped
from runtut.documents.formulas.placeholders import PLACE, PLACES, fill_words

BODY: Final = "isi"
"""Stands on a line of its own where the data goes: above it the opening, below it the closing."""
COMMON: Final = ("nama_kantor", "pemerintah", "tempat", "tahun", "periode")
OF_A_RUN: Final = ("kegiatan", "hari_ini", "rapat")
OWN: Final[dict[str, str]] = {
    "pantau_mulai": "hari pemantauan dimulai",
    "renstra": "Renstra yang dijabarkan, dengan penetapannya",
    "pembanding": "dengan apa kinerja setahun dibandingkan",
    "instrumen": "nama instrumen yang diisi",
    "responden": "berapa responden yang mengisi",
    "nilai_akhir": "kalimat tentang nilai akhirnya",
    "simpulan": "kalimat simpulan menurut datanya",
    BODY: "tabel dan isi lain yang disusun dari data",
}
"""Places that only such papers know."""
SHEETS: Final[dict[TemplateKind, tuple[str, ...]]] = {
    TemplateKind.AGREEMENT: (*COMMON, *OF_A_RUN, "rapat_hari", BODY),
    TemplateKind.MONITORING: (*COMMON, *OF_A_RUN, "pantau_mulai", "simpulan", BODY),
    TemplateKind.EVALUATION: (*COMMON, "instrumen", "responden", "nilai_akhir", BODY),
    TemplateKind.PENGUKURAN: (*COMMON, "simpulan", BODY),
    TemplateKind.RKT: (*COMMON, "renstra", "simpulan", BODY),
    TemplateKind.EKT: (*COMMON, "pembanding", "simpulan", BODY),
}
"""The papers with the places that each knows."""


@dataclass(frozen=True)
class SheetText:
    """What an office has written for such a paper."""

    title: str
    text: str


@dataclass(frozen=True)
class Wording:
    """The same with its places filled in: the lines of the title in capitals, the others as markup."""

    title: tuple[str, ...]
    opening: str
    closing: str


def places_of(kind: TemplateKind) -> dict[str, str]:
    """Return the places that a template of a kind may name, with what stands there."""
    if kind not in SHEETS:
        return PLACES
    return {name: (PLACES | OWN)[name] for name in SHEETS[kind]}


def parted(text: str) -> tuple[str, str] | None:
    """Return what stands above and below the place of the data; None unless it stands once, on a line of its
    own, with words on both sides."""
    lines = text.split("\n")
    marks = [number for number, line in enumerate(lines) if fill_words(line.strip(), {BODY: "\0"}) == "\0"]
    if len(marks) != 1:
        return None
    above, below = "\n".join(lines[: marks[0]]).strip(), "\n".join(lines[marks[0] + 1 :]).strip()
    return (above, below) if above and below else None


def worded(sheet: SheetText, values: Mapping[str, str]) -> Wording:
    """Fill the places of a paper; what nobody knows is told by a dash."""
    known = dict.fromkeys(PLACES | OWN, "-") | {
        name: words for name, words in values.items() if words.strip()
    }
    opening, closing = parted(sheet.text) or (sheet.text, "")
    title = fill_words(sheet.title, {name: words.upper() for name, words in known.items()})
    return Wording(
        title=tuple(line for line in title.split("\n") if line),
        opening=filled(opening, known),
        closing=filled(closing, known),
    )


def filled(text: str, known: Mapping[str, str]) -> str:
    """Replace the places of a text in markup by words, protected from being read as markup."""
    return "\n".join(filled_line(line, known) for line in text.split("\n"))


def filled_line(line: str, known: Mapping[str, str]) -> str:
    words = PLACE.sub(lambda match: escaped(known.get(match[1], "")) or match[0], line)
    was, is_now = lines.kind_of(line), lines.kind_of(words)
    return safe_line(words) if was != is_now and is_now in {"bullet", "number"} else words

"""The words of a text as the index keeps them, and the words of a question. Pure.

Every word stands in the index as it is written and as its stem (kinerja: kerja), every number as a whole and
from each of its segments on (000.8.3.3/02: also 8.3.3/02, 3.3/02 ...). What is kept is lower-case letters and
digits only, begun by a letter, so that both databases take it as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

STOP_WORDS: Final = frozenset(
    """
    ada adalah agar akan antara atas atau bagi bahwa bila dalam dan dapat dari dengan di guna hal harus
    ini itu jika juga karena ke kepada lagi maka oleh pada para perihal saja sampai sebagai secara
    sedang sehingga serta setelah sudah tentang telah tersebut tidak untuk yaitu yang
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)
OWN_STEMS: Final = {
    "kabupaten": "kabupaten",
    "kecamatan": "kecamatan",
    "kelurahan": "kelurahan",
    "menandatangani": "tandatangan",
    "ditandatangani": "tandatangan",
    "penandatanganan": "tandatangan",
    "menindaklanjuti": "tindaklanjut",
    "ditindaklanjuti": "tindaklanjut",
    "penindaklanjutan": "tindaklanjut",
}
"""Where the stemmer errs, or leads astray: who asks for the Camat does not mean everything of a kecamatan."""

LONGEST_TERM: Final = 60
MOST_SEGMENTS: Final = 12
SHORTEST_START: Final = 2
JOINT: Final = "x"
RUN: Final = re.compile(r"[^\W_]+(?:[./_-][^\W_]+)*")
SEPARATORS: Final = re.compile(r"[./_-]")
SPACED_SLASH: Final = re.compile(r"(?<=\w)\s*/\s*(?=\w)")
SPACED_NIP: Final = re.compile(r"\b(\d{8}) (\d{6}) (\d) (\d{3})\b")


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: found by its stem, or by how a term begins. An empty one finds nothing."""

    stem: str
    start: str

    def matches(self, term: str) -> bool:
        """Tell whether a term of the index answers this word."""
        return term == self.stem if not self.start else term == self.stem or term.startswith(self.start)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word, at most a millisecond for a new one."""
    return OWN_STEMS.get(word) or str(_stemmer().stem_word(word))


@cache
def _stemmer() -> Any:
    """The stemmer without its own cache, which nothing bounds; it reads its dictionary on first use."""
    return StemmerFactory().create_stemmer().delegatedStemmer


def runs(text: str) -> Iterator[re.Match[str]]:
    """Return the words of a text where they stand; a number with its separators is one."""
    return RUN.finditer(text)


def plain(text: str) -> str:
    """Return a text in lower case without accents, with numbers written in blanks put together."""
    spread = unicodedata.normalize("NFKD", text).lower()
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return SPACED_NIP.sub(r"\1\2\3\4", SPACED_SLASH.sub("/", bare))


def terms(text: str) -> set[str]:
    """Return the terms under which a text is found."""
    return {term for run in runs(plain(text)) for term in terms_of_run(run.group())}


def terms_of_run(run: str) -> Iterator[str]:
    """Return the terms of one plain word or number."""
    parts = segments(run)
    is_number = has_digit(run)
    for part in parts:
        if has_digit(part) or not part.isascii():
            yield term_of(part)
        elif is_number or part not in STOP_WORDS:
            yield term_of(part)
            yield term_of(stem(part))
    if is_number:
        yield from (term_of(JOINT.join(parts[start:])) for start in range(len(parts) - 1))


def segments(run: str) -> list[str]:
    return SEPARATORS.split(run)[:MOST_SEGMENTS]


def has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def term_of(text: str) -> str:
    """Return a term as it stands in the index: its other letters by their code, so that nothing else than
    letters and digits is left."""
    safe = "".join(letter if letter.isascii() else f"u{ord(letter):x}" for letter in text)
    return (safe if safe[:1].isalpha() else f"n{safe}")[:LONGEST_TERM]


def wanted(question: str) -> tuple[Term, ...]:
    """Return the words of a question, all of which an answer has; none when it has only stop words.

    The last word may be unfinished, and so may a number: they find what begins with them.
    """
    found = [run.group() for run in runs(plain(question))]
    return tuple(
        dict.fromkeys(
            term
            for place, run in enumerate(found, 1)
            for term in wanted_of_run(run, is_last=place == len(found))
        )
    )


def wanted_of_run(run: str, *, is_last: bool) -> Iterator[Term]:
    if has_digit(run):
        yield Term("", term_of(JOINT.join(segments(run))))
        return
    parts = segments(run)
    for place, part in enumerate(parts, 1):
        may_go_on = is_last and place == len(parts) and len(part) >= SHORTEST_START
        if part not in STOP_WORDS:
            yield Term(term_of(stem(part)), term_of(part) if may_go_on else "")

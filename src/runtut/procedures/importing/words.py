"""Words: what is left of a text once tags, odd spaces and broken words are mended."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

BLANK = {"", "-", "–", "—", ":", ": -", "_", "...", "…"}
"""What stands in a cell that says nothing."""
BREAK = re.compile(r"<\s*(?:br|/p|/li|/div|/tr|/h\d|li|/ol|/ul|ol|ul)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
MIXED = re.compile(r"(?<=\d)(?=[¼½¾])")
PRIVATE = {
    0xF000 + code: sign
    for code, sign in (
        (0x6C, "●"), (0x6E, "■"), (0x75, "◆"), (0x76, "◆"), (0xA7, "▪"), (0xA8, "□"), (0xB7, "•"),
        (0xD8, "➢"), (0xFB, "✗"), (0xFC, "✓"), (0xFD, "☒"), (0xFE, "☑"),
    )
}  # fmt: skip
"""What the usual symbol fonts draw for the private characters that Word writes for them."""
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\ufeff]+")
GLUED = {"ke", "di", "dan", "yg", "dr", "pd", "tgl", "no", "dg", "dgn", "se", "atau", "oleh", "lap", "skp"}
SUFFIXES = (
    "nya",
    "kan",
    "an",
    "i",
    "ni",
    "ya",
    "n",
    "a",
    "ngan",
    "gan",
    "si",
    "na",
    "man",
    "tan",
    "han",
    "asi",
    "rasi",
    "aan",
    "uan",
    "ian",
    "naan",
    "saan",
    "ahan",
)
CERTAIN = {"a", "n", "i", "ni", "na", "ngan", "gan", "aan", "uan", "ian", "naan", "saan", "ahan"}
"""The endings that are no words of their own."""


def without_tags(text: str) -> str:
    """Drop HTML remnants, with a line break where the tag broke the line."""
    if "<" in text:
        text = TAG.sub(" ", BREAK.sub("\n", text))
    return html.unescape(text) if "&" in text else text


def is_symbol_font(name: str) -> bool:
    """Whether a font has symbols where others have letters."""
    return name.casefold().startswith(("wingdings", "webdings", "zapfdingbats", "zapf dingbats"))


def in_symbols(text: str) -> str:
    """Letters of a symbol font as the signs that it shows; a tick where the sign is not known."""
    return "".join(sign if sign.isspace() else PRIVATE.get(ord(sign) % 0x1000 | 0xF000, "✓") for sign in text)


def clean(text: str) -> str:
    """One text with single spaces and no empty lines; lines inside a cell stay apart."""
    text = MIXED.sub(" ", without_tags(text).replace("\r", "\n").translate(PRIVATE))
    text = unicodedata.normalize("NFKC", text)
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Co"})
    lines = (SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The text for comparing: lower-case letters and digits with single spaces."""
    return " ".join(re.sub(r"[^0-9a-z]+", " ", text.casefold()).split())


def flow(text: str) -> str:
    """The lines of a cell as one line, words that a narrow column broke put together again."""
    result = ""
    for line in text.split("\n"):
        result = join(result, line.strip())
    return result


def join(before: str, after: str) -> str:
    """Put the end of one line and the start of the next together.

    A hyphen at the end is dropped when it broke a word and kept in a doubled one ("data-data"). Without a
    hyphen, a loose ending of at most four letters after a long word is the rest of that word.
    """
    if not before or not after:
        return before or after
    last, first = before.split(" ")[-1], after.split(" ")[0]
    if re.fullmatch(r"\W*[A-Za-z]+[-‐]", last) and first[:1].islower():
        stem = re.sub(r"\W", "", last)
        bare = re.sub(r"\W", "", first)
        doubled = bare.casefold() == stem.casefold() or bare.casefold().startswith(stem.casefold())
        return before + after if doubled else before[:-1] + after
    if _is_broken(last, first):
        return before + after
    return f"{before} {after}"


def _is_broken(last: str, first: str) -> bool:
    """Say whether a narrow column cut a word between these two without a hyphen."""
    rest = re.sub(r"\W+$", "", first)
    if not rest.islower() or not rest.isalpha() or rest in GLUED or rest not in SUFFIXES:
        return False
    if not last.isalpha() or len(last) < 6:
        return False
    if rest in CERTAIN or (rest in {"asi", "rasi"} and len(last) > 7):
        return True
    return rest == "ya" and last.endswith("n")


def words(text: str) -> list[str]:
    """The words of a text for comparing."""
    return key(text).split()


def likeness(one: str, other: str) -> float:
    """Share of words that two texts have in common, from 0 to 1."""
    left, right = set(words(one)), set(words(other))
    if not left or not right:
        return 0.0
    return len(left & right) / max(len(left), len(right))


def distance(one: str, other: str, limit: int = 2) -> int:
    """Edits between two short words; limit + 1 when there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            cost = min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
            previous, row[j] = row[j], cost
        if min(row) > limit:
            return limit + 1
    return row[-1]

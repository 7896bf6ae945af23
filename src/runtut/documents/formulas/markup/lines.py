"""What a line of the markup begins: one list of patterns, asked in order by reader and writer alike."""

from __future__ import annotations

import re
from typing import Final

HEADING: Final = re.compile(r"(#{1,3})\s+(\S.*)")
PAGE_BREAK: Final = re.compile(r"-{3,}")
TABLE: Final = re.compile(r"\|.*")
BULLET: Final = re.compile(r"[-*•](?:\s+(.*))?")
NUMBER: Final = re.compile(r"(\d{1,3})[.)](?:\s+(.*))?")
ALIGNED: Final = re.compile(r"(>>|><|<<)\s+(\S.*)")
NAMED_FACT: Final = re.compile(r"::\s+((?:[^:\\]|\\.)*?)\s+::(?:\s+(.*))?")
FACT: Final = re.compile(r"([A-Za-z][^:\\|*\n]{0,39}?)(?:\s*:\s+(\S.*)|\s+:)")
FACT_WORDS: Final = 5
EMPTY: Final = "\\"
"""A backslash alone: an empty line within a paragraph, or what keeps two lists apart."""

PATTERNS: Final = {
    "heading": HEADING,
    "page_break": PAGE_BREAK,
    "table": TABLE,
    "bullet": BULLET,
    "number": NUMBER,
    "aligned": ALIGNED,
    "named_fact": NAMED_FACT,
    "fact": FACT,
}
WORDS: Final = frozenset({"blank", "empty", "text", "end", "aligned", "bullet", "number"})
"""What a line of plain words may be."""

ALIGNMENTS: Final = {">>": "right", "><": "center", "<<": "left"}


def kind_of(line: str) -> str:
    """Return what a line is: a key of PATTERNS, "blank", "empty" or "text"."""
    words = line.strip()
    if not words:
        return "blank"
    if words == EMPTY:
        return "empty"
    found = next((name for name, pattern in PATTERNS.items() if pattern.fullmatch(words)), "text")
    return found if found != "fact" or is_label(words) else "text"


def is_label(line: str) -> bool:
    """Tell whether what stands before the colon is short enough to name a fact."""
    match = FACT.fullmatch(line)
    return match is not None and len(match[1].split()) <= FACT_WORDS


def is_continued(line: str) -> bool:
    """Tell whether a line goes on with the list item or fact above it: two blanks before its words."""
    return line[:2] == "  " and bool(line.strip())

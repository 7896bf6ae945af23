"""Lists inside a cell or a block: numbered, bulleted, by line or by semicolon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from runtut.procedures.importing.words import flow, join

BULLET = r"[-–•●▪■◦✓➢➤*·]"
AT_LINE = re.compile(
    rf"^\s*(?:(?P<no>\d{{1,2}})\s*[.)]\s*(?=\D)|(?P<plain>\d{{1,2}})\s+(?=[A-Z])|"
    rf"(?P<letter>[a-z])\s*[.)]\s+|(?P<bullet>{BULLET})\s*(?=\w))"
)
INSIDE = re.compile(r"(?:(?<=\s)|(?<=[A-Za-z;.,)]))(?P<no>\d{1,2})(?P<dot>\s*[.)]|(?=\s))\s*(?=[A-Z(])")
ROUND = re.compile(r"\s*[•●▪■◦✓➢➤]\s*")
DASHES = re.compile(r"\s+[-–]\s+(?=[A-Z])")
AFTER = {
    "nomor",
    "no",
    "no.",
    "tahun",
    "pasal",
    "ayat",
    "tk",
    "tk.",
    "tingkat",
    "ke",
    "lampiran",
    "kelas",
    "tipe",
    "bab",
}
CONSEQUENCE = re.compile(r"(?i)^\W*(?:jika|apabila|bila|bilamana|kalau)\b")
ALONE = {"", "-", "–", "—", "_", ":", ".", "nihil", "tidak ada"}


@dataclass(frozen=True)
class Item:
    """One entry of a list, with the number it carried (0 when it had none)."""

    text: str
    number: int = 0
    dashed: bool = False


def split(lines: Sequence[str], *, paragraphs: bool = False) -> list[Item]:
    """Split the lines of a block into entries; wrapped lines are put together again.

    `paragraphs` says that every line was a paragraph of its own, so that none was merely wrapped.
    """
    items: list[Item] = []
    for text in lines:
        for at, line in enumerate(text.split("\n")):
            _take(line.strip(), items, paragraphs or (at == 0 and bool(CONSEQUENCE.match(line))))
    result = [part for item in items for part in _inside(item)]
    return [
        Item(_trim(item.text), item.number) for item in result if _trim(item.text).casefold() not in ALONE
    ]


def texts(text: str) -> tuple[str, ...]:
    """The entries of a table cell; a cell without marks is one entry, whatever its lines."""
    lines = text.split("\n")
    if len(lines) > 1 and not any(AT_LINE.match(line) for line in lines):
        lines = [flow(text)]
    entries = [item.text for item in split(lines)]
    if len(entries) == 1 and entries[0].count(";") >= 1:
        entries = [_trim(part) for part in entries[0].split(";") if _trim(part)]
    return tuple(entries)


def _take(line: str, items: list[Item], paragraphs: bool) -> None:
    if not line:
        return
    match = AT_LINE.match(line)
    last = items[-1].number if items else 0
    if match and (match["plain"] is None or last < int(match["plain"]) <= last + 5) and not _counts(items):
        number = int(match["no"] or match["plain"] or 0)
        items.append(Item(line[match.end() :], number, match["bullet"] is not None))
    elif (
        items
        and not paragraphs
        and (items[-1].number or items[-1].dashed or _continues(items[-1].text, line))
    ):
        items[-1] = replace(items[-1], text=join(items[-1].text, line))
    else:
        items.append(Item(line))


def _counts(items: list[Item]) -> bool:
    """Say whether the text so far ends in a word that a number follows ("Nomor", "Tahun")."""
    return bool(items) and (items[-1].text.split() or [""])[-1].casefold() in AFTER


def _continues(before: str, line: str) -> bool:
    """Say whether a line without a mark goes on with the one before it."""
    return (
        line[:1].islower()
        or line[:1] in "(/&"
        or before.rstrip()[-1:] in {",", "-", "/", "&"}
        or before.endswith(" dan")
    )


def _inside(item: Item) -> list[Item]:
    """Split an entry that holds the next numbers within its line ("1. Komputer 2. Printer")."""
    cuts: list[tuple[int, int, int]] = []
    number = item.number
    for match in INSIDE.finditer(item.text):
        found = int(match["no"])
        word = (item.text[: match.start()].split() or [""])[-1].casefold()
        dotted = bool(match["dot"].strip())
        wanted = {number + 1} if not dotted else {number, number + 1, number + 2}
        if number and found in wanted and found and word not in AFTER:
            cuts.append((match.start(), match.end(), found))
            number = found
    if not cuts:
        parts = (DASHES if item.dashed else ROUND).split(item.text) if not item.number else [item.text]
        parts = [piece for part in parts for piece in ROUND.split(part)] if not item.number else parts
        return [Item(part, item.number) for part in parts]
    result = [Item(item.text[: cuts[0][0]], item.number)]
    ends = [start for start, _, _ in cuts[1:]] + [len(item.text)]
    for (_, begin, found), end in zip(cuts, ends, strict=True):
        result.append(Item(item.text[begin:end], found))
    return result


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(" ;|").strip()

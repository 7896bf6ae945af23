"""Heads of step tables among lines of text without cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from runtut.procedures.importing import vocabulary as names
from runtut.procedures.importing.headers import Column, Header
from runtut.procedures.importing.roles import HEADS, rank
from runtut.procedures.importing.source import Layout, Row
from runtut.procedures.importing.times import unit_of_heading
from runtut.procedures.importing.words import distance, key

LISTED = frozenset({"equipment", "qualifications", "records", "warnings"})
WORDS = {
    names.ACTIVITY: ("aktifitas", "aktivitas", "kegiatan", "uraian", "prosedur", "langkah", "tahapan"),
    names.REQUIREMENTS: ("persyaratan", "kelengkapan", "syarat", "perlengkapan", "input"),
    names.TIME: ("waktu", "wakt", "durasi"),
    names.OUTPUTS: ("output", "keluaran", "hasil", "ouput"),
    names.NOTE: ("keterangan", "ket", "kot"),
    names.PERFORMERS: ("pelaksana", "pelaku"),
    names.QUALITY: ("mutu", "baku"),
    names.NO: ("no", "nomor"),
}
STEP = re.compile(r"^[^\w(]{0,3}\d{1,2}\s*(?:[.)]|\s)\s*[|]?\s*[A-Za-z]")
REACH = 16


def heads_of(rows: Sequence[Row]) -> list[Header]:
    found: list[Header] = []
    at = 0
    while at < len(rows):
        head = _head_at(rows, at) if not rows[at].is_blank and rows[at].layout is Layout.LINE else None
        if head is None:
            at += 1
            continue
        found.append(head)
        at = head.end
    return found


def _head_at(rows: Sequence[Row], at: int) -> Header | None:
    opening = _kinds(rows[at].text)
    if len(rows[at].text) > 160 or not (
        names.PERFORMERS in opening or (names.ACTIVITY in opening and len(opening) > 1)
    ):
        return None
    if not _is_headline(rows[at].text):
        return None
    kinds: set[str] = set()
    end = at
    while end < len(rows) and end - at < REACH:
        row = rows[end]
        if not row.is_blank:
            if (
                row.layout is not Layout.LINE
                or len(row.text) > 200
                or (STEP.match(row.text) and len(kinds) > 1)
            ):
                break
            kinds |= _kinds(row.text)
        end += 1
    else:
        return None
    if names.ACTIVITY not in kinds or len(kinds & {names.REQUIREMENTS, names.TIME, names.OUTPUTS}) < 2:
        return None
    block = [row.text for row in rows[at:end] if not row.is_blank]
    time = next(
        (unit for line in block if re.search(r"(?i)waktu", line) and (unit := unit_of_heading(line))), ""
    )
    columns = [
        Column(kind, f"waktu ({time})" if kind == names.TIME and time else kind, index)
        for index, kind in enumerate((names.NO, names.ACTIVITY))
    ]
    columns += [Column(names.PERFORMERS, name, 2 + index) for index, name in enumerate(performers(block))]
    offset = len(columns)
    body = (names.REQUIREMENTS, names.TIME, names.OUTPUTS)
    columns += [
        Column(kind, f"waktu ({time})" if kind == names.TIME else kind, offset + index)
        for index, kind in enumerate(body)
    ]
    return Header(at, end, tuple(columns), Layout.LINE)


def _is_headline(text: str) -> bool:
    """A headline consists of headings: no sentence, no label with a colon."""
    words = key(text).split()
    known = sum(_kind(word) is not None for word in words)
    return known >= 1 and ":" not in text and known * 6 >= len(words)


def _kinds(text: str) -> set[str]:
    return {kind for word in key(text).split() if (kind := _kind(word))}


def _kind(word: str) -> str | None:
    for kind, forms in WORDS.items():
        if word in forms or (
            len(word) > 5 and any(len(form) > 5 and distance(word, form, 1) <= 1 for form in forms)
        ):
            return kind
    return None


def performers(block: Sequence[str]) -> list[str]:
    """The performers among the words of a head, whose names run over several lines of columns.

    A word that opens an office ("Kasubag", "Sekretaris") opens a column; the others are given to the column
    in whose row they can stand, from left to right.
    """
    lines = [[word for word in re.findall(r"[A-Za-z][A-Za-z./,]*", line) if _is_name(word)] for line in block]
    heads: list[str] = []
    parts: dict[int, list[str]] = {}
    order: set[tuple[int, int]] = set()
    for line in lines:
        row: list[int] = []
        for word in line:
            if _opens(word):
                heads.append(word)
                parts[len(heads) - 1] = [word]
                row.append(len(heads) - 1)
        _qualify(line, row, heads, parts, order)
    ranked = sorted(range(len(heads)), key=lambda index: (rank(heads[index]), index))
    ranked = _sorted(ranked, order)
    result: list[str] = []
    for index in ranked:
        name = " ".join(parts[index]).strip(" ,")
        if name not in result:
            result.append(name)
    return result


def _opens(word: str) -> bool:
    plain = key(word).split()
    return bool(plain) and any(
        plain[0] == head or (len(plain[0]) > 6 and distance(plain[0], head, 1) <= 1) for head in HEADS
    )


def _is_name(word: str) -> bool:
    plain = key(word)
    return len(plain) > 2 and not any(_kind(part) for part in plain.split()) and plain not in {"tu", "wak"}


def _qualify(
    line: list[str],
    row: list[int],
    heads: list[str],
    parts: dict[int, list[str]],
    order: set[tuple[int, int]],
) -> None:
    """Give the words of a line that open no office to the columns beside them, and learn their order."""
    seen: list[int] = []
    fresh = iter(row)
    for word in line:
        if _opens(word):
            at = next(fresh)
        else:
            at = _owner(word, heads, parts, seen, row)
            if at < 0:
                continue
            parts[at].append(word)
        if at not in seen:
            seen.append(at)
    order.update(pairwise(seen))


BODIES = {
    "kecamatan",
    "dinas",
    "badan",
    "daerah",
    "camat",
    "kelurahan",
    "desa",
    "direktorat",
    "inspektorat",
    "kantor",
}


def _owner(word: str, heads: list[str], parts: dict[int, list[str]], seen: list[int], row: list[int]) -> int:
    """The column that a qualifying word belongs to: a secretary's is a body, a section head's a subject."""
    body = any(distance(key(word), form, 2) <= 2 for form in BODIES if len(form) > 5)
    ordered = [index for index in range(len(heads)) if index not in seen]
    for index in [*reversed(ordered), *reversed(seen)]:
        head = key(heads[index])
        if body and head.startswith(("sekretaris", "kepala", "sek")):
            return index
        if not body and head.startswith(
            ("kas", "kab", "ka", "kepala", "bidang", "tim", "seksi", "subag", "bagian")
        ):
            return index
    return -1


def _sorted(ranked: list[int], order: set[tuple[int, int]]) -> list[int]:
    """Sort columns so that every observed left-to-right pair holds; the rank decides the rest."""
    result: list[int] = []
    left = list(ranked)
    while left:
        free = [index for index in left if not any(b == index and a in left for a, b in order)]
        chosen = free[0] if free else left[0]
        result.append(chosen)
        left.remove(chosen)
    return result

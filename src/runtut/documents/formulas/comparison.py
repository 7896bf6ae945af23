"""What differs between two texts of a document, in words for the person who must look at it again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

T = TypeVar("T")
FIGURE = re.compile(r"-?[\d.,]+ ?%?")
WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
ORDER = ("angka", "keterangan", "paragraf", "baris", "bagian", "judul", "identitas")
IDENTITY = {"number": "Nomor", "date": "Tanggal", "place": "Tempat", "signatures": "Penanda tangan"}


@dataclass(frozen=True)
class Difference:
    """One place that changed. `before` or `after` is empty when something came or went."""

    kind: str
    where: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        if not self.before:
            return f"{self.where}: ditambahkan “{self.after}”"
        if not self.after:
            return f"{self.where}: dihapus “{self.before}”"
        return f"{self.where}: “{self.before}” menjadi “{self.after}”"


@dataclass(frozen=True)
class Comparison:
    differences: tuple[Difference, ...]

    @property
    def summary(self) -> str:
        """ "Dua angka dan satu keterangan berubah." """
        if not self.differences:
            return "Tidak ada yang berubah."
        counts = Counter(difference.kind for difference in self.differences)
        parts = [f"{in_words(counts[kind])} {kind}" for kind in ORDER if counts[kind]]
        return f"{joined(parts).capitalize()} berubah."


def in_words(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)


def joined(parts: Sequence[str]) -> str:
    if len(parts) < 3:
        return " dan ".join(parts)
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"


def compare_contents(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Comparison:
    """Compare two content JSONs (docs/formats/document.md): cell by cell, paragraph by paragraph."""
    found = [
        *compare_identity(older, newer),
        *compare_blocks(older.get("blocks", []), newer.get("blocks", [])),
    ]
    return Comparison(tuple(found))


def compare_identity(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[Difference]:
    before, after = " ".join(older.get("title", [])), " ".join(newer.get("title", []))
    if before != after:
        yield Difference("judul", "Judul", before, after)
    for key, label in IDENTITY.items():
        old, new = identity_text(older.get(key)), identity_text(newer.get(key))
        if old != new:
            yield Difference("identitas", label, old, new)


def identity_text(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(f"{line.get('position', '')} {line.get('name', '')}".strip() for line in value)
    return str(value or "")


def compare_blocks(
    older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]]
) -> list[Difference]:
    """Pair the blocks by their text, then by their type; what has no pair came or went."""
    pairs = aligned(older, newer, exact=block_key, rough=lambda block: block_key(block)[:1])
    found: list[Difference] = []
    for left, right in pairs:
        before = older[left] if left is not None else None
        after = newer[right] if right is not None else None
        found.extend(compare_pair(before, after, place_of(older if after is None else newer, left, right)))
    return found


def block_key(block: Mapping[str, Any]) -> tuple[object, ...]:
    if block["type"] == "table":
        return ("table", tuple(column["label"] for column in block["columns"]))
    return (block["type"], block_text(block))


def aligned(
    older: Sequence[T], newer: Sequence[T], *, exact: Callable[[T], object], rough: Callable[[T], object]
) -> Iterator[tuple[int | None, int | None]]:
    """Pair what is exactly alike, in order; between two such pairs, what is roughly alike."""
    olds, news = [exact(item) for item in older], [exact(item) for item in newer]
    for tag, low, high, start, end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(low, high), range(start, end), strict=True)
        else:
            yield from roughly_aligned(older, newer, (low, high, start, end), rough)


def roughly_aligned(
    older: Sequence[T], newer: Sequence[T], span: tuple[int, int, int, int], rough: Callable[[T], object]
) -> Iterator[tuple[int | None, int | None]]:
    low, high, start, end = span
    olds, news = [rough(item) for item in older[low:high]], [rough(item) for item in newer[start:end]]
    for tag, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(low + i, low + j), range(start + k, start + m), strict=True)
        else:
            yield from ((low + index, None) for index in range(i, j))
            yield from ((None, start + index) for index in range(k, m))


def place_of(blocks: Sequence[Mapping[str, Any]], left: int | None, right: int | None) -> str:
    """Name a place as a reader finds it: "D. Analisis, paragraf 1"; else "Paragraf 1"."""
    index = (right if right is not None else left) or 0
    wanted = blocks[index]["type"]
    heads = [at for at in range(index) if blocks[at]["type"] == "heading"]
    since = heads[-1] + 1 if heads and wanted != "heading" else 0
    count = sum(block["type"] == wanted for block in blocks[since : index + 1])
    names = {"table": "Tabel", "paragraph": "Paragraf", "heading": "Judul bagian", "list": "Daftar"}
    name = f"{names.get(wanted, 'Bagian')} {count}"
    return f"{block_text(blocks[since - 1])}, {name.lower()}" if since else name


def compare_pair(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, place: str
) -> Iterator[Difference]:
    if before and after and before["type"] == "table":
        yield from compare_tables(before, after, place)
        return
    old, new = block_text(before), block_text(after)
    if old != new:
        kind = "paragraf" if (before or after or {}).get("type") == "paragraph" else "bagian"
        yield Difference(kind, place, old, new)


def compare_tables(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> Iterator[Difference]:
    """Compare cell by cell; with other columns, the tables as wholes."""
    labels = [column["label"] for column in after["columns"]]
    if labels != [column["label"] for column in before["columns"]]:
        yield Difference("bagian", place, block_text(before), block_text(after))
        return
    for left, right in rows_aligned(all_rows(before), all_rows(after)):
        old = all_rows(before)[left] if left is not None else []
        new = all_rows(after)[right] if right is not None else []
        if not old or not new:
            yield Difference("baris", place, " | ".join(old), " | ".join(new))
            continue
        where = row_name(new, right or 0)
        for label, was, now in zip(labels, old, new, strict=True):
            if was != now:
                yield Difference(cell_kind(was, now), f"{where}, {label}", was, now)


def all_rows(table: Mapping[str, Any]) -> list[list[str]]:
    return [[plain_text(cell) for cell in row] for row in [*table["rows"], *table.get("footer", [])]]


def rows_aligned(
    older: Sequence[Sequence[str]], newer: Sequence[Sequence[str]]
) -> Iterator[tuple[int | None, int | None]]:
    """Pair the rows: by place when there are as many as before, otherwise by what names them."""
    if len(older) == len(newer):
        yield from zip(range(len(older)), range(len(newer)), strict=True)
        return
    yield from aligned(older, newer, exact=tuple, rough=row_key)


def row_key(row: Sequence[str]) -> tuple[str, ...]:
    """The cells that are words: figures change, names stay."""
    return tuple(cell for cell in row if not FIGURE.fullmatch(cell))[:2]


def row_name(row: Sequence[str], index: int) -> str:
    texts = [cell for cell in row if cell and not FIGURE.fullmatch(cell)]
    name = max(texts[:3], key=len, default="")
    return f"Baris {index + 1} ({name})" if name else f"Baris {index + 1}"


def cell_kind(before: str, after: str) -> str:
    figures = [not text or FIGURE.fullmatch(text) is not None for text in (before, after)]
    return "angka" if all(figures) else "keterangan"


def block_text(block: Mapping[str, Any] | None) -> str:
    if block is None:
        return ""
    if block["type"] == "table":
        return f"tabel {len(block['columns'])} kolom, {len(block['rows'])} baris"
    if block["type"] == "facts":
        return "; ".join(f"{label}: {plain_text(text)}" for label, text in block["rows"])
    return "; ".join(plain_text(line) for line in block.get("items", [block.get("text", "")]))


def plain_text(inline: Any) -> str:
    """Return the words of a text or of its runs."""
    return inline if isinstance(inline, str) else "".join(run["text"] for run in inline)

"""Whether a document that people have written on still says the figures that are kept. Pure: what the rows
would be composed into beside what is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtut.documents.formulas.markup import normal_blocks
from runtut.documents.formulas.markup.inline import plain_words
from runtut.performance.rendering.blocks import NONE, Block, heading

Key = tuple[Any, ...]
Cells = Sequence[Any]


@dataclass(frozen=True)
class Place:
    """A block of figures and the heading it stands under."""

    title: str
    block: Mapping[str, Any]


def differences(
    expected: Iterable[Block], written: Iterable[Block], *, lists: Sequence[str] = ()
) -> list[str]:
    """Return in words every figure of a document that is another than the one kept: cell by cell of every
    table, found by its column heads and its row; and of the lists under the headings in `lists`.

    Words beside the figures may be written otherwise. Empty when all agree.
    """
    there = places(written, lists)
    found: list[str] = []
    for key, place in places(expected, lists).items():
        other = there.get(key)
        if other is None:
            found.append(f"{place.title}: bagian angkanya tidak ada lagi, atau kepala kolomnya berubah")
        elif place.block["type"] == "list":
            found += list_differences(place, other)
        else:
            found += table_differences(place, other)
    return found


def renewed(
    expected: Iterable[Block], written: Iterable[Block], *, lists: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Return a document with the figures that are kept, everything else as it was written. What is no longer
    there comes back under its heading, or at the end."""
    kept = places(expected, lists)
    blocks: list[dict[str, Any]] = []
    seen: set[Key] = set()
    for key, _, block in walked(normal_blocks(written), lists):
        if key is not None and key in kept:
            seen.add(key)
            blocks.append(dict(kept[key].block))
        else:
            blocks.append(block)
    for key, place in kept.items():
        if key not in seen:
            put_back(blocks, place)
    return blocks


def put_back(blocks: list[dict[str, Any]], place: Place) -> None:
    at = next((at for at, block in enumerate(blocks, start=1) if is_heading(block, place.title)), None)
    if at is None:
        blocks += normal_blocks([heading(place.title)])
        at = len(blocks)
    blocks.insert(at, dict(place.block))


def is_heading(block: Mapping[str, Any], title: str) -> bool:
    return bool(block["type"] == "heading" and block["text"] == title)


def places(blocks: Iterable[Block], lists: Sequence[str]) -> dict[Key, Place]:
    """Return the blocks of figures by what they are recognised by."""
    walk = walked(normal_blocks(blocks), lists)
    return {key: Place(title, block) for key, title, block in walk if key is not None}


def walked(
    blocks: Iterable[dict[str, Any]], lists: Sequence[str]
) -> Iterator[tuple[Key | None, str, dict[str, Any]]]:
    """Yield every block with its heading, and its key when it holds figures: tables by their column heads and
    which of those it is, a list by its heading."""
    title = ""
    count: Counter[Key] = Counter()
    for block in blocks:
        key: Key | None = None
        if block["type"] == "heading":
            title = str(block["text"])
        elif block["type"] == "table":
            head = tuple(str(column["label"]) for column in block["columns"])
            key = ("table", head, count[head])
            count[head] += 1
        elif block["type"] == "list" and title in lists:
            key = ("list", title)
        yield key, title, block


def list_differences(place: Place, other: Place) -> list[str]:
    kept, written = ([plain_words(item) for item in one.block["items"]] for one in (place, other))
    return [] if kept == written else [f"{place.title}: hitungannya berbeda dari angka yang tersimpan"]


def table_differences(place: Place, other: Place) -> list[str]:
    columns = place.block["columns"]
    figures = [number for number, column in enumerate(columns) if is_figure(column)]
    kept, written = rows_of(place.block), rows_of(other.block)
    found = []
    for key, cells in kept.items():
        if key not in written:
            found.append(f"{place.title}: baris “{key[0]}” tidak ada lagi")
            continue
        for number in figures:
            was, now = plain_words(cells[number]), plain_words(written[key][number])
            if was != now:
                found.append(
                    f"{key[0]}, {columns[number]['label']}: tertulis {now or NONE}, tersimpan {was or NONE}"
                )
    return found + [
        f"{place.title}: baris “{key[0]}” tidak ada pada angka yang tersimpan"
        for key in written
        if key not in kept
    ]


def is_figure(column: Mapping[str, Any]) -> bool:
    """Figures are set to the right; the target of a programme has its measure beside it."""
    return bool(column["align"] == "right" or column["label"] == "Target")


def rows_of(table: Mapping[str, Any]) -> dict[tuple[str, int], Cells]:
    """Return rows and sums by their first words, and which row of those words it is."""
    found: dict[tuple[str, int], Cells] = {}
    count: Counter[str] = Counter()
    for cells in (*table["rows"], *table["footer"]):
        name = next((text for text in map(plain_words, cells) if text), "")
        found[(name, count[name])] = cells
        count[name] += 1
    return found

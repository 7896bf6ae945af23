"""Berita acara tindak lanjut and Laporan pemantauan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtut.cases.rendering.meetings import heading, numbered, table
from runtut.documents.formulas.markup import read_words


@dataclass(frozen=True)
class ItemFacts:
    """A follow-up item in words. `state` is one of the product's words, `timing` "tepat waktu", "terlambat 2
    hari", "batas waktu belum tiba"; `evidence` names the files."""

    key: str
    text: str
    position: str
    due: str
    state: str
    is_done: bool
    is_late: bool
    timing: str = ""
    report: str = ""
    evidence: tuple[str, ...] = ()
    returns: int = 0


@dataclass(frozen=True)
class Explained:
    """What the one who watches writes besides the facts; `reasons` by the key of the open item."""

    intro: str
    summary: str
    reasons: Mapping[str, str]


def compose_agreement(
    *,
    title: Sequence[str],
    intro: str,
    closing: str,
    items: Sequence[ItemFacts],
    made_on: str,
    place: str,
    signatures: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """Return the content of a Berita acara tindak lanjut."""
    rows = [[str(number), one.text, one.position, one.due] for number, one in enumerate(items, start=1)]
    columns = (("No", 5), ("Tindak lanjut", 51), ("Penanggung jawab", 24), ("Batas waktu", 20))
    blocks = [
        *read_words(intro),
        table(columns, rows),
        *read_words(closing),
    ]
    return {
        "title": list(title),
        "date": made_on,
        "place": place,
        "blocks": blocks,
        "signatures": [dict(one) for one in signatures],
    }


def monitoring_summary(items: Sequence[ItemFacts]) -> str:
    """Return how many items are done, late and open, in one sentence each."""
    done = sum(one.is_done for one in items)
    late = sum(one.is_late for one in items if not one.is_done)
    if done == len(items):
        which = "Satu-satunya butir" if done == 1 else f"Dari {done} butir, semuanya"
        return f"{which} sudah selesai dan diperiksa."
    left = f"{len(items) - done} butir masih dikerjakan"
    overdue = f", {late} di antaranya melewati batas waktu" if late else ""
    return f"Dari {len(items)} butir, {done} sudah selesai dan diperiksa; {left}{overdue}."


def compose_monitoring(
    *,
    title: Sequence[str],
    explained: Explained,
    items: Sequence[ItemFacts],
    made_on: str,
    place: str,
    signatures: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """Return the content of a Laporan pemantauan: the state of every item, what was done, what stays open."""
    columns = (
        ("No", 5),
        ("Tindak lanjut", 27),
        ("Penanggung jawab", 17),
        ("Keadaan", 20),
        ("Laporan dan bukti", 31),
    )
    rows = [
        [str(number), one.text, f"{one.position}\n{one.due}", state_of(one), told_of(one)]
        for number, one in enumerate(items, start=1)
    ]
    still_open = tuple(
        f"{one.text} ({one.position}): {explained.reasons.get(one.key, '')}"
        for one in items
        if not one.is_done
    )
    open_blocks = [heading("Yang belum selesai"), numbered(still_open)] if still_open else []
    return {
        "title": list(title),
        "date": made_on,
        "place": place,
        "blocks": [
            *read_words(explained.intro),
            heading("Keadaan setiap butir"),
            table(columns, rows),
            *open_blocks,
            heading("Kesimpulan"),
            *read_words(explained.summary),
        ],
        "signatures": [dict(one) for one in signatures],
    }


def state_of(one: ItemFacts) -> str:
    times = f"\ndikembalikan {one.returns} kali" if one.returns else ""
    return f"{one.state}\n{one.timing}{times}" if one.timing else f"{one.state}{times}"


def told_of(one: ItemFacts) -> str:
    proof = f"Bukti: {', '.join(one.evidence)}." if one.evidence else ""
    return "\n".join(part for part in (one.report or "Belum ada laporan.", proof) if part)

"""Tanda terima: whom a paper went to, and who took it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtut.cases.rendering.meetings import paragraph, table

COLUMNS = (
    ("No", 5),
    ("Nomor ekspedisi", 15),
    ("Penerima", 31),
    ("Cara", 16),
    ("Salinan", 10),
    ("Bukti", 23),
)


@dataclass(frozen=True)
class DeliveryFacts:
    """One line of the buku ekspedisi in words; `taken` is who took the paper and when, empty where the
    system itself keeps that, and then `sent` is the day on which it was put at their desk."""

    number: str
    addressee: str
    means: str
    copies: int
    taken: str
    sent: str

    @property
    def proof(self) -> str:
        return self.taken or f"terkirim dalam sistem, {self.sent}"


def compose_receipt(
    *,
    paper: str,
    paper_number: str,
    lines: Sequence[DeliveryFacts],
    made_on: str,
    place: str,
    signature: Mapping[str, str],
) -> dict[str, Any]:
    """Return the content of a Tanda terima: the paper, and one row for each recipient."""
    numbered = f" nomor {paper_number}" if paper_number else ""
    rows = [
        [str(no), one.number, one.addressee, one.means, str(one.copies), one.proof]
        for no, one in enumerate(lines, start=1)
    ]
    return {
        "title": ["TANDA TERIMA", paper.upper()],
        "date": made_on,
        "place": place,
        "blocks": [
            paragraph(f"{paper}{numbered} dikirim kepada {len(lines)} penerima menurut buku ekspedisi."),
            table(COLUMNS, rows),
        ],
        "signatures": [dict(signature)],
    }

"""Tanda terima: whom a paper went to, and who took it; Bukti kirim as long as somebody has not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from runtut.cases.rendering.meetings import paragraph, table

COLUMNS = (
    ("No", 5),
    ("Nomor ekspedisi", 14),
    ("Penerima", 27),
    ("Cara", 13),
    ("Salinan", 9),
    ("Dikirim", 14),
    ("Diterima", 24),
)
RECEIPT: Final = "Tanda terima"
DISPATCH: Final = "Bukti kirim"
NOT_YET: Final = "belum diterima"


@dataclass(frozen=True)
class DeliveryFacts:
    """One line of the buku ekspedisi in words; `taken` is who took the paper, when and by what proof, empty
    while nobody has."""

    number: str
    addressee: str
    means: str
    copies: int
    sent: str
    taken: str


def receipt_word(lines: Sequence[DeliveryFacts]) -> str:
    """Return what the paper is called: a receipt only when everybody has received."""
    return RECEIPT if lines and all(one.taken for one in lines) else DISPATCH


def compose_receipt(
    *,
    paper: str,
    paper_number: str,
    lines: Sequence[DeliveryFacts],
    made_on: str,
    place: str,
    signature: Mapping[str, str],
) -> dict[str, Any]:
    """Return the content of a Tanda terima or Bukti kirim: the paper, and one row for each recipient."""
    numbered = f" nomor {paper_number}" if paper_number else ""
    rows = [
        [
            str(no),
            one.number,
            one.addressee,
            one.means,
            str(one.copies),
            one.sent,
            one.taken or NOT_YET,
        ]
        for no, one in enumerate(lines, start=1)
    ]
    said = f"{paper}{numbered} dikirim kepada {len(lines)} penerima menurut buku ekspedisi. {standing(lines)}"
    return {
        "title": [receipt_word(lines).upper(), paper.upper()],
        "date": made_on,
        "place": place,
        "blocks": [paragraph(said), table(COLUMNS, rows)],
        "signatures": [dict(signature)],
    }


def standing(lines: Sequence[DeliveryFacts]) -> str:
    """How many have received, in one sentence."""
    taken = sum(bool(one.taken) for one in lines)
    if taken == len(lines):
        return "Semua penerima sudah menerimanya."
    count = f"{taken} penerima sudah menerima" if taken else "Belum ada penerima yang menyatakan menerima"
    return f"Saat bukti ini dibuat, {count[:1].lower()}{count[1:]}" + (
        f", {len(lines) - taken} belum." if taken else "."
    )

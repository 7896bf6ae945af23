"""All SOPs of an office in one file: cover, keputusan, contents, how to use it, then every SOP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from runtut.documents.rendering import check_content
from runtut.documents.rendering.shape import shaped
from runtut.procedures.rendering.paper.content import FormFacts, Json
from runtut.procedures.rendering.paper.pdf import set_pdf
from runtut.procedures.rendering.paper.sheets import Sheet

MEANINGS = (
    ("Kapsul", "kegiatan mulai atau berakhir"),
    ("Kotak", "kegiatan pelaksanaan"),
    ("Belah ketupat", "kegiatan pengambilan keputusan; Ya berlanjut, Tidak kembali"),
    ("Anak panah", "arah proses kegiatan"),
    ("Segilima", "sambungan ke halaman lain; huruf yang sama saling menyambung"),
)


@dataclass(frozen=True)
class CollectionFacts:
    """What stands before the SOPs. `decree` is the keputusan as content of a document, None while there is
    none."""

    government: str
    office: str
    year: int
    decree: Mapping[str, Any] | None


def collection_pdf(
    facts: CollectionFacts, forms: Sequence[FormFacts], sheet: Sheet, *, at: datetime, logo: bytes = b""
) -> bytes:
    """Return the himpunan SOP as one PDF/A-3a with bookmarks; pages are numbered through.

    The same facts and instant give the same bytes. Raises RenderingFailed when the process ends without a
    document.
    """
    front: Json = {
        "government": facts.government,
        "office": facts.office,
        "year": str(facts.year),
        "decree": shaped(check_content(facts.decree)) if facts.decree else None,
        "guide": guide(facts, len(forms)),
        "meanings": [list(pair) for pair in MEANINGS],
    }
    return set_pdf(f"Himpunan SOP {facts.office}", forms, sheet, at=at, logo=logo, front=front)


def guide(facts: CollectionFacts, count: int) -> list[list[str]]:
    """How to use the collection: scope, summary, and the words that everybody needs."""
    return [
        ["Ruang lingkup", f"{count} standar operasional prosedur yang berlaku di {facts.office.title()}."],
        [
            "Ringkasan",
            "Setiap SOP terdiri atas halaman identitas dan bagan alir. Halaman identitas memuat nomor, "
            "tanggal, pengesahan, dasar hukum, dan syarat; bagan alir memuat kegiatan, pelaksana, dan "
            "mutu bakunya.",
        ],
        [
            "Pelaksana",
            "Jabatan yang mengerjakan langkah; kotak bergaris tipis ikut serta tanpa menyelesaikannya.",
        ],
        [
            "Mutu baku",
            "Kelengkapan yang diperlukan, waktu standar, dan keluaran setiap langkah. 1 hari = 450 menit.",
        ],
    ]

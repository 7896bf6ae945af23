"""The keputusan by which the head of an office enacts its SOPs (PermenPANRB 35/2012, unsur dokumentasi)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BLANK = "." * 24
LAWS = (
    "Peraturan Menteri Dalam Negeri Nomor 52 Tahun 2011 tentang Standar Operasional Prosedur di Lingkungan "
    "Pemerintah Provinsi dan Kabupaten/Kota;",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 35 Tahun 2012 tentang "
    "Pedoman Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan;",
)
REASONS = (
    "bahwa agar setiap pekerjaan di lingkungan {office} dilaksanakan dengan cara, waktu, dan hasil yang "
    "sama, diperlukan standar operasional prosedur;",
    "bahwa standar operasional prosedur tersebut telah disusun dan diperiksa, sehingga perlu ditetapkan "
    "dengan keputusan;",
)


@dataclass(frozen=True)
class DecreeFacts:
    """Who enacts which SOPs; `date` in words. `rows` are (number of the SOP, title, in force
    since)."""

    position: str
    office: str
    number: str
    date: str
    place: str
    page: str
    letterhead: Mapping[str, str]
    signature: Mapping[str, str]
    rows: tuple[tuple[str, str, str], ...]


def compose_decree(facts: DecreeFacts) -> dict[str, Any]:
    """Return the keputusan as the content of docs/formats/document.md; its words may be changed in Word."""
    subject = f"STANDAR OPERASIONAL PROSEDUR DI LINGKUNGAN {facts.office.upper()}"
    return {
        "kind": "lainnya",
        "page": facts.page,
        "letterhead": dict(facts.letterhead),
        "title": [
            f"KEPUTUSAN {facts.position.upper()}",
            f"NOMOR {facts.number or BLANK}",
            "TENTANG",
            subject,
        ],
        "blocks": [
            {"type": "facts", "rows": [["Menimbang", lettered(facts.office)], ["Mengingat", numbered(LAWS)]]},
            {"type": "paragraph", "text": [{"text": "MEMUTUSKAN:", "bold": True}], "align": "center"},
            {
                "type": "facts",
                "rows": [["Menetapkan", f"KEPUTUSAN {facts.position.upper()} TENTANG {subject}."]],
            },
            {"type": "facts", "rows": [["KESATU", "Menetapkan standar operasional prosedur berikut:"]]},
            table(facts.rows),
            {"type": "facts", "rows": dicta(facts.office)},
        ],
        "signatures": [{**facts.signature, "role_line": enacted(facts)}],
    }


def enacted(facts: DecreeFacts) -> str:
    """Where and when, over the signature; a blank to write on where the day is not known."""
    return f"Ditetapkan di {facts.place}\npada tanggal {facts.date or BLANK}"


def lettered(office: str) -> str:
    return "\n".join(f"{chr(97 + place)}. {text.format(office=office)}" for place, text in enumerate(REASONS))


def numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{place}. {text}" for place, text in enumerate(lines, start=1))


def table(rows: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    columns = (
        ("No", 6, "center"),
        ("Nama SOP", 48, "left"),
        ("Nomor SOP", 28, "left"),
        ("Berlaku sejak", 18, "left"),
    )
    return {
        "type": "table",
        "columns": [{"label": label, "width": width, "align": align} for label, width, align in columns],
        "rows": [
            [str(place), title, number, since] for place, (number, title, since) in enumerate(rows, start=1)
        ],
    }


def dicta(office: str) -> list[list[str]]:
    return [
        [
            "KEDUA",
            "Standar operasional prosedur sebagaimana dimaksud dalam diktum KESATU menjadi pedoman bagi "
            f"seluruh pelaksana di lingkungan {office}.",
        ],
        [
            "KETIGA",
            "Pelaksanaannya dipantau setiap enam bulan dan dievaluasi setiap tahun; perubahannya disahkan "
            "sebagai versi berikutnya.",
        ],
        ["KEEMPAT", "Keputusan ini mulai berlaku pada tanggal ditetapkan."],
    ]

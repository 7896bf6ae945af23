"""The five first steps: what a newcomer can do now, instead of an empty page. Put away per browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from runtut.organisations.models import OrganisationUnit
from runtut.web.frame.addresses import address

COOKIE: Final = "panduan"
COOKIE_AGE: Final = 5 * 365 * 24 * 3600


@dataclass(frozen=True)
class FirstStep:
    """One thing to do, where, and what it shows."""

    title: str
    url: str
    note: str


ADMINISTRATOR: Final = (
    (
        "Periksa susunan unit dan jabatan",
        "web:unit_pohon",
        "Setiap kantor, jabatannya, dan siapa pemegangnya.",
    ),
    (
        "Tambah orang dan angkat pada jabatannya",
        "web:orang_daftar",
        "Tanpa jabatan, tidak ada tugas yang sampai.",
    ),
    (
        "Periksa kalender kerja",
        "web:kalender_daftar",
        "Semua tenggat dihitung dari jam kerja dan hari libur.",
    ),
    ("Beri akses pembina", "web:pengawasan", "Pembaca, evaluator, dan administrator lain."),
    (
        "Lihat SOP sebuah kantor",
        "web:sop",
        "Kantor mengambilnya dari pustaka, memasangkan pelaksana, mengesahkan.",
    ),
)
OFFICE: Final = (
    (
        "Kenali wewenang Anda",
        "web:saya",
        "Apa yang boleh dan tidak boleh dalam setiap jabatan Anda, dan sebabnya.",
    ),
    ("Buka satu SOP {unit}", "web:sop", "Bagan alir, pelaksana, dan waktu standar setiap langkah."),
    (
        "Mulai kerja dari SOP",
        "web:kerja_mulai",
        "Pilih SOP dan surat dasarnya; tugas pertama langsung terbuka.",
    ),
    ("Ikuti kerja yang berjalan", "web:kerja", "Di meja siapa sekarang, dan sampai kapan."),
    ("Lihat kinerja triwulan", "web:kinerja", "Target, realisasi, bukti, dan capaian setiap indikator."),
)
ONLOOKER: Final = (
    OFFICE[0],
    OFFICE[1],
    OFFICE[3],
    OFFICE[4],
    ("Cari surat, orang, atau indikator", "web:cari", "Satu kotak untuk semua yang terbuka bagi Anda."),
)


OVERSEER: Final = (
    (
        "Lihat keadaan SOP semua kantor",
        "web:laporan",
        "Kantor mana sudah menjalankan apa, di langkah mana, dan yang terlambat.",
    ),
    OFFICE[3],
    OFFICE[4],
    OFFICE[0],
    ONLOOKER[4],
)


def wants_first_steps(request: HttpRequest) -> bool:
    """Whether the list has not been put away in this browser."""
    return COOKIE not in request.COOKIES


def first_steps(
    *, unit: OrganisationUnit | None, administers: bool, has_position: bool, oversees: bool = False
) -> tuple[FirstStep, ...]:
    """The five steps for a person: an administrator's, an official's, an onlooker's, or those of an official
    who has to look after other offices."""
    if administers:
        chosen = ADMINISTRATOR
    elif has_position:
        chosen = OVERSEER if oversees else OFFICE
    else:
        chosen = ONLOOKER
    name = unit.short_name if unit else ""
    return tuple(
        FirstStep(title.format(unit=name).strip(), address(where), note) for title, where, note in chosen
    )

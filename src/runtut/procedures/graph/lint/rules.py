"""The catalogue of rules: how serious each is, why it exists and where that is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Severity(Enum):
    """An error stops ratification; a warning names a rule of form; a hint asks for a second look."""

    ERROR = "galat"
    WARNING = "peringatan"
    HINT = "petunjuk"


@dataclass(frozen=True)
class Rule:
    """One rule. `reason` and `regulation` are shown to the user beside the finding."""

    code: str
    severity: Severity
    reason: str
    regulation: str


PEDOMAN: Final = "PermenPANRB 35/2012, lampiran"
DAERAH: Final = "Permendagri 52/2011"
NASKAH: Final = "Permendagri 83/2022 dan tata naskah dinas setempat"
HIERARKI: Final = "UU 12/2011 tentang pembentukan peraturan perundang-undangan"

_ERRORS: Final = {
    "no_steps": ("Tanpa langkah tidak ada yang dapat dijalankan.", PEDOMAN),
    "duplicate_number": ("Nomor langkah dipakai sebagai alamat panah kembali dan tugas.", PEDOMAN),
    "missing_number": ("Nomor yang melompat biasanya berarti satu baris hilang.", PEDOMAN),
    "unordered": ("Alur digambar dari atas ke bawah menurut nomor langkah.", PEDOMAN),
    "start_missing": ("Setiap bagan alir dibuka dengan simbol kapsul.", PEDOMAN),
    "end_missing": ("Setiap bagan alir ditutup dengan simbol kapsul.", PEDOMAN),
    "end_in_between": ("Kapsul hanya menandai awal dan akhir kegiatan.", PEDOMAN),
    "activity_missing": ("Orang yang mendapat tugas ini tidak akan tahu apa yang dikerjakannya.", PEDOMAN),
    "time_missing": ("Waktu adalah mutu baku: tanpa waktu, tenggat tugas tidak dapat dihitung.", PEDOMAN),
    "no_actor": ("Setiap langkah diselesaikan oleh seseorang; tanpa itu tugasnya tidak punya meja.", PEDOMAN),
    "performer_without_column": ("Setiap pelaksana mempunyai satu kolom pada bagan alir.", PEDOMAN),
    "return_not_earlier": ("Panah balik menuju langkah yang sudah dilalui.", PEDOMAN),
    "unknown_call": (
        "Langkah ini menunggu SOP itu dikerjakan sampai selesai; ambil SOP itu dulu untuk kantor ini.",
        PEDOMAN,
    ),
}
_WARNINGS: Final = {
    "column_without_activity": ("Kolom hanya untuk pelaksana yang bekerja pada SOP ini.", PEDOMAN),
    "subject_in_activity": (
        "Kegiatan ditulis dengan kata kerja aktif tanpa subjek; pelakunya sudah terbaca dari kolom.",
        PEDOMAN,
    ),
    "performer_named_without_column": (
        "Jabatan yang ikut bekerja harus mempunyai kolom; bila tidak, tugasnya tidak sampai kepadanya.",
        PEDOMAN,
    ),
    "decision_without_return": ("Keputusan mempunyai dua jalan keluar: ya dan tidak.", PEDOMAN),
    "return_not_drawn": (
        "Panah balik digambar, dan pengembalian dapat dipilih, hanya menurut tujuan kembali langkah; "
        "yang ditulis di keterangan saja tidak.",
        PEDOMAN,
    ),
    "no_output": ("Setiap langkah mempunyai hasil yang dapat ditunjukkan.", PEDOMAN),
    "self_related": ("Keterkaitan menyebut SOP lain yang berhubungan, bukan SOP itu sendiri.", PEDOMAN),
    "number_incomplete": ("Bagian nomor yang kosong membuat dua SOP dapat bernomor sama.", NASKAH),
    "number_missing": ("Tanpa nomor, SOP tidak dapat dirujuk dan didaftar.", NASKAH),
    "effective_missing": (
        "Tanggal efektif menentukan sejak kapan SOP mengikat; biasanya sama dengan tanggal pengesahan.",
        PEDOMAN,
    ),
    "law_mismatch": ("Nomor dan judul peraturan harus menunjuk peraturan yang sama.", HIERARKI),
    "law_later": (
        "SOP tidak mungkin disusun berdasarkan peraturan yang belum ada; tanggalnya keliru atau revisinya "
        "belum dicatat.",
        HIERARKI,
    ),
    "law_unnumbered": ("Dasar hukum tanpa nomor dan tahun tidak menunjuk peraturan mana pun.", HIERARKI),
    "law_superseded": ("Dasar hukum yang sudah dicabut tidak lagi memberi kewenangan.", HIERARKI),
}
_HINTS: Final = {
    "input_gap": ("Kelengkapan adalah hasil langkah sebelumnya atau datang dari luar SOP.", PEDOMAN),
    "same_input_and_output": ("Langkah yang hasilnya sama dengan bahannya tidak mengubah apa pun.", PEDOMAN),
    "return_without_decision": ("Hanya simbol keputusan yang mempunyai cabang tidak.", PEDOMAN),
    "return_not_told": (
        "Keputusan mempunyai dua jalan keluar, jadi bagan hanya menggambar panah balik yang pertama; "
        "tujuan lainnya terbaca dari keterangan.",
        PEDOMAN,
    ),
    "verb_missing": ("Kegiatan diawali kata kerja aktif: memeriksa, menyusun, mengirim.", PEDOMAN),
    "law_other_office": (
        "SOP yang diambil dari kantor lain dapat membawa dasar hukum yang hanya mengatur kantor asalnya.",
        PEDOMAN,
    ),
    "related_unknown": ("Keterkaitan sebaiknya menunjuk SOP yang benar-benar ada di kantor ini.", DAERAH),
}
RULES: Final[dict[str, Rule]] = {
    code: Rule(code, severity, reason, regulation)
    for severity, rules in (
        (Severity.ERROR, _ERRORS),
        (Severity.WARNING, _WARNINGS),
        (Severity.HINT, _HINTS),
    )
    for code, (reason, regulation) in rules.items()
}

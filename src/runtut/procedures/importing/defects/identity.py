"""Defects of the identity page."""

from __future__ import annotations

import re

from runtut.procedures.importing.result import ReadSop
from runtut.procedures.importing.roles import fits, mentions
from runtut.procedures.importing.words import key, words

CONSEQUENCE = re.compile(r"(?i)^\W*(?:jika|apabila|bila|bilamana|kalau)\b")
HARM = re.compile(
    r"(?i)\b(?:tidak|terhambat|terkendala|sanksi|gagal|terlambat|keterlambatan|resiko|risiko|penyimpangan)"
)
PLACEHOLDER = re.compile(r"[.…_]{3,}|\bXX+\b")


def check(sop: ReadSop) -> None:
    _number(sop)
    _dates(sop)
    _approver(sop)
    _related(sop)
    _texts(sop)


def _number(sop: ReadSop) -> None:
    if not sop.number:
        sop.doubt("number", "Nomor SOP kosong atau tidak ditemukan.")
    elif any(not part.strip() for part in sop.number.split("/")):
        sop.doubt("number", "Nomor SOP memiliki ruas kosong di antara garis miring.")
    elif PLACEHOLDER.search(sop.number):
        sop.doubt("number", "Nomor SOP masih berisi titik-titik yang belum diisi.")


def _dates(sop: ReadSop) -> None:
    created, effective = sop.dates["created"], sop.dates["effective"]
    for name, label in (("created", "pembuatan"), ("effective", "efektif")):
        if not sop.dates[name]:
            sop.doubt(f"dates.{name}", f"Tanggal {label} kosong.")
        elif len(sop.dates[name]) < 10:
            sop.doubt(
                f"dates.{name}",
                f"Tanggal {label} tidak lengkap; hanya sampai "
                f"{'bulan' if len(sop.dates[name]) == 7 else 'tahun'}.",
            )
    if created and effective and effective < created[: len(effective)]:
        sop.doubt("dates.effective", "Tanggal efektif lebih awal daripada tanggal pembuatan.")


def _approver(sop: ReadSop) -> None:
    who = sop.approver
    for text, name, label in (
        (who.position, "position", "Jabatan"),
        (who.name, "name", "Nama"),
        (who.nip, "nip", "NIP"),
    ):
        if not text:
            sop.doubt(f"approver.{name}", f"{label} pejabat yang mengesahkan tidak ditemukan.")
    if who.nip and len(who.nip) != 18:
        sop.doubt("approver.nip", f"NIP berisi {len(who.nip)} angka; seharusnya 18.")


def _related(sop: ReadSop) -> None:
    title = set(words(sop.title))
    for text in sop.lists.get("related_sops", []):
        named = set(words(text)) - {"sop"}
        if named and named <= title and len(title - named) <= 1:
            sop.doubt("related_sops", f"Keterkaitan “{text}” tampaknya SOP ini sendiri.")
        if len(set(map(key, mentions(text)))) >= 2:
            sop.doubt("related_sops", "Keterkaitan memuat nama jabatan; isinya seharusnya judul SOP.")


def _texts(sop: ReadSop) -> None:
    for text in sop.lists.get("warnings", []):
        if CONSEQUENCE.search(text) and not re.search(r"(?i)\bmaka\b", text):
            sop.doubt("warnings", "Kalimat Peringatan tidak utuh: tidak ada kata “maka” sesudah syaratnya.")
        elif not CONSEQUENCE.search(text) and not HARM.search(text):
            sop.doubt("warnings", "Peringatan tidak menyebut akibat bila SOP tidak dijalankan.")
    for text in sop.lists.get("records", []):
        if re.search(
            r"(?i)\bsebelum\b.*\b(?:disahkan|ditandatangani|diparaf|paraf)|\b(?:paraf|"
            r"mengoreksi)\b.*\bsebelum\b",
            text,
        ):
            sop.doubt(
                "records",
                "Pencatatan memuat aturan kerja (siapa memeriksa sebelum siapa); jadikan langkah atau "
                "syarat.",
            )
    for name in ("records", "equipment", "qualifications", "related_sops"):
        _strangers(sop, name)


def _strangers(sop: ReadSop, name: str) -> None:
    """Offices in the identity lists that no performer column is for: leftovers of another template."""
    found: list[str] = []
    for text in sop.lists.get(name, []):
        for role in mentions(text):
            known = any(fits(role, column) > 0.3 for column in sop.performers)
            if sop.performers and not known and key(role) not in map(key, found):
                found.append(role)
    if found:
        sop.doubt(name, f"Menyebut jabatan yang tidak memiliki kolom pelaksana: {', '.join(found)}.")

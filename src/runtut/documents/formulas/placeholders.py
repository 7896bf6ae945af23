"""Places in a template that a run fills in. The list is closed and a place is replaced by words: nothing in a
template is ever run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from runtut.documents.formulas.markup import lines
from runtut.documents.formulas.markup.inline import escaped

PLACE: Final = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
HINT: Final = re.compile(r"\[isi [^\[\]]+\]")

LATE: Final[dict[str, str]] = {
    "nomor_surat": "nomor naskah, sesudah diberi nomor",
    "tanggal_surat": "tanggal naskah, sesudah diberi nomor",
}
"""Filled in on paper, when number and date are known; until then a blank to write on."""
AT_HANDOVER: Final = "lampiran"
PARTS: Final[dict[str, str]] = {
    "peserta": "peserta rapat",
    "tabel_kehadiran": "tabel kehadiran rapat",
    "pembahasan": "pembahasan rapat",
    "tabel_keputusan": "tabel keputusan rapat",
}
"""Filled with whole blocks in papers that a meeting makes, each on a line of its own."""
PLACES: Final[dict[str, str]] = {
    "nama_kantor": "nama kantor",
    "pemerintah": "nama pemerintah daerah",
    "tempat": "tempat naskah dibuat",
    "hari_ini": "tanggal naskah ditulis",
    "tahun": "tahun kegiatan",
    "periode": "triwulan atau tahun kegiatan",
    "kegiatan": "judul kerja yang berjalan",
    "hal": "hal naskah",
    "penerima": "penerima naskah, satu per baris",
    "penyusun": "jabatan penyusun naskah",
    "penandatangan": "jabatan penanda tangan",
    "dasar": "dasar naskah: surat yang diproses, atau kerjanya",
    "rujukan": "yang diteruskan: nota sebelumnya pada kerja ini, surat yang diproses, atau kerjanya",
    "pokok": "pokok yang disampaikan",
    "tindakan": "tindakan yang diminta dan batas waktunya",
    "penutup": "kalimat penutup nota: yang diharapkan dari penerimanya",
    "surat_dari": "pengirim surat yang diproses",
    "surat_nomor": "nomor surat yang diproses",
    "surat_tanggal": "tanggal surat yang diproses",
    "surat_hal": "hal surat yang diproses",
    "rapat_hari": "hari dan tanggal rapat",
    "rapat_waktu": "waktu rapat",
    "rapat_tempat": "tempat rapat",
    "rapat_acara": "acara rapat",
    "rapat": "nama rapat",
    "pimpinan_rapat": "jabatan pimpinan rapat",
    "notulis": "jabatan yang mencatat rapat",
    "sifat": "sifat naskah: biasa, segera, atau sangat segera",
    "jumlah_hadir": "banyaknya yang hadir atau diwakili",
    "jumlah_undangan": "banyaknya yang diundang",
    "naskah_dikirim": "nama naskah yang dikirim",
    "banyaknya": "banyaknya naskah yang dikirim",
    "keterangan": "keterangan pengiriman",
    **PARTS,
    AT_HANDOVER: "jumlah lampiran",
    **LATE,
}
"""Every place and what stands there, as the page of templates lists them."""


def places_in(text: str) -> list[str]:
    """Return the places that a text names, known or not, each once, in order."""
    return list(dict.fromkeys(PLACE.findall(text)))


def unknown_places(text: str, known: Mapping[str, str] = PLACES) -> list[str]:
    """Return the places that are not of the list."""
    return [name for name in places_in(text) if name not in known]


def fill_places(text: str, values: Mapping[str, str], parts: Mapping[str, str] | None = None) -> str:
    """Replace the places of a markup text by their words, protected from being read as markup.

    A place without words becomes a hint in brackets ("[isi hal naskah]"), which must be replaced before the
    document is handed over. Late places stay, and the number of attachments unless it is known beforehand.
    `parts` is markup (a list, a table) for places that stand on a line of their own.
    """
    return "\n".join(part_in(line, parts or {}) or fill_line(line, values) for line in text.split("\n"))


def part_in(line: str, parts: Mapping[str, str]) -> str:
    """Return the markup for a line that is one place and nothing else, "" for any other line."""
    match = PLACE.fullmatch(line.strip())
    markup = parts.get(match[1], "") if match else ""
    return f"\n{markup}\n" if markup else ""


def fill_line(line: str, values: Mapping[str, str]) -> str:
    indented = lines.kind_of(line) in {"fact", "named_fact", "bullet", "number"}
    line_break = "\n  " if indented else "\\/"

    def words(match: re.Match[str]) -> str:
        name = match[1]
        value = values.get(name, "").strip()
        if name in LATE or name not in PLACES or (name == AT_HANDOVER and not value):
            return match[0]
        return line_break.join(escaped(value).split("\n")) if value else f"[isi {PLACES[name]}]"

    return PLACE.sub(words, line)


def fill_words(text: str, values: Mapping[str, str]) -> str:
    """Replace the places of a plain text (a title)."""
    return PLACE.sub(lambda match: values.get(match[1], "") or match[0], text)


def hints_in(text: str) -> list[str]:
    """Return the hints that nobody has replaced yet, each once."""
    return list(dict.fromkeys(HINT.findall(text)))


def attachments_in_words(count: int) -> str:
    """Return how a letter tells its attachments: "2 (dua) berkas", "-" for none."""
    numbers = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")
    if not count:
        return "-"
    return f"{count} ({numbers[count]}) berkas" if count < len(numbers) else f"{count} berkas"

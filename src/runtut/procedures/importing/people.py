"""The approver: office, name, rank and NIP out of one block of text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from runtut.procedures.importing.words import clean

NIP = re.compile(
    r"(?i)\b(?:N\s?I\s?P(?:PPK|\s?P3K)?)\b\s*[.:]*\s*([\d][\d .\-/]{5,30}\d)|(?<!\d)((?:19|20)\d{6}[ "
    r".]?\d{6}[ .]?\d[ .]?\d{3})(?!\d)"
)
RANK = re.compile(
    r"(?i)\b(?:Pembina|Penata|Pengatur|Juru)\b(?:\s+(?:Utama|Muda|Madya|Tingkat|Tk\.?|I\b|1\b|II\b|"
    r"III\b|IV\b)\.?)*(?:\s*[,/(]?\s*\(?(?:I|II|III|IV)\s*/\s*[a-e]\)?)?"
    r"|\b(?:Komisaris|Ajun Komisaris|Inspektur|Kolonel|Letnan|Mayor|Kapten|"
    r"Brigadir)\b(?:\s+(?:Jenderal|Polisi|Besar|Satu|Dua|Laut|Infanteri|Muda|Utama))*"
)
OFFICE = re.compile(
    r"(?i)^\W*(?:plt\.?|plh\.?|pj\.?|a\.?n\.?|an\.|u\.b\.)?\s*(?:camat|kepala|bupati|wali ?kota|"
    r"gubernur|sekretaris|direktur|ketua|lurah|menteri|inspektur|asisten|rektor|dekan|"
    r"panitera|wakil|kabag|kabid|kasat|jaksa|komandan|deputi|kepsek|pimpinan|penghulu|kuwu|keuchik|"
    r"wali nagari)\b"
)
NAMED = re.compile(
    r"\b(?:Ir|Dr|Drs|Dra|Prof|H|Hj|dr|drg|R|Rr|KH|Apt|Ns)\b\.?,?\s+(?=[A-Z])|\bDR\.|\bDRS\.|\bDRA\.|\bIR\."
)
DEGREE = re.compile(
    r"\b(?:S\.?\s?(?:Sos|IP|STP|H|E|Pd|Kom|T|P|Ag|Si|Kep|KM|Hut|Pt|Pi|ST|Tr)|M\.?\s?(?:Si|M|H|AP|Pd|T|"
    r"Kes|P|E|Kom|Sc|Ag|Hum)|A\.?Md|SE|SH|MM|MH|MSi|ST|MT|MAP|M\.A\.P|S\.STP|SKM)\b\.?"
)


AREA = re.compile(
    r"(?i)^(?:provinsi|propinsi|prov\.|kabupaten|kab\.|kota|kecamatan|kelurahan|nagari|republik|daerah|dinas|"
    r"badan|bagian|bidang|kantor|sekretariat|inspektorat|kementerian|pengadilan|universitas|wilayah|kelas)\b"
)
"""How the second line of a title goes on; no person is called so."""

MONTHS = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember"
DATED = re.compile(
    rf"(?i)(?:[a-z .]{{3,40}},\s*)?[\d. …]{{0,12}}(?:{MONTHS})\s+\d{{4}}$|"
    r"(?:di ?tetapkan|di ?tanda ?tangani) di\b|"
    r"pada tanggal\b"
)
"""Where and when something was signed, above the signature."""


@dataclass(frozen=True)
class Approver:
    """Who ratified it, as far as it is printed."""

    position: str = ""
    name: str = ""
    rank: str = ""
    nip: str = ""
    nip_written: str = ""


def parse(lines: Sequence[str]) -> Approver:
    """Read the block beside "Disahkan oleh", or the signature below a form."""
    text = "\n".join(clean(line) for line in lines)
    nip = NIP.search(text)
    digits = re.sub(r"\D", "", (nip[1] or nip[2]) if nip else "")
    if nip:
        text = text[: nip.start()] + "\n" + text[nip.end() :]
    rank = RANK.search(text) if not RANK_IN_OFFICE.search(text) else None
    if rank:
        text = text[: rank.start()] + "\n" + text[rank.end() :]
    parts = [part.strip(" ,.:-()_") for part in re.split(r"\n|\s{3,}|_{3,}|\.{4,}", text)]
    parts = [
        part
        for part in parts
        if re.search(r"[A-Za-z]{3}", part)
        and not re.fullmatch(r"(?i)nip|ttd|tanda tangan", part)
        and not DATED.match(part)
    ]
    position, name = _split(parts)
    return Approver(
        position,
        name,
        " ".join(rank.group().split()) if rank else "",
        digits,
        (nip[1] or nip[2]).strip() if nip else "",
    )


RANK_IN_OFFICE = re.compile(r"(?i)^\W*inspektur(?! (?:jenderal|polisi|satu|dua))")


def _split(parts: Sequence[str]) -> tuple[str, str]:
    """Office and name: on lines of their own, or one after the other on one line."""
    office: list[str] = []
    name: list[str] = []
    for part in parts:
        if not name and OFFICE.search(part):
            head, tail = _cut(part)
            office.append(head)
            if tail:
                name.append(tail)
        elif office and not name and not _is_name(part):
            office.append(part)
        elif not name or (DEGREE.search(part) and len(part) < 20):
            name.append(part)
    return " ".join(office).strip(" ,"), ", ".join(name).strip(" ,")


def _is_name(text: str) -> bool:
    if AREA.match(text):
        return False
    return bool(DEGREE.search(text) or NAMED.search(text)) or len(text.split()) <= 4


def _cut(text: str) -> tuple[str, str]:
    """Cut "Kepala Dinas ... Drs. Nama" where the name begins."""
    titled = NAMED.search(text)
    if titled and titled.start():
        return text[: titled.start()].strip(), text[titled.start() :].strip()
    degree = DEGREE.search(text)
    if degree is None:
        return text, ""
    run = re.search(r"(?:\b[A-Z][A-Z.']*\s+)*\b[A-Z][A-Z.']+[\s,]*$", text[: degree.start()])
    if run and run.start() and any(word.islower() for word in re.findall(r"[A-Za-z]", text[: run.start()])):
        return text[: run.start()].strip(" ,"), text[run.start() :].strip()
    return text, ""

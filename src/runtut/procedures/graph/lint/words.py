"""Who is named in the words of an activity: a subject that does not belong there, or a position without a
column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from runtut.procedures.graph.lint.finding import Facts, Finding, Place
from runtut.procedures.graph.nodes import Column, StepNode

_ACTIVE: Final = re.compile(r"(?:me(?:m|n|ng|ny|l|r|w|y)|ber|pe(?=r\w+kan\b))\w+", re.IGNORECASE)
_NOUNS: Final = frozenset(
    [
        "berita",
        "berkas",
        "berkala",
        "media",
        "meja",
        "memo",
        "memorandum",
        "menit",
        "menteri",
        "metode",
        "meteran",
        "mentri",
        "berikut",
    ]
)
"""Words that begin like an active verb and are none."""

_SHORT: Final = {
    "kabid": "kepala bidang",
    "kabag": "kepala bagian",
    "kasi": "kepala seksi",
    "kadis": "kepala dinas",
    "kaban": "kepala badan",
    "kasubbag": "kepala subbagian",
    "kasubag": "kepala subbagian",
    "kasubbid": "kepala subbidang",
    "kasubid": "kepala subbidang",
    "kasie": "kepala seksi",
    "sekcam": "sekretaris kecamatan",
    "sekdis": "sekretaris dinas",
    "sekban": "sekretaris badan",
    "sekda": "sekretaris daerah",
    "sek": "sekretaris",
    "sekretaris camat": "sekretaris kecamatan",
    "sub bagian": "subbagian",
    "sub bidang": "subbidang",
    "staff": "staf",
    "pimpinan": "kepala",
}
_HEADS: Final = (
    r"kepala (?:dinas|badan|bidang|bagian|seksi|subbagian|subbidang|kantor|unit|satuan|sekretariat|desa)"
)
_OTHERS: Final = (
    r"sekretaris(?: (?:kecamatan|dinas|badan|daerah|tim))?|camat|lurah|inspektur(?: \w+)?|direktur|deputi"
    r"|bendahara(?: \w+)?|staf|operator|pengelola|analis|arsiparis|verifikator|pengadministrasi|auditor"
    r"|anggota tim|ketua tim|kepala|petugas|kurir|pengemudi"
)
_POSITION: Final = re.compile(rf"\b(?:{_HEADS}|{_OTHERS})\b")
_TOLD: Final = re.compile(
    r"(?:\b(?:kepada|ke|oleh|dengan|bersama|memerintahkan|menugaskan|meminta)|,|/|\bdan)\s+$"
)


def word_findings(facts: Facts) -> Iterator[Finding]:
    """Activities that begin with their subject or without a verb, and positions that no column stands for."""
    columns = [expand(column.name) for column in facts.graph.columns]
    for step in facts.graph.steps:
        if step.activity.strip():
            yield from _opening(step, facts.graph.columns)
            yield from _named(step, columns)


def expand(text: str) -> str:
    """Lower case with abbreviated positions written out: "Kasubag Umum" is "kepala subbagian umum"."""
    plain = " ".join(re.sub(r"[^\w/,]+", " ", text.casefold()).split())
    for short, long in _SHORT.items():
        plain = re.sub(rf"\b{short}\b", long, plain)
    return plain


def _opening(step: StepNode, columns: tuple[Column, ...]) -> Iterator[Finding]:
    place, said = Place("activity", step.no), expand(step.activity)
    subject = _POSITION.match(said)
    named = next((one.name for one in columns if said.startswith(f"{expand(one.name)} ")), "")
    if subject or named:
        who = named or step.activity.split()[0]
        text = f"Kegiatan langkah {step.no} menyebut pelakunya di depan ({who}); mulai dari kata kerjanya."
        yield Finding("subject_in_activity", text, place)
    elif not starts_with_verb(step.activity):
        text = f"Kegiatan langkah {step.no} tidak diawali kata kerja aktif."
        yield Finding("verb_missing", text, place)


def starts_with_verb(activity: str) -> bool:
    """Say whether a text begins with an active verb (awalan me- or ber-)."""
    first = re.split(r"\W", activity.strip(), maxsplit=1)[0].casefold()
    return bool(_ACTIVE.fullmatch(first)) and first not in _NOUNS


def _named(step: StepNode, columns: list[str]) -> Iterator[Finding]:
    said = expand(step.activity)
    for found in _POSITION.finditer(said):
        who = found.group()
        acts = found.start() == 0 or _TOLD.search(said[: found.start()])
        if acts and not any(who in column or who.split()[-1] in column.split() for column in columns):
            text = f"Langkah {step.no} menyebut {who}, yang tidak mempunyai kolom."
            yield Finding("performer_named_without_column", text, Place("performers", step.no))

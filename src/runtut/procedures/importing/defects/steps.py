"""Defects of the step table."""

from __future__ import annotations

import re

from runtut.procedures.importing import executors
from runtut.procedures.importing.result import LOW, ReadSop, ReadStep
from runtut.procedures.importing.roles import HEADS, fits, mentions
from runtut.procedures.importing.words import key, likeness

CHECKS = re.compile(
    r"(?i)\b(?:meng?oreksi|memeriksa|menyetujui|persetujuan|memverifikasi|memvalidasi|mereviu)"
)
MEETS = re.compile(r"(?i)^(?:melaksanakan|mengadakan|pelaksanaan|mengikuti)?\s*rapat\b")
EDGES = re.compile(r"(?i)^\W*(?:mulai|selesai|start|end|finish)\W*$")


def check(sop: ReadSop) -> None:
    """Add doubts about performers, inputs and outputs, returns and times."""
    if not sop.steps:
        sop.doubt("steps", "Tidak ada langkah yang terbaca.")
        return
    for step in sop.steps:
        _performers(sop, step)
        _edges(sop, step)
    _columns(sop)
    _chain(sop)
    _strangers(sop)
    if len({step.time.unit for step in sop.steps if step.time.unit}) == 3:
        sop.doubt("steps", "Satuan waktu bercampur menit, jam, dan hari.")


def _performers(sop: ReadSop, step: ReadStep) -> None:
    where = f"steps[{step.no}].performers"
    if not step.performers:
        sop.doubt(where, f"Pelaksana langkah {step.no} tidak diketahui.")
    elif step.performers[0].confidence == LOW:
        sop.doubt(
            where, f"Pelaksana langkah {step.no} diduga {step.performers[0].name}; bisa juga kolom lain."
        )
    subject = executors.has_subject(step)
    if subject:
        sop.doubt(
            f"steps[{step.no}].activity",
            f"Kegiatan langkah {step.no} menyebut pelaku (“{subject}”); pelaku ditulis di kolom pelaksana.",
        )


def _edges(sop: ReadSop, step: ReadStep) -> None:
    where = f"steps[{step.no}]"
    if EDGES.match(step.activity):
        sop.doubt(where, f"Langkah {step.no} hanya menandai mulai atau selesai.")
    if not step.activity:
        sop.doubt(f"{where}.activity", f"Kegiatan langkah {step.no} tidak terbaca.")
    if CHECKS.search(step.activity) and not step.return_to:
        sop.doubt(
            f"{where}.return_to",
            f"Langkah {step.no} memeriksa atau menyetujui tanpa jalan kembali bila ditolak.",
        )
    if step.kind == "decision" and not step.return_to:
        sop.doubt(f"{where}.return_to", f"Keputusan di langkah {step.no} tanpa tujuan bila jawabannya tidak.")
    if MEETS.search(step.activity) and not re.search(
        r"(?i)notulen|notula|daftar hadir|berita acara|risalah", " ".join(step.outputs)
    ):
        sop.doubt(
            f"{where}.outputs", f"Rapat di langkah {step.no} tidak menghasilkan notulen atau daftar hadir."
        )


def _columns(sop: ReadSop) -> None:
    busy = {
        key(who.name)
        for step in sop.steps
        for who in step.performers
        if who.mode != "joint" or who.confidence != LOW
    }
    for name in sop.performers:
        if key(name) not in busy:
            sop.doubt("performers", f"Kolom pelaksana {name} tidak memiliki kegiatan.")
        heads = [word for word in key(name).split() if word in HEADS]
        if re.search(r"[/,]", name) and len(heads) > 1:
            sop.doubt("performers", f"Kolom pelaksana {name} memuat beberapa jabatan sekaligus.")


def _chain(sop: ReadSop) -> None:
    """Inputs that no earlier step yields, and outputs that equal the input."""
    yielded: list[str] = []
    for step in sop.steps:
        where = f"steps[{step.no}]"
        if step.outputs and set(map(key, step.outputs)) == set(map(key, step.requirements)):
            sop.doubt(f"{where}.outputs", f"Kelengkapan dan output langkah {step.no} sama.")
        if (
            yielded
            and step.requirements
            and not any(likeness(need, out) >= 0.99 for need in step.requirements for out in yielded)
        ):
            sop.doubt(
                f"{where}.requirements",
                f"Kelengkapan langkah {step.no} tidak sama dengan output langkah mana pun sebelumnya.",
            )
        yielded += step.outputs


def _strangers(sop: ReadSop) -> None:
    if not sop.performers:
        sop.doubt("performers", "Kolom pelaksana tidak terbaca.")
        return
    for no, name in executors.mentioned_without_column(sop):
        sop.doubt(
            f"steps[{no}].activity", f"Langkah {no} menyebut {name}, yang tidak memiliki kolom pelaksana."
        )
    for step in sop.steps:
        for name in mentions(" ; ".join([*step.requirements, *step.outputs])):
            if not any(fits(name, column) > 0.3 for column in sop.performers):
                why = f"Langkah {step.no} menyebut {name}, yang tidak memiliki kolom pelaksana."
                sop.doubt(f"steps[{step.no}].outputs", why)

"""Returns that the words state or the drawing shows, and calls to other SOPs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from runtut.procedures.importing.result import HIGH, LOW, MEDIUM, ReadSop, ReadStep
from runtut.procedures.importing.roles import ROLE, fits
from runtut.procedures.importing.words import key

STATED = re.compile(
    r"(?i)(?:jika|apabila|bila|bilamana|kalau)\s+(?:\w+\s+){0,3}?(?:tidak|belum|tdk|kurang|salah|ditolak|"
    r"terdapat|ditemukan|ada (?:koreksi|perbaikan|revisi|kesalahan))[^.;]*?"
    r"(?:di\s?kembalik|dkembalik|diserahkan kembali|kembali|diperbaiki|di perbaiki|perbaikan)|"
    r"panah balik|dikembalikan (?:ke|kepada) .{3,60}(?:untuk|guna|agar) (?:di\s?)?(?:perbaik|revisi|"
    r"lengkap)|(?:jika|bila|apabila) tidak[^.;]*kembali"
)
BACK = re.compile(r"(?i)\b(?:di\s?|d)?kembali(?:kan)?\s+(?:lagi\s+)?(?:ke|kepada)\b")
CONDITION = re.compile(
    r"(?i)\b(?:jika|apabila|bila|bilamana|kalau|tidak|tdk|belum|kurang|salah|kesalahan|koreksi|"
    r"(?:di)?perbaik\w*|(?:di)?revisi|ditolak|(?:di)?lengkapi)\b"
)
"""Of what a note that says "back to" speaks when it means a decision, and not papers that are handed back."""

COUNTED = (
    r"(?:langkah|nomor|no\.?|tahap(?:an)?|poin|point|butir|aktivitas|aktifitas|kegiatan|proses|prosedur|step)"
    r"\s*(?:ke[- ]?)?(?:no\.?|nomor)?\s*"
)
TO_STEP = re.compile(
    r"(?i)(?:"
    r"\b(?:kembali|dikembalikan|balik|return(?:ed|s)?|back)\s+(?:lagi\s+)?(?:(?:ke|kepada|pada|to)\s+)?"
    rf"{COUNTED}|"
    r"\b(?:kembali|dikembalikan|balik)\s+ke[\s-]*(?=\d{1,2}[a-e]?\s*(?:$|[.,;()/]|(?:untuk|atau|dan)\b))|"
    rf"\b(?:meng|di)?ulang(?:i)?\s+(?:lagi\s+)?(?:(?:dari|ke|mulai)\s+)?{COUNTED}|"
    rf"(?<!mengacu )(?<!merujuk )\bke\s+{COUNTED}|"
    rf"\b(?:tidak|tdk|revisi|ditolak)\b[^.;:\d→>]{{0,30}}(?:(?:→|->|=>)\s*(?:ke\s+)?(?:{COUNTED})?|"
    rf"[:=]\s*(?:(?:ke\s+)?{COUNTED}|ke\s+(?=\d{{1,2}}\s*(?:$|[.,;()/]))))"
    r")(\d{1,2}(?:\.\d{1,2}|\s?\.?\s?[a-e]\b)?"
    r"(?:(?:\s*[,/]\s*|\s+)(?:(?:atau|dan)\s+)?(?:ke\s+)?(?:langkah\s+)?\d{1,2}\b"
    r"(?!\s*(?:menit|jam|hari|minggu|bulan|%|[.,:]\d)))*)(?!\s*(?:menit|jam|hari|minggu|bulan|%))"
)
"""Words that lead to a step by its number; an earlier one is a return, however it is put."""

NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}|\s?\.?\s?[a-e]\b)?")
PARTED = re.compile(r"[\s()]+|(?<=\d)\.(?=[A-Za-z])|\.$")
"""What is written differently in one number: "1.a", "1 a", "1a."."""
TO_ROLE = re.compile(r"(?i)(?:kembali(?:kan)?|dikembalikan|dkembalikan)\s+(?:lagi\s+)?(?:ke|kepada)\s+")
CALL = re.compile(
    r"(?i)(?:^|\b(?:lihat|mengacu|sesuai|melalui|menggunakan|lanjut ke|ke|dengan|berdasarkan|"
    r"mengikuti)\s+)(?:SOP|S\.O\.P\.?|POS|SPO)\s+(?!ini\b)([A-Z][^.;,]{3,90})"
)
WHOLE = re.compile(r"(?i)^\s*(?:lihat |mengacu |sesuai |ke )?(?:SOP|POS|SPO)\s+(?!ini\b)(.{3,90})$")


def told_in_branches(branches: Sequence[tuple[str, str]], no: int) -> list[int]:
    """The earlier steps that the columns "Ya" and "Tidak" of a step lead to."""
    told = [
        int(found)
        for _, text in branches
        for found in re.findall(r"(?<![\d.])\d{1,2}(?!\.?\d|\.?[a-e]\b)", text)
    ]
    back = [target for target in told if 0 < target < no]
    return list(dict.fromkeys(back))


def trace(sop: ReadSop) -> None:
    """Fill return targets and calls of every step from its activity and note."""
    for step in sop.steps:
        _returns(sop, step)
        _call(step)


def _returns(sop: ReadSop, step: ReadStep) -> None:
    text = f"{step.activity}. {step.note}"
    told = [_meant(sop, no) for found in TO_STEP.findall(text) for no in NUMBER.findall(found)]
    named = list(dict.fromkeys(no for no in told if 0 < no < step.no))
    if named:
        drawn = [no for no in step.return_to if no not in named]
        step.return_to, step.return_confidence = [*named, *drawn], HIGH
        return
    if step.return_to or not (STATED.search(text) or _is_noted(step.note)):
        return
    target, confidence = _by_role(sop, step, text)
    if target is None:
        earlier = [other.no for other in sop.steps if other.no < step.no]
        target, confidence = (earlier[-1] if earlier else None), LOW
    if target is None:
        return
    step.return_to, step.return_confidence = [target], confidence
    where = "disebut jabatannya" if confidence != LOW else "tidak disebut"
    sop.doubt(
        f"steps[{step.no}].return_to",
        f"Langkah {step.no} dapat dikembalikan; tujuannya {where}, diduga langkah {target}.",
    )


def _is_noted(note: str) -> bool:
    """Say whether a note leads back on a condition, in whatever words."""
    return any(BACK.search(part) and CONDITION.search(part) for part in re.split(r"[.;]", note))


def _meant(sop: ReadSop, label: str) -> int:
    """The step that a text calls by this number, as the document prints it; 0 for none."""
    label = PARTED.sub("", label).casefold()
    printed = [(PARTED.sub("", step.printed).casefold(), step.no) for step in sop.steps]
    same = [no for text, no in printed if text == label]
    if not same and any(text.startswith(f"{label}.") for text, _ in printed):
        same = [no for text, no in printed if text.startswith(f"{label}.")]
    return same[0] if same else int(label) if label.isdigit() else 0


def _by_role(sop: ReadSop, step: ReadStep, text: str) -> tuple[int | None, str]:
    """The last earlier step of the office to whom the text returns it."""
    for found in TO_ROLE.finditer(text):
        role = ROLE.match(text, found.end())
        column = _column_at(text[found.end() :], sop)
        if role is None and not column:
            continue
        for other in sorted(sop.steps, key=lambda other: -other.no):
            names = [who.name for who in other.performers[:1]]
            named = column in names or (role is not None and any(fits(role.group(1), n) > 0.3 for n in names))
            if other.no < step.no and named:
                return other.no, MEDIUM
    return None, LOW


def _column_at(text: str, sop: ReadSop) -> str:
    """The performer whose name opens a text, as its column writes it; the longest where several do."""
    words = f"{key(text)} "
    found = [name for name in sop.performers if key(name) and words.startswith(f"{key(name)} ")]
    return max(found, key=len, default="")


def _call(step: ReadStep) -> None:
    """A note that names an SOP calls it; a related SOP on the identity page never does."""
    match = WHOLE.match(step.note) or CALL.search(step.note)
    if match:
        step.calls = " ".join(match.group(1).split()).strip(" .")

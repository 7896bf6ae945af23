"""What several SOPs of one document show when they are laid side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from runtut.procedures.importing.defects.laws import citations, kind_of
from runtut.procedures.importing.result import ReadSop, ReadStep
from runtut.procedures.importing.words import key, likeness, words

COMMON = {
    "penyusunan",
    "pelaksanaan",
    "sop",
    "dan",
    "data",
    "tahunan",
    "kinerja",
    "pengelolaan",
    "kegiatan",
    "di",
    "pada",
}


def check(sops: Sequence[ReadSop]) -> None:
    """Compare every SOP with every other of the document."""
    for sop, other in permutations(sops, 2):
        _related(sop, other)
        _copied(sop, other)
        _times(sop, other)
        _laws(sop, other)


def _related(sop: ReadSop, other: ReadSop) -> None:
    if _names(sop, other) and _names(other, sop):
        sop.doubt("related_sops", f"SOP ini dan “{other.title}” saling merujuk; keterkaitan bukan panggilan.")


def _names(sop: ReadSop, other: ReadSop) -> bool:
    return any(
        likeness(text.removeprefix("SOP "), other.title) >= 0.8 for text in sop.lists.get("related_sops", [])
    )


def _copied(sop: ReadSop, other: ReadSop) -> None:
    """Words of the other SOP's title that were left behind in a copy."""
    same = sum(
        1
        for one, two in zip(sop.steps, other.steps, strict=False)
        if likeness(one.activity, two.activity) >= 0.6
    )
    if not sop.steps or same < 0.6 * len(sop.steps):
        return
    sop.doubt("steps", f"Langkahnya hampir sama dengan “{other.title}”.")
    foreign = set(words(other.title)) - set(words(sop.title)) - COMMON
    short = _initials(other.title)
    if short and short != _initials(sop.title):
        foreign.add(short)
    for place, text in _texts(sop):
        left = sorted(foreign & set(words(text)))
        if left:
            sop.doubt(place, f"Memuat kata “{left[0]}” dari SOP “{other.title}”.")


def _initials(title: str) -> str:
    """The abbreviation offices make of a title's last three words ("rkt")."""
    last = words(title)[-3:]
    return "".join(word[0] for word in last) if len(last) == 3 else ""


def _texts(sop: ReadSop) -> Iterator[tuple[str, str]]:
    for name in ("equipment", "records", "warnings"):
        yield name, " ".join(sop.lists.get(name, []))
    for step in sop.steps:
        yield f"steps[{step.no}]", " ".join([step.activity, *step.requirements, *step.outputs])


def _times(sop: ReadSop, other: ReadSop) -> None:
    for step in sop.steps:
        twin = next((entry for entry in other.steps if _alike(step, entry)), None)
        if twin and step.time.minutes != twin.time.minutes and step.time.minutes and twin.time.minutes:
            sop.doubt(
                f"steps[{step.no}].time",
                f"Langkah {step.no} memakai waktu lain daripada langkah {twin.no} yang sama di "
                f"“{other.title}”.",
            )


def _alike(step: ReadStep, other: ReadStep) -> bool:
    return step.no == other.no and likeness(step.activity, other.activity) >= 0.6


def _laws(sop: ReadSop, other: ReadSop) -> None:
    for text in sop.lists.get("legal_basis", []):
        for entry in other.lists.get("legal_basis", []):
            if (
                kind_of(text) == kind_of(entry)
                and citations(text)[:1] == citations(entry)[:1] != []
                and key(text) != key(entry)
            ):
                number, year = citations(text)[0]
                sop.doubt(
                    "legal_basis",
                    f"Aturan nomor {number} tahun {year} ditulis berbeda di SOP lain dokumen ini.",
                )

"""What differs between two texts of an SOP in the interchange format, step by step and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from runtut.procedures.enums import Mode, StepKind

ALIKE: Final = 0.55
IDENTITY: Final[dict[str, str]] = {
    "title": "Nama SOP",
    "number": "Nomor SOP",
    "legal_basis": "Dasar hukum",
    "qualifications": "Kualifikasi pelaksana",
    "related_sops": "Keterkaitan",
    "equipment": "Peralatan dan perlengkapan",
    "warnings": "Peringatan",
    "records": "Pencatatan dan pendataan",
    "performers": "Kolom pelaksana",
}
STEP_FIELDS: Final[dict[str, str]] = {
    "activity": "kegiatan",
    "performers": "pelaksana",
    "kind": "simbol",
    "requirements": "kelengkapan",
    "time": "waktu",
    "outputs": "output",
    "note": "keterangan",
    "return_to": "arah kembali",
    "calls": "SOP yang dipanggil",
}


@dataclass(frozen=True)
class FieldChange:
    """One field as it was and as it is, in words."""

    label: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        if not self.before:
            return f"{self.label}: ditambahkan “{self.after}”"
        if not self.after:
            return f"{self.label}: dihapus “{self.before}”"
        return f"{self.label}: “{self.before}” menjadi “{self.after}”"


@dataclass(frozen=True)
class StepPair:
    """A step of the older text beside the step of the newer one that it became; either may be missing."""

    older: Mapping[str, Any] | None
    newer: Mapping[str, Any] | None
    changes: tuple[FieldChange, ...]

    @property
    def is_added(self) -> bool:
        return self.older is None

    @property
    def is_removed(self) -> bool:
        return self.newer is None

    @property
    def is_changed(self) -> bool:
        return bool(self.changes) or self.is_added or self.is_removed

    @property
    def heading(self) -> str:
        """ "Langkah 4", "Langkah 4, sebelumnya 3", "Langkah 5 ditambahkan" or "Langkah 6 dihapus"."""
        if self.newer is None:
            return f"Langkah {self.older['no'] if self.older else ''} dihapus"
        if self.older is None:
            return f"Langkah {self.newer['no']} ditambahkan"
        moved = self.older["no"] != self.newer["no"]
        return f"Langkah {self.newer['no']}" + (f", sebelumnya {self.older['no']}" if moved else "")


@dataclass(frozen=True)
class SopComparison:
    identity: tuple[FieldChange, ...]
    steps: tuple[StepPair, ...]
    minutes: tuple[int, int]

    @property
    def step_map(self) -> dict[int, int | None]:
        """Each older step number and the number that it has now; None for a step that is gone."""
        return {
            pair.older["no"]: pair.newer["no"] if pair.newer else None for pair in self.steps if pair.older
        }

    @property
    def count(self) -> int:
        """How many places differ."""
        return len(self.identity) + sum(pair.is_changed for pair in self.steps)


def compare_documents(older: Mapping[str, Any], newer: Mapping[str, Any]) -> SopComparison:
    """Compare two valid documents. A step keeps its identity while its activity stays alike, wherever it
    moves; return targets are compared by the step they mean, not by its number."""
    pairs = pair_steps(older["steps"], newer["steps"])
    renumbered = {old["no"]: new["no"] for old, new in pairs if old and new}
    return SopComparison(
        identity=tuple(_identity(older, newer)),
        steps=tuple(StepPair(old, new, tuple(_fields(old, new, renumbered))) for old, new in pairs),
        minutes=(_minutes(older), _minutes(newer)),
    )


Pair = tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]


def pair_steps(older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]]) -> list[Pair]:
    """Pair the steps of two texts, in the order of the newer; what is gone stands where it was."""
    partner = _partners(older, newer)
    taken = {old: new for new, old in partner.items()}
    pairs: list[Pair] = []
    gone = [index for index in range(len(older)) if index not in taken]
    for new, step in enumerate(newer):
        old = partner.get(new)
        while gone and old is not None and gone[0] < old:
            pairs.append((older[gone.pop(0)], None))
        pairs.append((older[old] if old is not None else None, step))
    return [*pairs, *((older[index], None) for index in gone)]


def _partners(older: Sequence[Mapping[str, Any]], newer: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Newer index to older index: the most alike first, at equal likeness the nearest."""
    rated = sorted(
        (-_likeness(old, new), abs(i - j), j, i) for i, old in enumerate(older) for j, new in enumerate(newer)
    )
    found: dict[int, int] = {}
    used: set[int] = set()
    for likeness, _, new, old in rated:
        if -likeness >= ALIKE and new not in found and old not in used:
            found[new] = old
            used.add(old)
    return found


def _likeness(old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
    """From 0 to 1: how much of the activity is the same; the label and the outputs speak for it too."""
    before, after = str(old["activity"]).casefold(), str(new["activity"]).casefold()
    if before == after:
        return 1.0
    said = SequenceMatcher(None, before, after).ratio()
    same = sum(bool(old[name]) and old[name] == new[name] for name in ("label", "outputs"))
    likeness: float = said + 0.1 * same
    return min(0.99, likeness)


def _identity(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[FieldChange]:
    for name, label in IDENTITY.items():
        old, new = older[name], newer[name]
        if isinstance(old, str):
            if old != new:
                yield FieldChange(label, old, new)
            continue
        yield from (FieldChange(label, line, "") for line in old if line not in new)
        yield from (FieldChange(label, "", line) for line in new if line not in old)


def _fields(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, renumbered: Mapping[int, int]
) -> Iterator[FieldChange]:
    if old is None or new is None:
        return
    moved = {**old, "return_to": [renumbered.get(no, 0) for no in old["return_to"]]}
    for name, label in STEP_FIELDS.items():
        before, after = field_words(moved, name), field_words(new, name)
        if before != after:
            yield FieldChange(label, field_words(old, name), after)


def field_words(step: Mapping[str, Any], name: str) -> str:
    """One field of a step as it is read."""
    value = step[name]
    if name == "performers":
        return _performers(value)
    if name == "kind":
        return str(StepKind(value).label)
    if name == "time":
        return str(value["text"] or f"{value['value']} {value['unit']}")
    if name == "return_to":
        return " atau ".join(f"langkah {no}" for no in value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _performers(value: Sequence[Mapping[str, Any]]) -> str:
    """ "Camat, Kasi, bersama Sekcam": the word for how they take part stands once before all that do so;
    those who act alone come first, so that nobody's part can be taken for another's."""
    ways = {Mode.MAIN: "", Mode.EACH: "setiap ", Mode.JOINT: "bersama "}
    names = {mode: [who["name"] for who in value if who["mode"] == mode] for mode in ways}
    return ", ".join(f"{ways[mode]}{', '.join(found)}" for mode, found in names.items() if found)


def _minutes(document: Mapping[str, Any]) -> int:
    return sum(step["time"]["minutes"] for step in document["steps"])

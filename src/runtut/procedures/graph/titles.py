"""What an SOP calls positions and parts of an office, and the same SOP in the words of another office."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from runtut.organisations.enums import Role, UnitKind
from runtut.procedures.enums import Mode

LISTS: Final = ("related_sops", "qualifications", "equipment", "warnings", "records")
STEP_TEXTS: Final = ("activity", "label", "note")
STEP_LISTS: Final = ("requirements", "outputs")
LONGEST: Final = {"title": 200, "activity": 300, "label": 40, "note": 300}
NO_NAME: Final = r"(?-i:(?! +[A-Z]))"
"""A capital after the word makes it part of a proper name, which stays: "Kecamatan Sukamaju"."""


@dataclass(frozen=True)
class Term:
    """A word of SOPs. `role` or `unit` is what an office must have for the word to mean something there."""

    key: str
    pattern: re.Pattern[str]
    role: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Mention:
    """A term that an SOP uses: as it is written there, and where (`performer`, `identity`, step numbers)."""

    term: Term
    written: str
    performer: bool
    identity: bool
    steps: tuple[int, ...]


def _title(role: Role, *forms: str) -> Term:
    return Term(role.value, re.compile(rf"(?i)\b(?:{'|'.join(forms)})\b"), role=role.value)


def _part(kind: UnitKind, before: str = "") -> Term:
    word = kind.value
    pattern = rf"(?i){before}\b{word}\b{NO_NAME}"
    return Term(f"unit_{word}", re.compile(pattern), unit=word)


TERMS: Final = (
    _title(Role.CAMAT, "Camat"),
    _title(Role.SEKCAM, "Sekretaris (?:Kecamatan|Camat)", "Sekcam"),
    _title(Role.LURAH, "Lurah"),
    _title(Role.KASI, "Kepala Seksi", "Kasie?"),
    _title(Role.KASUBBAG_PERENCANAAN,
           "(?:Kepala Sub ?bagian|Kasubb?ag) Perencanaan(?: dan Keuangan)?"),
    _title(Role.KASUBBAG_UMUM, "(?:Kepala Sub ?bagian|Kasubb?ag) Umum(?: dan Kepegawaian)?"),
    _title(Role.KEPALA_PD, "Kepala (?:Dinas|Badan|Perangkat Daerah)", "Kadis", "Kaban", "Inspektur"),
    _title(Role.SEKRETARIS_TIM_SAKIP, "Sekretaris Tim SAKIP"),
    _title(Role.SEKRETARIS_PD, "Sekretaris (?:Dinas|Badan|Inspektorat)", "Sekdin", "Sekban",
           rf"Sekretaris{NO_NAME}"),
    _title(Role.ANGGOTA_TIM_SAKIP, "Anggota Tim SAKIP"),
    _title(Role.KABID, "Kepala Bidang", "Kabid"),
    _title(Role.KABAG, "Kepala Bagian", "Kabag"),
    _part(UnitKind.KECAMATAN),
    _part(UnitKind.SEKSI, r"(?<!sub )"),
    _part(UnitKind.DINAS, r"(?<!nota )(?<!naskah )(?<!perjalanan )(?<!surat )"),
    _part(UnitKind.BIDANG, r"(?<!di )"),
)  # fmt: skip
"""Titles that an office may lack. Staf, Pengelola and the like are work, not chairs; Bupati and Sekda stand
above every office."""


def role_named(name: str) -> str:
    """The role of the first title in a performer's name, empty where there is none."""
    return next((term.role for _, _, term in _places(name) if term.role), "")


def mentions(document: Mapping[str, Any]) -> list[Mention]:
    """Return every term that an SOP uses, in the order of TERMS."""
    names = _used("\n".join(document["performers"]))
    lists = _used("\n".join([document["title"], *(line for name in LISTS for line in document[name])]))
    steps = {step["no"]: _used("\n".join(_step_words(step))) for step in document["steps"]}
    written: dict[str, str] = {}
    for used in (*reversed(steps.values()), lists, names):
        written |= used
    return [
        Mention(
            term=term,
            written=written[term.key],
            performer=term.key in names,
            identity=term.key in lists,
            steps=tuple(no for no, used in steps.items() if term.key in used),
        )
        for term in TERMS
        if term.key in written
    ]


def reworded(
    document: Mapping[str, Any], words: Mapping[str, str], roles: Mapping[str, str]
) -> dict[str, Any]:
    """Return an SOP in the words of another office. `words` says by key of a term what stands in its place,
    `roles` the role of whoever is called so there.

    Laws, doubts about the source and names of SOPs to call stay. Two performers that get one name become one
    column: whoever completes a step completes it still.
    """
    say = wording(words)
    names = {name: say(name) for name in document["performers"]}
    kept = dict.fromkeys(names.values())
    made = {**document, "title": fitting("title", document["title"], say), "performers": list(kept)}
    made |= {name: [say(line) for line in document[name]] for name in LISTS}
    made["steps"] = [_reworded_step(step, names, say) for step in document["steps"]]
    before = document.get("roles", {})
    made["roles"] = {new: new_role(old, before.get(old, ""), words, roles) for old, new in names.items()}
    return made


def new_role(name: str, role: str, words: Mapping[str, str], roles: Mapping[str, str]) -> str:
    """The role of a performer once it is called otherwise: that of the first of its titles that changes."""
    changed = (key for key in _used(name) if words.get(key) and roles.get(key))
    return next((roles[key] for key in changed), role)


def wording(words: Mapping[str, str]) -> Callable[[str], str]:
    """Return the function that puts words in the place of terms, the longer title before the shorter one in
    it. A part of an office keeps the capital that it had."""
    told = {term.key: words[term.key] for term in TERMS if words.get(term.key)}

    def say(text: str) -> str:
        for start, end, term in reversed(list(_places(text))):
            if new := told.get(term.key):
                new = _as_written(text[start:end], new) if term.unit else new
                text = text[:start] + new + text[end:]
        return text

    return say


def _as_written(old: str, new: str) -> str:
    """A word with the capitals of the one in whose place it stands."""
    if old.isupper():
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def fitting(field: str, text: str, say: Callable[[str], str]) -> str:
    """A text in other words; as it was where the words would not fit into the form."""
    said = say(text)
    return said if len(said) <= LONGEST[field] else text


def _places(text: str) -> Iterator[tuple[int, int, Term]]:
    """Where terms stand, none within another: the one that begins first, of two the one earlier in TERMS."""
    at = 0
    while True:
        hits = (
            (match, order) for order, term in enumerate(TERMS) if (match := term.pattern.search(text, at))
        )
        best = min(hits, key=lambda hit: (hit[0].start(), hit[1]), default=None)
        if best is None:
            return
        yield best[0].start(), best[0].end(), TERMS[best[1]]
        at = best[0].end()


def _used(text: str) -> dict[str, str]:
    """The terms in a text, by key, as they are written the first time."""
    used: dict[str, str] = {}
    for start, end, term in _places(text):
        used.setdefault(term.key, text[start:end])
    return used


def _step_words(step: Mapping[str, Any]) -> Iterator[str]:
    yield from (step[name] for name in STEP_TEXTS)
    for name in STEP_LISTS:
        yield from step[name]


def _reworded_step(
    step: Mapping[str, Any], names: Mapping[str, str], say: Callable[[str], str]
) -> dict[str, Any]:
    made = {**step, **{name: fitting(name, step[name], say) for name in STEP_TEXTS}}
    made |= {name: list(dict.fromkeys(say(line) for line in step[name])) for name in STEP_LISTS}
    weight = [Mode.MAIN, Mode.EACH, Mode.JOINT]
    marks: dict[str, dict[str, Any]] = {}
    for who in step["performers"]:
        mark = {**who, "name": names[who["name"]]}
        there = marks.setdefault(mark["name"], mark)
        if weight.index(mark["mode"]) < weight.index(there["mode"]):
            marks[mark["name"]] = mark
    made["performers"] = list(marks.values())
    return made

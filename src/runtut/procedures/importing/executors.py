"""Who does a step: read from the marks in the performer cells, else inferred from verb and object."""

from __future__ import annotations

import re
from collections.abc import Sequence

from runtut.procedures.importing.result import HIGH, LOW, MEDIUM, ReadSop, ReadStep, Who
from runtut.procedures.importing.roles import ROLE, core, fits, mentions, rank
from runtut.procedures.importing.source import Sign
from runtut.procedures.importing.steprows import Step
from runtut.procedures.importing.words import key

TOP = re.compile(
    r"(?i)^(?:memerintah|memberikan (?:perintah|disposisi|arahan)|menetapkan|mengesahkan|"
    r"menandatangan|penandatangan|menyetujui|persetujuan|menugaskan)"
)
SECOND = re.compile(r"(?i)^(?:berkoordinasi|mengkoordinasi|memimpin|memantau)")
CHECK = re.compile(
    r"(?i)^(?:meng?oreksi|koreksi|memeriksa|meneliti|memverifikasi|memvalidasi|mereviu|mereview|"
    r"memaraf|menelaah|mencermati|meng?evaluasi)"
)
MAKE = re.compile(
    r"(?i)^(?:menyusun|membuat|menganalis|mengolah|meng?konsep|merekap|menyiapkan|mempersiapkan|"
    r"menghimpun|mengumpulkan|megumpul|penyusunan|pembuatan|merumuskan)"
)
LOWEST = re.compile(
    r"(?i)^(?:mengetik|menggandakan|mengarsip|pengarsipan|penggandaan|mengagenda|pengagenda|mengirim|"
    r"pengiriman|mencatat|mendistribusi|menginput|mengunggah|"
    r"mengunduh|mencetak|menerima (?:surat|berkas|permohonan)|meregistrasi|memberi(?:kan)? nomor|"
    r"penomoran|menomori|mengantar|melakukan registrasi|scan|mendokumentasi)"
)
MEET = re.compile(r"(?i)\brapat\b")
ALL = re.compile(r"(?i)\b(?:seluruh|semua|para|masing[- ]masing)\b")
TO = re.compile(r"(?i)\b(?:ke|kepada|untuk|oleh)\s+")
BY = re.compile(r"(?i)\boleh\s+(.{4,60})")
WITH = re.compile(r"(?i)\b(?:bersama(?: dengan)?|beserta|bersama-sama(?: dengan)?)\s+(.{4,60})")


def attribute(sop: ReadSop, raw: Sequence[Step], *, drawn_surely: bool) -> None:
    """Give every step its performers, with a confidence; marks outrank inference."""
    any_marks = any(step.performers for step in raw)
    if not any_marks:
        _take_words(raw)
        any_marks = any(step.performers for step in raw)
    before: Who | None = None
    for step, source in zip(sop.steps, raw, strict=True):
        if source.performers:
            step.performers = _marked(source, drawn_surely)
        elif sop.performers:
            step.performers = _inferred(step, sop, before)
            if any_marks:
                sop.doubt(
                    f"steps[{step.no}].performers",
                    f"Tidak ada tanda pelaksana pada langkah {step.no}; diduga dari kegiatannya.",
                )
        if step.performers:
            before = step.performers[0]
    _symbols(sop, raw)


def _take_words(raw: Sequence[Step]) -> None:
    """Where nothing is drawn, a word in a performer cell ("memeriksa") marks it."""
    for step in raw:
        step.performers.update(dict.fromkeys(step.written, (Sign.MARK,)))


def _marked(step: Step, surely: bool) -> list[Who]:
    """The columns with a mark; the first decides, the others take part."""
    confidence = HIGH if surely else MEDIUM
    order = sorted(step.performers, key=lambda name: Sign.DECISION not in step.performers[name])
    return [Who(name, "main" if index == 0 else "joint", confidence) for index, name in enumerate(order)]


def _inferred(step: ReadStep, sop: ReadSop, before: Who | None) -> list[Who]:
    """The most plausible column, from who is named, what is done, and to whom the last step went."""
    scores = {name: _score(name, step, sop, before) for name in sop.performers}
    ranked = sorted(scores.items(), key=lambda entry: -entry[1])
    best, top = ranked[0]
    margin = top - (ranked[1][1] if len(ranked) > 1 else 0.0)
    confidence = HIGH if margin >= 3 else MEDIUM if margin >= 1.2 else LOW
    mode = "each" if ALL.search(best) and not MEET.search(step.activity) else "main"
    result = [Who(best, mode, confidence)]
    result += [
        Who(name, "joint", MEDIUM) for name in _companions(step.activity, sop.performers) if name != best
    ]
    if MEET.search(step.activity) and re.match(
        r"(?i)(?:melaksanakan|mengadakan|rapat|pelaksanaan|mengikuti|menghadiri)", step.activity
    ):
        present = {who.name for who in result}
        result += [Who(name, "joint", LOW) for name in sop.performers if name not in present]
    return result


def _score(name: str, step: ReadStep, sop: ReadSop, before: Who | None) -> float:
    text = step.activity
    ranks = sorted({rank(column) for column in sop.performers})
    place = ranks.index(rank(name)) / max(1, len(ranks) - 1)
    score = _by_verb(text, place, len(ranks))
    subject = _subject(text)
    if subject and fits(subject, name) > 0.4:
        score += 4
    for mention in BY.findall(text):
        if fits(_role(mention), name) > 0.4:
            score += 4
    for mention in _receivers(text):
        if fits(mention, name) > 0.4:
            score -= 3
    score += _by_turn(name, sop, step, before)
    return score


def _by_verb(text: str, place: float, levels: int) -> float:
    """`place` is 0 for the lowest column of this SOP and 1 for the highest."""
    middle = 1 - abs(place - 0.5) * 2 if levels > 2 else 0.5
    if TOP.search(text) or re.search(r"(?i)men(?:an)?datangan|tanda ?tangan|menyetujui|mengesahkan", text):
        return 3 * place
    if LOWEST.search(text):
        return 3 * (1 - place)
    if SECOND.search(text):
        return 2 * (1 - abs(place - 0.75) * 2)
    if CHECK.search(text):
        return 2 * (1 - abs(place - 0.65) * 2)
    if MAKE.search(text):
        return 2 * max(middle, 1 - abs(place - 0.35) * 2)
    return middle * 0.3


def _by_turn(name: str, sop: ReadSop, step: ReadStep, before: Who | None) -> float:
    """Whom the step before handed on to acts now; nobody hands on to himself."""
    if step.no <= 1 or before is None:
        return 0.0
    previous = next((other for other in sop.steps if other.no == step.no - 1), None)
    if previous is None:
        return 0.0
    score = 0.0
    for mention in _receivers(previous.activity):
        if fits(mention, name) > 0.4:
            score += 3
    for mention in _givers(" ".join([step.activity, *step.requirements])):
        if fits(mention, name) > 0.4:
            score -= 1.5
    return score - (0.2 if name == before.name else 0.0)


def _receivers(text: str) -> list[str]:
    """Offices to whom something goes: the words after "ke" and "kepada"."""
    return [match.group(1) for found in TO.finditer(text) if (match := ROLE.match(text, found.end()))]


def _givers(text: str) -> list[str]:
    return [
        match.group(1)
        for found in re.finditer(r"(?i)\b(?:dari|disposisi|paraf|perintah|arahan)\s+", text)
        if (match := ROLE.match(text, found.end()))
    ]


def _subject(text: str) -> str:
    """The office that a sentence opens with, against the rule that activities have no subject."""
    match = ROLE.match(text)
    return match.group(1) if match and not re.match(r"(?i)(?:me|pe|di|ber)", text) else ""


def _role(text: str) -> str:
    match = ROLE.search(text)
    return match.group(1) if match else text


def _companions(text: str, columns: Sequence[str]) -> list[str]:
    found = []
    for match in WITH.finditer(text):
        mentions = [role.group(1) for role in ROLE.finditer(match.group(1))] or [match.group(1)]
        found += [name for name in columns if any(fits(mention, name) > 0.4 for mention in mentions)]
    return found


def mentioned_without_column(sop: ReadSop) -> list[tuple[int, str]]:
    """Offices that an activity names although no column is theirs."""
    found: list[tuple[int, str]] = []
    for step in sop.steps:
        for name in mentions(step.activity):
            known = any(
                fits(name, column) > 0.3 or (core(name) & core(column) and rank(name) == rank(column))
                for column in sop.performers
            )
            if not known and (step.no, key(name)) not in {(no, key(other)) for no, other in found}:
                found.append((step.no, name))
    return found


def has_subject(step: ReadStep) -> str:
    """The subject that opens an activity, or nothing."""
    return _subject(step.activity)


def _symbols(sop: ReadSop, raw: Sequence[Step]) -> None:
    """The symbol of each step: as drawn, else start, process, end and what the words say of decisions."""
    last = len(sop.steps) - 1
    for index, (step, source) in enumerate(zip(sop.steps, raw, strict=True)):
        signs = {sign for drawn in source.performers.values() for sign in drawn}
        if index == 0:
            step.kind = "start"
        elif index == last:
            step.kind = "end"
        elif Sign.DECISION in signs or step.return_to:
            step.kind = "decision"

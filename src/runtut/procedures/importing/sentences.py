"""Steps that are sentences and say who does them and how long: "Bidan menimbang bayi (5 menit)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from runtut.procedures.importing.roles import is_office
from runtut.procedures.importing.source import Sign
from runtut.procedures.importing.steprows import Step
from runtut.procedures.importing.times import READ
from runtut.procedures.importing.words import key

DOES = re.compile(
    r"(?:me|ber)[a-z]{3,}|datang|hadir|masuk|akan|harus|wajib|dapat|langsung|segera|kemudian|lalu|selanjutnya"
)
"""What follows the subject of a sentence; a passive verb follows a thing."""

LONGEST_NAME = 7
TOGETHER = re.compile(r"\s+(?:dan|bersama(?: dengan)?|beserta)\s+")
BRACKETED = re.compile(r"\s*[(\[]\s*([^()\[\]]{2,40}?)\s*[)\]]\s*\.?\s*$")
CALLED = re.compile(
    r"(?i)[\s,;–-]*\b(?:(?:dengan|dalam|estimasi|target|standar|jangka)\s+)?(?:waktu|durasi|lama)\b"
    r"(?:\s+(?:penyelesaian|pelaksanaan|maksimal|paling lama))?\s*[:=]?\s*(.{2,25}?)\s*\.?\s*$"
)
BESIDE = re.compile(
    r"(?i)[\s:=±+/.-]|\b(?:waktu|durasi|lama|selama|kurang lebih|sekitar|maksimal|maks|estimasi|kerja)\b"
)
"""What may stand beside a time in brackets."""


@dataclass(frozen=True)
class Told:
    """What one sentence says: its subject (nothing where it has none), what is done, and the time."""

    subject: str
    activity: str
    time: str


def tell(steps: Sequence[Step]) -> bool:
    """Take performers and times out of steps that are sentences, where most of them name an office first.
    True when any was found."""
    told = [read(step.activity) for step in steps]
    subjects = Counter(key(one.subject) for one in told if one.subject)
    named = 2 * sum(subjects.values()) > len(steps)
    for step, one in zip(steps, told, strict=True):
        if one.time and not step.time:
            step.time, step.activity = one.time, _without_time(step.activity)
        if named and one.subject:
            step.activity = one.activity
            step.performers = dict.fromkeys(_performers(one.subject, told), (Sign.MARK,))
    return named or any(one.time for one in told)


def read(sentence: str) -> Told:
    """One sentence; an office is its subject when it stands before what is done."""
    time = _time(sentence)
    rest = _without_time(sentence) if time else sentence
    words = rest.split()
    at = next((at for at in range(1, min(LONGEST_NAME, len(words))) if DOES.fullmatch(words[at])), 0)
    subject = " ".join(words[:at])
    if not at or not is_office(subject):
        return Told("", rest, time)
    while at < len(words) - 1 and DOES.fullmatch(words[at]) and not words[at].startswith(("me", "ber")):
        if words[at] in {"datang", "hadir", "masuk"}:
            break
        at += 1
    activity = " ".join(words[at:])
    return Told(subject, activity[:1].upper() + activity[1:], time)


def _performers(subject: str, told: Sequence[Told]) -> list[str]:
    """The subject as first written; each of several where all of them act alone elsewhere."""
    first = {key(one.subject): one.subject for one in reversed(told) if one.subject}
    parts = [key(part) for part in TOGETHER.split(subject)]
    return [first[part] for part in parts] if all(part in first for part in parts) else [first[key(subject)]]


def _time(sentence: str) -> str:
    for pattern in (BRACKETED, CALLED):
        match = pattern.search(sentence)
        if match and _is_time(match[1]):
            return match[1].strip()
    return ""


def _is_time(text: str) -> bool:
    """Whether a text is a time and nothing else."""
    return READ.search(text) is not None and not BESIDE.sub("", READ.sub("", text))


def _without_time(sentence: str) -> str:
    for pattern in (BRACKETED, CALLED):
        match = pattern.search(sentence)
        if match and _is_time(match[1]):
            return sentence[: match.start()].rstrip(" ,;.–-")
    return sentence

"""The sum of times that a table prints below its steps: told from a step, and held against the steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from runtut.procedures.importing import times
from runtut.procedures.importing.result import ReadSop, ReadStep
from runtut.procedures.importing.times import Time

SUMMED = re.compile(
    r"(?i)\W*(?:jumlah|total)(?:\s+(?:total|waktu|durasi|lama|lamanya|keseluruhan|seluruhnya|standar|baku|"
    r"penyelesaian|proses))*\s*(?:\([^)]*\))?\s*[:=]?\s*(?=\d|$)"
)
BARE_UNIT = re.compile(r"(?i)[|!\[\]/\\il]?\s*(menit|mnt|jam|hari)\s*\.?")
"""A unit before which a thin digit was lost, or became a stroke."""
DIGITS = re.compile(r"\d+")


def is_summed(text: str) -> bool:
    """Say whether a cell only announces the sum of what stands above it."""
    return SUMMED.match(text) is not None


def said_in(text: str) -> str:
    """What follows the announcement in the same cell."""
    return SUMMED.sub("", text, count=1).strip()


def without_digit(text: str) -> Time | None:
    """Read a time whose thin digit recognition lost: it is one of its unit, unsurely."""
    match = BARE_UNIT.fullmatch(text.strip())
    time = times.parse(f"1 {match[1]}") if match else None
    return replace(time, text=text, sure=False) if time else None


def compare(sop: ReadSop, printed: str, unit: str, *, certain: bool) -> None:
    """Hold the printed sum against the steps.

    Where they differ it is said. In what was recognised in a picture, the one misread digit that explains the
    difference is mended; several that could are left to the person.
    """
    total = times.parse(printed, unit)
    if total.minutes is None or total.minutes == sop.minutes:
        return
    found = [] if certain else list(_explanations(sop, total.minutes))
    if len(found) == 1:
        step, time = found[0]
        why = f"Waktu langkah {step.no} terbaca “{step.time.text}”; menurut jumlah yang tercetak {time.text}."
        step.time = time
        sop.doubt(f"steps[{step.no}].time", why)
        return
    sop.doubt(
        "steps",
        f"Jumlah waktu tercetak “{total.text}” ({total.minutes} menit kerja), sedangkan langkah-langkahnya "
        f"berjumlah {sop.minutes} menit kerja.",
    )


def _explanations(sop: ReadSop, total: int) -> Iterator[tuple[ReadStep, Time]]:
    """The steps and the times that they have if one thin digit in them was lost or mistaken."""
    for step in sop.steps:
        wanted = total - sop.minutes + (step.time.minutes or 0)
        seen = set()
        for text in _others(step.time.text):
            time = times.parse(text)
            if time.minutes == wanted and wanted not in seen:
                seen.add(wanted)
                yield step, replace(time, sure=False)


def _others(text: str) -> Iterator[str]:
    """A time with a 1 lost before or behind its number, or with 1 and 7 mistaken for each other."""
    match = DIGITS.search(text)
    if match is None:
        return
    digits = match[0]
    told = [f"1{digits}", f"{digits}1", f"7{digits}", f"{digits}7"]
    for at, digit in enumerate(digits):
        other = {"1": "7", "7": "1"}.get(digit)
        if other:
            told.append(digits[:at] + other + digits[at + 1 :])
    for one in told:
        yield text[: match.start()] + one + text[match.end() :]

"""From what was understood (or mended by a person) to an SOP in the interchange format; nothing blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from runtut.procedures.importing.result import LISTED
from runtut.procedures.importing.times import MINUTES

LONGEST = {"title": 200, "activity": 300, "note": 300, "label": 40, "performer": 80, "time": 40, "calls": 60}
WORKS = (
    ("disposisi", r"disposisi|memerintah|menugaskan"),
    ("sign", r"tanda ?tangan|menandatangan|mengesahkan|menyetujui|persetujuan|menetapkan"),
    ("review", r"mengoreksi|memeriksa|memaraf|menelaah|meneliti|memverifikasi|memvalidasi|mereviu"),
    ("meet", r"^(?:melaksanakan |mengadakan |mengikuti )?rapat|undang"),
    ("register", r"mengagenda|pengagenda|menomori|penomoran|memberi(?:kan)? nomor|registrasi"),
    (
        "distribute",
        r"menggandakan|penggandaan|mengirim|pengiriman|mendistribusi|menyampaikan|menyerahkan|meneruskan",
    ),
    ("archive", r"mengarsip|pengarsipan|menyimpan"),
    ("follow_up", r"menindaklanjuti|memantau|pemantauan"),
    ("collect", r"mengumpulkan|menghimpun|pengumpulan|mengambil"),
    ("record", r"menginput|mencatat|mengunggah|mengisi"),
    ("prepare", r"menyusun|membuat|mengetik|mengolah|merekap|menyiapkan|mempersiapkan|mengonsep"),
)  # fmt: skip


def draft_document(found: Mapping[str, Any]) -> dict[str, Any]:
    """A document that `read_document` accepts; what is unknown stays empty, doubts become notes.

    A step whose time is free text gets no minutes: lint asks for them before ratification, not before saving.
    """
    performers = list(dict.fromkeys(_cut(name, "performer") for name in found["performers"] if name.strip()))
    numbers = [step["no"] for step in found["steps"]]
    steps = [_step(step, performers, numbers) for step in found["steps"]]
    return {
        "format": "runtut-sop/1",
        "title": _cut(found["title"], "title"),
        "number": found["number"],
        "dates": dict(found["dates"]),
        "approver": {"position": found.get("approver", {}).get("position", "")},
        **{name: list(found[name]) for name in LISTED},
        "performers": performers,
        "steps": steps,
        "notes": [f"Keraguan: {doubt['why']}" for doubt in found.get("doubts", [])],
    }


def _cut(text: str, name: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST[name] else f"{text[: LONGEST[name] - 1]}…"


def _step(step: Mapping[str, Any], performers: Sequence[str], numbers: Sequence[int]) -> dict[str, Any]:
    return {
        "no": step["no"],
        "activity": _cut(step["activity"], "activity"),
        "label": label_of(step["activity"]),
        "performers": _who(step["performers"], performers),
        "kind": step["kind"],
        "work": work_of(step["activity"]),
        "topic": "",
        "requirements": list(step["requirements"]),
        "time": _time(step["time"]),
        "outputs": list(step["outputs"]),
        "note": _cut(step["note"], "note"),
        "return_to": [no for no in step["return_to"] if no in numbers and no < step["no"]],
        "return_confidence": step["return_confidence"],
        "calls": _cut(step["calls"], "calls"),
    }


def _who(found: Sequence[Mapping[str, Any]], performers: Sequence[str]) -> list[dict[str, Any]]:
    """Who has a part in a step, each once: the first that is said of a column holds."""
    named = [(_cut(who["name"], "performer"), who) for who in found]
    first = {name: who for name, who in reversed(named) if name in performers}
    return [
        {"name": name, "mode": first[name]["mode"], "confidence": first[name]["confidence"]}
        for name in dict.fromkeys(name for name, _ in named)
        if name in first
    ]


def _time(time: Mapping[str, Any]) -> dict[str, Any]:
    value, unit = time["value"], time["unit"]
    if value is None or unit not in MINUTES:
        return {"text": _cut(time["text"], "time"), "value": 0, "unit": "menit", "minutes": 0}
    minutes = round(value * MINUTES[unit])
    made = {"text": _cut(time["text"], "time"), "value": value, "unit": unit, "minutes": minutes}
    low = time.get("low")
    return {**made, "low": low, "high": value} if low is not None and 0 <= low < value else made


def label_of(activity: str) -> str:
    """Two or three words for the strip of the flow."""
    words = re.findall(r"[\w-]+", activity)[:3]
    return _cut(" ".join(words) or "Langkah", "label")


def work_of(activity: str) -> str:
    """What the step's screen offers, from its verb; general where none is known."""
    text = activity.casefold()
    found = [(match.start(), work) for work, pattern in WORKS if (match := re.search(pattern, text))]
    return min(found)[1] if found else "general"

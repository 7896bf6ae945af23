"""Runtut's own SOP JSON: nothing is guessed, all is taken over."""

from __future__ import annotations

import json
from typing import Any

from runtut.procedures.enums import Confidence, Mode, StepKind
from runtut.procedures.importing.limits import Unreadable
from runtut.procedures.importing.people import Approver
from runtut.procedures.importing.result import LISTED, ReadSop, ReadStep, Unread, Who
from runtut.procedures.importing.source import Place, Source
from runtut.procedures.importing.times import MINUTES, Time

MOST = 9999
"""The largest number that a step may bear."""
WRONG = "Berkas JSON ini bukan SOP Runtut: {why}."


def read(name: str, content: bytes) -> Source:
    """Read one SOP or a list of them; raises Unreadable when the form is another."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise Unreadable(WRONG.format(why="isinya tidak dapat diurai")) from None
    documents = data if isinstance(data, list) else [data]
    if not documents or not all(
        isinstance(entry, dict) and isinstance(entry.get("steps"), list) for entry in documents
    ):
        raise Unreadable(WRONG.format(why="tidak memuat daftar langkah (steps)"))
    return Source(name=name, rows=(), documents=tuple(documents))


def understood(source: Source) -> list[ReadSop]:
    """The SOPs of a source that holds them as data."""
    try:
        return [_sop(document, source.name) for document in source.documents]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable(WRONG.format(why="ada isian yang hilang atau salah bentuk")) from None


def _sop(data: dict[str, Any], name: str) -> ReadSop:
    who = data.get("approver") or {}
    approver = Approver(*(str(who.get(part) or "") for part in ("position", "name", "rank", "nip")))
    dates = {
        part: str((data.get("dates") or {}).get(part) or "") for part in ("created", "revised", "effective")
    }
    sop = ReadSop(
        title=str(data.get("title") or ""),
        number=str(data.get("number") or ""),
        dates=dates,
        approver=approver,
        institution=str(data.get("institution") or ""),
        unit=str(data.get("unit") or ""),
        lists={part: [str(text) for text in data.get(part) or []] for part in LISTED},
        performers=[str(text) for text in data.get("performers") or []],
        steps=[_step(step, at) for at, step in enumerate(data["steps"], start=1)],
        unread=[
            *(Unread(f"Catatan: {note}", "catatan") for note in data.get("notes") or []),
            *(Unread(str(rest["text"]), str(rest["place"])) for rest in data.get("unread") or []),
        ],
        source=name,
    )
    if not sop.title:
        sop.doubt("title", "Nama SOP kosong.")
    _number(sop)
    return sop


def _number(sop: ReadSop) -> None:
    """Number the steps by their places where the numbers written cannot be told apart."""
    numbers = [step.no for step in sop.steps]
    again = sorted({no for no in numbers if numbers.count(no) > 1})
    if not again and all(0 < no <= MOST for no in numbers):
        return
    for place, step in enumerate(sop.steps, start=1):
        step.no = place
    said = (
        f"Nomor langkah {', '.join(map(str, again))} dipakai lebih dari sekali"
        if again
        else "Nomor langkah keliru"
    )
    sop.doubt("steps", f"{said}; langkah dinomori menurut urutannya. Periksa arah kembalinya.")


def _step(step: dict[str, Any], at: int) -> ReadStep:
    time = step.get("time") or {}
    value, unit = time.get("value"), str(time.get("unit") or "")
    minutes = time.get("minutes")
    if minutes is None and value is not None and unit in MINUTES:
        minutes = round(float(value) * MINUTES[unit])
    return ReadStep(
        no=int(step.get("no") or at),
        activity=str(step.get("activity") or ""),
        place=Place(1, at),
        time=Time(str(time.get("text") or ""), value, unit, minutes, time.get("low"), time.get("high")),
        performers=[
            Who(
                str(who["name"]),
                Mode(who.get("mode") or Mode.MAIN).value,
                Confidence(who.get("confidence") or Confidence.HIGH).value,
            )
            for who in step.get("performers") or []
        ],
        requirements=[str(text) for text in step.get("requirements") or []],
        outputs=[str(text) for text in step.get("outputs") or []],
        note=str(step.get("note") or ""),
        return_to=[int(no) for no in step.get("return_to") or []],
        return_confidence=Confidence(step.get("return_confidence") or Confidence.HIGH).value,
        calls=str(step.get("calls") or ""),
        kind=StepKind(step.get("kind") or StepKind.PROCESS).value,
    )

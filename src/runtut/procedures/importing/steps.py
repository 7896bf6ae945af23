"""From the rows of a step table to the steps of one SOP, with the doubts that their cells leave."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from runtut.procedures.importing import executors, flat, lists, returns, times, totals
from runtut.procedures.importing.assembly import Flow
from runtut.procedures.importing.headers import SUBSTEP
from runtut.procedures.importing.result import HIGH, LOW, MEDIUM, ReadSop, ReadStep
from runtut.procedures.importing.roles import fits
from runtut.procedures.importing.source import Link, Place, Source
from runtut.procedures.importing.steprows import Step
from runtut.procedures.importing.words import BLANK, flow, key


def read_steps(sop: ReadSop, part: Flow, source: Source) -> None:
    """Take the steps of a flowchart into the SOP, and say where its pages do not agree."""
    sop.performers = _performers(part)
    unit = next((header.unit for header in part.headers if header.unit), "")
    numbers = _numbers(part.steps, sop)
    for raw, no in zip(part.steps, numbers, strict=True):
        sop.steps.append(_step(sop, raw, no, unit, part.flat or not source.certain))
    for where, why in part.doubts:
        sop.doubt(where, why)
    for header in part.headers:
        for why in header.doubts:
            sop.doubt("columns", why)
    _compare_heads(sop, part)
    _links(sop, part.steps, source.links)
    executors.attribute(sop, part.steps, drawn_surely=source.certain)
    recognised = not source.certain or any(flat.is_flat(header) for header in part.headers)
    totals.compare(sop, part.total, unit, certain=not recognised)


def _performers(part: Flow) -> list[str]:
    """The columns of the first head, then those that only later pages have; steps below a head that writes a
    name otherwise get it as the first head has it."""
    result: list[str] = []
    written: dict[str, str] = {}
    for index, header in enumerate(part.headers):
        if index == 0:
            result += header.performers
        for name in header.performers:
            same = next((other for other in result if key(name) == key(other)), "")
            same = same or next((other for other in result if fits(name, other) > 0.6), "")
            if not same:
                result.append(name)
            written.setdefault(name, same or name)
    for step in part.steps:
        step.performers = {written.get(name, name): signs for name, signs in step.performers.items()}
        if not part.headers[0].performers:
            result += [name for name in step.performers if name not in result]
    return result


def _numbers(steps: Sequence[Step], sop: ReadSop) -> list[int]:
    """The numbers as printed where they rise; anew where one is out of order or doubled."""
    printed = [step.no for step in steps]
    if all(one < other for one, other in pairwise(printed)) and printed[0] >= 1:
        for one, other in pairwise(printed):
            if other > one + 1:
                sop.doubt("steps", f"Nomor langkah melompat dari {one} ke {other}.")
        return printed
    numbers = list(range(1, len(steps) + 1))
    for step, new in zip(steps, numbers, strict=True):
        if step.no != new or SUBSTEP.fullmatch(step.printed):
            sop.doubt(f"steps[{new}].no", f"Langkah {new} tercetak sebagai nomor {step.printed or step.no}.")
    return numbers


def _step(sop: ReadSop, raw: Step, no: int, unit: str, unsure: bool) -> ReadStep:
    time = times.Time(text=flow(raw.time)) if raw.shared_time else times.parse(flow(raw.time), unit)
    if unsure and time.minutes is None:
        time = totals.without_digit(time.text) or time
    where = f"steps[{no}]"
    if raw.shared_time:
        sop.doubt(
            f"{where}.time",
            f"Satu sel waktu berlaku juga untuk langkah sebelum {no}; menitnya dihitung sekali.",
        )
    elif time.minutes is None:
        why = (
            f"Waktu “{time.text}” bukan lama yang dapat dihitung."
            if time.text
            else f"Langkah {no} tidak memiliki waktu."
        )
        sop.doubt(f"{where}.time", why)
    elif not time.sure:
        sop.doubt(
            f"{where}.time", f"Waktu “{time.text}” dibaca {time.value:g} {time.unit}; perlu dipastikan."
        )
    if time.is_range:
        sop.doubt(f"{where}.time", f"Waktu “{time.text}” berupa rentang; dihitung ujung atasnya.")
    for name, why in raw.doubts:
        sop.doubt(f"{where}.{name}", why)
    back = returns.told_in_branches(raw.branches, no)
    return ReadStep(
        no=no,
        activity=flow(raw.activity),
        place=raw.place,
        time=time,
        requirements=list(lists.texts(raw.requirements)),
        outputs=list(lists.texts(raw.outputs)),
        note=_note(raw),
        return_to=back,
        return_confidence=HIGH if back else LOW,
        confidence=LOW if unsure else HIGH,
        drawn=raw.drawn,
        printed=raw.printed or str(raw.no),
    )


def _note(raw: Step) -> str:
    """The note, and what the columns of a decision say."""
    told = [f"{name}: {text}" for name, text in raw.branches if text not in BLANK and len(text) > 2]
    note = "" if flow(raw.note) in BLANK else flow(raw.note)
    return ". ".join(part for part in (note, *told) if part)


def _compare_heads(sop: ReadSop, part: Flow) -> None:
    """Say where the performer columns change from page to page, and that pages join without a connector."""
    first = part.headers[0].performers
    for header in part.headers[1:]:
        if header.performers and [key(name) for name in header.performers] != [key(name) for name in first]:
            later = ", ".join(header.performers)
            sop.doubt("performers", f"Kolom pelaksana berganti pada bagian tabel berikutnya: {later}.")
    if len(part.headers) > 1:
        sop.doubt("steps", "Tabel terpotong dan kepala tabelnya diulang; bagian-bagiannya disambung.")


def _links(sop: ReadSop, raw: Sequence[Step], links: Sequence[Link]) -> None:
    """Arrows of the drawing that lead back become return targets."""
    for link in links:
        start, end = step_at(sop, raw, link.start), step_at(sop, raw, link.end)
        if start and end and end.no < start.no and end.no not in start.return_to:
            start.return_to.append(end.no)
            start.return_confidence = HIGH if link.sure else MEDIUM
            if not link.sure:
                sop.doubt(
                    f"steps[{start.no}].return_to",
                    f"Langkah {start.no} dikembalikan ke langkah {end.no} menurut panah di bagan "
                    f"({link.start}); cocokkan dengan gambarnya.",
                )


def step_at(sop: ReadSop, raw: Sequence[Step], place: Place) -> ReadStep | None:
    """The step in whose rows a place lies: the last that begins there or before it on the page."""
    before = [
        read
        for step, read in zip(raw, sop.steps, strict=True)
        if step.place.page == place.page and step.place.line <= place.line
    ]
    return max(before, key=lambda read: read.place.line, default=None)

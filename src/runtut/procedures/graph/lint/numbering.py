"""Numbers of steps, and the symbols at both ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from runtut.procedures.enums import StepKind
from runtut.procedures.graph.lint.finding import Facts, Finding, Place
from runtut.procedures.graph.nodes import Graph


def has_empty_segment(number: str) -> bool:
    """Say whether an SOP number is empty or lacks a segment between its slashes ("067/21//JPR/2024")."""
    return any(not part.strip() for part in number.split("/"))


def is_same_number(first: str, second: str) -> bool:
    """Tell whether two SOP numbers are one to a reader: "000.8.3.3/01/DINAS/2026" and
    "000.8.3.3/1/Dinas/2026"."""
    return _read(first) == _read(second)


def _read(number: str) -> list[str]:
    parts = [part.strip().casefold() for part in number.split("/")]
    return [part.lstrip("0") or "0" if part.isdecimal() else part for part in parts]


def numbering_findings(facts: Facts) -> Iterator[Finding]:
    """Numbers that repeat, are missing or run backwards; the first and the last symbol."""
    yield from _numbers(facts.graph)
    yield from _ends(facts.graph)


def _numbers(graph: Graph) -> Iterator[Finding]:
    for no, count in Counter(step.no for step in graph.steps).items():
        if count > 1:
            said = f"Nomor langkah {no} dipakai {count} kali."
            yield Finding("duplicate_number", said, Place("no", no))
    numbers = sorted({step.no for step in graph.steps})
    for expected in sorted(set(range(1, numbers[-1] + 1)) - set(numbers)):
        yield Finding("missing_number", f"Langkah {expected} tidak ada.", Place("no", expected))
    for before, after in pairwise(graph.steps):
        if after.no < before.no:
            said = f"Langkah {after.no} tertulis sesudah langkah {before.no}."
            yield Finding("unordered", said, Place("no", after.no))


def _ends(graph: Graph) -> Iterator[Finding]:
    first, last = graph.first, graph.last
    if first.kind != StepKind.START:
        said = "Langkah pertama harus bersimbol Mulai."
        yield Finding("start_missing", said, Place("kind", first.no))
    if last.kind != StepKind.END:
        yield Finding("end_missing", "Langkah terakhir harus bersimbol Selesai.", Place("kind", last.no))
    for step in graph.steps[1:-1]:
        if step.kind in {StepKind.START, StepKind.END}:
            said = f"Langkah {step.no} bersimbol {StepKind(step.kind).label} padahal di tengah."
            yield Finding("end_in_between", said, Place("kind", step.no))

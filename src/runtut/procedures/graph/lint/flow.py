"""Where a step leads: what it takes from those before it, and where a refusal goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from runtut.procedures.graph.lint.finding import Facts, Finding, Place, plain
from runtut.procedures.graph.nodes import Graph, StepNode

_TOLD: Final = re.compile(
    r"(?i)\b(?:di)?kembali(?:kan)?\s+(?:lagi\s+)?(?:ke|pada)\s+(?:langkah|nomor|no\.?)\s*(?:ke-?)?\s*"
    r"(\d+(?:\s*(?:,|/|\batau\b|\bdan\b|,\s*(?:atau|dan)\b)\s*(?:ke\s+)?(?:langkah\s+)?\d+\b)*)"
)
"""A return as a note states it: "kembali ke langkah 5, atau 4"."""


def flow_findings(facts: Facts) -> Iterator[Finding]:
    """Inputs that nothing before yields, decisions with one exit only, returns that lead nowhere."""
    yield from _chain(facts.graph)
    numbers = {step.no for step in facts.graph.steps}
    for step in facts.graph.steps:
        yield from _targets(step, numbers)
        yield from _exits(step)
        yield from _told(step)


def _chain(graph: Graph) -> Iterator[Finding]:
    yielded: set[str] = set()
    for step in graph.steps:
        needs = {plain(name) for name in step.requirements}
        if yielded and needs and not needs & yielded:
            said = f"Tidak ada kelengkapan langkah {step.no} yang dihasilkan langkah sebelumnya."
            yield Finding("input_gap", said, Place("requirements", step.no))
        yielded |= {plain(name) for name in step.outputs}


def _targets(step: StepNode, numbers: set[int]) -> Iterator[Finding]:
    for target in step.return_to:
        if target >= step.no or target not in numbers:
            said = f"Langkah {step.no} dikembalikan ke {target}, yang bukan langkah sebelumnya."
            yield Finding("return_not_earlier", said, Place("return_to", step.no))


def _exits(step: StepNode) -> Iterator[Finding]:
    place = Place("return_to", step.no)
    if step.is_decision and not step.return_to:
        said = f"Keputusan di langkah {step.no} tidak memiliki tujuan bila jawabannya tidak."
        yield Finding("decision_without_return", said, place)
    if step.return_to and not step.is_decision:
        said = f"Langkah {step.no} dapat dikembalikan tetapi tidak bersimbol Keputusan."
        yield Finding("return_without_decision", said, place)


def _told(step: StepNode) -> Iterator[Finding]:
    """Where the note and the targets of a step differ: the drawing and the run follow the targets, and the
    drawing has an arrow for the first of them only."""
    told = {int(no) for found in _TOLD.findall(step.note) for no in re.findall(r"\d+", found)}
    place = Place("return_to", step.no)
    for target in sorted(no for no in told - set(step.return_to) if 0 < no < step.no):
        said = f"Keterangan langkah {step.no} menyebut kembali ke langkah {target}, bukan tujuan kembalinya."
        yield Finding("return_not_drawn", said, place)
    others = " dan ".join(str(no) for no in step.return_to[1:] if no not in told)
    if others:
        said = f"Langkah {step.no} dapat juga dikembalikan ke langkah {others}; tulis di keterangannya."
        yield Finding("return_not_told", said, place)

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from runtut.procedures.enums import StepKind
from runtut.procedures.graph.nodes import Graph, StepNode


class Severity(Enum):
    """An error stops ratification; a warning names a rule of form; a hint asks for a second look."""

    ERROR = "galat"
    WARNING = "peringatan"
    HINT = "petunjuk"


@dataclass(frozen=True)
class Finding:
    """One named finding. `sentence` is shown to the user; `step_no` is None for the SOP as a whole."""

    code: str
    severity: Severity
    sentence: str
    step_no: int | None = None


_ACTIVE = re.compile(r"(me|ber)\w+", re.IGNORECASE)
_SEGMENTS = re.compile(r"[/]")


def lint(
    graph: Graph,
    *,
    title: str = "",
    related: Collection[str] = (),
    known_calls: Collection[str] | None = None,
) -> list[Finding]:
    """Check an SOP and return every finding, errors first and then in the order of the steps.

    `known_calls` are the keys and titles of the SOPs a step may call; None leaves calls unchecked.
    Sources: PermenPANRB 35/2012 (active verb without subject, decisions have two exits, start and end).
    """
    if not graph.steps:
        return [Finding("no_steps", Severity.ERROR, "SOP ini belum memiliki langkah.")]
    findings = [
        *_numbers(graph),
        *_ends(graph),
        *_columns(graph),
        *_self_related(title, related),
        *_chain(graph),
    ]
    for step in graph.steps:
        findings.extend(_step(step, graph))
        findings.extend(_returns(step, graph))
        if known_calls is not None:
            findings.extend(_call(step, known_calls))
    order = list(Severity)
    return sorted(findings, key=lambda found: (order.index(found.severity), found.step_no or 0))


def blocking(findings: Collection[Finding]) -> list[Finding]:
    """Return the findings that stop ratification."""
    return [found for found in findings if found.severity is Severity.ERROR]


def has_empty_segment(number: str) -> bool:
    """Say whether an SOP number is empty or lacks a segment between its slashes ("067/21//JPR/2024")."""
    return any(not part.strip() for part in _SEGMENTS.split(number))


def _numbers(graph: Graph) -> Iterator[Finding]:
    for no, count in Counter(step.no for step in graph.steps).items():
        if count > 1:
            yield Finding("duplicate_number", Severity.ERROR, f"Nomor langkah {no} dipakai {count} kali.", no)
    numbers = sorted({step.no for step in graph.steps})
    for expected in sorted(set(range(1, numbers[-1] + 1)) - set(numbers)):
        yield Finding("missing_number", Severity.ERROR, f"Langkah {expected} tidak ada.", expected)
    for before, after in pairwise(graph.steps):
        if after.no < before.no:
            yield Finding(
                "unordered",
                Severity.ERROR,
                f"Langkah {after.no} tertulis sesudah langkah {before.no}.",
                after.no,
            )


def _ends(graph: Graph) -> Iterator[Finding]:
    if graph.first.kind != StepKind.START:
        yield Finding(
            "start_missing", Severity.ERROR, "Langkah pertama harus bersimbol Mulai.", graph.first.no
        )
    if graph.last.kind != StepKind.END:
        yield Finding(
            "end_missing", Severity.ERROR, "Langkah terakhir harus bersimbol Selesai.", graph.last.no
        )
    for step in graph.steps[1:-1]:
        if step.kind in {StepKind.START, StepKind.END}:
            yield Finding(
                "end_in_between",
                Severity.ERROR,
                f"Langkah {step.no} bersimbol {StepKind(step.kind).label} padahal di tengah.",
                step.no,
            )


def _columns(graph: Graph) -> Iterator[Finding]:
    busy = {column for step in graph.steps for column in step.everyone}
    for column in graph.columns:
        if column.id not in busy:
            yield Finding(
                "column_without_activity", Severity.WARNING, f"Kolom {column.name} tidak memiliki kegiatan."
            )


def _self_related(title: str, related: Collection[str]) -> Iterator[Finding]:
    own = _bare(title)
    if own and any(_bare(name) == own for name in related):
        yield Finding(
            "self_related", Severity.WARNING, "Keterkaitan memuat SOP ini sendiri; hapus dari daftar."
        )


def _chain(graph: Graph) -> Iterator[Finding]:
    yielded: set[str] = set()
    for step in graph.steps:
        needs = {_plain(name) for name in step.requirements}
        if yielded and needs and not needs & yielded:
            yield Finding(
                "input_gap",
                Severity.HINT,
                f"Tidak ada kelengkapan langkah {step.no} yang dihasilkan langkah sebelumnya.",
                step.no,
            )
        yielded |= {_plain(name) for name in step.outputs}


def _step(step: StepNode, graph: Graph) -> Iterator[Finding]:
    no = step.no
    if not step.activity.strip():
        yield Finding("activity_missing", Severity.ERROR, f"Langkah {no} belum diberi kegiatan.", no)
    elif not _ACTIVE.match(step.activity.strip()):
        yield Finding(
            "subject_in_activity",
            Severity.WARNING,
            f"Kegiatan langkah {no} tidak diawali kata kerja aktif tanpa subjek (PermenPANRB 35/2012).",
            no,
        )
    if step.minutes <= 0:
        yield Finding("time_missing", Severity.ERROR, f"Langkah {no} belum diberi waktu baku.", no)
    if not step.actors:
        yield Finding(
            "no_actor", Severity.ERROR, f"Langkah {no} tidak memiliki pelaksana yang menyelesaikannya.", no
        )
    known = {column.id for column in graph.columns}
    if not set(step.everyone) <= known:
        yield Finding(
            "performer_without_column", Severity.ERROR, f"Pelaksana langkah {no} tidak memiliki kolom.", no
        )
    yield from _outputs(step)


def _outputs(step: StepNode) -> Iterator[Finding]:
    no = step.no
    needs, yields = ({_plain(name) for name in names} for names in (step.requirements, step.outputs))
    if not yields:
        yield Finding("no_output", Severity.WARNING, f"Langkah {no} tidak menghasilkan apa pun.", no)
    elif needs == yields:
        yield Finding("same_input_and_output", Severity.HINT, f"Kelengkapan dan hasil langkah {no} sama.", no)


def _returns(step: StepNode, graph: Graph) -> Iterator[Finding]:
    no, numbers = step.no, {other.no for other in graph.steps}
    for target in step.return_to:
        if target >= no or target not in numbers:
            yield Finding(
                "return_not_earlier",
                Severity.ERROR,
                f"Langkah {no} dikembalikan ke {target}, yang bukan langkah sebelumnya.",
                no,
            )
    if step.is_decision and not step.return_to:
        yield Finding(
            "decision_without_return",
            Severity.WARNING,
            f"Keputusan di langkah {no} tidak memiliki tujuan bila jawabannya tidak.",
            no,
        )
    if step.return_to and not step.is_decision:
        yield Finding(
            "return_without_decision",
            Severity.HINT,
            f"Langkah {no} dapat dikembalikan tetapi tidak bersimbol Keputusan.",
            no,
        )


def _call(step: StepNode, known_calls: Collection[str]) -> Iterator[Finding]:
    known = {_bare(name) for name in known_calls}
    if step.calls and _bare(step.calls) not in known:
        yield Finding(
            "unknown_call",
            Severity.ERROR,
            f"Langkah {step.no} memanggil SOP yang belum ada di kantor ini: {step.note or step.calls}.",
            step.no,
        )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare(text: str) -> str:
    return _plain(text).removeprefix("sop ")

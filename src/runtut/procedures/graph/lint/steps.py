"""What every step must have: an activity, a time, somebody who completes it, something that it yields."""

from __future__ import annotations

from collections.abc import Iterator

from runtut.procedures.graph.lint.finding import Facts, Finding, Place, bare, plain
from runtut.procedures.graph.nodes import Graph, StepNode


def step_findings(facts: Facts) -> Iterator[Finding]:
    """Gaps in single steps, and performer columns that no step uses."""
    for step in facts.graph.steps:
        yield from _wanting(step)
        yield from _performers(step, facts.graph)
        yield from _outputs(step)
        if facts.known_calls is not None:
            yield from _call(step, {bare(name) for name in facts.known_calls})
    yield from _columns(facts.graph)


def _wanting(step: StepNode) -> Iterator[Finding]:
    no = step.no
    if not step.activity.strip():
        yield Finding("activity_missing", f"Langkah {no} belum diberi kegiatan.", Place("activity", no))
    if step.minutes <= 0:
        yield Finding("time_missing", f"Langkah {no} belum diberi waktu baku.", Place("time", no))


def _performers(step: StepNode, graph: Graph) -> Iterator[Finding]:
    no = step.no
    if not step.actors:
        said = f"Langkah {no} tidak memiliki pelaksana yang menyelesaikannya."
        yield Finding("no_actor", said, Place("performers", no))
    if not set(step.everyone) <= {column.id for column in graph.columns}:
        said = f"Pelaksana langkah {no} tidak memiliki kolom."
        yield Finding("performer_without_column", said, Place("performers", no))


def _outputs(step: StepNode) -> Iterator[Finding]:
    no = step.no
    needs, yields = ({plain(name) for name in names} for names in (step.requirements, step.outputs))
    if not yields:
        yield Finding("no_output", f"Langkah {no} tidak menghasilkan apa pun.", Place("outputs", no))
    elif needs == yields:
        said = f"Kelengkapan dan hasil langkah {no} sama."
        yield Finding("same_input_and_output", said, Place("outputs", no))


def _call(step: StepNode, known: set[str]) -> Iterator[Finding]:
    if step.calls and bare(step.calls) not in known:
        told = step.calls if " " in step.calls else step.note or step.calls
        said = f"Langkah {step.no} memanggil SOP yang belum ada di kantor ini: {told}."
        yield Finding("unknown_call", said, Place("calls", step.no))


def _columns(graph: Graph) -> Iterator[Finding]:
    busy = {column for step in graph.steps for column in step.everyone}
    for column in graph.columns:
        if column.id not in busy:
            said = f"Kolom {column.name} tidak memiliki kegiatan."
            yield Finding("column_without_activity", said, Place("performers"))

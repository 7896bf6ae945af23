"""SOPs in the interchange format for the tests of BPMN."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from tests.procedures.graphs import graphs

from runtut.procedures.enums import StepKind, TimeUnit, Work
from runtut.procedures.graph import FORMAT, Graph
from runtut.procedures.rendering.bpmn import read_bpmn


def read_one(content: bytes) -> dict[str, Any]:
    """The SOP of a file with one process."""
    (found,) = read_bpmn(content)
    return found.document


LISTS = ("legal_basis", "related_sops", "qualifications", "equipment", "warnings", "records", "notes")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)


def document_of_graph(graph: Graph) -> dict[str, Any]:
    """The smallest document with the steps of a graph."""
    names = {column.id: column.name for column in graph.columns}
    return {
        "format": FORMAT,
        "title": "Uji",
        "number": "1/2026",
        "dates": {"created": "2026-01", "revised": "", "effective": ""},
        "approver": {"position": "Camat"},
        **{name: [] for name in LISTS},
        "performers": list(names.values()),
        "roles": {},
        "steps": [
            {
                "no": step.no,
                "activity": step.activity,
                "label": step.label,
                "performers": [
                    *({"name": names[one], "mode": step.mode, "confidence": "high"} for one in step.actors),
                    *({"name": names[one], "mode": "joint", "confidence": "low"} for one in step.joint),
                ],
                "kind": str(step.kind),
                "work": str(step.work),
                "topic": step.topic,
                "requirements": list(step.requirements),
                "time": {"text": "1 jam", "value": 1, "unit": "jam", "minutes": 60},
                "outputs": list(step.outputs),
                "note": step.note,
                "return_to": list(step.return_to),
                "return_confidence": "high",
                "calls": step.calls,
            }
            for step in graph.steps
        ],
    }


@st.composite
def documents(draw: st.DrawFn, most: int = 20) -> dict[str, Any]:
    """SOPs with any words in any field, steps that nobody acts in, and steps that each does."""
    document = document_of_graph(draw(graphs(least=3, most=most)))
    for name in ("title", "number", *LISTS):
        document[name] = draw(st.lists(TEXT, max_size=3)) if name in LISTS else draw(TEXT)
    for step in document["steps"]:
        step["activity"], step["note"] = draw(TEXT), draw(TEXT)
        step["requirements"] = draw(st.lists(TEXT, max_size=3))
        step["kind"] = draw(st.sampled_from(StepKind.values))
        step["work"] = draw(st.sampled_from(Work.values))
        value = draw(st.one_of(st.integers(1, 40), st.floats(0.25, 8).map(lambda one: round(one, 2))))
        unit = draw(st.sampled_from(TimeUnit.values))
        step["time"] = {
            "text": draw(TEXT),
            "value": value,
            "unit": unit,
            "minutes": draw(st.integers(0, 9999)),
        }
        step["calls"] = draw(st.sampled_from(["", "", "", "s-rapat", "SOP Rapat Khusus"]))
        if draw(st.integers(0, 5)) == 0:
            names = draw(st.sets(st.sampled_from(document["performers"]), max_size=3))
            step["performers"] = [
                {"name": name, "mode": "each", "confidence": "medium"} for name in sorted(names)
            ]
    return document

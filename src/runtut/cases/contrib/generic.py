"""Work that yields what its step names: for each output a file or a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.models import Task
from runtut.cases.queries.sheet import step_of
from runtut.cases.registry import Gate, OutputSpec, WorkHandler, writes_nothing
from runtut.organisations.models import Authority


class GenericWork(WorkHandler):
    """`data`: "outputs" {name of the output: {"text": sentence, "file": StoredFile, "document_version":
    DocumentVersion}}, of which one is enough."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """One gate for every output that the step names."""
        return output_gates(step_of(task).outputs, data)

    @writes_nothing
    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Keep what was handed in, under the outputs' names."""
        return given_outputs(step_of(task).outputs, data)


def output_gates(names: Sequence[str], data: Mapping[str, Any]) -> list[Gate]:
    """Return a gate for each output, met by a file, a document or a sentence."""
    return [
        Gate(
            code=f"output:{number}",
            label=name,
            met=bool(answer.get("file") or answer.get("document_version") or said(answer)),
            hint="Lampirkan berkasnya, atau tulis satu kalimat tentang hasilnya.",
            anchor=f"hasil-{number}",
        )
        for number, name in enumerate(names, start=1)
        for answer in (answer_to(name, data),)
    ]


def given_outputs(names: Sequence[str], data: Mapping[str, Any]) -> list[OutputSpec]:
    """Return what was handed in under each name."""
    return [
        OutputSpec(
            name,
            document=answer["document_version"].document if answer.get("document_version") else None,
            document_version=answer.get("document_version"),
            file=answer.get("file"),
            text=said(answer),
        )
        for name in names
        for answer in (answer_to(name, data),)
    ]


def answer_to(name: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = (data.get("outputs") or {}).get(name) or {}
    return found


def said(answer: Mapping[str, Any]) -> str:
    return str(answer.get("text") or "").strip()


def typed(data: Mapping[str, Any], name: str, proposed: str) -> str:
    """Return what was typed, and what is proposed where nothing was; an emptied field stays empty."""
    found = data.get(name)
    return proposed if found is None else str(found).strip()


def text_gate(name: str, label: str, text: str) -> Gate:
    """Return the gate of a paragraph that must say something."""
    hint = "" if text else f"{label} masih kosong. Tulis paling sedikit satu kalimat."
    return Gate(name, label, bool(text), hint, name)

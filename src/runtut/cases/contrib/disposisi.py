from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.contrib.generic import given_outputs, output_gates
from runtut.cases.models import Task
from runtut.cases.queries.documents import disposisi_received, next_positions
from runtut.cases.queries.sheet import step_of
from runtut.cases.registry import Gate, OutputSpec, WorkHandler
from runtut.documents.actions import give_disposisi
from runtut.organisations.models import Authority, Position


class GiveDisposisi(WorkHandler):
    """An instruction to whoever does the next step, on the run's letter where it has one.

    `data`: "instruction" and "note" (text), "positions" (more recipients than the next step's own). The first
    output of the step is the disposisi; further ones are answered as in generic work.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The instruction, and every output after the first."""
        instruction = Gate(
            code="instruction",
            label="Isi disposisi",
            met=bool(instruction_in(data)),
            hint="Pilih atau tulis apa yang harus dilakukan penerima.",
            anchor="instruction",
        )
        return [instruction, *output_gates(step_of(task).outputs[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Give the disposisi; a run without a letter keeps the instruction as text."""
        step = step_of(task)
        name = step.outputs[0] if step.outputs else step.label
        return [self.first(task, name, data, authority, at), *given_outputs(step.outputs[1:], data)]

    def first(
        self, task: Task, name: str, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> OutputSpec:
        recipients = recipients_of(task, data)
        note = str(data.get("note") or "").strip()
        if task.case.letter is None or not recipients:
            return OutputSpec(name, text="\n".join(part for part in (instruction_in(data), note) if part))
        disposisi = give_disposisi(
            letter=task.case.letter,
            previous=disposisi_received(task),
            to_positions=recipients,
            instruction=instruction_in(data),
            note=note,
            authority=authority,
            at=at,
        )
        return OutputSpec(name, disposisi=disposisi)


def recipients_of(task: Task, data: Mapping[str, Any]) -> list[Position]:
    """Return who receives the disposisi: the next step's positions first, then whoever was added, never the
    giver."""
    wanted = Position.objects.select_related("unit").in_bulk(next_positions(task))
    chosen = {**wanted, **{position.pk: position for position in data.get("positions") or ()}}
    chosen.pop(task.position_id, None)
    return list(chosen.values())


def instruction_in(data: Mapping[str, Any]) -> str:
    return str(data.get("instruction") or "").strip()

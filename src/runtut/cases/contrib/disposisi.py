from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.contrib.generic import given_outputs, output_gates
from runtut.cases.models import Task
from runtut.cases.queries.documents import disposisi_received, next_positions
from runtut.cases.queries.sheet import output_name, step_of
from runtut.cases.registry import Gate, OutputSpec, WorkHandler
from runtut.cases.rules import local_day
from runtut.documents.actions import endorse, give_disposisi, put_document
from runtut.documents.enums import DocumentKind, EndorsementKind
from runtut.documents.models import DocumentVersion
from runtut.documents.queries import signature_block
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
        """Give the disposisi; a run without a letter gets a lembar disposisi of its own, signed by the
        giver."""
        step = step_of(task)
        name = output_name(task)
        return [self.first(task, name, data, authority, at), *given_outputs(step.outputs[1:], data)]

    def first(
        self, task: Task, name: str, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> OutputSpec:
        recipients = recipients_of(task, data)
        note = str(data.get("note") or "").strip()
        if task.case.letter is None or not recipients:
            said = "\n".join(part for part in (instruction_in(data), note) if part)
            version = order_sheet(task, recipients, instruction_in(data), note, authority, at)
            return OutputSpec(name, document=version.document, document_version=version, text=said)
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


def order_sheet(
    task: Task,
    recipients: Sequence[Position],
    instruction: str,
    note: str,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Make the lembar disposisi of a step that no letter stands behind, approved by who gives it."""
    unit, on = task.case.unit, local_day(at, task.case.unit)
    rows = [
        ["Pekerjaan", task.case.title],
        ["Dasar", f"{task.case.procedure_version.title}, langkah {task.step_no}"],
        [
            "Kepada",
            ", ".join(position.short_title for position in recipients) or "Pelaksana langkah berikutnya",
        ],
        ["Isi disposisi", instruction],
        *([["Catatan", note]] if note else []),
    ]
    version = put_document(
        document=None,
        unit=unit,
        kind=DocumentKind.LEMBAR_DISPOSISI,
        title=f"Lembar disposisi {task.case.title}",
        content={
            "page": "a5",
            "title": ["LEMBAR DISPOSISI"],
            "date": on.isoformat(),
            "blocks": [{"type": "facts", "rows": rows}],
            "signatures": [signature_block(position=task.position, on=on)],
        },
        authority=authority,
        at=at,
    )
    endorse(version=version, kind=EndorsementKind.APPROVAL, note="", authority=authority, at=at)
    return version


def recipients_of(task: Task, data: Mapping[str, Any]) -> list[Position]:
    """Return who receives the disposisi: the next step's positions first, then whoever was added, never the
    giver."""
    wanted = Position.objects.select_related("unit").in_bulk(next_positions(task))
    chosen = {**wanted, **{position.pk: position for position in data.get("positions") or ()}}
    chosen.pop(task.position_id, None)
    return list(chosen.values())


def instruction_in(data: Mapping[str, Any]) -> str:
    return str(data.get("instruction") or "").strip()

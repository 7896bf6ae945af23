"""Steps that enter something into the office's books: numbers and the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.actions.filing import close_file, put_away
from runtut.cases.contrib.archiving import signer_gates
from runtut.cases.contrib.generic import GenericWork, answer_to, given_outputs, output_gates, said
from runtut.cases.models import Task
from runtut.cases.queries.sending import approved_version
from runtut.cases.queries.sheet import output_name, step_of
from runtut.cases.registry import Gate, OutputSpec
from runtut.documents.actions import enter_outgoing
from runtut.organisations.models import Authority

CLASS_HINT = "Pilih kode klasifikasi arsip (Permendagri 83/2022)."


class Register(GenericWork):
    """Enter the approved document in the agenda keluar under its number: the step's first output.

    `data`: "archive_class" (ArchiveClass), "subject" (text, the run's title when empty), and "outputs" for
    the outputs after the first.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The classification, and every output after the first."""
        return [class_gate(data), *output_gates(step_of(task).outputs[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Take the number, gapless even when this act is undone: then it was never taken."""
        step = step_of(task)
        line = enter_outgoing(
            unit=task.case.unit,
            version=approved_version(task),
            archive_class=data["archive_class"],
            subject=str(data.get("subject") or "").strip() or task.case.title,
            recipient=str(data.get("recipient") or "").strip(),
            copies=int(data.get("copies") or 1),
            is_stamped=bool(data.get("stamped")),
            note="",
            errand=task.uid,
            authority=authority,
            at=at,
        )
        name = output_name(task)
        version = line.version
        document = version.document if version else None
        number = OutputSpec(name, document=document, document_version=version, text=line.number)
        return [number, *given_outputs(step.outputs[1:], data)]


class Archive(GenericWork):
    """Put the run's approved document into the archive. A run without one answers as generic work.

    `data`: "archive_class" (ArchiveClass), "location" (text), "unsigned_reason" (why it is archived although
    somebody has not signed), "outputs" as in generic work.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """Everybody who has still to sign, the classification where there is a document to archive, and every
        output after the first."""
        signers = signer_gates(task, data)
        if approved_version(task) is None:
            return [*signers, *super().gates(task, data, at)]
        return [*signers, class_gate(data), *output_gates(step_of(task).outputs[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Archive the newest version under its classification."""
        version = approved_version(task)
        if version is None:
            renewed = close_file(task, data, authority, at)
            return [*super().complete(task, data, authority, at), *renewed]
        step = step_of(task)
        name = output_name(task)
        record = put_away(
            task=task,
            version=version,
            archive_class=data["archive_class"],
            data=data,
            authority=authority,
            at=at,
        )
        renewed = close_file(task, data, authority, at, record)
        first = OutputSpec(
            name,
            document=version.document,
            document_version=version,
            archive_record=record,
            text=said(answer_to(name, data)),
        )
        return [first, *given_outputs(step.outputs[1:], data), *renewed]


def class_gate(data: Mapping[str, Any]) -> Gate:
    return Gate(
        code="archive_class",
        label="Klasifikasi arsip",
        met=data.get("archive_class") is not None,
        hint=CLASS_HINT,
        anchor="archive_class",
    )

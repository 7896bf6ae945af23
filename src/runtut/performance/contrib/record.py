"""Step "record", topic "realisation": once the document is approved, its figures are locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.actions import close_file, put_away
from runtut.cases.contrib import GenericWork, signer_gates, standing_figures
from runtut.cases.contrib.generic import given_outputs, output_gates
from runtut.cases.contrib.registers import class_gate
from runtut.cases.models import Task
from runtut.cases.queries import output_name, run_document, step_of
from runtut.cases.queries.sending import approved_version
from runtut.cases.registry import Gate, OutputSpec, WorkHandler
from runtut.core.dates import long_date
from runtut.documents.enums import DocumentKind
from runtut.documents.models import DocumentVersion, Endorsement, StoredFile
from runtut.documents.queries import newest_version
from runtut.organisations.models import Authority
from runtut.performance.actions import approve_figures, close_period
from runtut.performance.contrib.period import quarter_of
from runtut.performance.models import PeriodLock
from runtut.performance.queries import makes_measurement, measurement_approval, period_lock

RULE_LENGTH = 200


class RecordRealisations(WorkHandler):
    """`data`: "outputs" as in generic work, of which none is needed: for instance the sentence or the picture
    that proves an entry in another system; "archive_class", "location" and "unsigned_reason" where the SOP
    only collects."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The measurement of this run is approved in its newest version and says the figures that are to be
        locked; where the SOP makes none, who has still to sign, and the classification of what it
        collected."""
        if not makes_measurement(version=task.case.procedure_version):
            return [*signer_gates(task, data), class_gate(data)] if archived_version(task) else []
        approval = measurement_approval(case=task.case)
        return [
            Gate(
                code="approved",
                label="Dokumen Pengukuran Kinerja disetujui",
                met=approval is not None,
                hint="Realisasi baru dikunci setelah dokumennya disetujui pimpinan.",
                anchor="dokumen",
            ),
            *standing_figures(task, measured_version(task), at),
        ]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> list[OutputSpec]:
        """Lock the quarter that the run has measured, with the figures that its approved document says; a
        quarter that is locked already stays as it was. Where the SOP only collects, the figures are approved
        and stay open for the measurement."""
        quarter = quarter_of(task)
        if not makes_measurement(version=task.case.procedure_version):
            return self.approved(task, data, authority, at)
        lock = period_lock(unit=task.case.unit, quarter=quarter)
        if lock is None:
            approve_figures(unit=task.case.unit, quarter=quarter, authority=authority, at=at)
            lock = close_period(
                unit=task.case.unit, quarter=quarter, rule=rule_of(task), authority=authority, at=at
            )
        name = output_name(task)
        given = [output for output in given_outputs([name], data) if output.text or output.file]
        return [OutputSpec(name=name, text=locked_text(task, lock)), *given]

    def approved(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> list[OutputSpec]:
        """Approve what was handed over, and archive the document; who approved it has answered for the
        figures."""
        quarter = quarter_of(task)
        if period_lock(unit=task.case.unit, quarter=quarter) is None:
            approve_figures(unit=task.case.unit, quarter=quarter, authority=authority, at=at)
        name = output_name(task)
        given = [output for output in given_outputs([name], data) if output.text or output.file]
        version = archived_version(task)
        archived = archived_outputs(task, version, data, authority, at) if version else []
        return [OutputSpec(name=name, text=f"Realisasi {quarter.label} disetujui."), *given, *archived]


class RecordEvaluation(GenericWork):
    """Step "record", topic "evaluation": what was evaluated is entered elsewhere, and its report archived.

    `data`: "outputs" for the first output (a sentence or a picture), "archive_class", "location" and
    "unsigned_reason" where the run has an approved document.
    """

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The first output; who has still to sign; the classification, or where there is no document every
        output."""
        if approved_version(task) is None:
            return super().gates(task, data, at)
        first = output_gates(step_of(task).outputs[:1], data)
        return [*first, *signer_gates(task, data), class_gate(data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Keep the proof of entry, and archive the report."""
        version = approved_version(task)
        if version is None:
            return super().complete(task, data, authority, at)
        archived = archived_outputs(task, version, data, authority, at)
        return [*given_outputs(step_of(task).outputs[:1], data), *archived]


def measured_version(task: Task) -> DocumentVersion | None:
    """Return the newest version of the run's measurement."""
    document = run_document(case=task.case, kind=DocumentKind.PENGUKURAN)
    return newest_version(document=document) if document else None


def archived_version(task: Task) -> DocumentVersion | None:
    """Return the document that a step with a second output archives, None where it has none."""
    return approved_version(task) if len(step_of(task).outputs) > 1 else None


def archived_outputs(
    task: Task, version: DocumentVersion, data: Mapping[str, Any], authority: Authority, at: datetime
) -> list[OutputSpec]:
    """Archive the document of the run as the step's last output, and what close_file renews with it."""
    record = put_away(
        task=task,
        version=version,
        archive_class=data["archive_class"],
        data=data,
        more=handed_in(task, data),
        authority=authority,
        at=at,
    )
    renewed = close_file(task, data, authority, at, record)
    name = step_of(task).outputs[-1]
    kept = OutputSpec(name, document=version.document, document_version=version, archive_record=record)
    return [kept, *renewed]


def handed_in(task: Task, data: Mapping[str, Any]) -> list[tuple[str, StoredFile]]:
    """Return the files given for the step's first output, which are its task's own only after the act."""
    given = given_outputs(step_of(task).outputs[:1], data)
    return [(one.name, one.file) for one in given if one.file is not None]


def rule_of(task: Task) -> str:
    """Return the rule of the lock in words: which step of which SOP, and whose approval."""
    rule = f"SOP {task.case.procedure_version.title} langkah {task.step_no}"
    approval = measurement_approval(case=task.case)
    return f"{rule}{approval_text(task, approval)}"[:RULE_LENGTH]


def approval_text(task: Task, approval: Endorsement | None) -> str:
    if approval is None:
        return ""
    day = long_date(task.case.unit.local_date(approval.given_at))
    return f", dokumen disetujui {approval.position.short_title} {day}"


def locked_text(task: Task, lock: PeriodLock) -> str:
    day = long_date(task.case.unit.local_date(lock.locked_at))
    return f"Realisasi {quarter_of(task).label} terkunci sejak {day} menurut {lock.rule}."

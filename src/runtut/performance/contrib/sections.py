"""Step "collect", topics "section_material" and "section_analysis": every section hands in its part on a page
of its own; whoever does the step sees who has not, and puts it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.contrib import GenericWork
from runtut.cases.contrib.endorse import approve_own
from runtut.cases.contrib.generic import given_outputs
from runtut.cases.models import Task
from runtut.cases.queries import output_name, run_document, step_of
from runtut.cases.registry import Ask, Gate, OutputSpec
from runtut.documents.enums import DocumentKind
from runtut.organisations.models import Authority
from runtut.performance.actions import draft_sections
from runtut.performance.queries import SectionStatus, asking_of, section_ask, section_matrix


class CollectFromSections(GenericWork):
    """`data`: "without" {uid of a position: why the step goes on without its part}, "outputs" for what the
    step names after the first. An office without sections works as in generic work."""

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """One for every section, met by what it has handed in or by the reason to go on without."""
        matrix = matrix_of(task, at)
        if not matrix:
            return super().gates(task, data, at)
        return [section_gate(status, data) for status in matrix]

    def asks(self, task: Task, at: datetime) -> list[Ask]:
        """Every section that has not handed in."""
        asking = asking_of(task.case)
        if asking is None or asking.task.pk != task.pk:
            return []
        owing = [one for one in matrix_of(task, at) if not one.has_handed_in]
        return [section_ask(asking, one.position) for one in owing]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Compose the material as a document, or in a later round its next version."""
        asking = asking_of(task.case)
        if asking is None or not matrix_of(task, at):
            return super().complete(task, data, authority, at)
        version = draft_sections(
            asking=asking,
            without=data.get("without") or {},
            document=run_document(case=task.case, kind=DocumentKind.BAHAN, step_no=task.step_no),
            authority=authority,
            at=at,
        )
        approve_own(task, version, authority, at)
        files = [
            OutputSpec(name=f"Berkas {status.position.short_title}"[:160], file=item.file)
            for status in matrix_of(task, at)
            if status.has_handed_in
            for item in status.files
        ]
        made = OutputSpec(name=output_name(task), document=version.document, document_version=version)
        return [made, *given_outputs(step_of(task).outputs[1:], data), *files]


def matrix_of(task: Task, at: datetime) -> list[SectionStatus]:
    """Return the matrix of the task's run."""
    asking = asking_of(task.case)
    if asking is None:
        return []
    return section_matrix(asking=asking, on=task.case.unit.local_date(at))


def section_gate(status: SectionStatus, data: Mapping[str, Any]) -> Gate:
    uid = str(status.position.uid)
    reason = str((data.get("without") or {}).get(uid) or "").strip()
    hint = "Belum diserahkan. Ingatkan, atau tulis mengapa dilanjutkan tanpa bagian ini."
    return Gate(
        code=f"section:{uid}",
        label=f"Bagian {status.position.short_title}",
        met=status.has_handed_in or bool(reason),
        hint="" if status.has_handed_in else hint,
        anchor=f"tanpa-{uid}",
    )

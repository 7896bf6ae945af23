"""Steps at which somebody writes a document in the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.actions.signers import sign_own
from runtut.cases.contrib.disposisi import GiveDisposisi
from runtut.cases.contrib.figures import written_figures
from runtut.cases.contrib.generic import given_outputs, output_gates
from runtut.cases.models import Task
from runtut.cases.queries.documents import stands_alone
from runtut.cases.queries.sheet import step_of
from runtut.cases.queries.writing import manuscript_of
from runtut.cases.registry import DocumentWork, Gate, OutputSpec, keeper_of
from runtut.cases.rules import local_day
from runtut.documents.actions import hand_over_manuscript, number_document
from runtut.documents.enums import DocumentKind, DocumentState, TemplateKind
from runtut.documents.queries import Composition, composed
from runtut.organisations.models import Authority

ANCHOR = "naskah"


class WriteDocument(DocumentWork):
    """The step's first output is written in the browser and becomes a version when the task is handed over.
    Further outputs are answered as in generic work.

    `data`: "outputs" for those after the first; a `document_version` given for the first one stands in for
    the writing (an API, or a document composed elsewhere).
    """

    def __init__(self, kind: DocumentKind | str = "", template: TemplateKind | str = "") -> None:
        self.document_kind, self.template_kind = str(kind), str(template)

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """What is left to be written, and every further output."""
        names = step_of(task).outputs
        return [*writing_gates(task, self.output, data, at), *output_gates(names[1:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Compose the version."""
        names = step_of(task).outputs
        return [written(task, self.output, data, authority, at), *given_outputs(names[1:], data)]


class CompanionNote(WriteDocument):
    """A note that goes along with the document at work and does not take its place: later steps sign that
    document, not the note. `data`: "archive_class" for its number."""

    is_companion = True

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Compose the version, approved by who writes it; only a version is named, so that the document at
        work stays what it was."""
        first, *others = super().complete(task, data, authority, at)
        issue(first, data, authority, at)
        return [OutputSpec(first.name, document_version=first.document_version), *others]


class DisposisiWithNote(GiveDisposisi, DocumentWork):
    """A disposisi whose giver also drafts a note: the step's second output.

    `data` as for both, and "archive_class" for the number of a note that goes out with the disposisi.
    """

    output = 2
    document_kind = str(DocumentKind.NOTA_DINAS)

    def __init__(self, template: TemplateKind | str = "") -> None:
        self.template_kind = str(template)

    def gates(self, task: Task, data: Mapping[str, Any], at: datetime) -> list[Gate]:
        """The instruction, what is left to be written, and every further output."""
        first = super().gates(task, data, at)[:1]
        names = step_of(task).outputs
        return [*first, *writing_gates(task, self.output, data, at), *output_gates(names[2:], data)]

    def complete(
        self, task: Task, data: Mapping[str, Any], authority: Authority, at: datetime
    ) -> Sequence[OutputSpec]:
        """Give the disposisi and compose the note; a note that no later step examines goes out with the
        disposisi, approved by its giver."""
        names = step_of(task).outputs
        given = self.first(task, names[0], data, authority, at)
        note = written(task, self.output, data, authority, at)
        if stands_alone(task):
            issue(note, data, authority, at)
        return [given, note, *given_outputs(names[2:], data)]


def issue(made: OutputSpec, data: Mapping[str, Any], authority: Authority, at: datetime) -> None:
    """Approve a paper by the hand that made it, once; under the next number of the outgoing register where
    `data` has an "archive_class"."""
    version = made.document_version
    if version is not None and version.document.state != DocumentState.APPROVED:
        archive_class = data.get("archive_class")
        if archive_class is not None and not version.document.number:
            version.document = number_document(
                document=version.document, archive_class=archive_class, authority=authority, at=at
            )
        sign_own(version, authority, at)


def writing_gates(task: Task, output: int, data: Mapping[str, Any], at: datetime) -> list[Gate]:
    """Return the gates of an output that is written: opened, readable, nothing left to fill in, and its
    figures those that are kept."""
    name = step_of(task).outputs[output - 1]
    version = handed_in(name, data)
    if version is not None:
        figures = written_figures(task, version.document.kind, version.content, at)
        return [Gate("manuscript", name, met=True, anchor=ANCHOR), *figures]
    manuscript = manuscript_of(task, output)
    if manuscript is None:
        hint = "Naskah belum ditulis. Tekan “Tulis naskah”."
        return [Gate("manuscript", name, met=False, hint=hint, anchor=ANCHOR)]
    made = composed(manuscript=manuscript, on=local_day(at, manuscript.unit))
    problem = problem_of(made)
    figures = [] if problem else written_figures(task, manuscript.kind, made.content, at)
    return [Gate("manuscript", name, met=not problem, hint=problem, anchor=ANCHOR), *figures]


def problem_of(made: Composition) -> str:
    """Say what keeps a manuscript from being handed over, "" when nothing does."""
    if made.problem:
        return f"Naskah belum dapat disusun: {made.problem}."
    if made.is_empty:
        return "Naskah masih kosong."
    return f"Naskah masih memuat {', '.join(made.hints)}." if made.hints else ""


def written(
    task: Task, output: int, data: Mapping[str, Any], authority: Authority, at: datetime
) -> OutputSpec:
    """Compose what was written for an output into a version."""
    name = step_of(task).outputs[output - 1]
    version = handed_in(name, data)
    if version is None:
        manuscript = manuscript_of(task, output)
        assert manuscript is not None
        version = hand_over_manuscript(manuscript=manuscript, authority=authority, at=at)
    keeper_of(version.document.kind).handed_over(task.case, version, authority, at)
    return OutputSpec(name, document=version.document, document_version=version)


def handed_in(name: str, data: Mapping[str, Any]) -> Any:
    """Return the version that was given instead of being written here, if any."""
    return ((data.get("outputs") or {}).get(name) or {}).get("document_version")

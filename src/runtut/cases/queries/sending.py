"""What a step sends, and what has been sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from runtut.cases.models import Case, Task, TaskOutput
from runtut.cases.queries.documents import version_at_work
from runtut.cases.queries.sheet import step_of
from runtut.cases.rendering.receipts import DISPATCH, RECEIPT
from runtut.documents.enums import DocumentKind, DocumentState
from runtut.documents.models import (
    Delivery,
    Document,
    DocumentVersion,
    OutgoingLetter,
    SignerTurn,
    StoredFile,
)
from runtut.documents.queries import unsigned
from runtut.procedures.models import Step


@dataclass(frozen=True)
class Paper:
    """A paper on its way: a document of the run, or a file handed in at an earlier step."""

    title: str
    number: str
    version: DocumentVersion | None
    file: StoredFile | None
    cover: DocumentVersion | None = None
    """The surat pengantar that goes with it."""


def outgoing_of(task: Task) -> OutgoingLetter | None:
    """Return the line of the agenda keluar that a task has made and whose number stands (one query)."""
    rows = OutgoingLetter.objects.filter(errand=task.uid, entry__voided_at=None)
    return rows.select_related("version__document", "archive_class", "entry").order_by("-id").first()


def covering_of(task: Task) -> OutgoingLetter | None:
    """Return the newest line of the agenda keluar that the run has made and whose number stands (one
    query)."""
    errands = Task.objects.filter(case=task.case_id).values("uid")
    lines = OutgoingLetter.objects.filter(errand__in=errands, entry__voided_at=None)
    return lines.order_by("-id").first()


def meant_for(task: Task) -> str:
    """Return to whom the run's surat pengantar sends the paper, empty without one (one query)."""
    errands = Task.objects.filter(case=task.case_id).values("uid")
    letters = OutgoingLetter.objects.filter(
        errand__in=errands, version__document__kind=DocumentKind.SURAT_PENGANTAR
    )
    return letters.order_by("-id").values_list("recipient", flat=True).first() or ""


def note_of_step(task: Task) -> str:
    """Return the keterangan that the SOP writes in the row of a task, such as to whom the paper goes (one
    query)."""
    rows = Step.objects.filter(version=task.case.procedure_version_id, no=task.step_no)
    return rows.values_list("note", flat=True).first() or ""


def paper_of(task: Task) -> Paper:
    """Return what a task sends: the document at work, else the newest file of the run, else what the step
    says it needs. The number is the document's own or that of the letter it goes with."""
    version = version_at_work(task)
    covering, cover = covering_of(task), cover_of(task)
    number = (cover.document.number if cover else "") or (covering.number if covering else "")
    if version is not None:
        return Paper(version.document.title, version.document.number or number, version, None, cover)
    output = TaskOutput.objects.filter(task__case=task.case_id, file__isnull=False).order_by("-id").first()
    step = step_of(task)
    needed = step.requirements[0] if step.requirements else task.case.title
    if output is not None and output.file is not None:
        return Paper(output.name, number, None, output.file, cover)
    return Paper(needed, number, None, None, cover)


def cover_of(task: Task) -> DocumentVersion | None:
    """Return the newest surat pengantar that an earlier step of the run has made (one query)."""
    made = TaskOutput.objects.filter(
        task__case=task.case_id,
        task__step_no__lt=task.step_no,
        document__kind=DocumentKind.SURAT_PENGANTAR,
    )
    versions = DocumentVersion.objects.filter(document__in=made.values("document"))
    return versions.select_related("document__unit").order_by("-document", "-number").first()


def cover_turns(task: Task) -> list[SignerTurn]:
    """Return who has still to sign the surat pengantar that goes with what a task sends: in an office that
    signs on paper nobody is asked (two queries)."""
    cover = cover_of(task)
    return list(unsigned().filter(version=cover)) if cover else []


def receipts_of(case: Case) -> list[tuple[Document, UUID]]:
    """Return the proofs of sending that a run has made and that are in no file, each with the errand whose
    deliveries it lists (two queries)."""
    rows = TaskOutput.objects.filter(
        task__case=case, document__kind=DocumentKind.LAINNYA, document__state=DocumentState.APPROVED
    ).select_related("document__unit", "task")
    errands = set(
        Delivery.objects.filter(errand__in=case.tasks.values("uid")).values_list("errand", flat=True)
    )
    words = (RECEIPT, DISPATCH)
    return [
        (one.document, one.task.uid)
        for one in rows.order_by("id")
        if one.document and one.task.uid in errands and one.document.title.startswith(words)
    ]


def received_since(document: Document, made_at: datetime) -> list[Delivery]:
    """Return who has received since a proof of sending was made, as the buku ekspedisi knows; nothing for any
    other paper (one query at most)."""
    if document.kind != DocumentKind.LAINNYA:
        return []
    errands = TaskOutput.objects.filter(document=document).values("task__uid")
    rows = Delivery.objects.filter(errand__in=errands, received_at__gt=made_at)
    return list(rows.select_related("unit").order_by("received_at", "id"))


def approved_version(task: Task) -> DocumentVersion | None:
    """Return the version to archive, None unless it has been approved and is not archived yet."""
    version = version_at_work(task)
    if version is None or version.document.state != DocumentState.APPROVED:
        return None
    return version

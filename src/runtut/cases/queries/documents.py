"""The papers of a run."""

from __future__ import annotations

from django.db.models import QuerySet

from runtut.cases.engine import openings
from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Task, TaskOutput
from runtut.cases.queries.sheet import read_run
from runtut.documents.enums import EndorsementKind
from runtut.documents.models import Disposisi, DocumentVersion, Endorsement
from runtut.procedures.enums import Work
from runtut.procedures.queries import graph_of


def documents_of(case: Case) -> QuerySet[TaskOutput]:
    """Return everything a run has yielded, newest first, with what each output points at."""
    return (
        TaskOutput.objects.filter(task__case=case)
        .select_related(
            "task__position", "document", "document_version__document", "disposisi", "archive_record", "file"
        )
        .order_by("-id")
    )


def version_at_work(case: Case) -> DocumentVersion | None:
    """Return the newest version of the document that the run is working on, None while it has none.

    The document of the newest output that carries one; two queries.
    """
    output = TaskOutput.objects.filter(task__case=case, document__isnull=False).order_by("-id").first()
    if output is None:
        return None
    return (
        DocumentVersion.objects.filter(document=output.document_id)
        .select_related("document")
        .order_by("-number")
        .first()
    )


def latest_disposisi(case: Case) -> Disposisi | None:
    """Return the newest link of the chain of instructions that the run has given."""
    output = (
        TaskOutput.objects.filter(task__case=case, disposisi__isnull=False)
        .select_related("disposisi")
        .order_by("-id")
        .first()
    )
    return output.disposisi if output else None


def has_endorsed(version: DocumentVersion, kind: EndorsementKind, position_id: int) -> bool:
    """Tell whether a position's paraf or approval stands on a version."""
    return Endorsement.objects.filter(
        version=version, kind=kind, position=position_id, voided_at=None
    ).exists()


def missing_parafs(task: Task, version: DocumentVersion) -> list[str]:
    """Return the positions that reviewed this run before the task's step and whose paraf does not stand on
    the version, because it changed since (two queries)."""
    graph = graph_of(task.case.procedure_version)
    reviews = [step.no for step in graph.steps if step.work == Work.REVIEW and step.no < task.step_no]
    reviewed = (
        Task.objects.filter(case=task.case, step_no__in=reviews, state=TaskState.DONE)
        .select_related("position")
        .order_by("id")
    )
    reviewers = {done.step_no: done.position for done in reviewed}
    standing = set(
        Endorsement.objects.filter(version=version, kind=EndorsementKind.PARAF, voided_at=None).values_list(
            "position_id", flat=True
        )
    )
    return [position.short_title for position in reviewers.values() if position.pk not in standing]


def next_positions(task: Task) -> tuple[int, ...]:
    """Return the positions whose tasks the completion of this one opens (one query)."""
    graph = graph_of(task.case.procedure_version)
    following = graph.next_no(task.step_no)
    if following is None:
        return ()
    step = graph.step(following)
    _, _, bindings = read_run(task.case_id, [step])
    return tuple(change.attempt.position_id for change in openings(step, bindings, 1))

"""What waits for a paraf or a signature, with the document that it is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from runtut.cases.models import TaskOutput
from runtut.cases.queries.documents import BESIDE, EXAMINING, making_since
from runtut.cases.queries.lines import PAGE, TaskLine, open_lines, open_now
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document
from runtut.procedures.models import ProcedureVersion, Step
from runtut.procedures.queries import graph_of


@dataclass(frozen=True)
class DecisionLine:
    """An open task by which a paper is given a paraf or signed; `document` is None for papers that are files
    only."""

    line: TaskLine
    document: Document | None


def decisions_waiting(
    *, position_ids: Collection[int], user_id: int, at: datetime, limit: int = PAGE
) -> list[DecisionLine]:
    """Return what waits for a paraf or a signature of some positions, the most pressing first. Left out: runs
    that are paused, and tasks that a colleague has taken. Five queries, and three for each SOP that this
    process has not yet read."""
    step = Step.objects.filter(
        version=OuterRef("case__procedure_version"), no=OuterRef("step_no"), work__in=EXAMINING
    )
    free = Q(claimed_by__isnull=True) | Q(claimed_by=user_id)
    tasks = open_now().filter(Exists(step), free, position__in=position_ids, case__paused_at=None)
    lines = open_lines(tasks, at=at, after=None, limit=limit).lines
    documents = documents_at_work(lines)
    return [DecisionLine(line, document) for line, document in zip(lines, documents, strict=True)]


def documents_at_work(lines: Sequence[TaskLine]) -> list[Document | None]:
    """Return the document that each task is about, by the rule of version_at_work. Two queries."""
    versions = ProcedureVersion.objects.in_bulk({line.procedure_version_id for line in lines})
    outputs = list(
        TaskOutput.objects.filter(
            task__case__uid__in={line.case_uid for line in lines}, document__isnull=False
        )
        .exclude(document__kind=DocumentKind.LEMBAR_DISPOSISI)
        .select_related("task__case", "document")
        .order_by("-id")
    )
    return [document_of(line, versions[line.procedure_version_id], outputs) for line in lines]


def document_of(line: TaskLine, version: ProcedureVersion, outputs: Sequence[TaskOutput]) -> Document | None:
    graph = graph_of(version)
    since = making_since(graph, line.step_no)
    beside = {step.no for step in graph.steps if step.work in BESIDE}
    own = (one for one in outputs if one.task.case.uid == line.case_uid)
    made = (one for one in own if one.task.step_no >= since and one.task.step_no not in beside)
    found = next(made, None)
    return found.document if found else None

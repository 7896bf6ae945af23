"""Papers of a run: those that wait to be signed beside its steps, and where they are kept."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from runtut.cases.enums import CaseState
from runtut.cases.models import Case, Meeting, TaskOutput
from runtut.cases.queries.documents import ACCOMPANYING
from runtut.documents.enums import DocumentState
from runtut.documents.models import ArchiveRecord, Document, SignerTurn
from runtut.documents.queries import open_turns, unsigned


def papers_of_run(case: Case) -> QuerySet[Document]:
    """Return everything that a run has written: what its steps yielded, and the papers of its meetings."""
    outputs = TaskOutput.objects.filter(task__case=case)
    made = outputs.filter(document__isnull=False).values("document")
    beside = outputs.filter(document_version__isnull=False).values("document_version__document")
    own = Meeting.objects.filter(case=case)
    of_meetings = Q(pk__in=own.values("invitation")) | Q(pk__in=own.values("attendance"))
    return Document.objects.filter(
        Q(pk__in=made) | Q(pk__in=beside) | of_meetings | Q(pk__in=own.values("minutes"))
    )


def file_of_run(case: Case) -> ArchiveRecord | None:
    """Return the record under whose number the papers of a run are archived, None before that: its own, and
    not that of a run which it has called and whose papers it took over (one query)."""
    records = ArchiveRecord.objects.filter(version__document__in=papers_of_run(case))
    called = TaskOutput.objects.filter(task__case__parent_task__case=case, document__isnull=False)
    taken_over = Exists(called.filter(document=OuterRef("version__document")))
    return records.order_by(taken_over, "id").first()


def unfiled_papers(case: Case) -> QuerySet[Document]:
    """Return the approved papers of a run that are in no file."""
    return papers_of_run(case).filter(state=DocumentState.APPROVED)


def is_unfiled(case: Case) -> bool:
    """Tell whether a run is done and a paper that it was done for is in no file (one query at most)."""
    papers = unfiled_papers(case).exclude(kind__in=ACCOMPANYING)
    return case.state == CaseState.DONE and papers.exists()


def unfiled_runs(*, unit_ids: Collection[int], limit: int) -> list[Case]:
    """Return the runs of units that are done and have yielded an approved paper that is in no file, the
    newest first (one query)."""
    waiting = Document.objects.filter(unit__in=unit_ids, state=DocumentState.APPROVED)
    outputs = TaskOutput.objects.filter(document__in=waiting.exclude(kind__in=ACCOMPANYING))
    runs = Case.objects.filter(pk__in=outputs.values("task__case"), unit__in=unit_ids, state=CaseState.DONE)
    return list(runs.select_related("unit").order_by("-closed_at", "-id")[:limit])


def signatures_missing(case: Case) -> list[SignerTurn]:
    """Return everybody who has still to sign a paper of a run, also those whose turn has not come; not of an
    Undangan that went out without for a reason (one query)."""
    papers = papers_of_run(case)
    let_go = Meeting.objects.exclude(unsigned_reason="").filter(invitation__in=papers)
    rows = unsigned().filter(version__document__in=papers)
    return list(rows.exclude(version__document__in=let_go.values("invitation")))


def signatures_awaited(case: Case) -> list[SignerTurn]:
    """Return whose turn it is to sign which paper of a run (one query)."""
    return list(open_turns().filter(version__document__in=papers_of_run(case)))

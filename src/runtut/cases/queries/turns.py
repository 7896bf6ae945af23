"""Papers of a run that wait to be signed beside its steps."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from runtut.cases.models import Case, Meeting, TaskOutput
from runtut.documents.models import Document, SignerTurn
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

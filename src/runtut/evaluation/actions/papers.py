"""The three papers of an evaluation: each is composed from what stands, or becomes the next version of
one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtut.cases.models import Task
from runtut.cases.queries import run_document
from runtut.core.locks import write_transaction
from runtut.documents.actions import put_document
from runtut.documents.enums import DocumentKind
from runtut.documents.models import DocumentVersion
from runtut.evaluation.models import Instrument
from runtut.evaluation.queries import instrument_facts, report_facts, results_facts
from runtut.evaluation.rendering import ReportWords, compose_instrument, compose_report, compose_results
from runtut.organisations.models import Authority


def draft_instrument(
    *, instrument: Instrument, task: Task, authority: Authority, at: datetime
) -> DocumentVersion:
    """Compose the instrument itself."""
    on = instrument.case.unit.local_date(at)
    content = compose_instrument(instrument_facts(instrument=instrument, signer=task.position, on=on))
    return put_paper(task, DocumentKind.INSTRUMEN, f"Instrumen {instrument.title}", content, authority, at)


def draft_results(
    *, instrument: Instrument, task: Task, authority: Authority, at: datetime
) -> DocumentVersion:
    """Compose the table of results."""
    on = instrument.case.unit.local_date(at)
    content = compose_results(results_facts(instrument=instrument, signer=task.position, on=on))
    title = f"Data Hasil Isian {instrument.title}"
    return put_paper(task, DocumentKind.BAHAN, title, content, authority, at)


def draft_report(
    *, instrument: Instrument, task: Task, words: ReportWords, authority: Authority, at: datetime
) -> DocumentVersion:
    """Compose the report, with the paragraphs as the drafter has left them."""
    on = instrument.case.unit.local_date(at)
    content = compose_report(report_facts(instrument=instrument, on=on), words)
    title = f"Laporan Hasil {instrument.title}"
    return put_paper(task, DocumentKind.LAPORAN, title, content, authority, at)


def put_paper(
    task: Task,
    kind: DocumentKind,
    title: str,
    content: Mapping[str, Any],
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Make the document of a step, or in a later round its next version. Raises what the documents room
    refuses."""
    unit = task.case.unit
    with write_transaction():
        return put_document(
            document=run_document(case=task.case, kind=kind, step_no=task.step_no),
            unit=unit,
            kind=kind,
            title=f"{title} {unit.short_name} {task.case.year}",
            content=content,
            authority=authority,
            at=at,
        )

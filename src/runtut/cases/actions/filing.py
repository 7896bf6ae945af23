"""Closing the file of a run: its document is archived, and every other paper with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.actions.receipts import receipt_name, renew_receipts
from runtut.cases.actions.signers import close_signing_news
from runtut.cases.enums import CaseState
from runtut.cases.errors import CaseIsRunning, NothingToFile
from runtut.cases.models import Case, Task
from runtut.cases.queries.documents import main_paper, proofs_of
from runtut.cases.queries.turns import signatures_missing, unfiled_papers
from runtut.cases.registry import OutputSpec
from runtut.cases.rules import ensure_may_file
from runtut.core.locks import write_transaction
from runtut.documents.actions import archive_version, excuse_signers
from runtut.documents.models import ArchiveClass, ArchiveRecord, Document, DocumentVersion, StoredFile
from runtut.documents.queries import newest_version
from runtut.organisations.models import Authority


def file_run(
    *,
    case: Case,
    archive_class: ArchiveClass,
    location: str,
    unsigned_reason: str,
    authority: Authority,
    at: datetime,
) -> ArchiveRecord:
    """Archive the papers of a finished run whose SOP has no step for it, or that were approved after it: the
    run's document under a new number, every other approved paper beside it.

    Raises MayNotFile unless the authority steers the office's runs or had a task in this one, CaseIsRunning,
    NothingToFile, SignaturesAwaited (field unsigned_reason), and what archive_version refuses.
    """
    ensure_may_file(authority, case)
    if case.state != CaseState.DONE:
        raise CaseIsRunning
    last = case.tasks.select_related("case__procedure_version").order_by("-id")[0]
    data = {"location": location, "unsigned_reason": unsigned_reason}
    with write_transaction():
        main = main_paper(unfiled_papers(case))
        if main is None:
            raise NothingToFile
        version = newest_version(document=main)
        record = put_away(
            task=last, version=version, archive_class=archive_class, data=data, authority=authority, at=at
        )
        close_file(last, data, authority, at, record)
    return record


def put_away(
    *,
    task: Task,
    version: DocumentVersion,
    archive_class: ArchiveClass,
    data: Mapping[str, Any],
    authority: Authority,
    at: datetime,
    more: Sequence[tuple[str, StoredFile]] = (),
) -> ArchiveRecord:
    """Archive a document of a run with its proofs and `more` files, in its place ("location" of `data`), and
    ask nobody any more to sign it. The step that does so ends with close_file. Raises what archive_version
    refuses."""
    record = archive_version(
        version=version,
        archive_class=archive_class,
        location=str(data.get("location") or "").strip(),
        enclosures=[*proofs_of(task), *more],
        unsigned_reason=str(data.get("unsigned_reason") or ""),
        authority=authority,
        at=at,
    )
    close_signing_news(version, at)
    return record


def close_file(
    task: Task,
    data: Mapping[str, Any],
    authority: Authority,
    at: datetime,
    record: ArchiveRecord | None = None,
) -> list[OutputSpec]:
    """Ask nobody any more to sign the papers of a run whose file is closed: those who have not are named with
    the reason ("unsigned_reason" of `data`) that let the file be closed without them. With `record`, that of
    the run's document, every other approved paper of the run joins its file; proofs of sending take on first
    who has received, and are returned as outputs of the step. Raises what excuse_signers and archive_version
    refuse."""
    renewed = renew_receipts(task.case, authority, at)
    waiting = signatures_missing(task.case)
    reason = str(data.get("unsigned_reason") or "")
    excuse_signers(turns=waiting, reason=reason, authority=authority, at=at)
    for version in {turn.version for turn in waiting}:
        close_signing_news(version, at)
    if record is not None:
        join_file(record, unfiled_papers(task.case).order_by("id"), authority, at)
    return [OutputSpec(receipt_name(one), document=one.document, document_version=one) for one in renewed]


def join_file(
    record: ArchiveRecord, documents: Iterable[Document], authority: Authority, at: datetime
) -> None:
    """Archive documents in the file of a record: under its number and class, in its place."""
    for document in documents:
        archive_version(
            version=newest_version(document=document),
            archive_class=record.archive_class,
            location=record.location,
            authority=authority,
            at=at,
            beside=record,
        )

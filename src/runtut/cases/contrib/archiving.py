"""Closing the file of a run: what is archived, and who should have signed it before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from runtut.cases.actions.signers import close_signing_news
from runtut.cases.models import Task
from runtut.cases.queries.documents import proofs_of
from runtut.cases.queries.turns import papers_of_run, signatures_missing
from runtut.cases.registry import Gate
from runtut.documents.actions import archive_version, excuse_signers
from runtut.documents.enums import DocumentState
from runtut.documents.models import (
    ArchiveClass,
    ArchiveRecord,
    Document,
    DocumentVersion,
    SignerTurn,
    StoredFile,
)
from runtut.documents.queries import newest_version
from runtut.organisations.models import Authority


def signer_gates(task: Task, data: Mapping[str, Any]) -> list[Gate]:
    """Return everybody who has still to sign a paper of the run before its file is closed; a reason, in
    `data` as "unsigned_reason", lets it be closed without them (one query)."""
    is_explained = bool(str(data.get("unsigned_reason") or "").strip())
    return [
        Gate(
            code=f"signer:{number}",
            label=f"Tanda tangan {turn.position.short_title} pada {turn.version.document.title}",
            met=is_explained,
            hint=waiting_hint(turn, task),
            anchor="unsigned_reason",
        )
        for number, turn in enumerate(signatures_missing(task.case), start=1)
    ]


def waiting_hint(turn: SignerTurn, task: Task) -> str:
    """Who is waited for; whoever closes the file may be the one."""
    if turn.position_id == task.position_id:
        return "Menunggu Anda sendiri: tanda tangani dari Beranda, atau isi alasannya."
    return f"Menunggu {turn.position.short_title}. Bila tidak dapat ditunggu, isi alasannya."


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
) -> None:
    """Ask nobody any more to sign the papers of a run whose file is closed: those who have not are named with
    the reason ("unsigned_reason" of `data`) that let the file be closed without them. With `record`, that of
    the run's document, every other approved paper of the run joins its file. Raises what excuse_signers and
    archive_version refuse."""
    waiting = signatures_missing(task.case)
    reason = str(data.get("unsigned_reason") or "")
    excuse_signers(turns=waiting, reason=reason, authority=authority, at=at)
    for version in {turn.version for turn in waiting}:
        close_signing_news(version, at)
    if record is not None:
        approved = papers_of_run(task.case).filter(state=DocumentState.APPROVED).order_by("id")
        join_file(record, approved, authority, at)


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

"""A written document, handed over: what was typed becomes a version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from runtut.core.locks import write_transaction
from runtut.documents.actions.documents import create_document, new_version
from runtut.documents.actions.manuscripts import lock_manuscript
from runtut.documents.errors import HintsLeft, ManuscriptEmpty, ManuscriptUnreadable
from runtut.documents.models import DocumentVersion, Manuscript, VersionAttachment
from runtut.documents.queries import attachments_of, composed
from runtut.documents.rules import ensure_can_write
from runtut.organisations.models import Authority


def hand_over_manuscript(*, manuscript: Manuscript, authority: Authority, at: datetime) -> DocumentVersion:
    """Compose the manuscript into a version: of a new document, or the next of the one it continues.

    Handing over twice gives the version of the first time. Raises ManuscriptEmpty, HintsLeft,
    ManuscriptUnreadable, DocumentIsLocked and the refusals of ensure_can_write.
    """
    ensure_can_write(authority, manuscript.unit)
    with write_transaction():
        held = lock_manuscript(manuscript)
        if held.version is not None:
            return held.version
        content = finished_content(held, at)
        if held.document is None:
            version = create_document(
                unit=held.unit, kind=held.kind, title=held.title, content=content, authority=authority, at=at
            )
        else:
            version = new_version(document=held.document, content=content, authority=authority, at=at)
        take_attachments(held, version)
        held.version = version
        held.save(update_fields=["version"])
    return version


def finished_content(manuscript: Manuscript, at: datetime) -> dict[str, Any]:
    """Return the content of a manuscript that leaves nothing to be written."""
    made = composed(manuscript=manuscript, on=manuscript.unit.local_date(at))
    if made.problem:
        raise ManuscriptUnreadable(problem=made.problem, field="text")
    if made.is_empty:
        raise ManuscriptEmpty(field="text")
    if made.hints:
        raise HintsLeft(hints=", ".join(made.hints), field="text")
    return made.content


def take_attachments(manuscript: Manuscript, version: DocumentVersion) -> None:
    """Give a version the attachments of its manuscript; an unchanged version has them already."""
    if version.attachments.exists():
        return
    VersionAttachment.objects.bulk_create(
        VersionAttachment(
            region=version.region, version=version, file=one.file, title=one.title, sequence=one.sequence
        )
        for one in attachments_of(manuscript)
    )

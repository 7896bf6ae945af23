from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.dispatch import receiver

from runtut.core import search
from runtut.documents.actions import load_archive_classes, load_retention, revoke_lapsed
from runtut.documents.models import Document, DocumentVersion, IncomingLetter
from runtut.documents.queries.searching import (
    DOCUMENTS,
    LETTERS,
    document_entries,
    document_uids,
    letter_entries,
    letter_uids,
)
from runtut.organisations.events import term_ended


def load_reference_data(**kwargs: object) -> None:
    """After every migration the shipped classification and retention table are there."""
    load_archive_classes()
    load_retention()


@receiver(term_ended, dispatch_uid="documents.certificates")
def revoke_certificates(user_id: int, at: datetime, **kwargs: object) -> None:
    """An appointment or mandate ended before its time: what was certified for it ends with it."""
    revoke_lapsed(at=at, user_id=user_id)


def offer_search() -> None:
    """Offer letters and documents to the search; once per process. A document is marked by its first version,
    which is written with it."""
    search.offer(LETTERS, search.Source(letter_uids, letter_entries))
    search.offer(DOCUMENTS, search.Source(document_uids, document_entries))
    search.follow(IncomingLetter, LETTERS)
    search.follow(Document, DOCUMENTS, fields=("title", "number", "number_date"), also_new=False)
    search.follow(DocumentVersion, DOCUMENTS, uids=of_version, fields=("content",))


def of_version(version: DocumentVersion) -> Iterable[UUID]:
    return [version.document.uid]

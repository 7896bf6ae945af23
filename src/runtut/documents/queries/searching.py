"""What the search knows of letters and documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from runtut.core import search
from runtut.documents.enums import Urgency
from runtut.documents.formulas.wording import words_of
from runtut.documents.models import Document, DocumentVersion, IncomingLetter
from runtut.documents.queries.letters import letters_open_to
from runtut.organisations.models import Authority

LETTERS = "surat"
DOCUMENTS = "dokumen"


def letter_uids() -> Iterable[UUID]:
    return IncomingLetter.objects.values_list("uid", flat=True)


def letter_entries(uids: Collection[UUID]) -> Iterator[search.Entry]:
    """Return what is found of incoming letters; a confidential one is restricted. One query."""
    for row in IncomingLetter.objects.filter(uid__in=uids).select_related("unit"):
        yield search.Entry(
            uid=row.uid,
            region=row.region,
            unit_path=row.unit.path,
            title=row.subject,
            detail=f"{row.number} dari {row.sender}",
            body=f"Nomor agenda {row.register_number}",
            day=row.unit.local_date(row.received_at),
            is_restricted=row.urgency == Urgency.RAHASIA,
        )


def confidential_open_to(authorities: Iterable[Authority]) -> Q:
    """Return the condition that an entry is a confidential letter open to one of these authorities, by the
    rule of the letter itself."""
    open_ones = letters_open_to(authorities=authorities).filter(urgency=Urgency.RAHASIA)
    return Q(kind=LETTERS, is_restricted=True, uid__in=open_ones.values("uid"))


def document_uids() -> Iterable[UUID]:
    return Document.objects.values_list("uid", flat=True)


def document_entries(uids: Collection[UUID]) -> Iterator[search.Entry]:
    """Return what is found of documents: title, kind, number, and the text of the newest version. One
    query."""
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    rows = Document.objects.filter(uid__in=uids).select_related("unit")
    for row in rows.annotate(content=Subquery(newest.values("content")[:1])):
        kind = row.get_kind_display()
        yield search.Entry(
            uid=row.uid,
            region=row.region,
            unit_path=row.unit.path,
            title=row.title,
            detail=f"{kind} nomor {row.number}" if row.number else kind,
            body=words_of(row.content or {}),
            day=document_day(row),
        )


def document_day(row: Document) -> date:
    return row.number_date or row.unit.local_date(row.created_at)

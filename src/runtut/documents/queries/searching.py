"""What the search knows of letters and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from runtut.core import search
from runtut.documents.enums import Urgency
from runtut.documents.formulas.wording import words_of
from runtut.documents.models import Document, DocumentVersion, FileText, IncomingLetter, VersionAttachment
from runtut.documents.queries.letters import letters_open_to
from runtut.organisations.models import Authority

LETTERS = "surat"
DOCUMENTS = "dokumen"


def letter_uids() -> Iterable[UUID]:
    return IncomingLetter.objects.values_list("uid", flat=True)


def letter_entries(uids: Collection[UUID]) -> Iterator[search.Entry]:
    """Return what is found of incoming letters, with the words inside their scans; a confidential one is
    restricted. One query."""
    inside = FileText.objects.filter(source=OuterRef("file__sha256")).values("text")[:1]
    rows = IncomingLetter.objects.filter(uid__in=uids).select_related("unit")
    for row in rows.annotate(inside=Subquery(inside)):
        yield search.Entry(
            uid=row.uid,
            region=row.region,
            unit_path=row.unit.path,
            title=row.subject,
            detail=f"{row.number} dari {row.sender}",
            body=f"Nomor agenda {row.register_number}\n{row.inside or ''}",
            day=row.received_on,
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
    """Return what is found of documents: title, kind, number, the text of the newest version, and the words
    inside its attachments. Two queries."""
    newest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    rows = Document.objects.filter(uid__in=uids).select_related("unit")
    inside = attached_words(uids)
    for row in rows.annotate(
        content=Subquery(newest.values("content")[:1]), version=Subquery(newest.values("pk")[:1])
    ):
        kind = row.get_kind_display()
        yield search.Entry(
            uid=row.uid,
            region=row.region,
            unit_path=row.unit.path,
            title=row.title,
            detail=f"{kind} nomor {row.number}" if row.number else kind,
            body="\n".join((words_of(row.content or {}), *inside.get(row.version, ()))),
            day=document_day(row),
        )


def attached_words(uids: Collection[UUID]) -> dict[int, list[str]]:
    """Return the words inside the attachments of documents, by their version (one query)."""
    text = FileText.objects.filter(source=OuterRef("file__sha256")).values("text")[:1]
    rows = VersionAttachment.objects.filter(version__document__uid__in=uids).order_by("sequence")
    found: dict[int, list[str]] = defaultdict(list)
    for version, words in rows.annotate(inside=Subquery(text)).values_list("version", "inside"):
        if words:
            found[version].append(words)
    return found


def document_day(row: Document) -> date:
    return row.number_date or row.unit.local_date(row.created_at)

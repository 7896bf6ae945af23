"""Putting the sections' material together as one document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions import put_document
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, DocumentVersion
from runtut.organisations.models import Authority
from runtut.performance.queries import Asking, section_facts
from runtut.performance.rendering import compose_sections


def draft_sections(
    *,
    asking: Asking,
    without: Mapping[str, str],
    document: Document | None,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Compose what the sections have handed in as a document, or as the next version of one. Raises what the
    documents room refuses."""
    unit = asking.case.unit
    with write_transaction():
        facts = section_facts(asking=asking, without=without, on=unit.local_date(at))
        return put_document(
            document=document,
            unit=unit,
            kind=DocumentKind.BAHAN,
            title=f"{facts.title} {unit.short_name} {facts.period}",
            content=compose_sections(facts),
            authority=authority,
            at=at,
        )

"""Papers composed from figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtut.documents.actions import put_document, submit_document
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, DocumentVersion
from runtut.organisations.models import Authority, OrganisationUnit


def hand_in_paper(
    *,
    unit: OrganisationUnit,
    kind: DocumentKind,
    title: str,
    content: Mapping[str, Any],
    document: Document | None,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Make a paper, or the next version of the one given, and hand it in for paraf and approval. A text that
    stands approved and is unchanged stays so."""
    version = put_document(
        document=document, unit=unit, kind=kind, title=title, content=content, authority=authority, at=at
    )
    submit_document(document=version.document, authority=authority, at=at)
    return version

"""Writing the report Evaluasi Kinerja Tahunan."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, DocumentVersion
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.actions.papers import hand_in_paper
from runtut.performance.queries import ekt_facts
from runtut.performance.rendering import EktDrafted, compose_ekt


def draft_ekt(
    *,
    unit: OrganisationUnit,
    year: int,
    drafted: EktDrafted,
    document: Document | None,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Compose the report of a year from its realisations, a new one or the next version of one, and hand it
    in for paraf and approval. Raises what the documents room refuses."""
    with write_transaction():
        facts = ekt_facts(unit=unit, year=year, on=unit.local_date(at))
        return hand_in_paper(
            unit=unit,
            kind=DocumentKind.EKT,
            title=f"Laporan Evaluasi Kinerja Tahunan {year} {unit.short_name}",
            content=compose_ekt(facts, drafted),
            document=document,
            authority=authority,
            at=at,
        )

"""Writing the Dokumen Pengukuran Kinerja."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, DocumentVersion
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.actions.handover import ensure_all_submitted
from runtut.performance.actions.papers import hand_in_paper
from runtut.performance.queries import measurement_of
from runtut.performance.rendering import Drafted, compose_measurement


def draft_measurement(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    drafted: Drafted,
    document: Document | None,
    authority: Authority,
    at: datetime,
) -> DocumentVersion:
    """Compose the quarter's document from the figures handed over, a new one or the next version of one, and
    hand it in for paraf and approval.

    Raises NotAllSubmitted naming what is missing, and what the documents room refuses.
    """
    with write_transaction():
        ensure_all_submitted(unit=unit, quarter=quarter)
        facts = measurement_of(unit=unit, quarter=quarter, on=unit.local_date(at))
        content = compose_measurement(facts, drafted)
        return hand_in_paper(
            unit=unit,
            kind=DocumentKind.PENGUKURAN,
            title=f"Dokumen Pengukuran Kinerja {unit.short_name} {quarter.label}",
            content=content,
            document=document,
            authority=authority,
            at=at,
        )

"""Writing the Dokumen Pengukuran Kinerja."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.core.periods import Quarter
from runtut.documents.enums import DocumentKind
from runtut.documents.models import Document, DocumentVersion
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.actions.entry import read_cause
from runtut.performance.actions.handover import ensure_all_submitted
from runtut.performance.actions.papers import hand_in_paper
from runtut.performance.actions.rows import ensure_period_is_open
from runtut.performance.actions.trail import leave_trail
from runtut.performance.models import Realisation
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

    An analysis that was sharpened here is kept as the cause of its figure: what the document says is what
    will be locked. Raises NotAllSubmitted naming what is missing, CauseTooLong at the analysis' field,
    RealisationIsLocked, and what the documents room refuses.
    """
    with write_transaction():
        ensure_all_submitted(unit=unit, quarter=quarter)
        keep_causes(unit=unit, quarter=quarter, analysis=drafted.analysis, authority=authority, at=at)
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


def keep_causes(
    *,
    unit: OrganisationUnit,
    quarter: Quarter,
    analysis: Mapping[str, str],
    authority: Authority,
    at: datetime,
) -> None:
    """Keep what explains an indicator (by its uid) as the cause of its figure, where it says something else.
    The figure stays its owner's; who changed the words is in the audit trail."""
    rows = Realisation.objects.select_for_update(of=("self",)).filter(
        indicator__unit=unit,
        indicator__uid__in=list(analysis),
        year=quarter.year,
        quarter=quarter.number,
    )
    for row in rows.select_related("indicator").order_by("id"):
        key = str(row.indicator.uid)
        cause = read_cause(analysis[key], field=f"analysis-{key}")
        if cause.split() == row.cause.split():
            continue
        ensure_period_is_open(unit=unit, quarter=quarter, at=at)
        before, row.cause = row.cause, cause
        row.version += 1
        row.save(update_fields=["cause", "version"])
        leave_trail(
            unit=unit,
            action="realisation.explained",
            subject=row.uid,
            authority=authority,
            at=at,
            data={"indicator": row.indicator.uid, "period": quarter.label, "before": before, "after": cause},
        )

"""What every act of this room leaves: one entry in the trail of its unit, and the order to render."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from runtut.core import audit, jobs
from runtut.core.models import AuditEntry
from runtut.documents.models import DocumentVersion
from runtut.organisations.models import Authority, OrganisationUnit

RENDER = "documents.render"


def leave_trail(
    *,
    unit: OrganisationUnit,
    action: str,
    subject: UUID | None,
    authority: Authority,
    at: datetime,
    data: Mapping[str, object],
) -> AuditEntry:
    """Write one entry, in the caller's transaction."""
    return audit.record(
        region=unit.region,
        stream=f"unit:{unit.pk}",
        action=f"documents.{action}",
        subject=subject,
        user_id=authority.user_id,
        position_id=authority.position_id,
        capacity=authority.capacity,
        at=at,
        data=data,
    )


def order_rendering(*, version: DocumentVersion, because: AuditEntry, at: datetime) -> None:
    """Ask the worker for a version's files after the commit, once for each act that changes them."""
    jobs.enqueue(
        region=version.region,
        topic=RENDER,
        key=f"{RENDER}:{version.uid}:{because.entry_hash[:16]}",
        payload={"version": version.uid},
        at=at,
    )

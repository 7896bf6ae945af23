"""What every act of this room leaves in the audit trail of its office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from runtut.core import audit
from runtut.organisations.models import Authority, OrganisationUnit


def leave_trail(
    *,
    unit: OrganisationUnit,
    action: str,
    subject: UUID,
    authority: Authority,
    at: datetime,
    data: Mapping[str, object],
) -> None:
    """Write one entry, in the caller's transaction."""
    audit.record(
        region=unit.region,
        stream=f"unit:{unit.pk}",
        action=f"evaluation.{action}",
        subject=subject,
        user_id=authority.user_id,
        position_id=authority.position_id,
        capacity=authority.capacity,
        at=at,
        data=data,
    )

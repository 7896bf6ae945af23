"""The audit entries of this room: one per act, in the stream of the unit that it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from runtut.core import audit
from runtut.organisations.models import Authority, OrganisationUnit


def note(
    *,
    unit: OrganisationUnit,
    action: str,
    subject: UUID,
    authority: Authority,
    at: datetime,
    data: Mapping[str, object],
) -> None:
    """Append an act to the stream of a unit ("organisations." is put before its name)."""
    audit.record(
        region=unit.region,
        stream=f"unit:{unit.pk}",
        action=f"organisations.{action}",
        subject=subject,
        user_id=authority.user_id,
        position_id=authority.position_id,
        capacity=authority.capacity,
        at=at,
        data=data,
    )

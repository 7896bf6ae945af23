"""What an act leaves in the audit trail: one entry, in the stream of the unit that it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from runtut.core import audit
from runtut.core.models import AuditEntry
from runtut.organisations.models import Authority, OrganisationUnit


def leave_trail(
    *,
    room: str,
    unit: OrganisationUnit,
    action: str,
    subject: UUID | None,
    authority: Authority,
    at: datetime,
    data: Mapping[str, object],
) -> AuditEntry:
    """Append an act to the stream of a unit, in the caller's transaction; the room is put before its name.
    Every room has its own, with the room given."""
    return audit.record(
        region=unit.region,
        stream=f"unit:{unit.pk}",
        action=f"{room}.{action}",
        subject=subject,
        user_id=authority.user_id,
        position_id=authority.position_id,
        capacity=str(authority.capacity),
        at=at,
        data=data,
    )


note = partial(leave_trail, room="organisations")

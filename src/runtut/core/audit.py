"""The audit trail of every room but cases (whose events are their own trail, of the same shape)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from runtut.core import chain
from runtut.core.models import AuditEntry, AuditStream


class AuditOutsideTransaction(RuntimeError):
    """An audit entry that could outlive, or be outlived by, the change it tells of."""


def record(
    *,
    region: int,
    stream: str,
    action: str,
    subject: UUID | None,
    user_id: int | None,
    position_id: int | None,
    capacity: str,
    at: datetime,
    data: Mapping[str, object],
) -> AuditEntry:
    """Append one act to a stream, in the transaction of the change itself.

    `action` is namespaced ("organisations.mandate.given"); `data` holds before and after. Raises
    AuditOutsideTransaction when no transaction is open. The stream's row is locked until the commit.
    """
    if not connection.in_atomic_block:
        raise AuditOutsideTransaction(action)
    AuditStream.objects.get_or_create(region=region, name=stream)
    head = AuditStream.objects.select_for_update().get(region=region, name=stream)
    entry = AuditEntry(
        region=region,
        stream=stream,
        sequence=head.length + 1,
        action=action,
        subject=subject,
        user_id=user_id,
        position_id=position_id,
        capacity=capacity,
        at=at,
        data=chain.canonical(data),
        previous_hash=head.head_hash or chain.START,
    )
    entry.entry_hash = chain.entry_hash(entry.previous_hash, fields_of(entry))
    entry.save(force_insert=True)
    head.length, head.head_hash = entry.sequence, entry.entry_hash
    head.save(update_fields=["length", "head_hash"])
    return entry


def fields_of(entry: AuditEntry) -> dict[str, object]:
    """Return what an entry's hash covers: everything but the hashes and the row's own key."""
    return {
        "region": entry.region,
        "stream": entry.stream,
        "sequence": entry.sequence,
        "action": entry.action,
        "subject": entry.subject,
        "user": entry.user_id,
        "position": entry.position_id,
        "capacity": entry.capacity,
        "at": entry.at,
        "data": entry.data,
    }

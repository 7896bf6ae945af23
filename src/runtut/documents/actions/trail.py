"""What every act of this room leaves: one entry in the trail of its unit, and the order to render."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from runtut.core import jobs
from runtut.core.models import AuditEntry
from runtut.documents.models import DocumentVersion
from runtut.organisations.actions import leave_trail as leave

RENDER = "documents.render"


leave_trail = partial(leave, room="documents")


def order_rendering(*, version: DocumentVersion, because: AuditEntry, at: datetime) -> None:
    """Ask the worker for a version's files after the commit, once for each act that changes them."""
    jobs.enqueue(
        region=version.region,
        topic=RENDER,
        key=f"{RENDER}:{version.uid}:{because.entry_hash[:16]}",
        payload={"version": version.uid},
        at=at,
    )

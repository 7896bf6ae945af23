"""What every act of this room leaves in the audit trail of its office, and the lock it acts under."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from runtut.organisations.actions import leave_trail as leave
from runtut.organisations.models import Authority
from runtut.procedures.models import Procedure, ProcedureVersion

note = partial(leave, room="procedures")
"""Write one entry about an office's SOPs that is about no single version."""


def hold_version(version: ProcedureVersion) -> ProcedureVersion:
    """Lock the SOP and return the version as it is stored now, in the caller's transaction.

    The lock is the Procedure row, so that two versions of one SOP never change at once.
    """
    Procedure.objects.select_for_update().get(pk=version.procedure_id)
    return ProcedureVersion.objects.select_related("procedure__unit", "approver_position").get(pk=version.pk)


def leave_trail(
    *,
    version: ProcedureVersion,
    action: str,
    authority: Authority,
    at: datetime,
    data: Mapping[str, object],
) -> None:
    """Write one entry about a version, in the caller's transaction."""
    note(
        unit=version.procedure.unit,
        action=action,
        subject=version.uid,
        authority=authority,
        at=at,
        data={"title": version.title, "version": version.number, **data},
    )

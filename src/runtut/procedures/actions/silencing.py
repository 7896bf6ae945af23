"""Findings that a person sets aside with a reason, and takes up again."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority
from runtut.organisations.rules import ensure_fits
from runtut.procedures.actions.trail import hold_version, leave_trail
from runtut.procedures.errors import FindingGone, FindingIsError, ReasonMissing
from runtut.procedures.graph import Severity
from runtut.procedures.models import ProcedureVersion, SilencedFinding
from runtut.procedures.queries import findings_of
from runtut.procedures.rules import ensure_can_manage_procedures, ensure_not_closed

REASON_LIMIT = 300


def silence_finding(
    *, version: ProcedureVersion, key: str, reason: str, authority: Authority, at: datetime
) -> SilencedFinding:
    """Set a warning or a hint aside; the reason is kept and shown beside it.

    Raises ReasonMissing (field `reason`), NotManager, VersionIsClosed, FindingGone when the text no longer
    gives rise to it, and FindingIsError: what stops ratification can only be mended.
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    kept = ensure_fits(" ".join(reason.split()), what="alasan", limit=REASON_LIMIT, field="reason")
    with write_transaction():
        version = hold_version(version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_not_closed(version)
        found = next((one for one in findings_of(version) if one.key == key), None)
        if found is None:
            raise FindingGone
        if found.severity is Severity.ERROR:
            raise FindingIsError(sentence=found.sentence)
        silenced, _ = SilencedFinding.objects.update_or_create(
            version=version,
            key=key,
            defaults={
                "code": found.code,
                "sentence": found.sentence,
                "reason": kept,
                "by_id": authority.user_id,
                "at": at,
            },
        )
        data = {"code": found.code, "sentence": found.sentence, "reason": kept}
        leave_trail(version=version, action="finding.silenced", authority=authority, at=at, data=data)
    return silenced


def voice_finding(*, version: ProcedureVersion, key: str, authority: Authority, at: datetime) -> None:
    """Let a finding speak again. Raises NotManager, VersionIsClosed and FindingGone."""
    with write_transaction():
        version = hold_version(version)
        ensure_can_manage_procedures(authority, version.procedure.unit)
        ensure_not_closed(version)
        silenced = version.silenced.filter(key=key).first()
        if silenced is None:
            raise FindingGone
        silenced.delete()
        data = {"code": silenced.code, "sentence": silenced.sentence}
        leave_trail(version=version, action="finding.voiced", authority=authority, at=at, data=data)

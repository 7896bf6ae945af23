"""Versions in the making that wait to be ratified, or to be mended after they were sent back; and why
versions went back or out of force."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from runtut.accounts.models import User
from runtut.core.models import AuditEntry
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion

SUBMITTED, REOPENED = "procedures.version.submitted", "procedures.version.reopened"
WITHDRAWN = "procedures.version.withdrawn"


@dataclass(frozen=True)
class StatedReason:
    """Why a version went back from review to its authors, or out of force; by whom and when."""

    reason: str
    name: str
    at: datetime


def versions_to_ratify(position_ids: Collection[int]) -> list[ProcedureVersion]:
    """Return the versions in review whose approver is one of some positions, by title. One query."""
    rows = ProcedureVersion.objects.filter(
        approver_position__in=position_ids, state=VersionState.IN_REVIEW
    ).select_related("procedure__unit", "approver_position")
    return list(rows.order_by("title", "id"))


def versions_to_mend(*, position_ids: Collection[int], unit_paths: Collection[str]) -> list[ProcedureVersion]:
    """Return the drafts of some offices that were sent back to one of some positions, which had submitted
    them, with or without an approver named; by title. Two queries, none without an office."""
    if not unit_paths:
        return []
    offices = reduce(or_, (Q(procedure__unit__path=path) for path in unit_paths))
    drafts = ProcedureVersion.objects.filter(offices, state=VersionState.DRAFT)
    rows = {one.uid: one for one in drafts.select_related("procedure__unit").order_by("title", "id")}
    entries = AuditEntry.objects.filter(subject__in=list(rows), action__in=(SUBMITTED, REOPENED))
    back = _sent_back_to(entries.order_by("id"))
    return [one for uid, one in rows.items() if back.get(uid) in position_ids]


def _sent_back_to(entries: Iterable[AuditEntry]) -> dict[object, int | None]:
    """By version, the position that had submitted it, where the last thing that happened sent it back."""
    submitted: dict[object, int | None] = {}
    back: dict[object, int | None] = {}
    for entry in entries:
        if entry.action == SUBMITTED:
            submitted[entry.subject] = entry.position_id
            back.pop(entry.subject, None)
        else:
            back[entry.subject] = submitted.get(entry.subject)
    return back


def submitter_of(version: ProcedureVersion) -> int | None:
    """Return the position that handed a version to its approver last; None when nobody acting for one has.
    One query."""
    entries = AuditEntry.objects.filter(subject=version.uid, action=SUBMITTED)
    return entries.order_by("-id").values_list("position_id", flat=True).first()


def sent_back(version: ProcedureVersion) -> StatedReason | None:
    """Return why a draft was sent back; None when it was not, or was submitted again. Two queries at most."""
    if version.state != VersionState.DRAFT:
        return None
    entries = AuditEntry.objects.filter(subject=version.uid, action__in=(SUBMITTED, REOPENED))
    last = entries.order_by("-id").first()
    if last is None or last.action != REOPENED:
        return None
    return _stated(last)


def withdrawn(version: ProcedureVersion) -> StatedReason | None:
    """Return why a version was taken out of force without a successor; None when it was not. Two queries at
    most."""
    if version.state != VersionState.WITHDRAWN:
        return None
    entries = AuditEntry.objects.filter(subject=version.uid, action=WITHDRAWN)
    last = entries.order_by("-id").first()
    return _stated(last) if last else None


def _stated(entry: AuditEntry) -> StatedReason:
    person = User.objects.filter(pk=entry.user_id or 0).first()
    return StatedReason(json.loads(entry.data)["reason"], person.full_name if person else "", entry.at)

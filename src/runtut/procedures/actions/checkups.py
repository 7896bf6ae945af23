"""Monitoring and evaluation of SOPs in force: planned, assigned, judged, followed by a new draft."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from runtut.core.locks import write_transaction
from runtut.documents.rules import writer_of
from runtut.organisations.enums import Role
from runtut.organisations.errors import CalendarMissing
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import calendar_for, positions_in
from runtut.procedures.actions.adoption import draft_next_version
from runtut.procedures.actions.trail import hold_version, leave_trail
from runtut.procedures.enums import CheckupKind, CheckupState
from runtut.procedures.errors import (
    CheckupIsDone,
    JudgementMissing,
    NoteMissing,
    NothingFound,
    PositionOutsideOffice,
)
from runtut.procedures.events import checkup_assigned
from runtut.procedures.models import Checkup, ProcedureVersion, ReviewComment
from runtut.procedures.queries import MONTHS, Judged, months_later
from runtut.procedures.rules import ensure_can_judge, ensure_can_manage_procedures

SECRETARIES: Final = (Role.SEKCAM, Role.SEKRETARIS_PD)
NOTE_LIMIT: Final = 1000
NOTICE: Final = timedelta(days=14)
"""How long before its day an assessor is reminded."""


def plan_checkups(version: ProcedureVersion, former: ProcedureVersion | None) -> None:
    """Plan the first monitoring and evaluation of a version that takes effect; open ones of the version
    before it go over to it. In the caller's transaction."""
    assert version.effective_from
    if former:
        Checkup.objects.filter(version=former, state=CheckupState.WAITING).update(version=version, rows=[])
    there = set(
        Checkup.objects.filter(procedure=version.procedure, state=CheckupState.WAITING).values_list(
            "kind", flat=True
        )
    )
    position, office = assessor_of(version), version.procedure.unit
    days = {kind: months_later(version.effective_from, months) for kind, months in MONTHS.items()}
    Checkup.objects.bulk_create(
        Checkup(
            region=version.region,
            procedure=version.procedure,
            version=version,
            kind=kind,
            position=position,
            **due_values(office, day),
        )
        for kind, day in days.items()
        if kind not in there
    )


def due_values(office: OrganisationUnit, day: date) -> dict[str, Any]:
    """Return the columns of a checkup's day: until when, and when its position is reminded beforehand: as the
    office opens, where it has a work calendar."""
    zone = ZoneInfo(office.zone)
    soon_at = datetime.combine(day - NOTICE, time(), zone)
    with suppress(CalendarMissing):
        soon_at = calendar_for(unit=office).add(soon_at, 0)
    due_at = datetime.combine(day + timedelta(days=1), time(), zone)
    return {"due_on": day, "due_at": due_at, "soon_at": soon_at}


def drop_checkups(version: ProcedureVersion) -> None:
    """Take the open ones of a withdrawn version off the plan. In the caller's transaction."""
    Checkup.objects.filter(version=version, state=CheckupState.WAITING).delete()


def assessor_of(version: ProcedureVersion) -> Position | None:
    """Who judges unless somebody else is named: the office's secretary, else the approver."""
    office: OrganisationUnit = version.procedure.unit
    secretary = positions_in(unit=office).filter(role__in=SECRETARIES).order_by("sequence", "id").first()
    return secretary or version.approver_position


def assign_checkup(*, checkup: Checkup, position: Position, authority: Authority, at: datetime) -> Checkup:
    """Give a checkup to another position of the office. Raises NotManager, CheckupIsDone and
    PositionOutsideOffice (field `position`)."""
    with write_transaction():
        held, version = hold_checkup(checkup)
        office = version.procedure.unit
        ensure_can_manage_procedures(authority, office)
        if not positions_in(unit=office).filter(pk=position.pk).exists():
            raise PositionOutsideOffice(field="position", position=position.title, unit=office.short_name)
        held.position = position
        held.save(update_fields=["position"])
        checkup_assigned.send(sender=Checkup, checkup=held, at=at)
        data = {"kind": held.kind, "position": position.title}
        leave_trail(version=version, action="checkup.assigned", authority=authority, at=at, data=data)
    return held


def save_checkup(*, checkup: Checkup, rows: Sequence[Judged], authority: Authority, at: datetime) -> Checkup:
    """Keep what has been judged so far. Raises NotAssessor and CheckupIsDone."""
    with write_transaction():
        held, version = hold_checkup(checkup)
        ensure_can_judge(authority, held)
        held.rows = [_kept(row) for row in rows]
        held.save(update_fields=["rows"])
        leave_trail(
            version=version, action="checkup.saved", authority=authority, at=at, data={"kind": held.kind}
        )
    return held


def finish_checkup(
    *, checkup: Checkup, rows: Sequence[Judged], summary: str, authority: Authority, at: datetime
) -> Checkup:
    """Close a checkup with every row judged, and plan the next one.

    `rows` carry the figures that stood beside them, so that they can be read later. Raises NotAssessor,
    CheckupIsDone, JudgementMissing, and NoteMissing for a finding that says nothing.
    """
    ensure_judged(rows)
    with write_transaction():
        held, version = hold_checkup(checkup)
        ensure_can_judge(authority, held)
        held.rows, held.summary = [_kept(row) for row in rows], summary
        held.state, held.finished_at = CheckupState.DONE, at
        held.finished_by_id = writer_of(authority).user_id
        held.save()
        _plan_next(held, version)
        found = [row.no for row in rows if row.good is False]
        data = {"kind": held.kind, "due_on": held.due_on, "findings": found}
        leave_trail(version=version, action="checkup.finished", authority=authority, at=at, data=data)
    return held


def ensure_judged(rows: Sequence[Judged]) -> None:
    """Raise JudgementMissing or NoteMissing unless every row is judged and every finding explained."""
    missing = sum(row.good is None for row in rows)
    if missing or not rows:
        raise JudgementMissing(count=missing)
    silent = next((row.no for row in rows if row.good is False and not row.note.strip()), None)
    if silent is not None:
        raise NoteMissing(no=silent, field=f"note-{silent}")


def draft_from_checkup(*, checkup: Checkup, authority: Authority, at: datetime) -> ProcedureVersion:
    """Begin the next version from what a finished checkup found: every finding becomes a remark on the draft,
    at its step. Raises NotManager, NothingFound, and DraftExists while a version is in the making."""
    found = [row for row in checkup.rows if row["good"] is False]
    if checkup.state != CheckupState.DONE or not found:
        raise NothingFound
    with write_transaction():
        version = draft_next_version(procedure=checkup.procedure, authority=authority, at=at)
        numbers = set(version.steps.values_list("no", flat=True))
        is_step = checkup.kind == CheckupKind.MONITORING
        writer = writer_of(authority)
        remarks = [
            ReviewComment(
                region=version.region,
                version=version,
                step_no=row["no"] if is_step and row["no"] in numbers else None,
                text=remark_on(checkup, row),
                by_id=writer.user_id,
                position_id=writer.position_id,
                at=at,
            )
            for row in found
        ]
        ReviewComment.objects.bulk_create(remarks)
        checkup.opened = version
        checkup.save(update_fields=["opened"])
    return version


def remark_on(checkup: Checkup, row: dict[str, Any]) -> str:
    said = f"{checkup.get_kind_display()}: {row['note']}"
    if checkup.kind == CheckupKind.EVALUATION:
        said = f"{checkup.get_kind_display()}, “{row['text']}”: {row['note']}"
    return f"{said} Tindakan: {row['action']}" if row["action"] else said


def hold_checkup(checkup: Checkup) -> tuple[Checkup, ProcedureVersion]:
    """The checkup as stored, with the lock of its SOP held; raise CheckupIsDone."""
    version = hold_version(checkup.version)
    held = Checkup.objects.select_related("finished_by", "position").get(pk=checkup.pk)
    held.version = version
    if held.state == CheckupState.DONE:
        raise CheckupIsDone(name=held.finished_by.full_name if held.finished_by else "")
    return held, version


def _plan_next(done: Checkup, version: ProcedureVersion) -> None:
    Checkup.objects.create(
        region=done.region,
        procedure=done.procedure,
        version=version,
        kind=done.kind,
        position=done.position,
        **due_values(version.procedure.unit, months_later(done.due_on, MONTHS[CheckupKind(done.kind)])),
    )


def _kept(row: Judged) -> dict[str, Any]:
    return {
        **asdict(row),
        "note": " ".join(row.note.split())[:NOTE_LIMIT],
        "action": " ".join(row.action.split())[:NOTE_LIMIT],
    }

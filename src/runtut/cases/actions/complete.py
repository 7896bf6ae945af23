from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from runtut.cases import engine
from runtut.cases.actions.press import press_task
from runtut.cases.actions.runs import perform
from runtut.cases.enums import EventKind
from runtut.cases.errors import CaseIsPaused, ChildIsRunning, DateBeforeStart, GatesUnmet
from runtut.cases.events import run_returned
from runtut.cases.models import Case
from runtut.cases.queries.children import running_child
from runtut.cases.queries.sheet import Sheet
from runtut.cases.registry import OutputSpec, handler_for, is_silent
from runtut.cases.rules import ensure_may_act, ensure_reason, local_moment
from runtut.core.errors import SomeoneWasFaster
from runtut.organisations.models import Authority
from runtut.procedures.enums import Work


def complete_task(
    *,
    task_uid: UUID,
    case_version: int,
    data: Mapping[str, Any],
    key: UUID | None,
    authority: Authority,
    at: datetime,
) -> Case:
    """Do a task's work and send the run on: next step, or the end, and then the run that called this one.

    All or nothing: the work of the step, its outputs, the next tasks, the event and the outbox are one
    transaction. Raises NotYourTask, ClaimedByAnother, CaseIsPaused, ChildIsRunning, GatesUnmet with every
    unmet gate, AlreadyCompleted, and whatever the step's work refuses.
    """

    def act(sheet: Sheet) -> Case:
        ensure_ready(sheet, case_version, authority, at)
        outputs = work_done(sheet, data, authority, at)
        return perform(
            sheet=sheet,
            changes=engine.complete(sheet.graph, sheet.bindings, sheet.state, sheet.attempt),
            kind=EventKind.COMPLETED,
            authority=authority,
            at=at,
            key=key,
            note=str(data.get("note") or "").strip(),
            data={"outputs": [output.name for output in outputs]},
            outputs=outputs,
        )

    return press_task(
        task_uid=task_uid,
        kind=EventKind.COMPLETED,
        key=key,
        authority=authority,
        at=at,
        act=act,
        alone=writes_only_itself,
    )


def writes_only_itself(sheet: Sheet) -> bool:
    """Tell whether completing a task writes nothing beside the act: its work writes nothing, and neither a
    called run, nor the calling one, nor a deadline that follows a meeting moves with it."""
    step = sheet.step
    calls = sheet.case.parent_task_id is not None or any(
        node.calls or node.work == Work.MEET for node in sheet.graph.steps
    )
    return not calls and is_silent(handler_for(step.work, step.topic))


def return_task(
    *,
    task_uid: UUID,
    case_version: int,
    target_no: int,
    reason: str,
    key: UUID | None,
    authority: Authority,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> Case:
    """Send the run back to an earlier step that the SOP allows, with a reason; a new round opens there.

    `data` is what was said of the return beside its reason, for the rooms that follow it (docs/work.md).
    Raises ReasonMissing, ReturnNotPermitted, what such a room refuses, and as complete_task.
    """

    def act(sheet: Sheet) -> Case:
        ensure_ready(sheet, case_version, authority, at)
        task, step = sheet.task, sheet.step
        changes = engine.send_back(sheet.graph, sheet.bindings, sheet.state, sheet.attempt, target_no)
        said = ensure_reason(reason)
        handler_for(step.work, step.topic).returned(task, target_no, authority, said, at)
        case = perform(
            sheet=sheet,
            changes=changes,
            kind=EventKind.RETURNED,
            authority=authority,
            at=at,
            key=key,
            note=said,
            data={"to": target_no, "reason": said},
        )
        run_returned.send(
            sender=Case,
            case=case,
            from_no=task.step_no,
            to_no=target_no,
            reason=said,
            authority=authority,
            at=at,
            data=dict(data or {}),
        )
        return case

    return press_task(
        task_uid=task_uid,
        kind=EventKind.RETURNED,
        key=key,
        authority=authority,
        at=at,
        act=act,
        target_no=target_no,
    )


def ensure_ready(sheet: Sheet, case_version: int, authority: Authority, at: datetime) -> None:
    """Raise unless nothing stands in the way of an act but the work itself."""
    task = sheet.task
    if case_version > sheet.case.version:
        raise SomeoneWasFaster
    ensure_may_act(task, authority, sheet.on, acting=sheet.acting)
    if sheet.state.paused:
        raise CaseIsPaused
    if at < task.opened_at:
        opened = local_moment(task.opened_at, sheet.case.unit)
        when = local_moment(at, sheet.case.unit)
        raise DateBeforeStart(what="Waktu penyelesaian", date=when, start_date=opened)
    ensure_no_child(sheet)


def ensure_no_child(sheet: Sheet) -> None:
    """Raise ChildIsRunning while the SOP that the step calls is under way: the step ends with it."""
    if not sheet.step.calls:
        return
    child = running_child(sheet.task.pk)
    if child is not None:
        raise ChildIsRunning(title=child.title)


def work_done(sheet: Sheet, data: Mapping[str, Any], authority: Authority, at: datetime) -> list[OutputSpec]:
    """Do the work of the step and return what it yielded; raise GatesUnmet with every gate still closed."""
    handler = handler_for(sheet.step.work, sheet.step.topic)
    unmet = [gate for gate in handler.gates(sheet.task, data, at) if not gate.met]
    if unmet:
        raise GatesUnmet(unmet)
    return list(handler.complete(sheet.task, data, authority, at))

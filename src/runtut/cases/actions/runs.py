"""How runs begin, move and end, children and parents included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from runtut.cases import engine
from runtut.cases.actions import decide
from runtut.cases.actions.act import Act, Closing, Opening
from runtut.cases.actions.meeting_deadlines import follow_at_opening
from runtut.cases.actions.telling import call_off_meetings
from runtut.cases.actions.write import write_act
from runtut.cases.engine import Changes, Close
from runtut.cases.enums import CaseState, EventKind, TaskState
from runtut.cases.models import Case, CaseBinding, CasePause, Task
from runtut.cases.queries.children import called_run, outputs_for_parent, running_child
from runtut.cases.queries.meeting_papers import ordered_by_invitation
from runtut.cases.queries.plan import RunPlan, plan_run
from runtut.cases.queries.sheet import Sheet, open_tasks, read_sheet, tasks_with_case
from runtut.cases.queries.turns import papers_of_run
from runtut.cases.queries.verify import STARTED
from runtut.cases.registry import OutputSpec
from runtut.core import audit
from runtut.documents.actions import stop_asking
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import Authority
from runtut.organisations.queries import supervising_unit_of


@dataclass(frozen=True)
class Occasion:
    """What a run is started for."""

    title: str
    year: int
    quarter: int | None
    letter: IncomingLetter | None
    parent_task: Task | None = None
    key: UUID | None = None


def begin_run(*, plan: RunPlan, occasion: Occasion, authority: Authority, at: datetime) -> Case:
    """Create a run and open its first step, in the caller's transaction.

    The start is also entered in the unit's audit stream, so that a run that vanishes whole is missed there.
    """
    case = create_case(plan, occasion, authority, at)
    changes = engine.start(plan.graph, plan.bindings)
    supervisor = supervising_unit_of(plan.unit)
    opened = decide.opening(
        changes,
        graph=plan.graph,
        calendar=plan.calendar,
        supervising_unit_id=supervisor.pk if supervisor else None,
        at=at,
    )
    data = {
        "uid": case.uid,
        "title": case.title,
        "procedure_version": plan.version.uid,
        "bindings": {performer: list(positions) for performer, positions in plan.bindings.items()},
        "opened": decide.opened_data(opened),
    }
    write_act(Act(case, EventKind.STARTED, authority, at, data=data, opening=opened, key=occasion.key))
    audit.record(
        region=case.region,
        stream=f"unit:{case.unit_id}",
        action=STARTED,
        subject=case.uid,
        user_id=authority.user_id,
        position_id=authority.position_id,
        capacity=str(authority.capacity),
        at=at,
        data={"title": case.title, "procedure_version": plan.version.uid},
    )
    open_children(opened, authority, at)
    return case


def create_case(plan: RunPlan, occasion: Occasion, authority: Authority, at: datetime) -> Case:
    assert authority.user_id is not None, "only people start runs"
    case = Case.objects.create(
        region=plan.unit.region,
        unit=plan.unit,
        procedure_version=plan.version,
        title=occasion.title,
        year=occasion.year,
        quarter=occasion.quarter,
        letter=occasion.letter,
        parent_task=occasion.parent_task,
        started_by_id=authority.user_id,
        started_at=at,
        start_key=occasion.key,
        due_at=plan.due_at,
    )
    CaseBinding.objects.bulk_create(
        CaseBinding(case=case, performer_id=performer, position_id=position)
        for performer, positions in plan.bindings.items()
        for position in positions
    )
    return case


def perform(
    *,
    sheet: Sheet,
    changes: Changes,
    kind: EventKind,
    authority: Authority,
    at: datetime,
    data: Mapping[str, object],
    key: UUID | None = None,
    note: str = "",
    outputs: Sequence[OutputSpec] = (),
) -> Case:
    """Write an act on a task, and let children and parent follow, in the caller's transaction."""
    cancel_children(sheet, changes, authority, note, at)
    closed = decide.closings(sheet, changes, note, at)
    opened = decide.opened_by(sheet, changes, at)
    ending = decide.finish(changes)
    own = next((item for item in closed if item.task_id == sheet.task.pk), None)
    minutes = (own.minutes_used or 0) if own else 0
    acted = kind != EventKind.CANCELLED
    changed: dict[str, Any] = {"minutes_used": sheet.case.minutes_used + minutes}
    if kind == EventKind.RETURNED:
        changed["rounds"] = sheet.case.rounds + 1
    if ending:
        changed |= {"state": ending.state.value, "closed_at": at, "paused_at": None}
    case = write_act(
        Act(
            case=sheet.case,
            kind=kind,
            authority=authority,
            at=at,
            task_id=sheet.task.pk if acted else None,
            key=key,
            data=(place(sheet, minutes) if acted else {})
            | closing_data(closed, opened, ending is not None)
            | dict(data),
            changes=changed,
            closings=closed,
            opening=opened,
            outputs=outputs,
        )
    )
    follow_at_opening(case, sheet.graph, opened, at)
    open_children(opened, authority, at)
    if ending and ending.state == CaseState.DONE and case.parent_task_id:
        finish_parent(case, authority, at)
    return case


def place(sheet: Sheet, minutes: int) -> dict[str, object]:
    task = sheet.task
    return {
        "uid": task.uid,
        "step": task.step_no,
        "round": task.round,
        "branch": task.branch,
        "minutes": minutes,
    }


def closing_data(closed: Sequence[Closing], opened: Opening | None, finished: bool) -> dict[str, object]:
    withdrawn = [item.task_id for item in closed if item.state == TaskState.WITHDRAWN]
    return {
        "opened": decide.opened_data(opened),
        "withdrawn": withdrawn,
        "finished": finished,
    }


def open_children(opened: Opening | None, authority: Authority, at: datetime) -> None:
    """Start the SOP that a step calls; where the office no longer has it in force, the step is done by
    hand."""
    if opened and opened.calls:
        open_child(tasks_with_case().get(uid=opened.tasks[0].uid), opened.calls, authority, at)


def open_child(task: Task, called: str, authority: Authority, at: datetime) -> Case | None:
    """Start the SOP that a step calls; None where the office cannot run it."""
    version = called_run(task.case, called)
    if version is None:
        return None
    plan = plan_run(version=version, unit=task.case.unit, at=at)
    if engine.unbound(plan.graph, plan.bindings):
        return None
    occasion = Occasion(
        title=f"{version.title} · {task.case.title}"[: Case._meta.get_field("title").max_length],
        year=task.case.year,
        quarter=task.case.quarter,
        letter=task.case.letter,
        parent_task=task,
    )
    child = begin_run(plan=plan, occasion=occasion, authority=authority, at=at)
    return take_up_invitation(child, authority, at)


def take_up_invitation(case: Case, authority: Authority, at: datetime) -> Case:
    """Count the Undangan of the run that called this one as the order that its first step asks for."""
    task = sole_task(case)
    output = ordered_by_invitation(task) if task else None
    if task is None or output is None:
        return case
    assert case.parent_task is not None
    calling = case.parent_task.case
    by = f"Diambil alih dari kerja “{calling.title}” oleh {authority.label}."
    taken = replace(output, text=f"{output.text}\n{by}")
    note = "Agenda, waktu, dan peserta sudah ditetapkan dalam undangannya."
    return done_beforehand(task, taken, note, f"kerja “{calling.title}”", authority, at)


def sole_task(case: Case) -> Task | None:
    """Return the one open task of a run, None where several are open."""
    tasks = list(open_tasks(case)[:2])
    return tasks[0] if len(tasks) == 1 else None


def done_beforehand(
    task: Task,
    output: OutputSpec,
    note: str,
    source: str,
    authority: Authority,
    at: datetime,
    **data: Any,
) -> Case:
    """Complete a task with what was made before the run reached it; the history says from what `source` it
    was taken over, by whom, and with the note why."""
    sheet = read_sheet(task.uid, at=at)
    return perform(
        sheet=sheet,
        changes=engine.complete(sheet.graph, sheet.bindings, sheet.state, sheet.attempt),
        kind=EventKind.COMPLETED,
        authority=authority,
        at=at,
        note=note,
        data={"outputs": [output.name], "taken_over": source, "reason": note, **data},
        outputs=[output],
    )


def cancel_children(sheet: Sheet, changes: Changes, authority: Authority, reason: str, at: datetime) -> None:
    """End the children of tasks that end without being done. Children before parents, always: two acts that
    meet take their locks in the same order."""
    for change in changes:
        if isinstance(change, Close) and change.state != TaskState.DONE:
            if not sheet.graph.step(change.attempt.step_no).calls:
                continue
            child = running_child(sheet.keys[change.attempt])
            if child is not None:
                cancel_run(child, authority, reason, at)


def cancel_run(case: Case, authority: Authority, reason: str, at: datetime, key: UUID | None = None) -> Case:
    """Withdraw all open tasks of a run and end it, its children first; its meetings are called off."""
    first = open_tasks(case).values_list("uid", flat=True)[0]
    sheet = read_sheet(first, at=at)
    changes = engine.cancel(sheet.state)
    CasePause.objects.filter(case=case, resumed_at=None).update(resumed_at=at)
    call_off_meetings(case, at)
    stop_asking(papers_of_run(case))
    return perform(
        sheet=sheet,
        changes=changes,
        kind=EventKind.CANCELLED,
        authority=authority,
        at=at,
        note=reason,
        data={"reason": reason},
        key=key,
    )


def finish_parent(case: Case, authority: Authority, at: datetime) -> None:
    """Complete the step that called a run now finished, by the hand that finished it."""
    sheet = read_sheet(Task.objects.values_list("uid", flat=True).get(child_cases=case), at=at)
    if sheet.task.state != TaskState.OPEN:
        return
    changes = engine.complete(sheet.graph, sheet.bindings, sheet.state, sheet.attempt)
    perform(
        sheet=sheet,
        changes=changes,
        kind=EventKind.CHILD_FINISHED,
        authority=authority,
        at=at,
        data={"child": case.uid},
        outputs=outputs_for_parent(case, sheet.step.outputs),
    )

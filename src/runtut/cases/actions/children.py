"""A called SOP that is run again, after the run that the step had called was cancelled."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runtut.cases.actions.act import Act
from runtut.cases.actions.complete import ensure_no_child
from runtut.cases.actions.press import press_task
from runtut.cases.actions.runs import open_child
from runtut.cases.actions.write import write_act
from runtut.cases.enums import EventKind
from runtut.cases.errors import CaseIsPaused, ChildNotStarted
from runtut.cases.models import Case
from runtut.cases.queries.sheet import Sheet
from runtut.cases.rules import can_steer, ensure_acting, ensure_may_act
from runtut.organisations.models import Authority


def start_child_again(*, task_uid: UUID, key: UUID | None, authority: Authority, at: datetime) -> Case:
    """Run the SOP that an open step calls once more; return the step's own run.

    By whoever does the step, or steers the office's runs. Raises NotYourTask, ChildIsRunning, CaseIsPaused,
    ChildNotStarted where the office cannot run that SOP now, AlreadyCompleted.
    """

    def act(sheet: Sheet) -> Case:
        if can_steer(authority, sheet.case.unit):
            ensure_acting(authority, sheet.on)
        else:
            ensure_may_act(sheet.task, authority, sheet.on, acting=sheet.acting)
        if sheet.state.paused:
            raise CaseIsPaused
        ensure_no_child(sheet)
        child = open_child(sheet.task, sheet.step.calls, authority, at) if sheet.step.calls else None
        if child is None:
            raise ChildNotStarted
        data = {"step": sheet.task.step_no, "child": child.uid}
        return write_act(
            Act(sheet.case, EventKind.CHILD_STARTED, authority, at, task_id=sheet.task.pk, key=key, data=data)
        )

    return press_task(
        task_uid=task_uid, kind=EventKind.CHILD_STARTED, key=key, authority=authority, at=at, act=act
    )

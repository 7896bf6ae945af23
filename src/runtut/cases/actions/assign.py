from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from runtut.cases import engine
from runtut.cases.actions import decide
from runtut.cases.actions.act import Act
from runtut.cases.actions.press import press_task
from runtut.cases.actions.write import write_act
from runtut.cases.enums import EventKind
from runtut.cases.errors import ClaimedByAnother, PositionElsewhere, SamePosition
from runtut.cases.models import Case, Task
from runtut.cases.queries.sheet import Sheet
from runtut.cases.rules import can_steer, ensure_can_steer, ensure_may_act, ensure_reason
from runtut.organisations.models import Authority, Position


def reassign_task(
    *,
    task_uid: UUID,
    position: Position,
    reason: str,
    authority: Authority,
    at: datetime,
    key: UUID | None = None,
) -> Case:
    """Hand an open task to another position of the office, for a reason. Its clock runs on.

    The task changes hands, the run's bindings do not: a later round goes to the bound position again.
    Raises MayNotSteer, ReasonMissing, PositionElsewhere, SamePosition, CaseIsPaused, AlreadyCompleted.
    """

    def act(sheet: Sheet) -> Case:
        task = sheet.task
        ensure_can_steer(authority, task.case.unit, "mengalihkan langkah ini")
        said = ensure_reason(reason)
        ensure_in_office(task, position)
        data = {"from": task.position_id, "to": position.pk, "reason": said}
        return change_hands(
            sheet, EventKind.REASSIGNED, authority, at, key, data, position_id=position.pk, claimed_by_id=None
        )

    return press_task(
        task_uid=task_uid, kind=EventKind.REASSIGNED, key=key, authority=authority, at=at, act=act
    )


def claim_task(*, task_uid: UUID, authority: Authority, at: datetime, key: UUID | None = None) -> Case:
    """Take a task that several holders of one position could do, so that two do not do it twice.

    Claiming one's own claim again changes nothing. Raises NotYourTask, ClaimedByAnother, AlreadyCompleted.
    """

    def act(sheet: Sheet) -> Case:
        task = sheet.task
        ensure_may_act(task, authority, sheet.on, acting=sheet.acting)
        if task.claimed_by_id == authority.user_id:
            return task.case
        return change_hands(sheet, EventKind.CLAIMED, authority, at, key, {}, claimed_by_id=authority.user_id)

    return press_task(task_uid=task_uid, kind=EventKind.CLAIMED, key=key, authority=authority, at=at, act=act)


def release_task(*, task_uid: UUID, authority: Authority, at: datetime, key: UUID | None = None) -> Case:
    """Give a claimed task back to all holders of its position: by whoever claimed it, or who steers the run.

    Raises NotYourTask, ClaimedByAnother, AlreadyCompleted.
    """

    def act(sheet: Sheet) -> Case:
        task = sheet.task
        if task.claimed_by is None:
            return task.case
        own = task.claimed_by_id == authority.user_id
        if not own and not can_steer(authority, task.case.unit):
            raise ClaimedByAnother(who=task.claimed_by.full_name)
        data = {"claimed_by": task.claimed_by_id}
        return change_hands(sheet, EventKind.RELEASED, authority, at, key, data, claimed_by_id=None)

    return press_task(
        task_uid=task_uid, kind=EventKind.RELEASED, key=key, authority=authority, at=at, act=act
    )


def change_hands(
    sheet: Sheet,
    kind: EventKind,
    authority: Authority,
    at: datetime,
    key: UUID | None,
    data: Mapping[str, object],
    **changed: int | None,
) -> Case:
    engine.ensure_open(sheet.state, sheet.attempt)
    return write_act(
        Act(
            sheet.case,
            kind,
            authority,
            at,
            task_id=sheet.task.pk,
            key=key,
            data=data,
            movings=(decide.moving(sheet.task, sheet.calendar, **changed),),
        )
    )


def ensure_in_office(task: Task, position: Position) -> None:
    """Raise unless the position is another, active one within the unit of the run."""
    unit = task.case.unit
    inside = position.unit.path.startswith(unit.path) and position.region == unit.region
    if not inside or not position.is_active:
        raise PositionElsewhere(field="position", position=position.short_title, unit=unit.short_name)
    if position.pk == task.position_id:
        raise SamePosition(field="position", position=position.short_title)

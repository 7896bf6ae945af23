"""Pressing a button once, whatever the network, the mouse and the colleagues do.

A form carries the task's uid, the run's version and an idempotency key. The task still being open is what
counts: whatever else happened to the run in between (a sibling finished, a pause ended) does not disturb the
act, which is decided anew on the run as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError

from runtut.cases.actions.write import CaseMoved
from runtut.cases.engine import AttemptNotOpen
from runtut.cases.enums import EventKind, TaskState
from runtut.cases.errors import AlreadyCompleted, FormAlreadyUsed
from runtut.cases.models import Case, CaseEvent, Task
from runtut.cases.queries.sheet import Sheet, case_by_uid, read_sheet
from runtut.cases.rules import ensure_can_see_case, local_moment
from runtut.core.errors import DomainError, SomeoneWasFaster
from runtut.core.locks import reads_ahead, write_transaction
from runtut.organisations.models import Authority

ATTEMPTS = 40
"""More than any step has parallel tasks: each failed attempt means that another act got through."""

RETRIED = frozenset({"40001", "40P01"})
"""PostgreSQL's words for "try again": serialization failure and deadlock."""

CLOSING = frozenset({EventKind.COMPLETED, EventKind.RETURNED})

KEY_CONSTRAINTS = ("case_event_key", "cases_caseevent.key")
"""How PostgreSQL and SQLite name the constraint that an idempotency key stands for one act of a run."""

DID = {
    TaskState.DONE: "diselesaikan",
    TaskState.RETURNED: "dikembalikan",
    TaskState.WITHDRAWN: "ditarik",
}


def press_task(
    *,
    task_uid: UUID,
    kind: EventKind,
    key: UUID | None,
    authority: Authority,
    at: datetime,
    act: Callable[[Sheet], Case],
    target_no: int | None = None,
    alone: Callable[[Sheet], bool] = lambda _sheet: False,
) -> Case:
    """Run an act on an open task in a write transaction, and again when a sibling's act came between.

    The act is given the task's sheet, read for a return to `target_no` where there is one. `alone` tells
    that the act will write nothing but itself: where it is one statement it then goes without a transaction
    around it. The same press sent twice is answered as the first time. Raises AlreadyCompleted, naming who
    and when, for a second act on the same task; what the act itself raises; TaskUnknown.
    """

    found_open, ahead = False, reads_ahead()

    def attempt() -> Case:
        nonlocal found_open
        sheet = read_sheet(task_uid, at=at, authority=authority, target_no=target_no)
        task = sheet.task
        is_open = task.state == TaskState.OPEN
        if not (is_open and kind in CLOSING) and was_pressed(task.case_id, key, kind, authority, task.pk):
            return task.case
        if not is_open:
            ensure_can_see_case(authority, task.case)
            raise already_completed(task)
        found_open = True
        with nullcontext() if not ahead or alone(sheet) else write_transaction():
            return act(sheet)

    def overtaken() -> bool:
        return found_open and not Task.objects.filter(uid=task_uid, state=TaskState.OPEN).exists()

    return until_undisturbed(attempt, overtaken, nullcontext if ahead else write_transaction)


def press_case(
    *,
    case_uid: UUID,
    kind: EventKind,
    key: UUID | None,
    authority: Authority,
    act: Callable[[Case], Case],
) -> Case:
    """Run an act on a run in a write transaction; as press_task, for what is not about one task."""

    def attempt() -> Case:
        case = case_by_uid(case_uid)
        ensure_can_see_case(authority, case)
        if was_pressed(case.pk, key, kind, authority, None):
            return case
        return act(case)

    return until_undisturbed(attempt, lambda: False)


def until_undisturbed(
    attempt: Callable[[], Case],
    overtaken: Callable[[], bool],
    around: Callable[[], AbstractContextManager[None]] = write_transaction,
) -> Case:
    """Try an attempt until nobody's act comes between; every try starts from what the database then holds,
    in a transaction unless the attempt opens its own.

    A refusal is believed unless somebody has overtaken the act: then the work failed only because the task
    had just been closed, and that is what the user must read.
    """
    for _ in range(ATTEMPTS):
        try:
            with around():
                return attempt()
        except (CaseMoved, AttemptNotOpen):
            continue
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in RETRIED:
                raise
        except AlreadyCompleted:
            raise
        except (DomainError, IntegrityError) as error:
            if not overtaken():
                raise named(error) from error
    raise SomeoneWasFaster


def named(error: DomainError | IntegrityError) -> Exception:
    """Return what a refusal is called: a key that another act has used is the form's fault."""
    if isinstance(error, IntegrityError) and any(name in str(error) for name in KEY_CONSTRAINTS):
        return FormAlreadyUsed()
    return error


def was_pressed(
    case_id: int, key: UUID | None, kind: EventKind, authority: Authority, task_id: int | None
) -> bool:
    """Tell whether this very press has been carried out before (one query, none without a key)."""
    if key is None:
        return False
    return CaseEvent.objects.filter(
        case_id=case_id, key=key, kind=kind, task_id=task_id, user_id=authority.user_id
    ).exists()


def already_completed(task: Task) -> AlreadyCompleted:
    """Return the refusal of a second act on a task, naming who acted and when."""
    who = task.completed_by.full_name if task.completed_by else "sistem"
    when = (
        local_moment(task.completed_at, task.case.unit) if task.completed_at else "waktu yang tidak tercatat"
    )
    return AlreadyCompleted(what=DID[TaskState(task.state)], who=who, when=when)

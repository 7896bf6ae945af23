"""Moving a run to the version of its SOP that has come into force meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import F, Value, When

from runtut.cases.actions import decide
from runtut.cases.actions.act import Act, Moving
from runtut.cases.actions.clock import ensure_running
from runtut.cases.actions.press import press_case
from runtut.cases.actions.write import write_act
from runtut.cases.engine import Bindings, Course
from runtut.cases.enums import EventKind
from runtut.cases.errors import NoNewerVersion, RunHasGoneOn
from runtut.cases.models import Case, CaseBinding, Task, TaskParticipant
from runtut.cases.queries.moves import MoveReading, read_moves
from runtut.cases.queries.sheet import attempt_of
from runtut.cases.rules import ensure_can_steer
from runtut.organisations.models import Authority
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion

ASIDE: Final = 10_000
"""Where numbers of steps wait while they change places: an attempt is unique by its number."""


def move_case(
    *,
    case_uid: UUID,
    version: ProcedureVersion,
    case_version: int,
    authority: Authority,
    at: datetime,
    key: UUID | None = None,
) -> Case:
    """Let a run under way go on under a newer version of its SOP, as its preview showed it.

    The open tasks stay open, at the step that theirs has become, with its time counted from when they were
    opened; what was done stays done, under the new numbers. `case_version` is the run's version that the
    preview stood on. Raises MayNotSteer, CaseIsClosed, RunHasGoneOn, NoNewerVersion, and RunStays, in the
    class that says why.
    """

    def act(case: Case) -> Case:
        ensure_can_steer(authority, case.unit, "memindahkan pelaksanaan ini ke versi baru")
        ensure_running(case)
        if case.version != case_version:
            raise RunHasGoneOn
        return carry_over(case, newer_version(case, version), authority, at, key)

    return press_case(case_uid=case_uid, kind=EventKind.MOVED, key=key, authority=authority, act=act)


def newer_version(case: Case, version: ProcedureVersion) -> ProcedureVersion:
    """Return the version as it is stored now; raise NoNewerVersion unless a run may go over to it."""
    rows = ProcedureVersion.objects.select_related("procedure", "approver_position")
    found, present = rows.get(pk=version.pk), case.procedure_version
    is_newer = found.procedure_id == present.procedure_id and found.number > present.number
    if found.state != VersionState.EFFECTIVE or not is_newer:
        raise NoNewerVersion(number=found.number)
    return found


def carry_over(
    case: Case, version: ProcedureVersion, authority: Authority, at: datetime, key: UUID | None
) -> Case:
    """Write the move, in the caller's transaction: the act first, because it is the lock."""
    reading = read_moves([case], version)
    course, tasks = reading.course(case), reading.tasks[case.pk]
    movings = tuple(moved(task, course, reading) for task in tasks)
    handed = [task.uid for task in tasks if course.positions[attempt_of(task)] != task.position_id]
    data = {
        "older": case.procedure_version.uid,
        "newer": version.uid,
        "version": version.number,
        "steps": course.numbers,
        "passed": course.passed,
        "handed": handed,
        "due": {moving.task_id: moving.row["due_at"] for moving in movings},
    }
    changes = {"procedure_version_id": version.pk, "due_at": reading.end(case)}
    act = Act(case, EventKind.MOVED, authority, at, key=key, data=data, changes=changes, movings=movings)
    case = write_act(act)
    renumber(case, course.numbers)
    bind_anew(case, reading.has)
    take_part([task.pk for task in tasks], course.participants)
    return case


def moved(task: Task, course: Course, reading: MoveReading) -> Moving:
    """Return an open task under the rule of its new step; whoever had taken it for a colleague keeps it only
    while it stays with their position."""
    position = course.positions[attempt_of(task)]
    return decide.moving(
        task,
        reading.calendar,
        position_id=position,
        claimed_by_id=task.claimed_by_id if position == task.position_id else None,
        rule_value=course.step.rule_value,
        rule_unit=str(course.step.rule_unit),
    )


def renumber(case: Case, numbers: Mapping[int, int]) -> None:
    """Give every attempt of a run the number that its step has now."""
    changed = {old: new for old, new in numbers.items() if old != new}
    if not changed:
        return
    attempts = Task.objects.filter(case=case)
    attempts.filter(step_no__in=changed).update(step_no=F("step_no") + ASIDE)
    names = [When(step_no=old + ASIDE, then=Value(new)) for old, new in changed.items()]
    attempts.filter(step_no__gt=ASIDE).update(step_no=Choice(*names))


def bind_anew(case: Case, bindings: Bindings) -> None:
    CaseBinding.objects.filter(case=case).delete()
    CaseBinding.objects.bulk_create(
        CaseBinding(case=case, performer_id=performer, position_id=position)
        for performer, positions in bindings.items()
        for position in positions
    )


def take_part(task_ids: Iterable[int], positions: Iterable[int]) -> None:
    """Let some positions, and nobody else, take part in open tasks."""
    present = list(positions)
    for task_id in task_ids:
        taking = TaskParticipant.objects.filter(task=task_id)
        taking.exclude(position__in=present).delete()
        there = set(taking.values_list("position_id", flat=True))
        TaskParticipant.objects.bulk_create(
            TaskParticipant(task_id=task_id, position_id=one) for one in present if one not in there
        )

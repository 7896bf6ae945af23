"""A run as its page shows it, read with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from runtut.cases.enums import StepState, TaskState
from runtut.cases.models import Case, CaseBinding, CasePause, Task, TaskOutput, TaskParticipant
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.deadlines import minutes_worked
from runtut.cases.queries.documents import documents_of
from runtut.cases.queries.hands import with_hands
from runtut.cases.queries.timeline import EventLine, timeline
from runtut.cases.rules import local_day
from runtut.core.worktime import Calendar
from runtut.organisations.enums import Capacity
from runtut.organisations.models import Position
from runtut.organisations.queries import Holder, holders_of
from runtut.procedures.graph import Graph, StepNode
from runtut.procedures.queries import graph_of


@dataclass(frozen=True)
class Seat:
    """A position and whoever acts for it today."""

    position: Position
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class AttemptView:
    """One task. `who` is the person who closed it (`closed_by` the user's id); while it is open, `seat` says
    who can. Minutes are working minutes: used so far, and past the deadline."""

    uid: UUID
    round: int
    branch: int
    state: TaskState
    seat: Seat
    who: str
    closed_by: int | None
    claimed_by: str
    claimed_by_id: int | None
    opened_at: datetime
    due_at: datetime
    completed_at: datetime | None
    minutes_used: int
    late_minutes: int
    note: str
    participants: tuple[Seat, ...]
    outputs: tuple[TaskOutput, ...]

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    @property
    def is_late(self) -> bool:
        return self.late_minutes > 0


@dataclass(frozen=True)
class StepView:
    """A step of the SOP and everything this run has done about it; `seats` are the positions bound to it."""

    step: StepNode
    performers: tuple[str, ...]
    seats: tuple[Seat, ...]
    state: StepState
    attempts: tuple[AttemptView, ...]

    @property
    def rounds(self) -> int:
        return max((attempt.round for attempt in self.attempts), default=0)

    @property
    def minutes_used(self) -> int:
        """Working minutes of all rounds; of parallel tasks the longest counts."""
        longest: dict[int, int] = {}
        for attempt in self.attempts:
            longest[attempt.round] = max(longest.get(attempt.round, 0), attempt.minutes_used)
        return sum(longest.values())

    @property
    def is_late(self) -> bool:
        """Whether the newest round is, or was, late."""
        return any(attempt.is_late for attempt in self.attempts if attempt.round == self.rounds)


@dataclass(frozen=True)
class RunView:
    """Everything the page of a run shows but the form: steps with who, standard, elapsed and late; where it
    stands; papers; history; the runs it has called, and the one that called it."""

    case: Case
    steps: tuple[StepView, ...]
    current: tuple[AttemptView, ...]
    outputs: tuple[TaskOutput, ...]
    history: tuple[EventLine, ...]
    pauses: tuple[CasePause, ...]
    children: tuple[Case, ...]
    parent: Case | None
    standard_minutes: int
    is_late: bool


@dataclass(frozen=True)
class Readings:
    """What was read for a run, ready to be put together."""

    case: Case
    graph: Graph
    calendar: Calendar
    at: datetime
    tasks: tuple[Task, ...]
    seats: Mapping[int, Seat]
    bindings: Mapping[int, tuple[int, ...]]
    participants: Mapping[int, tuple[int, ...]]
    outputs: tuple[TaskOutput, ...]


def run_page(*, case: Case, at: datetime) -> RunView:
    """Return a run as its page shows it. The number of queries depends on nothing the run contains; three
    more while this process has not yet read the SOP."""
    read = readings(case, at)
    steps = tuple(step_view(read, step) for step in read.graph.steps)
    current = tuple(attempt for step in steps for attempt in step.attempts if attempt.is_open)
    children = Case.objects.filter(parent_task__case=case).select_related("unit").order_by("id")
    parent = Case.objects.filter(tasks=case.parent_task_id).select_related("unit").first()
    running = bool(current)
    return RunView(
        case=case,
        steps=steps,
        current=current,
        outputs=read.outputs,
        history=tuple(timeline(case=case, outputs=read.outputs)),
        pauses=tuple(case.pauses.order_by("id")),
        children=tuple(children),
        parent=parent,
        standard_minutes=read.graph.total_minutes,
        is_late=running and (case.due_at < at or any(attempt.is_late for attempt in current)),
    )


def readings(case: Case, at: datetime) -> Readings:
    """Read everything about a run (nine queries)."""
    closed = with_hands(Task.objects.filter(case=case))
    tasks = tuple(closed.select_related("completed_by", "claimed_by").order_by("id"))
    participants: dict[int, tuple[int, ...]] = {}
    for row in TaskParticipant.objects.filter(task__case=case).order_by("id"):
        participants[row.task_id] = (*participants.get(row.task_id, ()), row.position_id)
    bindings: dict[int, tuple[int, ...]] = {}
    for bound in CaseBinding.objects.filter(case=case).order_by("id"):
        bindings[bound.performer_id] = (*bindings.get(bound.performer_id, ()), bound.position_id)
    needed = {task.position_id for task in tasks}
    needed |= {
        position for positions in (*bindings.values(), *participants.values()) for position in positions
    }
    return Readings(
        case=case,
        graph=graph_of(case.procedure_version),
        calendar=calendar_of(case.unit),
        at=at,
        tasks=tasks,
        seats=seats_of(needed, case, at),
        bindings=bindings,
        participants=participants,
        outputs=tuple(documents_of(case)),
    )


def seats_of(position_ids: set[int], case: Case, at: datetime) -> dict[int, Seat]:
    """Return positions with whoever acts for them today (three queries)."""
    holders = holders_of(position_ids=position_ids, on=local_day(at, case.unit))
    positions = Position.objects.select_related("unit").in_bulk(position_ids)
    return {key: Seat(position, tuple(holders[key])) for key, position in positions.items()}


def step_view(read: Readings, step: StepNode) -> StepView:
    attempts = tuple(attempt_view(read, task) for task in read.tasks if task.step_no == step.no)
    columns = [read.graph.column(performer) for performer in step.everyone]
    bound = dict.fromkeys(
        position for performer in step.everyone for position in read.bindings.get(performer, ())
    )
    return StepView(
        step=step,
        performers=tuple(column.name for column in columns),
        seats=tuple(read.seats[position] for position in bound),
        state=step_state(read, step),
        attempts=attempts,
    )


def step_state(read: Readings, step: StepNode) -> StepState:
    """Return where the run stands with a step. A step that was done and lies after the one that is now open
    must be done again, so it waits; one before it that was never done came with a newer version."""
    current = [task.step_no for task in read.tasks if task.state == TaskState.OPEN]
    if step.no in current:
        return StepState.CURRENT
    last = current[0] if current else step.no + 1
    done = any(task.step_no == step.no and task.state == TaskState.DONE for task in read.tasks)
    if step.no >= last:
        return StepState.WAITING
    return StepState.DONE if done else StepState.PASSED if current else StepState.WAITING


def attempt_view(read: Readings, task: Task) -> AttemptView:
    ended = task.completed_at or read.case.paused_at or read.at
    used = task.minutes_used
    if used is None:
        used = minutes_worked(read.calendar, task.opened_at, ended, task.paused_minutes)
    return AttemptView(
        uid=task.uid,
        round=task.round,
        branch=task.branch,
        state=TaskState(task.state),
        seat=read.seats[task.position_id],
        who=named(task),
        closed_by=task.completed_by_id,
        claimed_by=task.claimed_by.full_name if task.claimed_by else "",
        claimed_by_id=task.claimed_by_id,
        opened_at=task.opened_at,
        due_at=task.due_at,
        completed_at=task.completed_at,
        minutes_used=used,
        late_minutes=max(0, read.calendar.between(task.due_at, ended)),
        note=task.note,
        participants=tuple(read.seats[position] for position in read.participants.get(task.pk, ())),
        outputs=tuple(output for output in reversed(read.outputs) if output.task_id == task.pk),
    )


def named(task: Any) -> str:
    """Return who closed a task: "(Plt.) Budi Hartono"; with the position where it is not the task's own."""
    if task.completed_by is None:
        return ""
    who = f"{Capacity(task.capacity).mark} {task.completed_by.full_name}".strip()
    return f"{who} ({task.hand_title})" if task.hand_id not in (None, task.position_id) else who

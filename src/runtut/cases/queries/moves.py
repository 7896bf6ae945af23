"""Runs that still follow an older version of an SOP, and how each would go over to the one in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from runtut.cases.engine import Bindings, Course, RunState, Succession, go_over
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import RunStays
from runtut.cases.models import Case, CaseBinding, Task
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.deadlines import due_date
from runtut.cases.queries.plan import bindings_of, planned_end
from runtut.cases.queries.run_view import Seat, seats_of
from runtut.cases.queries.sheet import attempt_of, tasks_with_case
from runtut.core.worktime import Calendar
from runtut.procedures.graph import Graph, StepNode
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import graph_of, step_numbers_between

MOVES_SHOWN = 10


@dataclass(frozen=True)
class MoveReading:
    """What is read to tell how runs of one office go over to a version of an SOP. By run: its open tasks, the
    highest round of each step it has been at, its bindings; by older version: the numbers of its steps."""

    version: ProcedureVersion
    newer: Graph
    has: Bindings
    calendar: Calendar
    steps: Mapping[int, Mapping[int, int | None]]
    tasks: Mapping[int, Sequence[Task]]
    rounds: Mapping[int, Mapping[int, int]]
    had: Mapping[int, Bindings]

    def course(self, case: Case) -> Course:
        """Return how a run goes over. Raises RunStays and CaseIsClosed."""
        between = Succession(
            older=graph_of(case.procedure_version),
            newer=self.newer,
            steps=self.steps[case.procedure_version_id],
            had=self.had.get(case.pk, {}),
            has=self.has,
        )
        rounds = self.rounds.get(case.pk, {})
        state = RunState(
            open=tuple(attempt_of(task) for task in self.tasks.get(case.pk, ())),
            rounds=rounds,
            case=CaseState(case.state),
            paused=case.paused_at is not None,
        )
        return go_over(between, state, frozenset(rounds))

    def due_at(self, task: Task, step: StepNode) -> datetime:
        """Return the deadline of an open task once it is an attempt at a step."""
        added = task.extended_minutes + task.paused_minutes
        return due_date(self.calendar, task.opened_at, step.rule_value, step.rule_unit, added)

    def end(self, case: Case) -> datetime:
        """Return when a run is planned to end under the version."""
        return planned_end(case, self.newer, self.calendar)


@dataclass(frozen=True)
class MovedTask:
    """An open task as it is, and as it would be."""

    before: Seat
    after: Seat
    due_before: datetime
    due_after: datetime


@dataclass(frozen=True)
class MoveLine:
    """A run before it is moved: the step it stands at, the step it would stand at, who would act and by when;
    else `refusal`, why it cannot be moved. `passed` and `again` as in a Course."""

    case: Case
    step: StepNode
    after: StepNode | None
    tasks: tuple[MovedTask, ...]
    passed: tuple[StepNode, ...]
    again: tuple[StepNode, ...]
    refusal: str


@dataclass(frozen=True)
class MovePage:
    """Some of the runs that could be moved, the oldest first; `following` continues the list."""

    lines: tuple[MoveLine, ...]
    following: int | None


def runs_behind(version: ProcedureVersion) -> QuerySet[Case]:
    """Return the runs under way that follow an older version of the same SOP."""
    return Case.objects.filter(
        state=CaseState.RUNNING,
        procedure_version__procedure=version.procedure_id,
        procedure_version__number__lt=version.number,
    )


def move_page(*, version: ProcedureVersion, at: datetime, after: int = 0) -> MovePage:
    """Return how the runs behind a version in force would go over to it, each on its own. The number of
    queries depends on how many older versions are still followed, not on the runs."""
    rows = runs_behind(version).filter(pk__gt=after).order_by("id")
    found = list(rows.select_related("unit", "procedure_version__approver_position")[: MOVES_SHOWN + 1])
    cases = found[:MOVES_SHOWN]
    if not cases:
        return MovePage((), None)
    reading = read_moves(cases, version)
    drafts = [(case, *course_or_refusal(reading, case)) for case in cases]
    needed = {task.position_id for tasks in reading.tasks.values() for task in tasks}
    needed |= {position for _, course, _ in drafts if course for position in course.positions.values()}
    seats = seats_of(needed, cases[0], at)
    lines = tuple(move_line(reading, *draft, seats) for draft in drafts)
    return MovePage(lines, cases[-1].pk if len(found) > MOVES_SHOWN else None)


def read_moves(cases: Sequence[Case], version: ProcedureVersion) -> MoveReading:
    """Read what tells how runs go over to a version: five queries, those of the calendar and of the graphs,
    and six for each older version."""
    older = {case.procedure_version_id: case.procedure_version for case in cases}
    tasks: dict[int, list[Task]] = {}
    opened = tasks_with_case().filter(case__in=cases, state=TaskState.OPEN)
    for task in opened.order_by("case_id", "branch", "id"):
        tasks.setdefault(task.case_id, []).append(task)
    return MoveReading(
        version=version,
        newer=graph_of(version),
        has=bindings_of(version),
        calendar=calendar_of(cases[0].unit),
        steps={pk: step_numbers_between(one, version) for pk, one in older.items()},
        tasks=tasks,
        rounds=rounds_of(cases),
        had=bindings_of_cases(cases),
    )


def rounds_of(cases: Sequence[Case]) -> dict[int, dict[int, int]]:
    rounds: dict[int, dict[int, int]] = {}
    rows = Task.objects.filter(case__in=cases).values_list("case_id", "step_no")
    for case_id, step_no, highest in rows.annotate(highest=Max("round")).order_by():
        rounds.setdefault(case_id, {})[step_no] = highest
    return rounds


def bindings_of_cases(cases: Sequence[Case]) -> dict[int, dict[int, tuple[int, ...]]]:
    found: dict[int, dict[int, tuple[int, ...]]] = {}
    for row in CaseBinding.objects.filter(case__in=cases).order_by("id"):
        bound = found.setdefault(row.case_id, {})
        bound[row.performer_id] = (*bound.get(row.performer_id, ()), row.position_id)
    return found


def course_or_refusal(reading: MoveReading, case: Case) -> tuple[Course | None, str]:
    try:
        return reading.course(case), ""
    except RunStays as refusal:
        return None, refusal.sentence


def move_line(
    reading: MoveReading, case: Case, course: Course | None, refusal: str, seats: Mapping[int, Seat]
) -> MoveLine:
    tasks = reading.tasks[case.pk]
    step = graph_of(case.procedure_version).step(tasks[0].step_no)
    if course is None:
        return MoveLine(case, step, None, tuple(as_it_is(task, seats) for task in tasks), (), (), refusal)
    moved = tuple(
        MovedTask(
            seats[task.position_id],
            seats[course.positions[attempt_of(task)]],
            task.due_at,
            reading.due_at(task, course.step),
        )
        for task in tasks
    )
    passed, again = ([reading.newer.step(no) for no in numbers] for numbers in (course.passed, course.again))
    return MoveLine(case, step, course.step, moved, tuple(passed), tuple(again), "")


def as_it_is(task: Task, seats: Mapping[int, Seat]) -> MovedTask:
    seat = seats[task.position_id]
    return MovedTask(seat, seat, task.due_at, task.due_at)

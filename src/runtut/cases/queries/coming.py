"""What will come: the steps of running SOPs that some positions will be asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from runtut.cases.enums import CaseState
from runtut.cases.models import Case, CaseBinding, Task
from runtut.cases.queries.deadlines import due_date
from runtut.cases.queries.lines import PAGE, Literal, open_now
from runtut.core.worktime import Calendar
from runtut.procedures.graph import StepNode
from runtut.procedures.queries import graph_of

Bound = Mapping[int, int]
"""Performer -> the first of the positions asked about that stands for it in a run."""


@dataclass(frozen=True)
class ComingStep:
    """The next step of a run that one of the positions will complete. `expected_at` is when it opens if the
    open step and all between take their standard time from now on; `now_no` is the step that is open."""

    case_uid: UUID
    case_title: str
    procedure_version_id: int
    unit: str
    step_no: int
    label: str
    work: str
    position_id: int
    now_no: int
    expected_at: datetime


READ = (
    "uid",
    "title",
    "due_at",
    "unit__short_name",
    "procedure_version__uid",
    "procedure_version__state",
)
"""What is read of a run; the lists of its SOP's identity page are long."""


def coming_steps(
    *,
    position_ids: Collection[int],
    unit_ids: Collection[int],
    calendar: Calendar,
    at: datetime,
    limit: int = PAGE,
) -> list[ComingStep]:
    """Return, for running cases of some offices, the next step that one of the positions will complete, the
    soonest first. Left out: runs that stand still, and runs whose open step already waits for one of them.

    Of many runs the most pressing are looked at. Three queries; three more for each SOP that this process
    has not yet read.
    """
    own = CaseBinding.objects.filter(case=OuterRef("pk"), position__in=position_ids)
    waiting = open_now().filter(case=OuterRef("pk"), position__in=position_ids)
    cases = list(
        Case.objects.filter(
            Exists(own),
            ~Exists(waiting),
            unit__in=unit_ids,
            state=Literal(CaseState.RUNNING.value),
            paused_at=None,
        )
        .select_related("unit", "procedure_version")
        .only(*READ)
        .order_by("due_at", "id")[:limit]
    )
    opened = open_tasks(cases)
    bound = bound_performers(cases, position_ids)
    found = [
        coming_step(case, opened[case.pk], bound[case.pk], calendar, at)
        for case in cases
        if case.pk in opened
    ]
    return sorted((step for step in found if step), key=lambda step: step.expected_at)


def open_tasks(cases: Sequence[Case]) -> dict[int, Task]:
    """Return the open task of each run; of parallel ones the one due last (one query)."""
    tasks = open_now().filter(case__in=[case.pk for case in cases]).order_by("due_at", "id")
    return {task.case_id: task for task in tasks}


def bound_performers(cases: Sequence[Case], position_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """Return which performers the positions stand for, by run (one query)."""
    rows = CaseBinding.objects.filter(case__in=[case.pk for case in cases], position__in=position_ids)
    found: dict[int, dict[int, int]] = {}
    for case_id, performer_id, position_id in rows.order_by("-id").values_list(
        "case_id", "performer_id", "position_id"
    ):
        found.setdefault(case_id, {})[performer_id] = position_id
    return found


def coming_step(case: Case, task: Task, bound: Bound, calendar: Calendar, at: datetime) -> ComingStep | None:
    """Walk the SOP from the open task to the first step that a bound performer completes, if any."""
    moment = calendar.add(max(task.due_at, at), 0)
    for step in graph_of(case.procedure_version).steps:
        if step.no <= task.step_no:
            continue
        position_id = actor_among(step, bound)
        if position_id:
            return ComingStep(
                case_uid=case.uid,
                case_title=case.title,
                procedure_version_id=case.procedure_version_id,
                unit=case.unit.short_name,
                step_no=step.no,
                label=step.label,
                work=step.work,
                position_id=position_id,
                now_no=task.step_no,
                expected_at=moment,
            )
        moment = due_date(calendar, moment, step.rule_value, step.rule_unit)
    return None


def expected_by(*, task: Task, step_no: int, calendar: Calendar, at: datetime) -> datetime:
    """Return when a step of a run is due if the open task and all steps between take their standard time from
    now on; of the open step itself, when its task is due. No query once the graph is kept."""
    moment = calendar.add(max(task.due_at, at), 0)
    for step in graph_of(task.case.procedure_version).steps:
        if task.step_no < step.no <= step_no:
            moment = due_date(calendar, moment, step.rule_value, step.rule_unit)
    return moment


def actor_among(step: StepNode, bound: Bound) -> int | None:
    return next((bound[performer] for performer in step.actors if performer in bound), None)

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runtut.cases.actions import decide
from runtut.cases.actions.act import Act, Moving
from runtut.cases.actions.press import until_undisturbed
from runtut.cases.actions.write import write_act
from runtut.cases.enums import CaseState, EventKind
from runtut.cases.models import Case
from runtut.cases.queries.calendars import calendar_of
from runtut.cases.queries.deadlines import due_date
from runtut.cases.queries.plan import planned_end
from runtut.cases.queries.sheet import case_by_uid, open_tasks
from runtut.core.worktime import Calendar
from runtut.organisations.models import WorkCalendar
from runtut.organisations.queries import units_within
from runtut.organisations.rules import system_authority
from runtut.procedures.queries import graph_of

RESCHEDULE = "cases.reschedule"


def reschedule_open_tasks(*, calendar: WorkCalendar, at: datetime) -> int:
    """Compute the deadlines of every open task under a changed calendar anew; return how many runs moved.

    Closed tasks keep theirs. Units below that have a calendar of their own come out unchanged, and a run
    whose deadlines stay gets no event, so that doing this twice does nothing the second time. Each run is an
    act of its own, by the system.
    """
    paths = calendar.units.values_list("path", flat=True)
    running = Case.objects.filter(state=CaseState.RUNNING, unit__in=units_within(paths)).order_by("id")
    return sum(reschedule_case(uid, at) for uid in running.values_list("uid", flat=True))


def reschedule_case(case_uid: UUID, at: datetime) -> bool:
    """Compute the deadlines of one run anew and tell whether any moved."""
    moved: list[bool] = []

    def attempt() -> Case:
        case = case_by_uid(case_uid)
        calendar = calendar_of(case.unit)
        movings = moved_tasks(case, calendar)
        due_at = planned_end(case, graph_of(case.procedure_version), calendar)
        moved.append(case.state == CaseState.RUNNING and bool(movings or due_at != case.due_at))
        if not moved[-1]:
            return case
        return write_act(
            Act(
                case,
                EventKind.RESCHEDULED,
                system_authority(region=case.region),
                at,
                data={
                    "calendar": calendar.version,
                    "due": {moving.task_id: moving.row["due_at"] for moving in movings},
                },
                changes={"due_at": due_at},
                movings=movings,
            )
        )

    until_undisturbed(attempt, lambda: False)
    return moved[-1]


def moved_tasks(case: Case, calendar: Calendar) -> tuple[Moving, ...]:
    """Return the open tasks whose deadlines differ under the calendar as it now is."""
    return tuple(
        decide.moving(task, calendar)
        for task in open_tasks(case)
        if task.due_at
        != due_date(
            calendar,
            task.opened_at,
            task.rule_value,
            task.rule_unit,
            task.extended_minutes + task.paused_minutes,
        )
    )

"""How far the past of the made-up office has been lived, and what it has left to do."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from runtut.cases.enums import FollowUpState, TaskState
from runtut.cases.models import Case, CaseEvent, FollowUp, Task
from runtut.organisations.models import OrganisationUnit, Position
from runtut.procedures.enums import CheckupState
from runtut.procedures.models import Checkup


def checkups_due(unit: OrganisationUnit, at: datetime) -> list[tuple[Checkup, Position]]:
    """Return the open checkups of an office whose day has come, each with the position it was given to."""
    rows = Checkup.objects.filter(procedure__unit=unit, state=CheckupState.WAITING)
    due = rows.filter(due_on__lte=unit.local_date(at)).order_by("due_on", "id")
    related = due.select_related("procedure__unit", "version", "position__unit")
    return [(checkup, checkup.position) for checkup in related if checkup.position is not None]


def open_tasks(case: Case) -> list[Task]:
    found = Task.objects.filter(case=case, state=TaskState.OPEN).order_by("id")
    return list(
        found.select_related("case__unit", "case__letter", "case__procedure_version", "position__unit")
    )


def left_to_do(case: Case) -> list[FollowUp]:
    rows = FollowUp.objects.filter(case=case).exclude(state=FollowUpState.APPROVED)
    return list(rows.select_related("position__unit", "verifier__unit").order_by("id"))


def last_act(cases: list[Case], until: datetime) -> datetime | None:
    """Return how far the past has been lived."""
    acts = CaseEvent.objects.filter(case_id__in=[case.pk for case in cases], at__lte=until)
    last: datetime | None = acts.aggregate(last=Max("at"))["last"]
    return last

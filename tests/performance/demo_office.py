"""An office of the demonstration in tests of whole runs, acted by whoever holds each position."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.cases.writing import write_what_is_asked
from tests.replay import replayed

from runtut.accounts.models import User
from runtut.cases import actions
from runtut.cases.enums import TaskState
from runtut.cases.models import Case, Task
from runtut.cases.queries import gates_of, running_child
from runtut.cases.registry import Gate
from runtut.documents.actions import load_archive_classes
from runtut.documents.enums import Means
from runtut.documents.models import ArchiveClass
from runtut.organisations.actions import load_demo
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import authorities_of, authority_for
from runtut.performance.actions import load_demo_performance, load_demo_plans
from runtut.procedures.actions import accept_suggested_bindings, adopt, ratify, submit_for_review
from runtut.procedures.models import ProcedureVersion

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


@replayed
def furnish(at: datetime) -> None:
    """The offices of the demonstration, with their figures and plans."""
    load_demo(at=at)
    load_archive_classes()
    load_demo_performance(at=at)
    load_demo_plans(at=at)


class DemoOffice:
    def __init__(
        self,
        key: str,
        at: datetime = AT,
        *,
        login: str = "camat.sukamaju",
        unit: str = "Kec. Sukamaju",
    ) -> None:
        furnish(at)
        self.at = at
        self.head = login
        self.unit = OrganisationUnit.objects.get(short_name=unit)
        if key == "s7":
            self.put_in_force("s-rapat")
        self.planners = OrganisationUnit.objects.filter(kind="badan").order_by("path")[0]
        self.version = self.put_in_force(key)

    def put_in_force(self, key: str) -> ProcedureVersion:
        given: dict[str, Any] = {"authority": self.who(self.head), "at": self.at}
        version = adopt(unit=self.unit, library_key=key, **given)
        accept_suggested_bindings(version=version, **given)
        submit_for_review(version=version, **given)
        return ratify(
            version=version, sop_number=f"000.8.3.3/{key}/2026", effective_from=self.at.date(), **given
        )

    def who(self, login: str) -> Authority:
        user = User.objects.get(username=login if "." in login else f"{login}.sukamaju")
        return authorities_of(user=user, on=self.at.date())[0]

    def position(self, login: str) -> Position:
        return Position.objects.select_related("unit").get(pk=self.who(login).position_id)

    def start(self, *, year: int = 2026, quarter: int | None = None) -> Case:
        return actions.start_case(
            procedure_version=self.version,
            title="Pelaksanaan contoh",
            year=year,
            quarter=quarter,
            letter=None,
            authority=self.who(self.head),
            at=self.at,
        )

    def open_task(self, case: Case) -> Task:
        return (
            Task.objects.select_related("case__unit", "case__procedure_version", "position")
            .filter(case=case, state=TaskState.OPEN)
            .order_by("id")[0]
        )

    def gates(self, case: Case, **data: Any) -> dict[str, Gate]:
        return {gate.code: gate for gate in gates_of(task=self.open_task(case), data=data, at=self.at)}

    def do(self, case: Case, **data: Any) -> Task:
        """Let whoever must do the open step, with everything that generic work may ask for; a run that it has
        called is done first, and the step completes with it."""
        self.at += timedelta(hours=1)
        task = self.open_task(case)
        while (called := running_child(task.pk)) is not None:
            self.do(called)
        task.refresh_from_db()
        if task.state != TaskState.OPEN:
            return task
        authority = self.acting(task)
        write_what_is_asked(task, authority, self.at)
        given = {**self.usual(task), **data}
        unmet = [gate.label for gate in gates_of(task=task, data=given, at=self.at) if not gate.met]
        assert unmet == []
        actions.complete_task(
            task_uid=task.uid, case_version=0, data=given, key=uuid4(), authority=authority, at=self.at
        )
        return task

    def acting(self, task: Task) -> Authority:
        """Whoever holds the task's position."""
        holder = task.position.appointments.select_related("user").latest("id").user
        authority = authority_for(user=holder, position=task.position, on=self.at.date())
        assert authority is not None
        return authority

    def usual(self, task: Task) -> dict[str, Any]:
        step = task.case.procedure_version.steps.get(no=task.step_no)
        return {
            "outputs": {name: {"text": f"{name} ada."} for name in step.outputs},
            "instruction": "Tindak lanjuti",
            "paraf": True,
            "approve": True,
            "held_on": self.at.date(),
            "archive_class": ArchiveClass.objects.filter(is_legacy=False).order_by("code")[0],
            "recipients": [{"to_unit": self.planners, "addressee": "", "means": Means.SYSTEM, "copies": 1}],
        }

    def until(self, case: Case, step_no: int) -> None:
        """Do every step before one."""
        while self.open_task(case).step_no < step_no:
            self.do(case)

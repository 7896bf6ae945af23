"""A run of an SOP of the demonstration, brought to any of its steps by the people whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from tests.replay import replayed

from runtut.accounts.models import User
from runtut.cases.actions import complete_task, return_task, start_case
from runtut.cases.models import Case, Task
from runtut.cases.queries import step_of
from runtut.core.periods import Quarter
from runtut.documents.actions import register_letter, store_file
from runtut.documents.queries import archive_classes
from runtut.organisations.actions import load_demo
from runtut.organisations.models import Authority, Position
from runtut.organisations.queries import authority_for, holders_of
from runtut.performance.actions import load_demo_performance
from runtut.performance.queries import measurement_of, owner_rows
from runtut.procedures.actions import load_demo_procedures
from runtut.procedures.enums import Work
from runtut.procedures.models import Procedure
from runtut.procedures.queries import effective_version

LOADED = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
BACKEND = "runtut.accounts.contrib.backends.GuardedBackend"
CHECKS = ("Angka sama dengan bukti yang dilampirkan", "Penyebab capaian di bawah target sudah dijelaskan")


@replayed
def load_all(at: datetime = LOADED) -> None:
    load_demo(at=at)
    load_demo_procedures(at=at)
    load_demo_performance(at=at)


def enter(page: Page, user: User) -> None:
    """Log in without the form: what is tested lies behind it."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    address = page.evaluate("location.origin")
    page.context.clear_cookies()
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


class Walk:
    """One run in Kec. Sukamaju; `pass_step` does the step it stands at, by whoever must."""

    def __init__(self, at: datetime, title: str = "Pengukuran Data Kinerja", quarter: int = 3) -> None:
        self.at, self.quarter = at, Quarter(2026, quarter)
        procedure = Procedure.objects.get(title=title, unit__short_name="Kec. Sukamaju")
        self.unit = procedure.unit
        version = effective_version(procedure)
        assert version is not None
        starter = self.speaker(Position.objects.get(unit__path__startswith=self.unit.path, role="camat"))
        letter = register_letter(
            unit=self.unit,
            sender="Bupati Contoh",
            number=f"050/{uuid4().hex[:6]}",
            date=self.unit.local_date(at),
            subject="Permintaan pengukuran kinerja",
            urgency="biasa",
            received_on=self.unit.local_date(at),
            file=None,
            authority=starter,
            at=at,
        )
        self.case = start_case(
            procedure_version=version,
            title=f"{title} {self.quarter.label}",
            year=2026,
            quarter=quarter,
            letter=letter,
            authority=starter,
            at=at,
        )

    @property
    def address(self) -> str:
        return f"/kerja/{self.case.uid}/"

    @property
    def tasks(self) -> list[Task]:
        """The open tasks of the step at which the run stands."""
        rows = Task.objects.filter(case=self.case, state=1).order_by("id")
        return list(rows.select_related("case__unit", "case__procedure_version", "position__unit"))

    @property
    def work(self) -> str:
        """What the run waits for: "collect realisation", "sign"."""
        step = step_of(self.tasks[0])
        return f"{step.work} {step.topic}".strip()

    def user(self, position: Position) -> User:
        """Whoever acts for a position on the day."""
        holders = holders_of(position_ids=[position.pk], on=self.unit.local_date(self.at))
        return User.objects.get(pk=holders[position.pk][0].user_id)

    def speaker(self, position: Position) -> Authority:
        on = self.unit.local_date(self.at)
        found = authority_for(user=self.user(position), position=position, on=on)
        assert found is not None
        return found

    def pass_step(self) -> None:
        for task in self.tasks:
            complete_task(
                task_uid=task.uid,
                case_version=Case.objects.get(pk=self.case.pk).version,
                data=self.data(task),
                key=uuid4(),
                authority=self.speaker(task.position),
                at=self.at,
            )

    def send_back(self, target: int, reason: str) -> None:
        (task,) = self.tasks
        return_task(
            task_uid=task.uid,
            case_version=Case.objects.get(pk=self.case.pk).version,
            target_no=target,
            reason=reason,
            key=uuid4(),
            authority=self.speaker(task.position),
            at=self.at,
        )

    def stops(self) -> Iterator[tuple[str, User]]:
        """Each step of the run with whoever must act first; going on passes it."""
        while self.tasks:
            yield self.work, self.user(self.tasks[0].position)
            self.pass_step()

    def data(self, task: Task) -> dict[str, Any]:
        step = step_of(task)
        outputs = {name: {"text": "Sudah dikerjakan."} for name in step.outputs}
        common: dict[str, Any] = {"outputs": outputs, "note": ""}
        if step.work == Work.DISPOSISI:
            return {**common, "instruction": "Untuk ditindaklanjuti"}
        if step.work == Work.REVIEW:
            return {**common, "paraf": True, "checks": dict.fromkeys(CHECKS, True)}
        if step.work == Work.SIGN:
            return {**common, "approve": True}
        if step.work in {Work.ARCHIVE, Work.REGISTER}:
            return {**common, "archive_class": archive_classes(on=self.unit.local_date(self.at))[0]}
        if (step.work, step.topic) == (Work.COLLECT, "realisation"):
            return {**common, **self.figures(task)}
        if (step.work, step.topic) == (Work.PREPARE, "measurement"):
            facts = measurement_of(unit=self.unit, quarter=self.quarter, on=self.unit.local_date(self.at))
            said = f"Layanan melambat; ditata ulang pada putaran {task.round}."
            return {**common, "analysis": {line.key: said for line in facts.under_target}}
        return common

    def figures(self, task: Task) -> dict[str, Any]:
        rows = owner_rows(position=task.position, unit=self.unit, quarter=self.quarter)
        proof = store_file(
            unit=self.unit,
            name="rekap.txt",
            content=b"Rekap (contoh).",
            authority=self.speaker(task.position),
            at=self.at,
        )
        typed = {"value_text": "12", "cause": "Petugas berkurang; jadwal ditata ulang."}
        keys = [str(row.indicator.uid) for row in rows if row.is_due]
        return {"values": dict.fromkeys(keys, typed), "evidence": {key: [proof] for key in keys}}

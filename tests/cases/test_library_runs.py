"""All SOPs of the library, from the first step to the last, in the demonstration kabupaten: by the right
positions only, with every return that the SOP provides for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from runtut.accounts.models import User
from runtut.cases import actions, registry
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import NotYourTask
from runtut.cases.models import Case, Task, TaskOutput
from runtut.cases.queries import gates_of, return_targets, run_page, step_of, task_by_uid, verify_events
from runtut.documents.actions import create_document, load_archive_classes, new_version, register_letter
from runtut.documents.enums import DocumentKind
from runtut.documents.models import ArchiveClass, DocumentVersion, IncomingLetter
from runtut.organisations.actions import load_demo
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import authority_for, holders_of, positions_in
from runtut.procedures.actions import accept_suggested_bindings, adopt, ratify, submit_for_review
from runtut.procedures.enums import Work
from runtut.procedures.models import ProcedureVersion

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)

SENDING = {"outgoing", "cover_letter", "agenda"}
"""Topics that this room works on with what every other step takes."""

STEPS = {"s1": 8, "s2": 9, "s3": 8, "s4": 9, "s5": 13, "s6": 13, "s7": 14}
RETURNS = {"s1": 0, "s2": 4, "s3": 3, "s4": 1, "s5": 6, "s6": 6, "s7": 3}
"""How often the SOP may send the run back: once for every target of every step."""


@pytest.fixture
def generic(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what this room offers by itself: the upper rooms' topics have tests of their own."""
    own = {key: handler for key, handler in registry._handlers.items() if key[1] in SENDING | {""}}
    monkeypatch.setattr(registry, "_handlers", own)
    monkeypatch.setattr(registry, "_start_checks", [])


class Run:
    """One run, acted by whoever really holds each position on the day."""

    def __init__(self, key: str) -> None:
        kind = "dinas" if key == "s7" else "kecamatan"
        self.at = AT
        self.office = OrganisationUnit.objects.filter(kind=kind).order_by("path")[0]
        self.positions = list(positions_in(unit=self.office))
        self.returned: set[tuple[int, int, int]] = set()
        self.seated: dict[int, Authority] = {}
        self.adopt("s-rapat")
        version = self.adopt(key)
        self.case = actions.start_case(
            procedure_version=version,
            title=f"Pelaksanaan {key}",
            year=2026,
            quarter=1,
            letter=self.letter(),
            authority=self.holder(self.positions[0]),
            at=self.at,
        )

    def adopt(self, key: str) -> ProcedureVersion:
        """Bring an SOP of the library into force as the office's head would, with the bindings proposed."""
        given = {"authority": self.holder(self.positions[0]), "at": self.at}
        version = adopt(unit=self.office, library_key=key, **given)
        accept_suggested_bindings(version=version, **given)
        submit_for_review(version=version, **given)
        number = f"000.8.3.3/{key}/2026"
        return ratify(version=version, sop_number=number, effective_from=AT.date(), **given)

    def letter(self) -> IncomingLetter:
        return register_letter(
            unit=self.office,
            sender="Bupati Contoh",
            number="050/12/2026",
            date=date(2026, 2, 27),
            subject="Permintaan laporan",
            urgency="biasa",
            received_on=AT.date(),
            file=None,
            authority=self.holder(self.positions[-1]),
            at=AT,
        )

    def holder(self, position: Position) -> Authority:
        """Whoever acts for a position on the day, asked once: a run here takes an hour."""
        if position.pk not in self.seated:
            holders = holders_of(position_ids=[position.pk], on=AT.date())[position.pk]
            user = User.objects.get(pk=holders[0].user_id)
            found = authority_for(user=user, position=position, on=AT.date())
            assert found is not None
            self.seated[position.pk] = found
        return self.seated[position.pk]

    def to_the_end(self) -> None:
        """Do whatever is open, called runs first, until nothing is."""
        while task := self.next_task():
            self.at += timedelta(minutes=1)
            self.refuse_others(task)
            self.act(task_by_uid(task.uid))

    def next_task(self) -> Task | None:
        return Task.objects.filter(state=TaskState.OPEN).order_by("-case_id", "id").first()

    def refuse_others(self, task: Task) -> None:
        """Let everybody else of the office try first."""
        for position in self.positions:
            if position.pk != task.position_id:
                with pytest.raises(NotYourTask):
                    self.complete(task, self.holder(position), {})

    def act(self, task: Task) -> None:
        for step in return_targets(task):
            arrow = (task.case_id, task.step_no, step.no)
            if arrow not in self.returned:
                self.returned.add(arrow)
                self.send_back(task, step.no)
                return
        authority = self.holder(task.position)
        self.complete(task, authority, self.answers(task, authority))

    def send_back(self, task: Task, target: int) -> None:
        actions.return_task(
            task_uid=task.uid,
            case_version=task.case.version,
            target_no=target,
            reason=f"Perlu diperbaiki di langkah {target}",
            key=uuid4(),
            authority=self.holder(task.position),
            at=self.at,
        )

    def complete(self, task: Task, authority: Authority, data: Mapping[str, Any]) -> None:
        actions.complete_task(
            task_uid=task.uid,
            case_version=task.case.version,
            data=data,
            key=uuid4(),
            authority=authority,
            at=self.at,
        )

    def answers(self, task: Task, authority: Authority) -> dict[str, Any]:
        step = step_of(task)
        outputs: dict[str, dict[str, Any]] = {name: {"text": f"{name} ada"} for name in step.outputs}
        if step.work == Work.PREPARE:
            outputs[step.outputs[0]] = {"document_version": self.document(task, authority)}
        data = {
            "outputs": outputs,
            "instruction": "Tindak lanjuti sesuai SOP",
            "paraf": True,
            "approve": True,
            "held_on": self.at.date(),
            "archive_class": ArchiveClass.objects.filter(is_legacy=False).order_by("code")[0],
            "location": "Rak 1",
            "recipients": [{"to_unit": self.office}],
            "addressee": "Bupati Contoh",
        }
        assert all(gate.met for gate in gates_of(task=task, data=data, at=self.at))
        return data

    def document(self, task: Task, authority: Authority) -> DocumentVersion:
        """Make the document, or in a later round its next version."""
        content = {"blocks": [{"type": "paragraph", "text": f"Putaran {task.round}."}]}
        made = TaskOutput.objects.filter(
            task__case=task.case, task__step_no=task.step_no, document__isnull=False
        ).first()
        if made is not None and made.document is not None:
            return new_version(document=made.document, content=content, authority=authority, at=self.at)
        return create_document(
            unit=task.case.unit,
            kind=DocumentKind.LAINNYA,
            title=step_of(task).outputs[0],
            content=content,
            authority=authority,
            at=self.at,
        )


@pytest.mark.parametrize("key", list(STEPS))
def test_an_sop_of_the_library_runs_from_first_to_last_step(key: str, generic: None) -> None:
    load_demo(at=AT)
    load_archive_classes()
    run = Run(key)

    run.to_the_end()

    case = Case.objects.get(pk=run.case.pk)
    own = [arrow for arrow in run.returned if arrow[0] == case.pk]
    assert case.state == CaseState.DONE
    assert case.rounds == len(own) == RETURNS[key]
    done = Task.objects.filter(case=case, state=TaskState.DONE).values_list("step_no", flat=True)
    assert set(done) == set(range(1, STEPS[key] + 1))
    assert Case.objects.exclude(state=CaseState.DONE).count() == 0
    assert verify_events() == []
    view = run_page(case=case, at=run.at)
    assert [step.state.value for step in view.steps] == ["selesai"] * STEPS[key]

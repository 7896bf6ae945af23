"""A short SOP that collects, measures, approves and locks, and the acts of the cast in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from tests.cases.factories import Row, make_calendar, make_procedure
from tests.cast import Cast, Office, make_cast
from tests.performance.factories import make_file, make_indicator, make_objective, make_targets
from tests.replay import replayed

from runtut.cases import actions
from runtut.cases.models import Case, Task
from runtut.cases.queries import run_document
from runtut.cases.registry import Gate, handler_for
from runtut.documents.actions import endorse
from runtut.documents.enums import DocumentKind, EndorsementKind
from runtut.organisations.enums import Capacity
from runtut.organisations.models import Authority
from runtut.performance.models import Indicator
from runtut.procedures.enums import Mode, Work
from runtut.procedures.models import ProcedureVersion, Step

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
COLLECT, MEASURE, APPROVE, RECORD = 1, 2, 3, 4
STEPS = (
    Row(("kasi1", "kasi2"), Mode.EACH, work=Work.COLLECT, outputs=("Data dan bukti kinerja seksi",)),
    Row(("pengelola",), work=Work.PREPARE, outputs=("Konsep pengukuran",), return_to=(1,)),
    Row(("sekcam",), return_to=(2, 1)),
    Row(("pengelola",), work=Work.RECORD, outputs=("Bukti isian aplikasi",)),
)
TOPICS = {COLLECT: "realisation", MEASURE: "measurement", RECORD: "realisation"}


@dataclass
class Runs:
    """The first section answers for an index and a number of villages, the second for nothing."""

    cast: Cast
    version: ProcedureVersion
    index: Indicator
    villages: Indicator
    at: datetime = AT

    @property
    def office(self) -> Office:
        return self.cast.office

    def who(self, key: str) -> Authority:
        if key == "camat":
            return self.cast.authority(self.cast.budi, Capacity.PLT)
        return self.office.authority(key)

    def start(self, *, year: int = 2026, quarter: int | None = 1) -> Case:
        return actions.start_case(
            procedure_version=self.version,
            title="Pengukuran TW I 2026",
            year=year,
            quarter=quarter,
            letter=None,
            authority=self.who("sekcam"),
            at=self.at,
        )

    def task(self, case: Case, key: str) -> Task:
        return Task.objects.select_related("case__unit", "case__procedure_version", "position").get(
            case=case, position=self.office.positions[key], state=1
        )

    def gates(self, case: Case, key: str, **data: Any) -> list[Gate]:
        task = self.task(case, key)
        step = Step.objects.get(version=self.version, no=task.step_no)
        return handler_for(step.work, step.topic).gates(task, data, self.at)

    def complete(self, case: Case, key: str, **data: Any) -> Task:
        task = self.task(case, key)
        actions.complete_task(
            task_uid=task.uid,
            case_version=0,
            data=data,
            key=uuid4(),
            authority=self.who(key),
            at=self.at,
        )
        return task

    def send_back(self, case: Case, key: str, target: int) -> None:
        actions.return_task(
            task_uid=self.task(case, key).uid,
            case_version=0,
            target_no=target,
            reason="Angka seksi belum sesuai buktinya.",
            key=uuid4(),
            authority=self.who(key),
            at=self.at,
        )

    def typed(
        self, index: str = "86,12", villages: str = "3", *, cause: str = "Loket pindah."
    ) -> Mapping[str, Any]:
        """What the first section types and attaches."""
        texts = {self.index: index, self.villages: villages}
        return {
            "values": {
                str(indicator.uid): {"value_text": text, "cause": cause} for indicator, text in texts.items()
            },
            "evidence": {str(indicator.uid): [make_file(self.office.unit)] for indicator in texts},
        }

    def collect(self, case: Case, **more: Any) -> None:
        self.complete(case, "kasi1", **{**self.typed(), **more})
        sentence = {"text": "Seksi ini mendukung survei kepuasan."}
        self.complete(case, "kasi2", outputs={"Data dan bukti kinerja seksi": sentence})

    def approve(self, case: Case) -> None:
        document = run_document(case=case, kind=DocumentKind.PENGUKURAN)
        assert document is not None
        endorse(
            version=document.versions.latest("number"),
            kind=EndorsementKind.APPROVAL,
            note="",
            authority=self.who("camat"),
            at=self.at,
        )


@replayed
def make_runs() -> Runs:
    """The cast at the SOP's first step, with two indicators and their targets."""
    cast = make_cast()
    make_calendar(cast.kabupaten)
    office = cast.office
    version = make_procedure(office, STEPS, title="Pengukuran Data Kinerja")
    for no, topic in TOPICS.items():
        Step.objects.filter(version=version, no=no).update(topic=topic)
    objective = make_objective(office.unit)
    owner = office.positions["kasi1"]
    index = make_indicator(objective, owner)
    make_targets(index, "87", "84", "85", "86.5", "87")
    villages = make_indicator(objective, owner, sequence=2, decimals=0, measure="desa", maximum=Decimal(50))
    make_targets(villages, "12", "3", "3", "3", "3")
    return Runs(cast, version, index, villages)

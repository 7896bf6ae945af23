"""The smallest office, SOP and run that can move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from tests.cast import Office, make_office
from tests.organisations.factories import make_unit
from tests.replay import replayed

from runtut.cases import actions
from runtut.cases.models import Case, Task
from runtut.organisations.enums import HoursKind, UnitKind
from runtut.organisations.models import Authority, OrganisationUnit, Position, WorkCalendar, WorkHours
from runtut.procedures.enums import Mode, StepKind, TimeUnit, VersionState, Work
from runtut.procedures.models import (
    Performer,
    PerformerBinding,
    Procedure,
    ProcedureVersion,
    Step,
    StepPerformer,
)

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 2 March 2026, 09.00 WIB."""

MINUTES = {TimeUnit.MINUTE: 1, TimeUnit.HOUR: 60, TimeUnit.DAY: 450}


@dataclass(frozen=True)
class Row:
    """A step in short: who acts (chairs of the office), in which mode, and what matters to the test."""

    who: tuple[str, ...]
    mode: Mode = Mode.MAIN
    return_to: tuple[int, ...] = ()
    work: Work = Work.GENERAL
    joint: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    value: Decimal = Decimal(1)
    unit: TimeUnit = TimeUnit.DAY
    calls: str = ""
    activity: str = ""


S2_LIKE = (
    Row(("camat",), value=Decimal(5), unit=TimeUnit.MINUTE),
    Row(("sekcam",), value=Decimal(5), unit=TimeUnit.MINUTE),
    Row(("perencanaan",), value=Decimal(3)),
    Row(("kasi1", "kasi2"), Mode.EACH, value=Decimal(3)),
    Row(("pengelola",), value=Decimal(5)),
    Row(("sekcam",), return_to=(5, 4)),
    Row(("camat",), return_to=(6, 5)),
    Row(("pengelola",), joint=("kasi1", "kasi2")),
)
"""Nine officials' work in eight steps, without documents: every mode, two steps that may return."""


def make_calendar(unit: OrganisationUnit) -> WorkCalendar:
    """Give a unit a plain week: Monday to Friday, 450 minutes a day with a break at noon."""
    calendar = WorkCalendar.objects.create(region=unit.region, name="Lima hari kerja")
    spans = ((time(7, 30), time(12, 0)), (time(13, 0), time(16, 0)))
    WorkHours.objects.bulk_create(
        WorkHours(
            calendar=calendar,
            kind=HoursKind.NORMAL,
            valid_from=date(2024, 1, 1),
            weekday=weekday,
            start=start,
            end=end,
        )
        for weekday in range(5)
        for start, end in spans
    )
    unit.calendar = calendar
    unit.save(update_fields=["calendar"])
    return calendar


def make_kabupaten() -> OrganisationUnit:
    kabupaten = make_unit("Kabupaten Contoh", UnitKind.KABUPATEN)
    make_calendar(kabupaten)
    return kabupaten


def make_procedure(
    office: Office, rows: Sequence[Row] = S2_LIKE, *, title: str = "Pengukuran", library_key: str = ""
) -> ProcedureVersion:
    """Write an SOP into an office, effective, its performers bound to the chairs of the same names."""
    procedure = Procedure.objects.create(
        region=office.unit.region, unit=office.unit, title=title, library_key=library_key, created_at=AT
    )
    return make_version(office, procedure, rows, 1)


def make_successor(office: Office, version: ProcedureVersion, rows: Sequence[Row]) -> ProcedureVersion:
    """Put the next version of an SOP in force in place of one."""
    version.state = VersionState.SUPERSEDED
    version.save(update_fields=["state"])
    return make_version(office, version.procedure, rows, version.number + 1)


def make_version(office: Office, procedure: Procedure, rows: Sequence[Row], number: int) -> ProcedureVersion:
    version = ProcedureVersion.objects.create(
        region=office.unit.region,
        procedure=procedure,
        number=number,
        state=VersionState.EFFECTIVE,
        title=procedure.title,
    )
    names = dict.fromkeys(name for row in rows for name in (*row.who, *row.joint))
    performers = {
        name: Performer.objects.create(version=version, sequence=sequence, name=name)
        for sequence, name in enumerate(names, start=1)
    }
    PerformerBinding.objects.bulk_create(
        PerformerBinding(performer=performer, position=office.positions[name])
        for name, performer in performers.items()
    )
    for no, row in enumerate(rows, start=1):
        make_step(version, no, len(rows), row, performers)
    return version


def make_step(
    version: ProcedureVersion, no: int, last: int, row: Row, performers: Mapping[str, Performer]
) -> Step:
    kind = {1: StepKind.START, last: StepKind.END}.get(no, StepKind.PROCESS)
    step = Step.objects.create(
        version=version,
        no=no,
        activity=row.activity or f"Mengerjakan langkah {no}",
        label=f"Langkah {no}",
        kind=StepKind.DECISION if row.return_to else kind,
        work=row.work,
        outputs=list(row.outputs),
        time_text=f"{row.value} {row.unit}",
        time_value=row.value,
        time_unit=row.unit,
        minutes=int(row.value * MINUTES[row.unit]),
        return_to=list(row.return_to),
        calls=row.calls,
    )
    for name in row.who:
        StepPerformer.objects.create(step=step, performer=performers[name], mode=row.mode)
    for name in row.joint:
        StepPerformer.objects.create(step=step, performer=performers[name], mode=Mode.JOINT)
    return step


@replayed
def furnish(rows: tuple[Row, ...], name: str) -> tuple[Office, ProcedureVersion]:
    """An office with one SOP of these rows in force."""
    office = make_office(make_kabupaten(), name)
    return office, make_procedure(office, rows)


@dataclass
class Desk:
    """An office with one SOP, and the acts of its people in short."""

    office: Office
    version: ProcedureVersion
    at: datetime = AT

    @classmethod
    def make(cls, rows: Sequence[Row] = S2_LIKE, name: str = "Sukamaju") -> Desk:
        return cls(*furnish(tuple(rows), name))

    def later(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at

    def who(self, key: str) -> Authority:
        return self.office.authority(key)

    def position(self, key: str) -> Position:
        return self.office.positions[key]

    def start(self, chair: str = "camat", **given: Any) -> Case:
        values = {
            "procedure_version": self.version,
            "title": "Pengukuran TW I 2026",
            "year": 2026,
            "quarter": 1,
            "letter": None,
            "authority": self.who(chair),
            "at": self.at,
        }
        return actions.start_case(**(values | given))

    def open_task(self, case: Case, key: str) -> Task:
        return Task.objects.get(case=case, position=self.position(key), state=1)

    def complete(self, case: Case, key: str, *, press: UUID | None = None, **data: Any) -> Case:
        task = self.open_task(case, key)
        return complete(task, self.who(key), self.at, press=press, data=data)

    def send_back(self, case: Case, key: str, target: int, reason: str = "Angka seksi belum lengkap") -> Case:
        return actions.return_task(
            task_uid=self.open_task(case, key).uid,
            case_version=0,
            target_no=target,
            reason=reason,
            key=uuid4(),
            authority=self.who(key),
            at=self.at,
        )


def complete(
    task: Task,
    authority: Authority,
    at: datetime,
    *,
    press: UUID | None = None,
    data: Mapping[str, Any] | None = None,
) -> Case:
    return actions.complete_task(
        task_uid=task.uid,
        case_version=0,
        data=data or {},
        key=press or uuid4(),
        authority=authority,
        at=at,
    )

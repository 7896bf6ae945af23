"""Pengukuran Data Kinerja as the demonstration office does it, sent back once on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings
from tests.performance.factories import TW3, make_file

from runtut.accounts.models import User
from runtut.cases import actions
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.models import Case, Task
from runtut.cases.queries import gates_of, verify_events
from runtut.documents.actions import load_archive_classes
from runtut.documents.models import ArchiveClass, Document
from runtut.organisations.actions import load_demo
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import authorities_of
from runtut.performance import queries
from runtut.performance.actions import load_demo_performance
from runtut.performance.enums import RealisationState
from runtut.performance.errors import PeriodIsLocked
from runtut.performance.models import Realisation
from runtut.performance.rendering import departures, drafted_in
from runtut.procedures.actions import load_demo_procedures
from runtut.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
FIGURES = {"1.1": "86,12", "1.2": "2,7", "2.1": "3", "2.2": "2", "3.1": "91,30", "3.2": "1.010"}
"""What each section types, by the number of the indicator; the first two miss their targets."""
CAUSES = {"1.1": "Ruang tunggu sempit.", "1.2": "Dua petugas cuti bersalin."}


class Office:
    """Kecamatan Sukamaju of the demonstration; its people act by the logins that a newcomer tries."""

    def __init__(self) -> None:
        load_demo(at=AT)
        load_archive_classes()
        load_demo_procedures(at=AT)
        load_demo_performance(at=AT)
        self.at = AT
        self.unit = OrganisationUnit.objects.get(short_name="Kec. Sukamaju")
        self.version = ProcedureVersion.objects.get(
            procedure__unit=self.unit, procedure__library_key__iexact="s2"
        )

    def who(self, login: str) -> Authority:
        user = User.objects.get(username=f"{login}.sukamaju")
        return authorities_of(user=user, on=AT.date())[0]

    def start(self) -> Case:
        return actions.start_case(
            procedure_version=self.version,
            title="Pengukuran kinerja TW III 2026",
            year=2026,
            quarter=3,
            letter=None,
            authority=self.who("camat"),
            at=self.at,
        )

    def task(self, case: Case, login: str) -> Task:
        return Task.objects.select_related("case__unit", "case__procedure_version", "position").get(
            case=case, position=self.who(login).position_id, state=TaskState.OPEN
        )

    def do(self, case: Case, login: str, **data: Any) -> None:
        self.at += timedelta(hours=1)
        task = self.task(case, login)
        assert [gate.label for gate in gates_of(task=task, data=data, at=self.at) if not gate.met] == []
        actions.complete_task(
            task_uid=task.uid,
            case_version=0,
            data=data,
            key=uuid4(),
            authority=self.who(login),
            at=self.at,
        )

    def send_back(self, case: Case, login: str, target: int) -> None:
        self.at += timedelta(hours=1)
        actions.return_task(
            task_uid=self.task(case, login).uid,
            case_version=0,
            target_no=target,
            reason="Penyebab indikator 1.2 belum jelas.",
            key=uuid4(),
            authority=self.who(login),
            at=self.at,
        )

    def collected(self, login: str) -> Mapping[str, Any]:
        """What a head of section types and attaches for the indicators of the section."""
        rows = [
            row
            for row in queries.grid(unit=self.unit, quarter=TW3)
            if row.is_due and row.indicator.owner_id == self.who(login).position_id
        ]
        return {
            "values": {
                str(row.indicator.uid): {
                    "value_text": FIGURES[row.number],
                    "cause": CAUSES.get(row.number, ""),
                }
                for row in rows
            },
            "evidence": {str(row.indicator.uid): [make_file(self.unit)] for row in rows},
        }


def sentence(name: str) -> dict[str, Any]:
    return {"outputs": {name: {"text": "Sudah dikerjakan."}}}


@pytest.fixture
def office(settings: Settings) -> Office:
    settings.DEMO = True
    return Office()


def test_s2_from_disposisi_to_archive(office: Office) -> None:
    case = measured(office)
    office.send_back(case, "sekcam", 5)
    slow = next(row for row in queries.grid(unit=office.unit, quarter=TW3) if row.number == "1.2")
    office.do(case, "pengelola", analysis={str(slow.indicator.uid): "Jadwal cuti diatur ulang."})
    office.do(case, "sekcam", paraf=True)
    assert case.quarter is not None
    figures = Realisation.objects.filter(indicator__unit=case.unit, year=case.year, quarter=case.quarter)
    assert {row.verified_in.role for row in figures if row.verified_in} == {"sekcam"}
    assert all(row.verified_at for row in figures)
    office.do(case, "camat", approve=True)
    office.do(case, "pengelola")
    office.do(case, "pengelola", archive_class=ArchiveClass.objects.filter(is_legacy=False)[0])

    case.refresh_from_db()
    assert (case.state, case.rounds, verify_events()) == (CaseState.DONE, 1, [])
    rows = [row for row in queries.grid(unit=office.unit, quarter=TW3) if row.is_due]
    assert {row.state for row in rows} == {RealisationState.LOCKED}
    assert [row.cause for row in rows][:2] == ["Ruang tunggu sempit.", "Jadwal cuti diatur ulang."]
    assert [f"{row.achievement.raw:.2f}" for row in rows] == [
        "99.56",
        "97.33",
        "100.00",
        "100.00",
        "100.33",
        "170.46",
    ]
    first, second = Document.objects.get(kind="pengukuran").versions.order_by("number")
    assert "Dua petugas cuti bersalin." in str(first.content)
    assert "Jadwal cuti diatur ulang." in str(second.content)
    lock = queries.period_lock(unit=office.unit, quarter=TW3)
    assert lock is not None
    assert lock.rule == "SOP Pengukuran Data Kinerja langkah 8, dokumen disetujui Camat 5 Oktober 2026"
    with pytest.raises(PeriodIsLocked):
        office.start()


def measured(office: Office) -> Case:
    """A run whose document has been composed once."""
    case = office.start()
    office.do(case, "camat", instruction="Tindak lanjuti")
    office.do(case, "sekcam", instruction="Siapkan bahan")
    office.do(case, "perencanaan", **sentence("Bahan pengukuran data kinerja"))
    for number in range(1, 6):
        office.do(case, f"kasi{number}", **office.collected(f"kasi{number}"))
    office.do(case, "pengelola")
    return case


def test_a_cause_corrected_by_its_owner_after_a_return_is_what_the_document_says(office: Office) -> None:
    case = measured(office)
    slow = next(row.indicator for row in queries.grid(unit=office.unit, quarter=TW3) if row.number == "1.2")
    office.send_back(case, "sekcam", 5)
    office.do(case, "pengelola", analysis={str(slow.uid): "Jadwal cuti diatur ulang."})
    office.send_back(case, "sekcam", 4)
    for number in range(1, 6):
        given = office.collected(f"kasi{number}")
        if str(slow.uid) in given["values"]:
            given["values"][str(slow.uid)] = {"value_text": "2,6", "cause": "Loket kedua dibuka November."}
        office.do(case, f"kasi{number}", **given)
    facts = queries.measurement_of(unit=office.unit, quarter=TW3, on=AT.date())
    content = Document.objects.get(kind="pengukuran").versions.latest("number").content
    draft = drafted_in(content, facts)
    office.do(case, "pengelola", analysis=draft.analysis)

    last = Document.objects.get(kind="pengukuran").versions.latest("number")
    assert draft.analysis[str(slow.uid)] == "Loket kedua dibuka November."
    assert "Loket kedua dibuka November." in str(last.content)
    assert "Jadwal cuti diatur ulang." not in str(last.content)
    assert departures(content, facts) != []
    assert departures(last.content, facts) == []


def test_a_quarter_is_not_locked_with_figures_that_its_document_does_not_say(office: Office) -> None:
    """An earlier quarter was opened and corrected while the document lay with the Camat."""
    case = measured(office)
    office.do(case, "sekcam", paraf=True)
    office.do(case, "camat", approve=True)
    villages = next(row for row in queries.grid(unit=office.unit, quarter=TW3) if row.number == "2.1")
    Realisation.objects.filter(indicator=villages.indicator, year=2026, quarter=2).update(value="5")

    task = office.task(case, "pengelola")
    (unmet,) = [gate for gate in gates_of(task=task, data={}, at=office.at) if not gate.met]
    assert unmet.code == "figures_agree"
    assert "2.1" in unmet.hint
    assert unmet.hint.endswith("mulai lagi agar naskahnya memuat angka yang sekarang.")

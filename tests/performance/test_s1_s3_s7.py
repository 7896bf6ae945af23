"""What S1, S3 and S7 collect, examine and record, in the demonstration offices."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

import pytest
from pytest_django import Settings
from tests.performance.demo_office import DemoOffice
from tests.performance.factories import TW3, make_file

from runtut.cases.actions import return_task
from runtut.cases.enums import CaseState
from runtut.cases.models import Case
from runtut.documents.models import ArchiveRecord, Document
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.queries import authority_for
from runtut.performance import actions, queries
from runtut.performance.enums import Accumulation, RealisationState
from runtut.performance.models import Indicator, Realisation

pytestmark = pytest.mark.django_db

ANALYSIS = {"capaian": "Target tercapai.", "sebab": "Petugas lengkap.", "lanjut": "Dipertahankan."}


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


def due(unit: OrganisationUnit) -> list[queries.GridRow]:
    return [row for row in queries.grid(unit=unit, quarter=TW3) if row.is_due]


def owner_of(indicator: Indicator, office: DemoOffice) -> Authority:
    user = indicator.owner.appointments.select_related("user").get().user
    found = authority_for(user=user, position=indicator.owner, on=office.at.date())
    assert found is not None
    return found


def fill(office: DemoOffice, rows: Iterable[queries.GridRow], text: str, *, evidence: bool = True) -> None:
    for row in rows:
        given = {"indicator": row.indicator, "quarter": TW3, "at": office.at}
        authority = owner_of(row.indicator, office)
        actions.enter_realisation(value_text=text, cause="Sesuai rencana.", authority=authority, **given)
        if evidence:
            actions.add_evidence(file=make_file(office.unit), authority=authority, **given)


def test_s1_asks_each_section_for_its_analysis() -> None:
    office = DemoOffice("s1")
    case = office.start(quarter=2)
    office.until(case, 3)
    gates = office.gates(case)
    assert len(gates) == 6 and not any(gate.met for gate in gates.values())
    for login in ("umum", "kasi1", "kasi2", "kasi3", "kasi4"):
        given = {
            "case": case,
            "position": office.position(login),
            "authority": office.who(login),
            "at": office.at,
        }
        actions.save_section(answers=ANALYSIS, proposals={}, **given)
        actions.hand_in_section(**given)
    last = office.position("kasi5")
    assert [gate.label for gate in office.gates(case).values() if not gate.met] == [
        f"Bagian {last.short_title}"
    ]

    office.do(case, without={str(last.uid): "Sedang menunaikan ibadah haji."})
    office.until(case, 8)
    office.do(case)

    case.refresh_from_db()
    assert case.state == CaseState.DONE
    text = str(Document.objects.get(kind="bahan").versions.get().content)
    for expected in ("Bahan diterima dari 5 dari 6", "menunaikan ibadah haji", "Petugas lengkap.", "99,88"):
        assert expected in text


def test_s3_compiles_the_figures_and_leaves_the_quarter_open_for_measurement() -> None:
    office = DemoOffice("s3")
    case = office.start(quarter=3)
    office.until(case, 4)
    for row in due(office.unit):
        fill(office, [row], "3")
    while office.open_task(case).step_no == 4:
        office.do(case)
    office.until(case, 8)
    office.do(case)

    case.refresh_from_db()
    assert case.state == CaseState.DONE
    assert {row.state for row in due(office.unit)} == {RealisationState.APPROVED}
    assert queries.period_lock(unit=office.unit, quarter=TW3) is None
    form, compilation = Document.objects.filter(kind="bahan").order_by("id")
    assert form.get_state_display() == "Terkunci"
    assert "Indeks Kepuasan" in str(form.versions.get().content)
    assert "musrenbang" not in str(form.versions.get().content), "asked for in TW IV only"
    version = compilation.versions.get()
    text = str(version.content)
    assert "meliputi 6 indikator dari 5 pemilik. Angka" in text
    assert "HIMPUNAN DATA KINERJA" in text
    tables = [block["rows"] for block in version.content["blocks"] if block["type"] == "table"]
    printed = {cells[0]: (cells[3], cells[4], cells[5]) for rows in tables for cells in rows}
    added = next(row for row in due(office.unit) if row.indicator.accumulation == Accumulation.SUM)
    target, reached, own = printed[added.number]
    assert own == "3"
    assert reached == f"{added.to_date.value:.0f}" != own
    assert target == f"{added.target.value:.0f}"
    assert [one["position"] for one in version.content["signatures"]] == ["CAMAT SUKAMAJU"]
    assert ArchiveRecord.objects.earliest("id").version == version


def test_s3_asks_for_the_classification_of_what_it_archives() -> None:
    office = DemoOffice("s3")
    case = office.start(quarter=3)
    office.until(case, 4)
    fill(office, due(office.unit), "3")
    office.until(case, 8)

    assert not office.gates(case)["archive_class"].met


def dinas() -> tuple[DemoOffice, Case]:
    office = DemoOffice("s7", login="kepala.dinsospermasdes", unit="Dinsospermasdes")
    return office, office.start(quarter=3)


def test_s7_examines_the_figures_before_they_are_measured() -> None:
    office, case = dinas()
    office.until(case, 6)
    assert not office.gates(case)["filled"].met
    rows = {row.number: row for row in due(office.unit)}
    fill(office, [rows["1.1"]], "63,60")
    fill(office, [rows["1.2"]], "6,5", evidence=False)
    fill(office, [rows["2.1"]], "95")
    office.do(case)
    task = office.open_task(case)
    found = queries.findings_of(unit=office.unit, quarter=TW3)

    assert task.step_no == 7
    assert [(one.row.number, one.finding.code) for one in found] == [("1.2", "no_evidence"), ("2.1", "jump")]
    office.do(case, explained={one.key: "Sudah dicek ke lapangan." for one in found})
    rows = {row.number: row for row in due(office.unit)}
    assert {row.state for row in rows.values()} == {RealisationState.SUBMITTED}
    office.do(case)

    made = Document.objects.filter(unit=office.unit, kind__in=["bahan", "pengukuran"])
    documents = list(made.order_by("id"))
    assert [one.title.split(" Dins")[0] for one in documents] == [
        "Format Pengumpulan Data Kinerja",
        "Himpunan Data Kinerja",
        "Data Kinerja Tervalidasi",
        "Dokumen Pengukuran Kinerja",
    ]
    assert [one.state for one in documents] == ["disetujui", "disetujui", "disetujui", "menunggu"]
    text = str(documents[-2].versions.latest("number").content)
    assert "Sudah dicek ke lapangan." in text
    assert "Berubah 206,45 % dari TW III 2025 (31 menjadi 95)." in text
    figures = Realisation.objects.filter(indicator__unit=office.unit, quarter=3, year=2026)
    assert figures.count() == 3

    figures.filter(indicator=rows["2.1"].indicator).update(value=None, cause="Rekap desa belum masuk.")
    facts = queries.collection_facts(
        unit=office.unit, quarter=TW3, title="Data", signer=task.position, on=office.at.date(), explained={}
    )
    told = {one.finding: one.answer for one in facts.findings}
    assert told["2.1 Lembaga desa dibina: Belum diisi."] == "Rekap desa belum masuk."


def test_s7_gives_the_figures_back_when_the_correction_returns_them() -> None:
    office, case = dinas()
    office.until(case, 6)
    rows = {row.number: row for row in due(office.unit)}
    fill(office, [rows["1.1"], rows["2.1"]], "95")
    fill(office, [rows["1.2"]], "6,5", evidence=False)
    office.until(case, 7)
    found = queries.findings_of(unit=office.unit, quarter=TW3)
    office.do(case, explained={one.key: f"Sudah dicek: {one.finding.code}." for one in found})
    office.until(case, 9)

    return_task(
        task_uid=office.open_task(case).uid,
        case_version=0,
        target_no=7,
        reason="Lengkapi bukti pengaduan.",
        key=uuid4(),
        authority=office.who("sekretaris.dinsospermasdes"),
        at=office.at,
    )

    assert {row.state for row in due(office.unit)} == {RealisationState.RETURNED}
    fill(office, [rows["1.2"]], "6,4")
    left = queries.findings_of(unit=office.unit, quarter=TW3)
    answers = queries.answers_before(case=case, step_no=7)
    assert "1.2" not in [one.row.number for one in left]
    assert [answers[one.label] for one in left] == [f"Sudah dicek: {one.finding.code}." for one in left]
    assert left

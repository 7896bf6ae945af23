"""RKT and EKT in the demonstration office, from the first step to the last."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings
from tests.performance.demo_office import DemoOffice

from runtut.cases.actions import cancel_case, renew_figures, return_task, save_writing, start_writing
from runtut.cases.enums import CaseState
from runtut.cases.models import Case
from runtut.documents.enums import DocumentState
from runtut.documents.models import Document, Manuscript
from runtut.performance import actions, queries
from runtut.performance.enums import PlanState
from runtut.performance.errors import YearHasLockedQuarter
from runtut.performance.models import BudgetFigure, Realisation, Rkt, Target
from runtut.performance.rendering import EktDrafted, compose_ekt

pytestmark = pytest.mark.django_db

SECTIONS = ("kasi1", "kasi2", "kasi3", "kasi4", "kasi5", "umum", "lurah1", "lurah2")
RKT_ANSWERS = {
    "usulan": "Pembinaan administrasi desa diperluas.",
    "alasan": "Tiga desa baru perlu didampingi.",
}
EKT_ANSWERS = {
    "sebab": "Pendampingan berjalan rutin.",
    "hambatan": "Jaringan internet desa lemah.",
    "lanjut": "Jadwal pendampingan ditambah.",
}


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.DEMO = True


def hand_in(office: DemoOffice, case: Case, answers: dict[str, str], **proposals: str) -> None:
    """Every section writes its part and hands it in."""
    rows = queries.grid(unit=office.unit, quarter=queries.shown_quarter(queries.asking_of(case)))
    by_number = {row.number: row.indicator for row in rows}
    for login in SECTIONS:
        position, authority = office.position(login), office.who(login)
        own = {
            by_number[number].uid: text
            for number, text in {"2.1": proposals.get("villages", "")}.items()
            if by_number[number].owner_id == position.pk
        }
        given = {"case": case, "position": position, "authority": authority, "at": office.at}
        actions.save_section(answers=answers, proposals=own, **given)
        actions.hand_in_section(**given)


def drafts() -> list[str]:
    """Papers that would still be printed as a draft."""
    finished = (DocumentState.APPROVED, DocumentState.LOCKED)
    return list(Document.objects.exclude(state__in=finished).values_list("title", flat=True))


def test_s5_makes_the_targets_of_the_year() -> None:
    office = DemoOffice("s5")
    case = office.start(year=2027)
    office.until(case, 7)
    hand_in(office, case, RKT_ANSWERS, villages="14")
    office.do(case)
    planner = office.who("perencanaan")
    assert not office.gates(case)["rkt"].met

    rkt = actions.open_rkt(unit=office.unit, year=2027, authority=planner, at=office.at)
    villages = next(row for row in queries.rkt_view(rkt=rkt).rows if row.number == "2.1")
    assert [one.value for one in villages.proposals] == [Decimal(14)]
    actions.set_rkt_targets(
        rkt=rkt,
        indicator=villages.indicator,
        texts={"year": "14", "tw1": "3", "tw2": "3", "tw3": "4", "tw4": "4"},
        authority=planner,
        at=office.at,
    )
    assert Target.objects.filter(year=2027).count() == 0
    office.until(case, 13)
    office.do(case)

    case.refresh_from_db()
    rkt.refresh_from_db()
    assert (case.state, rkt.state) == (CaseState.DONE, PlanState.APPROVED)
    assert drafts() == []
    assert Target.objects.get(indicator=villages.indicator, year=2027, quarter=None).value == 14
    index = next(row for row in queries.rkt_view(rkt=rkt).rows if row.number == "1.1")
    assert Target.objects.get(indicator=index.indicator, year=2027, quarter=4).value == Decimal("88.5")
    text = str(Document.objects.get(kind="rkt").versions.earliest("number").content)
    for expected in ("7.01.01.2.01.0006", "12.750.000", "88,50", "Kasi PMD", "Peraturan Bupati Contoh"):
        assert expected in text
    material = str(Document.objects.get(kind="bahan").versions.get().content)
    assert "Bahan diterima dari 8 dari 8 bagian" in material
    shown = queries.shown_quarter(queries.asking_of(case))
    assert Realisation.objects.filter(indicator__unit=office.unit, year=2026, quarter=shown.number).exists()
    assert not Realisation.objects.filter(
        indicator__unit=office.unit, year=2026, quarter__gt=shown.number, value__isnull=False
    ).exists()
    assert f"di bawah ini s.d. {shown.label}." in material
    assert "Usulan bagian" in text
    assert "Desa dengan administrasi dan laporan APBDes tertib: 14 desa" in material


def test_what_was_handed_in_to_a_cancelled_run_is_in_no_plan() -> None:
    office = DemoOffice("s5")
    planner = office.who("perencanaan")
    for villages in ("13", "14"):
        case = office.start(year=2027)
        office.until(case, 7)
        hand_in(office, case, {**RKT_ANSWERS, "usulan": f"Usulan {villages}."}, villages=villages)
        if villages == "13":
            cancel_case(
                case_uid=case.uid,
                reason="Diulang dengan surat baru.",
                authority=office.who("camat"),
                at=office.at,
            )
    office.do(case)

    rkt = actions.open_rkt(unit=office.unit, year=2027, authority=planner, at=office.at)
    row = next(one for one in queries.rkt_view(rkt=rkt).rows if one.number == "2.1")
    facts = queries.rkt_facts(rkt=rkt, on=office.unit.local_date(office.at))

    assert [one.value for one in row.proposals] == [Decimal(14)]
    assert len(facts.sections) == len(SECTIONS)
    assert {answers[0][1] for answers in (one.answers for one in facts.sections)} == {"Usulan 14."}


def test_s5_does_not_plan_a_year_that_is_measured_already() -> None:
    office = DemoOffice("s5")

    with pytest.raises(YearHasLockedQuarter) as refusal:
        office.start(year=2026)

    assert refusal.value.field == "year"
    assert "TW I 2026 terkunci sejak" in refusal.value.sentence


def test_s6_reports_the_year_from_its_figures() -> None:
    office = DemoOffice("s6")
    case = office.start(year=2025)
    office.until(case, 7)
    hand_in(office, case, EKT_ANSWERS)
    office.do(case)
    gates = office.gates(case)
    assert gates["figures"].met and "missing_reason" not in gates
    facts = queries.ekt_facts(unit=office.unit, year=2025, on=office.at.date())
    texts = {
        one.key: {
            "cause": one.cause or "Sesuai rencana.",
            "hindrance": one.hindrance or "Tidak ada.",
            "follow_up": one.follow_up or "Dipertahankan.",
        }
        for one in facts.objectives
    }
    office.do(case, objectives=texts)
    office.until(case, 13)
    office.do(case)

    case.refresh_from_db()
    assert case.state == CaseState.DONE
    assert drafts() == []
    # Typed and handed in as it was: no version of its own.
    content = str(Document.objects.get(kind="ekt").versions.get().content)
    index = facts.objectives[0].lines[0]
    assert (index.target, index.realisation, index.achievement) == ("85,00", "85,20", "100,24")
    assert (index.renstra_end, index.attainment) == ("91,50", "93,11")
    for expected in (
        "100,24",
        "Sangat Tinggi",
        "Jaringan internet desa lemah.",
        "91,50",
        "93,11",
        "290.550.000",
    ):
        assert expected in content


def test_s6_asks_why_a_figure_is_missing() -> None:
    office = DemoOffice("s6")
    case = office.start(year=2026)
    office.until(case, 7)
    hand_in(office, case, EKT_ANSWERS)
    office.do(case)

    gates = office.gates(case)

    assert not gates["missing_reason"].met
    assert "Nilai AKIP" in gates["missing_reason"].hint
    assert office.gates(case, missing_reason="Tahun belum berakhir.")["missing_reason"].met


def test_rkt_is_locked_with_the_first_quarter_of_its_year() -> None:
    office = DemoOffice("s5")
    rkt = Rkt.objects.get(unit=office.unit, year=2026)

    assert rkt.state == PlanState.LOCKED


def put_in(office: DemoOffice, case: Case, was: str, now: str) -> Manuscript:
    """The typing step's document with some words written otherwise."""
    task = office.open_task(case)
    authority = office.acting(task)
    manuscript = start_writing(task=task, output=1, authority=authority, at=office.at)
    assert was in manuscript.text
    return save_writing(
        manuscript=manuscript,
        revision=manuscript.revision,
        title=manuscript.title,
        heading="\n".join(manuscript.frame["title"]),
        text=manuscript.text.replace(was, now, 1),
        authority=authority,
        at=office.at,
    )


def rkt_composed(office: DemoOffice) -> tuple[Case, Rkt]:
    """A run of S5 whose RKT was composed and waits for being typed."""
    case = office.start(year=2027)
    office.until(case, 7)
    hand_in(office, case, RKT_ANSWERS)
    office.do(case)
    rkt = actions.open_rkt(unit=office.unit, year=2027, authority=office.who("perencanaan"), at=office.at)
    office.until(case, 9)
    return case, rkt


def test_s5_names_a_typed_figure_that_is_not_the_kept_one() -> None:
    office = DemoOffice("s5")
    case, _ = rkt_composed(office)
    manuscript = put_in(office, case, "12.750.000", "12.950.000")

    gate = office.gates(case)["figures_agree"]

    assert not gate.met
    expected = "7.01.01.2.01.0006, Pagu (Rp): tertulis 12.950.000, tersimpan 12.750.000."
    assert gate.hint.startswith(expected)
    task = office.open_task(case)
    renewed = renew_figures(manuscript=manuscript, authority=office.acting(task), at=office.at)
    assert "12.950.000" not in renewed.text
    assert "figures_agree" not in office.gates(case)


def test_s5_lets_words_beside_the_figures_be_mended() -> None:
    office = DemoOffice("s5")
    case, _ = rkt_composed(office)

    put_in(office, case, "RKT menjadi dasar", "RKT ini menjadi dasar")

    assert "figures_agree" not in office.gates(case)


def test_s5_takes_a_plan_that_was_taken_back_up_again_with_the_typing() -> None:
    office = DemoOffice("s5")
    case, rkt = rkt_composed(office)
    office.do(case)
    planner = office.who("perencanaan")
    actions.reopen_rkt(rkt=rkt, reason="Target desa keliru.", authority=planner, at=office.at)
    assert "ditarik kembali" in office.gates(case)["figures_agree"].hint
    villages = next(row for row in queries.rkt_view(rkt=rkt).rows if row.number == "2.1")
    texts = {"year": "14", "tw1": "3", "tw2": "3", "tw3": "4", "tw4": "4"}
    given = {"authority": planner, "at": office.at}
    actions.set_rkt_targets(rkt=rkt, indicator=villages.indicator, texts=texts, **given)
    task = office.open_task(case)
    return_task(
        task_uid=task.uid,
        case_version=0,
        target_no=9,
        reason="Target desa keliru.",
        key=uuid4(),
        authority=office.acting(task),
        at=office.at,
    )
    task = office.open_task(case)
    manuscript = start_writing(task=task, output=1, authority=office.acting(task), at=office.at)
    assert "2.1, Target: tertulis 13, tersimpan 14" in office.gates(case)["figures_agree"].hint

    renew_figures(manuscript=manuscript, authority=office.acting(task), at=office.at)
    office.do(case)

    rkt.refresh_from_db()
    assert rkt.state == PlanState.WAITING
    office.until(case, 13)
    rkt.refresh_from_db()
    assert rkt.state == PlanState.APPROVED
    assert Target.objects.get(indicator=villages.indicator, year=2027, quarter=None).value == 14
    signed = Document.objects.get(kind="rkt").versions.latest("number")
    assert ["2.1", "14"] in target_rows(signed.content)


def test_s6_does_not_hold_a_year_against_the_spending_of_three_quarters() -> None:
    office = DemoOffice("s6")
    spent = BudgetFigure.objects.filter(item__rkt__unit=office.unit, item__rkt__year=2025, quarter=4)
    whole = queries.ekt_facts(unit=office.unit, year=2025, on=office.at.date())

    assert spent.update(spent=None)
    part = queries.ekt_facts(unit=office.unit, year=2025, on=office.at.date())

    assert (whole.spent_until, part.spent_until) == ("", "TW III")
    assert whole.efficiency and not part.efficiency
    text = str(compose_ekt(part, EktDrafted("Awal", "Akhir"))["blocks"])
    assert "Realisasi anggaran tercatat sampai dengan TW III." in text


def target_rows(content: dict[str, Any]) -> list[list[str]]:
    """Number and target of the year, as the paper says."""
    table = next(block for block in content["blocks"] if block["type"] == "table")
    return [[row[0], row[5]] for row in table["rows"]]


def test_s6_names_a_typed_figure_that_is_not_the_kept_one() -> None:
    office = DemoOffice("s6")
    case = office.start(year=2025)
    office.until(case, 7)
    hand_in(office, case, EKT_ANSWERS)
    office.do(case)
    facts = queries.ekt_facts(unit=office.unit, year=2025, on=office.at.date())
    words = {"cause": "Sesuai rencana.", "hindrance": "Tidak ada.", "follow_up": "Dipertahankan."}
    office.do(case, objectives={one.key: words for one in facts.objectives})
    manuscript = put_in(office, case, "100,24", "104,24")

    assert "1.1, Capaian (%): tertulis 104,24, tersimpan 100,24" in office.gates(case)["figures_agree"].hint

    task = office.open_task(case)
    renew_figures(manuscript=manuscript, authority=office.acting(task), at=office.at)
    assert "figures_agree" not in office.gates(case)

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.performance.factories import TW1, acts, make_realisation
from tests.performance.runs import Runs, make_runs

from runtut.cases.errors import GatesUnmet
from runtut.cases.models import Case, TaskOutput
from runtut.core.errors import DomainError
from runtut.core.numbers import NotANumber
from runtut.performance import queries
from runtut.performance.contrib import ensure_period_is_free
from runtut.performance.enums import RealisationState
from runtut.performance.errors import PeriodIsLocked, QuarterMissing, ValueOutOfRange
from runtut.performance.models import Evidence, PeriodLock, Realisation
from runtut.procedures.models import Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(db: None) -> Runs:
    return make_runs()


@pytest.fixture
def case(runs: Runs) -> Case:
    return runs.start()


def unmet(runs: Runs, case: Case, who: str = "kasi1", **data: object) -> list[str]:
    return [gate.label for gate in runs.gates(case, who, **data) if not gate.met]


def test_gates_name_every_figure_and_its_evidence(runs: Runs, case: Case) -> None:
    assert unmet(runs, case) == [
        "Realisasi 1.1 Indikator 1.1",
        "Bukti 1.1 Indikator 1.1",
        "Realisasi 1.2 Indikator 1.2",
        "Bukti 1.2 Indikator 1.2",
    ]
    gate = runs.gates(case, "kasi1")[0]
    assert gate.anchor == f"nilai-{runs.index.uid}"
    assert gate.hint.endswith(".")


def test_gates_count_what_is_typed_and_not_saved_yet(runs: Runs, case: Case) -> None:
    assert unmet(runs, case, **runs.typed()) == []
    assert unmet(runs, case, **runs.typed(index=" ", cause="")) == ["Realisasi 1.1 Indikator 1.1"]
    assert not Realisation.objects.exists()


def test_gates_take_a_reason_in_place_of_figure_and_evidence(runs: Runs, case: Case) -> None:
    key = str(runs.index.uid)
    data = {"values": {key: {"value_text": "", "cause": "Survei baru pada TW II."}}}

    assert unmet(runs, case, **data) == ["Realisasi 1.2 Indikator 1.2", "Bukti 1.2 Indikator 1.2"]


def test_gates_want_the_cause_of_what_is_under_target(runs: Runs, case: Case) -> None:
    make_realisation(runs.index, TW1, "1")

    assert f"Penyebab 1.1 {runs.index.short_name}" in unmet(runs, case)

    Realisation.objects.update(cause="Survei terlambat.")
    assert f"Penyebab 1.1 {runs.index.short_name}" not in unmet(runs, case)


def test_a_section_without_indicator_hands_in_a_sentence(runs: Runs, case: Case) -> None:
    output = "Data dan bukti kinerja seksi"
    data = {"outputs": {output: {"text": " Mendukung survei. "}}}

    assert unmet(runs, case, "kasi2") == [output]
    assert unmet(runs, case, "kasi2", **data) == []

    runs.complete(case, "kasi2", **data)

    assert (TaskOutput.objects.get().name, TaskOutput.objects.get().text) == (output, "Mendukung survei.")


def test_complete_with_open_gates_saves_nothing(runs: Runs, case: Case) -> None:
    data = {**runs.typed(), "evidence": {}}

    with pytest.raises(GatesUnmet) as caught:
        runs.complete(case, "kasi1", **data)

    assert [gate.label for gate in caught.value.gates] == [
        "Bukti 1.1 Indikator 1.1",
        "Bukti 1.2 Indikator 1.2",
    ]
    assert not Realisation.objects.exists()


@pytest.mark.parametrize(("text", "refusal"), [("3,5,1", NotANumber), ("51", ValueOutOfRange)])
def test_complete_refuses_a_bad_figure_at_its_own_field_and_saves_nothing(
    runs: Runs, case: Case, text: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal) as caught:
        runs.complete(case, "kasi1", **runs.typed(villages=text))

    assert caught.value.field == f"value_text:{runs.villages.uid}"
    assert not Realisation.objects.exists()
    assert not Evidence.objects.exists()
    assert not acts().exists()


def test_complete_hands_the_figures_over(runs: Runs, case: Case) -> None:
    task = runs.complete(case, "kasi1", **runs.typed())

    rows = queries.grid(unit=runs.office.unit, quarter=TW1)
    assert [(row.value, row.state) for row in rows] == [
        (Decimal("86.12"), RealisationState.SUBMITTED),
        (Decimal(3), RealisationState.SUBMITTED),
    ]
    outputs = TaskOutput.objects.filter(task=task).order_by("id")
    assert [(output.name, output.text, output.file is not None) for output in outputs] == [
        (
            "Data dan bukti kinerja seksi",
            "1.1 Indikator 1.1: 86,12 nilai\n1.2 Indikator 1.2: 3 desa",
            False,
        ),
        ("Bukti 1.1 Indikator 1.1", "", True),
        ("Bukti 1.2 Indikator 1.2", "", True),
    ]


def test_complete_after_saving_on_the_grid_needs_no_typing(runs: Runs, case: Case) -> None:
    for indicator in (runs.index, runs.villages):
        make_realisation(indicator, TW1, None, cause="Belum ada survei.")

    runs.complete(case, "kasi1")

    assert set(Realisation.objects.values_list("state", flat=True)) == {RealisationState.SUBMITTED}
    assert TaskOutput.objects.get().text.startswith("1.1 Indikator 1.1: belum ada angka; Belum ada survei.")


def test_complete_when_another_run_has_collected_already(runs: Runs, case: Case) -> None:
    for indicator in (runs.index, runs.villages):
        make_realisation(indicator, TW1, "3", state=RealisationState.LOCKED)

    assert unmet(runs, case) == []

    runs.complete(case, "kasi1", **runs.typed())

    assert set(Realisation.objects.values_list("value", flat=True)) == {Decimal(3)}


def lock(runs: Runs, quarter: int = 1) -> None:
    unit = runs.office.unit
    PeriodLock.objects.create(
        region=unit.region,
        unit=unit,
        year=2026,
        quarter=quarter,
        rule="SOP Pengukuran Data Kinerja langkah 8",
        locked_at=runs.at,
        contact=runs.office.positions["perencanaan"],
    )


def test_a_run_for_a_locked_quarter_does_not_start(runs: Runs) -> None:
    lock(runs)

    with pytest.raises(PeriodIsLocked) as caught:
        runs.start()

    assert caught.value.field == "quarter"
    assert caught.value.sentence.startswith(
        "TW I 2026 Kec. Sukamaju terkunci sejak 2 Maret 2026 menurut SOP Pengukuran Data Kinerja langkah 8."
    )
    assert not Case.objects.exists()
    assert runs.start(quarter=2).quarter == 2


def test_a_run_that_collects_needs_a_quarter(runs: Runs) -> None:
    with pytest.raises(QuarterMissing):
        runs.start(quarter=None)

    assert not Case.objects.exists()


def test_a_run_that_asks_for_no_figures_starts_in_a_locked_quarter(runs: Runs) -> None:
    lock(runs)
    Step.objects.filter(version=runs.version).update(topic="")

    ensure_period_is_free(
        version=runs.version,
        unit=runs.office.unit,
        year=2026,
        quarter=1,
        letter=None,
        on=runs.at.date(),
    )

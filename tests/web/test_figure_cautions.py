"""Figures of a quarter that has not ended, or that have jumped, are taken with a warning, at every place that
takes them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.performance.factories import make_realisation
from tests.performance.runs import APPROVE, Runs, make_runs
from tests.web.conftest import Visit

from runtut.core import clock
from runtut.core.periods import Quarter
from runtut.performance.enums import ItemLevel, RealisationState
from runtut.performance.formulas import early_warning
from runtut.performance.models import BudgetFigure, Realisation, Renstra, Rkt, RktItem
from runtut.procedures.enums import Work
from runtut.procedures.models import Step

pytestmark = pytest.mark.django_db

TW1 = Quarter(2026, 1)
WORDS = "TW I 2026 belum berakhir (hari terakhirnya 31 Maret 2026)"


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> Runs:
    found = make_runs()
    monkeypatch.setattr(clock, "now", lambda: found.at)
    return found


@pytest.mark.parametrize(
    ("day", "is_early"),
    [(date(2025, 12, 31), True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)],
)
def test_a_quarter_is_early_until_its_last_day_is_over(day: date, is_early: bool) -> None:
    assert bool(early_warning(TW1, day)) == is_early


def test_every_step_that_takes_the_figures_warns_and_none_is_stopped(runs: Runs, visit: Visit) -> None:
    case = runs.start()
    where = f"/kerja/{case.uid}/"
    people = runs.office.people

    assert WORDS in visit(people["kasi1"]).get(where).text
    runs.collect(case)
    assert WORDS in visit(people["pengelola"]).get(where).text
    runs.complete(case, "pengelola")
    runs.complete(case, "sekcam")
    assert WORDS in visit(people["pengelola"]).get(where).text


def test_form_and_examination_warn_who_acts_there_and_an_ended_quarter_nobody(
    runs: Runs, visit: Visit
) -> None:
    owner, clerk = visit(runs.office.people["kasi1"]), visit(runs.office.people["pengelola"])
    early, ended = "?tahun=2026&tw=1", "?tahun=2025&tw=4"

    assert WORDS in owner.get(f"/kinerja/{early}").text
    assert WORDS in clerk.get(f"/kinerja/periksa/{early}").text
    assert WORDS not in visit(runs.office.people["kasi2"]).get(f"/kinerja/{early}").text
    for page in (owner.get(f"/kinerja/{ended}"), clerk.get(f"/kinerja/periksa/{ended}")):
        assert "belum berakhir" not in page.text


def test_who_locks_is_told_of_spending_that_nobody_entered(runs: Runs, visit: Visit) -> None:
    unit, given = runs.office.unit, {"region": runs.office.unit.region}
    renstra = Renstra.objects.create(unit=unit, title="Renstra", first_year=2025, last_year=2029, **given)
    rkt = Rkt.objects.create(unit=unit, renstra=renstra, year=2026, opened_at=runs.at, **given)
    item = RktItem.objects.create(
        rkt=rkt, code="7.01.01.2.01.0006", level=ItemLevel.SUB_ACTIVITY, name="Laporan", **given
    )
    case = runs.start()
    runs.collect(case)
    runs.complete(case, "pengelola")
    runs.complete(case, "sekcam")
    where, keeper = f"/kerja/{case.uid}/", visit(runs.office.people["pengelola"])
    told = "Realisasi anggaran TW I 2026 belum lengkap dan ikut terkunci."
    assert told in keeper.get(where).text

    BudgetFigure.objects.create(item=item, quarter=1, spent=1_000_000, **given)

    assert told not in keeper.get(where).text


def test_who_composes_and_examines_the_paper_is_told_of_a_jump(runs: Runs, visit: Visit) -> None:
    make_realisation(runs.villages, Quarter(2025, 1), "8")
    Step.objects.filter(version=runs.version, no=APPROVE).update(work=Work.REVIEW)
    case = runs.start()
    where, people = f"/kerja/{case.uid}/", runs.office.people
    runs.collect(case, **runs.typed(villages="23"))
    Realisation.objects.filter(indicator=runs.villages, year=2026).update(note="Desa baru ikut dihitung.")
    told = "1.2 Indikator 1.2: Berubah 187,50 % dari TW I 2025 (8 menjadi 23). Catatan pengisi: Desa"

    assert told in visit(people["pengelola"]).get(where).text
    runs.complete(case, "pengelola")
    assert told in visit(people["sekcam"]).get(where).text


def test_an_owner_whose_figures_are_known_already_is_told_so(runs: Runs, visit: Visit) -> None:
    for one in (runs.index, runs.villages):
        make_realisation(one, TW1, "86", state=RealisationState.SUBMITTED)
    case = runs.start()

    shown = visit(runs.office.people["kasi1"]).get(f"/kerja/{case.uid}/").text

    assert "Semua angka Anda sudah diajukan sebelumnya." in shown
    assert 'name="nilai-' not in shown

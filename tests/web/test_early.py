"""Figures of a quarter that has not ended are taken with a warning, at every place that takes them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.performance.runs import Runs, make_runs
from tests.web.conftest import Visit

from runtut.core import clock
from runtut.core.periods import Quarter
from runtut.performance.formulas import early_warning

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

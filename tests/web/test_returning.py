"""The form of a return asks which figures go back."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.performance.factories import make_indicator, make_realisation
from tests.performance.runs import Runs, make_runs
from tests.web.conftest import Visit

from runtut.cases.enums import TaskState
from runtut.cases.models import Case
from runtut.core import clock
from runtut.core.periods import Quarter
from runtut.performance.enums import RealisationState
from runtut.performance.models import Realisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch, visit: Visit) -> Runs:
    found = make_runs()
    monkeypatch.setattr(clock, "now", lambda: found.at)
    return found


@pytest.fixture
def case(runs: Runs) -> Case:
    """The run on the desk of who examines the measurement."""
    case = runs.start()
    runs.collect(case)
    runs.complete(case, "pengelola")
    return case


def address(case: Case) -> str:
    return f"/kerja/{case.uid}/{case.tasks.get(state=TaskState.OPEN).uid}/kembalikan/"


def states() -> list[str]:
    return list(Realisation.objects.order_by("indicator__sequence").values_list("state", flat=True))


def test_the_form_names_every_figure_and_proposes_those_that_are_ticked(
    runs: Runs, case: Case, visit: Visit
) -> None:
    shown = visit(runs.cast.budi).get(f"/kerja/{case.uid}/").text

    assert "Angka yang ikut dikembalikan" in shown
    assert "bila dikembalikan ke langkah 1" in shown
    assert 'id="ikut-dipilih" value="dipilih" checked' in shown
    assert shown.count('name="angka"') == 2
    assert "Indikator 1.1: 86,12" in shown
    assert "Semua angka yang sudah diajukan (2 angka)" in shown


def test_no_figure_goes_back_that_was_not_named(runs: Runs, case: Case, visit: Visit) -> None:
    budi = visit(runs.cast.budi)
    sent = {"ke": "1", "alasan": "Bukti desa keliru.", "kunci": str(uuid4())}

    refused = budi.post(address(case), sent)

    assert refused.status_code == 422
    assert 'id="ikut-salah"' in refused.text
    assert "Bukti desa keliru.</textarea>" in refused.text
    assert states() == [RealisationState.SUBMITTED, RealisationState.SUBMITTED]

    sent |= {"ikut": "dipilih", "angka": str(runs.villages.uid), "kunci": str(uuid4())}
    assert budi.post(address(case), sent).status_code == 302
    assert states() == [RealisationState.SUBMITTED, RealisationState.RETURNED]


def test_a_refused_return_keeps_what_was_ticked(runs: Runs, case: Case, visit: Visit) -> None:
    sent = {"ke": "1", "alasan": " ", "ikut": "dipilih", "angka": str(runs.villages.uid)}

    refused = visit(runs.cast.budi).post(address(case), sent).text

    assert f'value="{runs.villages.uid}" checked' in refused
    assert f'value="{runs.index.uid}" checked' not in refused


def test_who_is_not_meant_by_a_return_passes_it_on_in_one_press(runs: Runs, case: Case, visit: Visit) -> None:
    sent = {"ke": "1", "alasan": "Bukti desa keliru.", "kunci": str(uuid4()), "ikut": "tidak"}
    assert visit(runs.cast.budi).post(address(case), sent).status_code == 302

    people = [runs.office.people[key] for key in ("kasi1", "kasi2")]
    spared, silent = (visit(one).get(f"/kerja/{case.uid}/").text for one in people)

    assert "Pengembalian ini bukan tentang angka Anda" in spared
    assert "Tidak ada yang diubah, teruskan</button>" in spared
    assert "Tidak ada yang diubah" not in silent


def test_who_owns_no_figure_begins_a_new_round_with_own_words(runs: Runs, visit: Visit) -> None:
    case = runs.start()
    runs.complete(case, "kasi1", **runs.typed())
    kasi2, words = visit(runs.office.people["kasi2"]), "Seksi ini mendukung survei kepuasan."
    where = f"/kerja/{case.uid}/{runs.task(case, 'kasi2').uid}/kerjakan/"
    sent = {"isi": "1", "versi": "0", "kunci": str(uuid4()), "kerjakan": "teruskan", "hasil-1": words}
    assert kasi2.post(where, sent).status_code == 302
    runs.send_back(case, "pengelola", 1)

    assert f"{words}</textarea>" in kasi2.get(f"/kerja/{case.uid}/").text


def test_a_return_that_no_figure_follows_asks_about_none(
    runs: Runs, case: Case, visit: Visit, at: datetime
) -> None:
    sent = {"ke": "2", "alasan": "Kalimatnya keliru.", "kunci": str(uuid4())}

    assert visit(runs.cast.budi).post(address(case), sent).status_code == 302
    assert states() == [RealisationState.SUBMITTED, RealisationState.SUBMITTED]


def test_the_question_costs_the_same_for_any_number_of_figures(runs: Runs, case: Case, visit: Visit) -> None:
    budi = visit(runs.cast.budi)

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert budi.get(f"/kerja/{case.uid}/").status_code == 200
        return len(found)

    cost()
    before = cost()
    for sequence in (3, 4):
        one = make_indicator(runs.index.objective, runs.index.owner, sequence=sequence)
        make_realisation(one, Quarter(2026, 1), "3", state=RealisationState.SUBMITTED)

    assert cost() == before

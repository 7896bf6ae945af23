from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Visit
from tests.web.stage import Stage, pass_on, start_run, succeed

from runtut.cases.enums import EventKind
from runtut.cases.models import Case, CaseEvent

pytestmark = pytest.mark.django_db


def page_of(stage: Stage) -> str:
    return f"/sop/{stage.version.procedure.uid}/pindah/"


def given(behind: Case, **other: object) -> dict[str, object]:
    key = "018f0000-0000-7000-8000-000000000001"
    return {"case": behind.uid, "seen": behind.version, "key": key} | other


@pytest.fixture
def behind(stage: Stage, at: datetime) -> Case:
    """A run that still follows the first version of an SOP whose second one is in force."""
    case = start_run(stage, at)
    succeed(stage, at)
    return case


def test_the_page_of_the_sop_leads_to_the_runs_behind(stage: Stage, behind: Case, visit: Visit) -> None:
    client = visit(stage.cast.sari)

    text = client.get(f"/sop/{stage.version.procedure.uid}/").text

    assert "1 kerja berjalan masih mengikuti versi lama" in text
    assert page_of(stage) in text
    older = client.get(f"/sop/{stage.version.procedure.uid}/?versi=1").text
    assert page_of(stage) not in older


def test_a_run_is_shown_before_and_after_and_moved_with_one_press(
    stage: Stage, behind: Case, visit: Visit
) -> None:
    client = visit(stage.cast.sari)
    text = client.get(page_of(stage)).text
    assert behind.title in text
    assert "Sesudah dipindahkan, versi 2" in text
    assert "tetap Camat" in text

    answer = client.post(page_of(stage), given(behind), follow=True)

    assert f"{behind.title} sekarang mengikuti versi 2." in answer.text
    assert "Tidak ada kerja berjalan yang masih mengikuti versi lama." in answer.text
    assert Case.objects.get().procedure_version.number == 2
    run = client.get(f"/kerja/{behind.uid}/").text
    assert "versi 2" in run
    assert "Pelaksanaan dipindahkan ke versi 2 SOP ini" in run


def test_a_run_that_went_on_meanwhile_is_shown_anew(
    stage: Stage, behind: Case, visit: Visit, at: datetime
) -> None:
    seen = given(behind)
    pass_on(behind, stage, at)

    answer = visit(stage.cast.sari).post(page_of(stage), seen)

    assert answer.status_code == 422
    assert "sudah berjalan lagi sejak halaman dibuka" in answer.text
    assert not CaseEvent.objects.filter(kind=EventKind.MOVED).exists()


@pytest.mark.parametrize("broken", [{"case": "x"}, {"seen": "9" * 40}, {"key": ""}])
def test_a_broken_form_moves_nothing(
    stage: Stage, behind: Case, visit: Visit, broken: dict[str, str]
) -> None:
    answer = visit(stage.cast.sari).post(page_of(stage), given(behind, **broken))

    assert answer.status_code == 422
    assert Case.objects.get().procedure_version.number == 1


def test_who_does_not_steer_sees_the_runs_but_no_button(stage: Stage, behind: Case, visit: Visit) -> None:
    client = visit(stage.cast.office.people["kasi1"])
    text = client.get(page_of(stage)).text
    assert behind.title in text
    assert "Pindahkan kerja ini" not in text
    assert "Yang dapat memindahkan" in text

    answer = client.post(page_of(stage), given(behind))

    assert answer.status_code in {403, 422}
    assert Case.objects.get().procedure_version.number == 1


def test_a_stranger_neither_sees_nor_moves(stage: Stage, behind: Case, visit: Visit) -> None:
    client: Client = visit(stage.cast.other_office.people["camat"])

    assert client.get(page_of(stage)).status_code == 404
    assert client.post(page_of(stage), given(behind)).status_code == 404
    assert Case.objects.get().procedure_version.number == 1


def test_the_page_asks_as_much_for_three_runs_as_for_one(stage: Stage, at: datetime, visit: Visit) -> None:
    client = visit(stage.cast.sari)
    counts = {}
    for number in (1, 2, 3):
        start_run(stage, at, number)
    succeed(stage, at)
    uids = list(Case.objects.order_by("id").values_list("pk", flat=True))
    client.get(page_of(stage))
    for shown, after in ((3, 0), (1, uids[1])):
        with CaptureQueriesContext(connection) as found:
            text = client.get(f"{page_of(stage)}?sesudah={after}").text
        assert text.count("Pindahkan kerja ini") == shown
        counts[shown] = len(found)
    assert counts[1] == counts[3]

"""The oversight table as a page, and the actual times on the page of an SOP."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.organisations.factories import make_oversight
from tests.performance.factories import make_indicator, make_objective, make_realisation, make_targets
from tests.web.conftest import Visit
from tests.web.stage import Stage, pass_on, start_run

from runtut.cases.models import Case
from runtut.core.periods import Quarter
from runtut.organisations.enums import OversightKind
from runtut.performance.actions import keep_sums

pytestmark = pytest.mark.django_db


def test_evaluator_sees_which_office_stands_where(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    pass_on(case, stage, at)

    text = visit(stage.cast.wati).get("/laporan/?tahun=2026&tw=1").text

    assert "Kec. Sukamaju" in text
    assert "langkah 2 dari 9, Sekretaris Kecamatan" in text
    assert f"/kerja/{case.uid}/" in text


def test_evaluator_sees_what_an_office_has_achieved(stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)
    quarter, office = Quarter(2026, 1), stage.cast.office
    indicator = make_indicator(make_objective(office.unit), office.positions["kasi1"])
    make_targets(indicator, "80", "80", "80", "80", "80")
    wati = visit(stage.cast.wati)
    assert "belum ada capaian" in wati.get("/laporan/?tahun=2026&tw=1").text
    make_realisation(indicator, quarter, "60")
    keep_sums(indicators={indicator.pk}, year=2026)

    text = wati.get("/laporan/?tahun=2026&tw=1").text

    assert f'?unit={office.unit.uid}&amp;tahun=2026&amp;tw=1">Capaian 75,00 % dari 1 indikator</a>' in text


def test_who_sees_another_office_only_sees_that(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)

    text = visit(stage.cast.joko).get(f"/laporan/?unit={stage.cast.office.unit.uid}&tahun=2026&tw=1").text

    assert "Kec. Sukamaju" not in text
    assert str(case.uid) not in text
    assert "Belum ada SOP yang berlaku" in text


def test_who_oversees_others_and_has_no_sop_begins_with_all_offices(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    case = start_run(stage, at)
    make_oversight(stage.cast.joko, stage.cast.kabupaten, OversightKind.READER)
    joko = visit(stage.cast.joko)

    answer = joko.get("/laporan/")

    assert answer.status_code == 302
    assert f"unit={stage.cast.kabupaten.uid}" in answer.headers["Location"]
    assert str(case.uid) in joko.get(answer.headers["Location"]).text
    own = joko.get(f"/laporan/?unit={stage.cast.other_office.unit.uid}&tahun=2026&tw=1")
    assert "Belum ada SOP yang berlaku di unit ini" in own.text


def test_oversight_page_takes_the_same_queries_with_one_run_and_three(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    client = visit(stage.cast.wati)
    counts = []
    for number in (1, 2, 3):
        start_run(stage, at, number)
        client.get("/laporan/?tahun=2026&tw=1")
        with CaptureQueriesContext(connection) as captured:
            client.get("/laporan/?tahun=2026&tw=1")
        counts.append(len(captured))

    assert Case.objects.count() == 3
    assert len(set(counts)) == 1


def test_sop_page_tells_the_actual_times_once_something_was_done(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    client = visit(stage.cast.sari)
    where = f"/sop/{stage.version.procedure.uid}/"
    assert "Waktu nyata terhadap waktu standar" not in client.get(where).text

    pass_on(start_run(stage, at), stage, at)

    text = client.get(where).text
    assert "Waktu nyata terhadap waktu standar" in text
    assert "persentil 90" in text
    assert "1 kali dikerjakan" in text
    assert "Separuh dari" not in text
    assert "biasanya" not in text
    study = client.get(f"{where}1/waktu/").text
    assert "Waktu nyata terhadap waktu standar" in study
    assert "dari 1 kali dikerjakan" in study

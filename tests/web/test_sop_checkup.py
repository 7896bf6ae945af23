"""Monitoring of an SOP on its page: filled from the runs, judged by a person."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as DocxDocument
from tests.cast import Cast
from tests.web.conftest import Visit
from tests.web.stage import Stage, put_in_force, start_run

from runtut.procedures.enums import CheckupKind, CheckupState
from runtut.procedures.models import Checkup, ProcedureVersion
from runtut.reports.queries import period_figures
from runtut.web.views import sop_checkup

pytestmark = pytest.mark.django_db

LIST_QUERIES = 6
PAGE_QUERIES = 13


def monitoring(stage: Stage) -> Checkup:
    return Checkup.objects.get(version=stage.version, kind=CheckupKind.MONITORING)


def where(checkup: Checkup) -> str:
    return f"/sop/pemantauan/{checkup.uid}/"


def judged(**changes: str) -> dict[str, str]:
    return {**{f"good-{no}": "ya" for no in range(1, 10)}, **changes}


def test_page_shows_what_the_runs_showed(stage: Stage, at: datetime, visit: Visit) -> None:
    start_run(stage, at)
    text = visit(stage.cast.budi).get(where(monitoring(stage))).text

    assert "1 pelaksanaan dimulai, 0 selesai" in text
    assert text.count("belum dikerjakan pada masa ini") == 9
    assert "Selesaikan penilaian" in text


def test_judgement_is_kept_then_finished_and_opens_a_draft(stage: Stage, visit: Visit) -> None:
    checkup, budi = monitoring(stage), visit(stage.cast.budi)
    budi.post(where(checkup), {"good-1": "ya", "note-2": "Tanya Sekcam"})
    kept = budi.get(where(checkup)).text
    found = judged(**{"good-3": "tidak", "note-3": "Selalu terlambat", "selesai": "1"})
    budi.post(where(checkup), found)
    done = budi.get(where(checkup)).text
    answer = budi.post(f"{where(checkup)}rancang/")

    assert "Tanya Sekcam" in kept
    assert "Tidak berjalan baik" in done
    assert "Rancang versi berikutnya dari temuan ini" in done
    draft = ProcedureVersion.objects.get(number=2)
    assert answer.headers["Location"].endswith("?versi=2")
    assert "Selalu terlambat" in budi.get(answer.headers["Location"]).text
    assert draft.comments.get().step_no == 3


def test_refusal_keeps_what_was_judged(stage: Stage, visit: Visit) -> None:
    checkup = monitoring(stage)
    sent = {"good-1": "ya", "note-2": "Belum selesai", "selesai": "1"}
    answer = visit(stage.cast.budi).post(where(checkup), sent)

    assert answer.status_code == 422
    assert "8 baris belum dinilai" in answer.text
    assert "Belum selesai" in answer.text
    checkup.refresh_from_db()
    assert checkup.state == CheckupState.WAITING


def test_who_was_not_asked_reads_only(stage: Stage, visit: Visit) -> None:
    checkup, sari = monitoring(stage), visit(stage.cast.sari)

    assert "Selesaikan penilaian" not in sari.get(where(checkup)).text
    assert sari.post(where(checkup), judged(selesai="1")).status_code == 403


def test_manager_gives_it_to_somebody_else(stage: Stage, visit: Visit) -> None:
    checkup, sari = monitoring(stage), visit(stage.cast.sari)
    planner = stage.cast.office.positions["perencanaan"]
    sari.post(f"{where(checkup)}alih/", {"position": planner.pk})

    assert "Selesaikan penilaian" in sari.get(where(checkup)).text


def test_yearly_evaluation_asks_its_statements(stage: Stage, visit: Visit) -> None:
    yearly = Checkup.objects.get(version=stage.version, kind=CheckupKind.EVALUATION)
    text = visit(stage.cast.budi).get(where(yearly)).text

    assert "Dasar hukum masih berlaku dan lengkap" in text
    assert text.count("<legend>") == 12
    assert "> Ya</label>" in text and "Berjalan baik" not in text


def test_yearly_evaluation_tells_what_the_runs_showed(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    case.tasks.update(state=2, completed_at=at, due_at=at - timedelta(days=1), minutes_used=3)
    yearly = Checkup.objects.get(version=stage.version, kind=CheckupKind.EVALUATION)
    text = visit(stage.cast.budi).get(where(yearly)).text

    assert "0 % langkah tepat waktu; paling sering terlambat langkah 1 (1 kali)" in text
    assert "1 pelaksanaan dimulai, 0 selesai</p>" in text
    assert "tidak ada pengembalian" in text


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_form_is_handed_out(form: str, stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).get(f"{where(monitoring(stage))}formulir.{form}")
    content = b"".join(answer) if answer.streaming else answer.content
    assert content.startswith(b"%PDF" if form == "pdf" else b"PK")


def test_form_of_an_open_checkup_carries_its_rows_and_what_was_kept(stage: Stage, visit: Visit) -> None:
    checkup, budi = monitoring(stage), visit(stage.cast.budi)
    budi.post(where(checkup), {"good-1": "ya", "note-2": "Tanya Sekcam"})
    answer = budi.get(f"{where(checkup)}formulir.docx")
    content = b"".join(answer) if answer.streaming else answer.content
    table = DocxDocument(io.BytesIO(content)).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]

    assert len(rows) == 1 + 9
    assert rows[1][2:4] == ["belum dikerjakan pada masa ini", "Berjalan baik"]
    assert rows[2][4] == "Tanya Sekcam"


@pytest.mark.parametrize("keys", [[], ["s3", "s1"]], ids=["one SOP", "three SOPs"])
def test_list_asks_the_same_number_of_queries(
    keys: list[str], stage: Stage, at: datetime, visit: Visit
) -> None:
    for key in keys:
        put_in_force(stage.cast, key, at)
    sari = visit(stage.cast.sari)
    sari.get("/sop/pemantauan/")
    with CaptureQueriesContext(connection) as queries:
        text = sari.get("/sop/pemantauan/").text

    assert text.count('role="rowheader"') == 2 * (1 + len(keys))
    assert len(queries) == LIST_QUERIES


def test_past_the_end_the_list_leads_back(stage: Stage, visit: Visit) -> None:
    text = visit(stage.cast.sari).get("/sop/pemantauan/?mulai=100").text

    assert "Belum ada SOP yang berlaku" not in text
    assert '<a href="?mulai=0">Kembali ke halaman pertama.</a>' in text


@pytest.mark.parametrize("start", [0, 2])
def test_office_is_named_on_every_page_of_several(
    start: int, stage: Stage, at: datetime, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sop_checkup, "PAGE", 2)
    put_in_force(stage.cast, "s3", at)
    wati, cast = visit(stage.cast.wati), stage.cast

    assert ">Kantor</th>" in wati.get(f"/sop/pemantauan/?unit={cast.kabupaten.uid}&mulai={start}").text
    assert ">Kantor</th>" not in wati.get(f"/sop/pemantauan/?unit={cast.office.unit.uid}&mulai={start}").text


@pytest.mark.parametrize("runs", [1, 3])
def test_page_asks_the_same_number_of_queries(runs: int, stage: Stage, at: datetime, visit: Visit) -> None:
    for _ in range(runs):
        start_run(stage, at)
    budi = visit(stage.cast.budi)
    budi.get(where(monitoring(stage)))
    with CaptureQueriesContext(connection) as queries:
        budi.get(where(monitoring(stage)))

    assert len(queries) == PAGE_QUERIES


def test_figures_count_only_what_ended_in_the_period(stage: Stage, at: datetime, cast: Cast) -> None:
    case = start_run(stage, at)
    case.tasks.update(state=2, completed_at=at, minutes_used=3)

    inside = period_figures(version=stage.version, since=at, until=at.replace(hour=at.hour + 1))
    outside = period_figures(
        version=stage.version, since=at.replace(hour=at.hour + 1), until=at.replace(year=at.year + 1)
    )

    assert (inside.started, inside.step(1).attempts, inside.step(1).in_time) == (1, 1, 1)
    assert "1 kali dikerjakan, 100 % tepat waktu" in inside.step(1).words
    assert (outside.started, outside.steps) == (0, {})

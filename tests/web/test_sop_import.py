"""Import on the screen: files given, progress, the source beside what was understood, a draft saved."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.procedures.importing import drawn
from tests.web.conftest import Visit

from runtut.core import jobs
from runtut.procedures.actions import give_documents
from runtut.procedures.models import ImportedFile, Procedure

TEXT = drawn.as_text(*drawn.example()).encode()
LIST_QUERIES = 9


@pytest.fixture
def imported(cast: Cast, at: datetime) -> ImportedFile:
    return give(cast, at, "sop.txt")


def give(cast: Cast, at: datetime, name: str) -> ImportedFile:
    sari = cast.office.authority("perencanaan")
    (made,) = give_documents(unit=cast.office.unit, files=[(name, TEXT)], authority=sari, at=at)
    while jobs.drain(at=at):
        pass
    made.refresh_from_db()
    return made


def words(imported: ImportedFile) -> dict[str, str]:
    """What the page would send back unchanged."""
    sop = imported.found["sops"][0]
    sent = {"title": sop["title"], "number": sop["number"], **sop["dates"]}
    lists = (
        "legal_basis",
        "related_sops",
        "qualifications",
        "equipment",
        "warnings",
        "records",
        "performers",
    )
    sent |= {name: "\r\n".join(sop[name]) for name in lists}
    for step in sop["steps"]:
        sent |= {
            f"{step['no']}-activity": step["activity"],
            f"{step['no']}-who": step["performers"][0]["name"],
            f"{step['no']}-time": step["time"]["text"],
            f"{step['no']}-requirements": "\r\n".join(step["requirements"]),
            f"{step['no']}-outputs": "\r\n".join(step["outputs"]),
            f"{step['no']}-note": step["note"],
        }
    return sent


def test_several_files_are_given_at_once_and_wait_visibly(cast: Cast, visit: Visit) -> None:
    files = [SimpleUploadedFile(name, TEXT) for name in ("satu.txt", "dua.txt")]
    answer = visit(cast.sari).post("/sop/impor/", {"berkas": files}, follow=True)

    text = answer.content.decode()
    assert "2 berkas diterima" in text
    assert "0 dari 2 berkas sudah dibaca" in text
    assert "satu.txt" in text


def test_no_file_chosen_is_said_at_the_field(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.sari).post("/sop/impor/", {})

    assert answer.status_code == 422
    assert "Belum ada berkas yang dipilih" in answer.content.decode()


def test_review_shows_the_source_beside_and_the_uncertain_first(
    imported: ImportedFile, cast: Cast, visit: Visit
) -> None:
    text = visit(cast.sari).get(f"/sop/impor/{imported.uid}/0/").content.decode()

    assert "DINAS CONTOH KABUPATEN RAYA" in text
    assert "halaman 1, baris" in text
    marks = ["ragu" in part[:40] for part in text.split('<section class="lembar')[3:]]
    assert marks == sorted(marks, reverse=True)
    assert True in marks


def test_mended_fields_are_saved_in_the_draft(imported: ImportedFile, cast: Cast, visit: Visit) -> None:
    sent = {**words(imported), "title": "Pengelolaan Gudang", "2-time": "2 jam", "2-who": "Kepala Dinas"}
    answer = visit(cast.sari).post(f"/sop/impor/{imported.uid}/0/", sent)

    procedure = Procedure.objects.get(title="Pengelolaan Gudang")
    assert answer.headers["Location"] == f"/sop/{procedure.uid}/"
    step = procedure.versions.get().steps.get(no=2)
    assert (step.minutes, step.time_text) == (120, "2 jam")
    assert [entry.performer.name for entry in step.step_performers.all()][:1] == ["Kepala Dinas"]
    again = visit(cast.sari).get(f"/sop/impor/{imported.uid}/0/")
    assert again.headers["Location"] == f"/sop/{procedure.uid}/"


def test_missing_title_is_said_and_everything_typed_stays(
    imported: ImportedFile, cast: Cast, visit: Visit
) -> None:
    sent = {**words(imported), "title": "", "created": "kemarin", "1-activity": "Mencatat tamu"}
    answer = visit(cast.sari).post(f"/sop/impor/{imported.uid}/0/", sent)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Tanggal pembuatan tidak terbaca" in text
    assert "Mencatat tamu" in text
    assert not Procedure.objects.exists()


def test_who_does_not_manage_is_refused(imported: ImportedFile, cast: Cast, visit: Visit) -> None:
    staff = visit(cast.office.people["staf"])

    assert staff.get("/sop/impor/").status_code == 403
    assert staff.get(f"/sop/impor/{imported.uid}/0/").status_code == 403
    assert staff.post(f"/sop/impor/{imported.uid}/ulang/").status_code == 403


def test_list_asks_the_database_as_often_for_three_files_as_for_one(
    imported: ImportedFile, cast: Cast, at: datetime, visit: Visit
) -> None:
    browser = visit(cast.sari)
    browser.get("/sop/impor/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get("/sop/impor/")
    give(cast, at, "dua.txt")
    give(cast, at, "tiga.txt")
    with CaptureQueriesContext(connection) as three:
        browser.get("/sop/impor/")

    assert len(three) == len(one) <= LIST_QUERIES

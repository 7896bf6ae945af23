"""Import on the screen: files given, progress, the source beside what was understood, a draft saved."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
import typst
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests.cast import Cast
from tests.procedures.importing import drawn, made
from tests.web.conftest import Visit

from runtut.core import jobs
from runtut.procedures.actions import give_documents
from runtut.procedures.importing.pictures import HIGHEST, WIDEST
from runtut.procedures.models import ImportedFile, Procedure, ProcedureVersion
from runtut.web.forms.loose_date import LooseDateField

pytestmark = pytest.mark.django_db

TEXT = drawn.as_text(*drawn.example()).encode()
LIST_QUERIES = 9


@pytest.fixture
def imported(cast: Cast, at: datetime) -> ImportedFile:
    return give(cast, at, "sop.txt")


def give(cast: Cast, at: datetime, name: str, content: bytes = TEXT) -> ImportedFile:
    sari = cast.office.authority("perencanaan")
    (given,) = give_documents(unit=cast.office.unit, files=[(name, content)], authority=sari, at=at)
    while jobs.drain(at=at):
        pass
    given.refresh_from_db()
    return given


def words(imported: ImportedFile) -> dict[str, str]:
    """What the page would send back unchanged."""
    sop = imported.found["sops"][0]
    sent = {"title": sop["title"], "number": sop["number"], **sop["dates"]}
    lists = ("legal_basis", "related_sops", "qualifications", "equipment", "warnings", "records")
    sent |= {name: "\r\n".join(sop[name]) for name in lists}
    sent |= {f"kolom-{index}": name for index, name in enumerate(sop["performers"])}
    for step in sop["steps"]:
        sent |= {
            f"{step['no']}-activity": step["activity"],
            **{
                f"{step['no']}-p{sop['performers'].index(who['name'])}": who["mode"]
                for who in step["performers"]
            },
            f"{step['no']}-kembali": ", ".join(map(str, step["return_to"])),
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
    found = imported.found["sops"][0]
    head = found["performers"].index("Kepala Dinas")
    sent = {**words(imported), "title": "Pengelolaan Gudang", "2-time": "2 jam"}
    sent |= {f"2-p{index}": "" for index in range(len(found["performers"]))} | {f"2-p{head}": "main"}
    answer = visit(cast.sari).post(f"/sop/impor/{imported.uid}/0/", sent)

    procedure = Procedure.objects.get(title="Pengelolaan Gudang")
    assert answer.headers["Location"] == f"/sop/{procedure.uid}/"
    step = procedure.versions.get().steps.get(no=2)
    assert (step.minutes, step.time_text) == (120, "2 jam")
    assert [entry.performer.name for entry in step.step_performers.all()][:1] == ["Kepala Dinas"]
    again = visit(cast.sari).get(f"/sop/impor/{imported.uid}/0/")
    assert again.headers["Location"] == f"/sop/{procedure.uid}/"


def saved(imported: ImportedFile, cast: Cast, visit: Visit, **mended: str) -> ProcedureVersion:
    """The draft that the page makes of a document with some fields mended."""
    answer = visit(cast.sari).post(f"/sop/impor/{imported.uid}/0/", words(imported) | mended)
    assert answer.status_code == 302, answer.content.decode()
    imported.refresh_from_db()
    return imported.saved.get().version


def who_of(version: ProcedureVersion, no: int) -> set[tuple[str, str, str]]:
    rows = version.steps.get(no=no).step_performers.select_related("performer")
    return {(row.performer.name, row.mode, row.confidence) for row in rows}


def test_page_sent_back_as_shown_saves_what_was_read(
    imported: ImportedFile, cast: Cast, visit: Visit
) -> None:
    version = saved(imported, cast, visit)

    for step in imported.found["sops"][0]["steps"]:
        read = {(who["name"], who["mode"], who["confidence"]) for who in step["performers"]}
        assert who_of(version, step["no"]) == read
        assert version.steps.get(no=step["no"]).return_to == step["return_to"]


def test_added_columns_are_shown_at_once_and_their_marks_saved(
    imported: ImportedFile, cast: Cast, visit: Visit
) -> None:
    sari, where = visit(cast.sari), f"/sop/impor/{imported.uid}/0/"
    sent = {
        **words(imported),
        "title": "Nama yang diketik",
        "kolom-baru": "Arsiparis\r\n\r\nStaf\r\n Kurir  Kota ",
    }

    shown = sari.post(where, {**sent, "kerjakan": "kolom"})

    text = shown.content.decode()
    assert (shown.status_code, Procedure.objects.count()) == (200, 0)
    assert 'value="Nama yang diketik"' in text
    assert text.count('name="ditambah"') == 2
    steps = len(imported.found["sops"][0]["steps"])
    assert text.count('-p2" ') == text.count('-p3" ') == steps * text.count('name="2-p2"') == steps

    marks = {
        "ditambah": ["Arsiparis", "Kurir Kota"],
        "kolom-2": "Arsiparis",
        "kolom-3": "Kurir",
        "2-p3": "joint",
    }
    sari.post(where, {**sent, "kolom-baru": "", **marks})
    version = Procedure.objects.get().versions.get()
    assert [one.name for one in version.performers.order_by("sequence")][2:] == ["Arsiparis", "Kurir"]
    assert ("Kurir", "joint", "high") in who_of(version, 2)


def test_several_take_part_in_a_step(imported: ImportedFile, cast: Cast, visit: Visit) -> None:
    first, second = imported.found["sops"][0]["performers"]
    version = saved(imported, cast, visit, **{"2-p0": "joint", "2-p1": "each"})

    assert {(name, mode) for name, mode, _ in who_of(version, 2)} == {(first, "joint"), (second, "each")}


def test_renamed_column_keeps_its_part_in_every_step(
    imported: ImportedFile, cast: Cast, visit: Visit
) -> None:
    found = imported.found["sops"][0]
    column, name = 0, found["performers"][0]
    theirs = [one["no"] for one in found["steps"] if name in [who["name"] for who in one["performers"]]]
    version = saved(imported, cast, visit, **{f"kolom-{column}": "Kepala Pelaksana", "kolom-baru": "Caraka"})

    assert theirs
    assert all("Kepala Pelaksana" in {who for who, _, _ in who_of(version, no)} for no in theirs)
    names = list(version.performers.order_by("sequence").values_list("name", flat=True))
    assert names == ["Kepala Pelaksana", *found["performers"][1:], "Caraka"]


def test_two_columns_of_one_name_become_one(imported: ImportedFile, cast: Cast, visit: Visit) -> None:
    mended = {"kolom-1": imported.found["sops"][0]["performers"][0], "2-p0": "main", "2-p1": "joint"}
    version = saved(imported, cast, visit, **mended)

    name = mended["kolom-1"]
    assert [mode for who, mode, _ in who_of(version, 2) if who == name] == ["main"]


def test_return_targets_are_mended(imported: ImportedFile, cast: Cast, visit: Visit) -> None:
    version = saved(imported, cast, visit, **{"3-kembali": "2 atau 1"})

    step = version.steps.get(no=3)
    assert (step.return_to, step.return_confidence) == ([1, 2], "high")


@pytest.mark.parametrize("typed", ["3", "9", "0", "9" * 30, "sebelumnya"])
def test_return_to_a_step_that_is_not_before_is_said_at_the_field(
    imported: ImportedFile, cast: Cast, visit: Visit, typed: str
) -> None:
    sent = words(imported) | {"3-kembali": typed}
    answer = visit(cast.sari).post(f"/sop/impor/{imported.uid}/0/", sent)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"3-kembali"}
    assert f'value="{typed}"' in answer.content.decode()
    assert not Procedure.objects.exists()


def test_approver_is_proposed_and_mended(imported: ImportedFile, cast: Cast, visit: Visit) -> None:
    form = visit(cast.sari).get(f"/sop/impor/{imported.uid}/0/").context["form"]
    secretary = cast.office.positions["sekcam"]
    version = saved(imported, cast, visit, approver=str(secretary.pk))

    assert form.initial["approver"] == cast.office.positions["camat"]
    assert version.approver_position == secretary


def test_pages_of_a_pdf_are_shown_beside_their_lines(cast: Cast, at: datetime, visit: Visit) -> None:
    imported = give(cast, at, "sop.pdf", typst.compile(made.as_typst(drawn.example()[0]).encode()))
    address = f"/sop/impor/{imported.uid}"
    text = visit(cast.sari).get(f"{address}/0/").content.decode()
    picture = visit(cast.sari).get(f"{address}/halaman/1/")

    assert f'src="{address}/halaman/1/"' in text
    assert 'href="#b-1-' in text
    assert picture.headers["Content-Type"] == "image/webp"
    with Image.open(BytesIO(picture.content)) as drawn_page:
        assert drawn_page.width == WIDEST or drawn_page.height == HIGHEST


@pytest.mark.parametrize("number", [0, 2, 41])
def test_page_that_a_document_does_not_have_is_not_found(
    cast: Cast, at: datetime, visit: Visit, number: int
) -> None:
    imported = give(cast, at, "sop.pdf", typst.compile(made.as_typst(drawn.example()[0]).encode()))
    pages = imported.found["sheets"]
    imported.found["sheets"] = max(pages, 41 if number == 41 else pages)
    imported.save(update_fields=["found"])

    assert pages == 1
    assert visit(cast.sari).get(f"/sop/impor/{imported.uid}/halaman/{number}/").status_code == 404


def test_text_has_no_pictures(imported: ImportedFile, cast: Cast, visit: Visit) -> None:
    assert "<img" not in visit(cast.sari).get(f"/sop/impor/{imported.uid}/0/").content.decode()
    assert visit(cast.sari).get(f"/sop/impor/{imported.uid}/halaman/1/").status_code == 404


def test_diagram_says_what_it_lost_and_that_it_has_no_pages(cast: Cast, at: datetime, visit: Visit) -> None:
    content = (Path(__file__).parents[1] / "procedures/editors/bizagi.bpmn").read_bytes()
    diagram = give(cast, at, "cuti.bpmn", content)
    page = visit(cast.sari)
    listed = page.get(f"/sop/impor/?unit={cast.office.unit.uid}").content.decode()
    shown = page.get(f"/sop/impor/{diagram.uid}/0/").content.decode()

    assert "0 hal untuk diperiksa, 2 tulisan belum terbaca" in listed
    assert "Belum terbaca: 2 tulisan" in shown
    assert "tidak ada halaman untuk ditampilkan" in shown and "halaman 1, baris" not in shown


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


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("9 Januari 2024", "2024-01-09"),
        ("Jan. 2024", "2024-01"),
        ("09/01/2024", "2024-01-09"),
        ("2024", "2024"),
    ],
)
def test_date_of_any_precision_is_typed_and_shown_in_words(typed: str, kept: str) -> None:
    field = LooseDateField(label="Tanggal pembuatan")
    assert field.clean(typed) == kept
    assert field.clean(field.prepare_value(kept)) == kept


def test_day_that_no_month_has_is_not_dropped() -> None:
    with pytest.raises(ValidationError, match="Tanggal pembuatan tidak terbaca"):
        LooseDateField(label="Tanggal pembuatan").clean("31 Februari 2024")


def test_who_does_not_manage_is_refused(imported: ImportedFile, cast: Cast, visit: Visit) -> None:
    staff = visit(cast.office.people["staf"])

    assert staff.get("/sop/impor/").status_code == 403
    assert staff.get(f"/sop/impor/{imported.uid}/0/").status_code == 403
    assert staff.post(f"/sop/impor/{imported.uid}/ulang/").status_code == 403


def test_files_given_before_many_others_are_on_a_later_page(cast: Cast, at: datetime, visit: Visit) -> None:
    sari = cast.office.authority("perencanaan")
    files = [(f"berkas-{no}.txt", TEXT) for no in range(1, 28)]
    give_documents(unit=cast.office.unit, files=files, authority=sari, at=at)
    browser = visit(cast.sari)
    first = browser.get("/sop/impor/").content.decode()
    later = browser.get("/sop/impor/?mulai=25").content.decode()

    assert "0 dari 27 berkas sudah dibaca" in first
    assert ("berkas-27.txt" in first, "berkas-2.txt" in first, "mulai=25" in first) == (True, False, True)
    assert ("berkas-2.txt" in later, "berkas-1.txt" in later, "berkas-27.txt" in later) == (True, True, False)


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

"""The table of a draft, edited by plain forms."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.web.conftest import Visit

from runtut.procedures.actions import adopt
from runtut.procedures.models import ProcedureVersion, Step
from runtut.procedures.queries import sheet_of
from runtut.web.showing.sop_sheet import sheet_page

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 19
OFFICIAL_QUERIES = 14


@pytest.fixture
def draft(cast: Cast, at: datetime) -> ProcedureVersion:
    sari = cast.office.authority("perencanaan")
    return adopt(unit=cast.office.unit, library_key="s2", authority=sari, at=at)


def where(version: ProcedureVersion, act: str = "") -> str:
    return f"/sop/{version.procedure.uid}/{version.number}/susun/{act}"


def form_of(version: ProcedureVersion, no: int, **changes: object) -> dict[str, object]:
    """What the form of a row sends, as the page last showed it."""
    row = sheet_of(version).rows[no - 1]
    time = row.cells["time"]
    return {
        "row": row.key,
        "no": str(no),
        "revision": str(ProcedureVersion.objects.get(pk=version.pk).revision),
        "has_return": "1",
        "activity": row.cells["activity"],
        "requirements": "\r\n".join(row.cells["requirements"]),
        "outputs": "\r\n".join(row.cells["outputs"]),
        "time_value": str(time["value"]),
        "time_unit": time["unit"],
        "note": row.cells["note"],
        "return_to": row.cells["return_to"],
        "op": "simpan",
        **changes,
    }


def activities(version: ProcedureVersion) -> list[str]:
    return list(version.steps.order_by("no").values_list("activity", flat=True))


def test_every_control_of_every_row_has_a_name(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get(where(draft)).text

    assert text.count("data-baris=") == 9
    assert "Camat, langkah 1: mengerjakan" in text
    assert "Waktu langkah 9" in text
    assert "Bila tidak, langkah 7: ke langkah 6 atau 5" in text
    assert '<svg class="bagan"' in text


def test_row_without_an_activity_still_has_a_heading(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    draft.steps.filter(no=2).update(activity="")

    assert '<th scope="row">(belum ditulis)</th>' in visit(cast.sari).get(where(draft)).text


def test_row_is_saved_with_all_its_cells(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    first = sheet_of(draft).rows[0].key
    sent = form_of(
        draft, 3, activity="Menganalisis surat", time_value="2,5", time_unit="jam", return_to=[first]
    )
    answer = visit(cast.sari).post(where(draft, "ubah/"), sent)

    step = draft.steps.get(no=3)
    assert answer.headers["Location"].endswith(f"#b-{sent['row']}")
    assert (step.activity, step.time_text, step.return_to) == ("Menganalisis surat", "2,5 jam", [1])


def test_range_of_time_is_typed_shown_and_kept(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    sari = visit(cast.sari)
    sari.post(where(draft, "ubah/"), form_of(draft, 3, time_value="2-3", time_unit="hari"))
    shown = sari.get(where(draft)).text
    sari.post(where(draft, "ubah/"), form_of(draft, 3, time_value="2-3", activity="Menelaah surat"))

    step = draft.steps.get(no=3)
    assert 'name="time_value" autocomplete="off" value="2-3"' in shown
    assert (step.activity, step.time_text, step.time_low, step.time_value) == (
        "Menelaah surat", "2-3 hari", 2, 3,
    )  # fmt: skip


def test_free_text_of_a_time_outlives_the_edit_of_another_cell(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    draft.steps.filter(no=3).update(time_text="Disesuaikan", time_value=0, minutes=0)
    sari = visit(cast.sari)
    shown = sari.get(where(draft)).text
    sari.post(where(draft, "ubah/"), form_of(draft, 3, time_value="", activity="Menelaah surat"))

    step = draft.steps.get(no=3)
    assert "tertulis: Disesuaikan" in shown
    assert (step.activity, step.time_text) == ("Menelaah surat", "Disesuaikan")


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        ("up", [1, 3, 2, 4]),
        ("down", [1, 2, 4, 3]),
        ("remove", [1, 2, 4, 5]),
        ("add", [1, 2, 3, None]),
        ("split", [1, 2, None, None]),
        ("merge", [1, 2, None, 5]),
    ],
)
def test_button_of_a_row_moves_makes_and_joins(
    op: str, expected: list[int | None], draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    before = activities(draft)
    visit(cast.sari).post(where(draft, "ubah/"), form_of(draft, 3, op=op))

    known = {activity: number for number, activity in enumerate(before, start=1)}
    assert [known.get(activity) for activity in activities(draft)][:4] == expected


def test_cell_of_a_performer_and_symbol_are_buttons(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    sari, column = visit(cast.sari), sheet_of(draft).columns[1].key
    sari.post(where(draft, "ubah/"), form_of(draft, 3, op=f"mark:{column}"))
    sari.post(where(draft, "ubah/"), form_of(draft, 3, op="kind:decision"))

    step = draft.steps.get(no=3)
    marks = step.step_performers.order_by("id").values_list("performer__name", "mode")
    assert list(marks) == [("Sekcam", "main"), ("Kasubbag Perencanaan", "joint")]
    assert step.kind == "decision"


def test_what_was_pressed_is_done_with_what_was_typed(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    visit(cast.sari).post(where(draft, "ubah/"), form_of(draft, 3, note="Segera", op="down"))
    assert draft.steps.get(no=4).note == "Segera"


def test_columns_are_added_renamed_moved_and_removed(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    sari, key = visit(cast.sari), sheet_of(draft).columns[0].key
    for sent in (
        {"op": "add_column", "name": "Lurah"},
        {"op": "rename_column", "column": key, "name": "Pimpinan"},
        {"op": "move_column", "column": key, "to": "2"},
        {"op": "remove_column", "column": sheet_of(draft).columns[4].key},
    ):
        sari.post(where(draft, "ubah/"), {"revision": "0", **sent})

    names = draft.performers.order_by("sequence").values_list("name", flat=True)
    assert list(names) == ["Sekcam", "Pimpinan", "Kasubbag Perencanaan", "Kasi", "Lurah"]


def test_undo_and_redo(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    sari, before = visit(cast.sari), activities(draft)
    sari.post(where(draft, "ubah/"), form_of(draft, 3, op="remove"))
    sari.post(where(draft, "batal/"))
    undone = activities(draft)
    sari.post(where(draft, "ulang/"))

    assert undone == before
    assert len(activities(draft)) == 8
    assert sari.post(where(draft, "ulang/")).status_code == 422


def test_refusal_keeps_everything_typed(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    sent = form_of(draft, 3, activity="Menulis ulang", time_value="tiga")
    answer = visit(cast.sari).post(where(draft, "ubah/"), sent)

    assert answer.status_code == 422
    assert "Waktu tiga tidak terbaca" in answer.text
    assert "Menulis ulang" in answer.text
    assert 'value="tiga"' in answer.text
    assert draft.steps.get(no=3).activity != "Menulis ulang"


def test_two_people_keep_what_each_wrote_and_are_told(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    stale = form_of(draft, 3, note="Dari Budi")
    visit(cast.sari).post(where(draft, "ubah/"), form_of(draft, 3, activity="Menganalisis surat"))
    budi = visit(cast.budi)
    answer = budi.post(where(draft, "ubah/"), stale, follow=True)

    step = draft.steps.get(no=3)
    assert (step.activity, step.note) == ("Menganalisis surat", "Dari Budi")
    assert f"Sementara itu {cast.sari.full_name} mengubah sel" in answer.text


def test_two_people_in_the_same_cell_are_told_and_nothing_is_lost(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    stale = form_of(draft, 3, note="Dari Budi")
    visit(cast.sari).post(where(draft, "ubah/"), form_of(draft, 3, note="Dari Sari"))
    answer = visit(cast.budi).post(where(draft, "ubah/"), stale)

    assert answer.status_code == 409
    assert f"{cast.sari.full_name} baru saja mengubah langkah 3" in answer.text
    assert "Dari Budi" in answer.text
    assert draft.steps.get(no=3).note == "Dari Sari"


def scripted(version: ProcedureVersion, no: int, **changes: object) -> dict[str, object]:
    """What the page's script sends: the form, and the stamps of what the page shows."""
    shown = sheet_page(sheet_of(version))
    stamps = ",".join([shown.stamp, *(row.stamp for row in shown.rows)])
    return {**form_of(version, no, **changes), "otomatis": "1", "cap": stamps}


def rows_in(told: dict[str, str]) -> list[int]:
    return [int(no) for no in re.findall(r'<th scope="row">(\d+)', told["baris"])]


def test_refused_change_brings_every_row_that_another_changed(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    """Or the page would go on showing, and then send back, what the other has written over."""
    stale = scripted(draft, 3, note="Dari Budi")
    for no in (3, 5):
        visit(cast.sari).post(where(draft, "ubah/"), form_of(draft, no, note="Dari Sari"))
    answer = visit(cast.budi).post(where(draft, "ubah/"), stale)

    assert answer.status_code == 409
    assert rows_in(answer.json()) == [3, 5]
    assert answer.json()["baris"].count("Dari Sari") == 2


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({"note": "Segera"}, [3]),
        ({"op": "kind:decision"}, [3]),
        ({"op": "down"}, [6]),
        ({"op": "remove"}, [5, 6]),
        ({}, []),
    ],
)
def test_script_gets_only_the_rows_that_show_something_else(
    changes: dict[str, object], rows: list[int], draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    told = visit(cast.sari).post(where(draft, "ubah/"), scripted(draft, 3, **changes)).json()

    assert rows_in(told) == rows
    assert told["urutan"] == [row.key for row in sheet_of(draft).rows]
    assert "kepala" not in told
    assert told["revisi"] == (1 if changes else 0)


def test_script_gets_the_whole_table_when_a_column_changes(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    sent = {**scripted(draft, 3), "row": "", "op": "add_column", "name": "Lurah"}
    told = visit(cast.sari).post(where(draft, "ubah/"), sent).json()

    assert rows_in(told) == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert "Lurah" in told["kepala"]
    assert "Hapus kolom Lurah" in told["kolom"]


def test_official_page_comes_after_in_an_answer_of_its_own(
    draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    sari = visit(cast.sari)
    sari.post(where(draft, "ubah/"), scripted(draft, 3, note="Segera"))
    told = sari.get(where(draft, "lembar/")).json()

    assert told["revisi"] == 1
    assert "Segera" in told["lembar"]
    assert "temuan pemeriksaan" in told["temuan"]


def lengthen(version: ProcedureVersion, rows: int) -> None:
    """Steps after the last one, until there are so many."""
    last = version.steps.order_by("-no").first()
    assert last is not None
    names = [one.attname for one in Step._meta.concrete_fields if one.attname not in {"id", "uid", "no"}]
    said = {name: getattr(last, name) for name in names}
    Step.objects.bulk_create(Step(**said, no=no) for no in range(last.no + 1, rows + 1))
    version.steps.filter(kind="end", no__lt=rows).update(kind="process")


@pytest.mark.parametrize("op", ["simpan", "down", "add"])
def test_saving_asks_as_many_queries_for_sixty_rows_as_for_nine(
    op: str, draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    sari, asked = visit(cast.sari), []
    sari.get(where(draft))
    for no, rows in ((3, 9), (4, 60)):
        lengthen(draft, rows)
        sent = scripted(draft, no, note=f"Segera {rows}", op=op)
        with CaptureQueriesContext(connection) as queries:
            sari.post(where(draft, "ubah/"), sent)
        asked.append(len(queries))

    assert draft.steps.count() >= 60
    assert asked[0] == asked[1]


@pytest.mark.parametrize("rows", [1, 60])
def test_official_page_asks_the_same_number_of_queries(
    rows: int, draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    draft.steps.filter(no__gt=rows).delete()
    lengthen(draft, rows)
    sari = visit(cast.sari)
    sari.get(where(draft, "lembar/"))
    with CaptureQueriesContext(connection) as queries:
        sari.get(where(draft, "lembar/"))

    assert len(queries) == OFFICIAL_QUERIES


def test_script_is_told_what_somebody_else_did(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    visit(cast.sari).post(where(draft, "ubah/"), form_of(draft, 3, op="remove"))

    told = visit(cast.budi).get(f"{where(draft, 'kabar/')}?revision=0").json()
    own = visit(cast.sari).get(f"{where(draft, 'kabar/')}?revision=0").json()

    assert told["kabar"] == [f"{cast.sari.full_name} menghapus langkah."]
    assert own["kabar"] == []


def test_who_may_not_shape_the_sop_is_refused(draft: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    kasi = visit(cast.office.people["kasi1"])
    assert kasi.get(where(draft)).status_code == 403
    assert kasi.post(where(draft, "ubah/"), form_of(draft, 3, op="remove")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_page_asks_the_same_number_of_queries(
    rows: int, draft: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    draft.steps.filter(no__gt=rows).delete()
    sari = visit(cast.sari)
    sari.get(where(draft))
    with CaptureQueriesContext(connection) as queries:
        text = sari.get(where(draft)).text

    assert text.count("data-baris=") == rows
    assert len(queries) == PAGE_QUERIES

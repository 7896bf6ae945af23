"""The retention table: read by everybody, entered by the administrator of the region."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.documents.models import RetentionRule

pytestmark = pytest.mark.django_db

CODE = "000.8.3.3"
GIVEN = {
    "active_years": "2",
    "inactive_years": "3",
    "outcome": "permanen",
    "citation": "Peraturan Bupati Nomor 12 Tahun 2025",
    "valid_from": "2026-01-01",
}


@pytest.fixture
def admin(stage: Stage, visit: Visit) -> Client:
    return visit(stage.cast.admin)


def own_lines(stage: Stage) -> list[tuple[str, int | None, date]]:
    rows = RetentionRule.objects.filter(region=stage.cast.kabupaten.region).order_by("valid_from", "id")
    return [(row.archive_class.code, row.active_years, row.valid_from) for row in rows]


def test_the_table_is_filled_in_line_by_line_and_every_line_stays(stage: Stage, admin: Client) -> None:
    where = f"/pengaturan/retensi/{CODE}/"
    assert "belum ditetapkan kepala daerah" in admin.get("/pengaturan/retensi/").text
    assert admin.post(where, GIVEN).status_code == 302
    changed = {**GIVEN, "active_years": "4", "valid_from": "2027-01-01"}
    assert admin.post(where, changed).status_code == 302

    assert own_lines(stage) == [(CODE, 2, date(2026, 1, 1)), (CODE, 4, date(2027, 1, 1))]
    page = admin.get(where).text
    assert ("Terbaru" in page, "Sebelumnya" in page, "Usulan bawaan" in page) == (True, True, True)
    assert "Jadwal retensi arsip diubah" in admin.get("/pengaturan/").text


def test_a_class_without_a_line_gets_one_by_its_code(stage: Stage, admin: Client) -> None:
    assert admin.post("/pengaturan/retensi/baru/", {**GIVEN, "archive_class": "000.1"}).status_code == 302
    refused = admin.post("/pengaturan/retensi/baru/", {**GIVEN, "archive_class": "xyz"})

    assert refused.status_code == 422
    assert "xyz" in refused.text
    assert own_lines(stage) == [("000.1", 2, date(2026, 1, 1))]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("active_years", "dua", "Masa aktif (tahun) tidak terbaca"),
        ("inactive_years", "101", "Masa simpan harus 0 sampai 100 tahun"),
        ("outcome", "", "Nasib akhir belum diisi"),
        ("citation", "", "Dasar belum diisi"),
        ("valid_from", "31/02/2026", "Tanggal tidak terbaca"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_kept(
    stage: Stage, admin: Client, name: str, value: str, said: str
) -> None:
    answer = admin.post(f"/pengaturan/retensi/{CODE}/", {**GIVEN, name: value})

    assert (answer.status_code, own_lines(stage)) == (422, [])
    assert said in answer.text
    assert "Peraturan Bupati Nomor 12" in answer.text or name == "citation"


def test_the_public_table_names_who_enters_it(stage: Stage, visit: Visit) -> None:
    page = visit(stage.cast.budi).get("/surat/arsip/retensi/").text

    assert stage.cast.admin.full_name in page
    assert "belum ditetapkan kepala daerah" in page
    assert "belum diisi" in page
    assert "/pengaturan/retensi/" not in page
    assert "/pengaturan/retensi/" in visit(stage.cast.admin).get("/surat/arsip/retensi/").text


def test_the_table_costs_the_same_whatever_its_length(stage: Stage, admin: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as log:
            assert admin.get("/pengaturan/retensi/").status_code == 200
        return len(log)

    admin.post(f"/pengaturan/retensi/{CODE}/", GIVEN)
    admin.get("/pengaturan/retensi/")
    one = queries()
    for code in ("000.7", "000.8"):
        admin.post(f"/pengaturan/retensi/{code}/", GIVEN)
    admin.get("/pengaturan/retensi/")

    assert queries() == one

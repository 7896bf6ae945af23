"""The library looked into, and an SOP of it taken in the office's own words."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.procedures.actions import adopt
from runtut.procedures.models import Procedure
from runtut.procedures.queries import document_of, library

pytestmark = pytest.mark.django_db

ENTRY_QUERIES = 7


def words(unit: object) -> dict[str, str]:
    """What a kecamatan says in the place of the titles of a dinas."""
    return {
        "unit": str(unit),
        "kepala_pd": "Camat",
        "sekretaris_pd": "Sekcam",
        "sekretaris_tim_sakip": "Kasubbag Perencanaan",
        "anggota_tim_sakip": "Kasi",
        "unit_dinas": "kecamatan",
        "unit_bidang": "seksi",
    }


@pytest.mark.parametrize("data", library(), ids=lambda data: data["library_key"])
def test_entry_shows_the_whole_sop_before_it_is_taken(
    data: dict[str, object], cast: Cast, visit: Visit
) -> None:
    text = visit(cast.sari).get(f"/sop/pustaka/{data['library_key']}/").text

    assert text.count('class="keg"') == len(data["steps"])
    assert '<svg class="bagan"' in text
    assert "Dasar hukum" in text
    assert "Menghasilkan" in text
    assert "Jumlah waktu standar" in text
    assert text.count('<form method="post" novalidate>') == 1
    assert Procedure.objects.count() == 0


YIELDS = {
    "s1": [
        "Daftar hadir",
        "Notulen rapat",
        "Berita acara tindak lanjut",
        "Laporan pemantauan",
        "Persetujuan laporan",
        "Bukti isian aplikasi",
        "Arsip",
    ],
    "s3": ["Dokumen pengumpulan data kinerja", "Bukti isian aplikasi", "Arsip"],
    "s5": [
        "Nota umum",
        "Nota bertanda tangan",
        "RKT bertanda tangan",
        "Nomor surat",
        "Bukti pengiriman",
        "Arsip",
    ],
}


@pytest.mark.parametrize("key", sorted(YIELDS))
def test_entry_tells_every_paper_that_its_steps_leave(key: str, cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get(f"/sop/pustaka/{key}/").text

    assert f"<dt>Menghasilkan</dt><dd>{', '.join(YIELDS[key])}</dd>" in text


def test_unknown_entry_is_not_there(cast: Cast, visit: Visit) -> None:
    assert visit(cast.sari).get("/sop/pustaka/s99/").status_code == 404


def test_entry_proposes_the_offices_own_titles(cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get("/sop/pustaka/s7/").text

    assert f"Sebutan yang tidak ada di {cast.office.unit.short_name}" in text
    assert 'name="kepala_pd" value="Camat"' in text
    assert 'name="unit_dinas" value="kecamatan"' in text


def test_entry_whose_titles_the_office_has_asks_nothing(cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get("/sop/pustaka/s2/").text

    assert "Sebutan yang tidak ada" not in text
    assert f"Ambil untuk {cast.office.unit.short_name}</button>" in text


def test_taking_it_puts_the_titles_into_the_copy(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.sari).post("/sop/pustaka/s7/", words(cast.office.unit.uid))

    made = Procedure.objects.get(unit=cast.office.unit)
    document = document_of(made.versions.get())
    assert answer.headers["Location"] == f"/sop/{made.uid}/"
    assert document["performers"] == ["Camat", "Sekcam", "Kasubbag Perencanaan", "Kasi"]
    assert document["steps"][0]["outputs"] == ["Disposisi Camat"]


def test_title_left_as_it_was_stays(cast: Cast, visit: Visit) -> None:
    visit(cast.sari).post("/sop/pustaka/s7/", {**words(cast.office.unit.uid), "kepala_pd": "Kepala Dinas"})

    document = document_of(Procedure.objects.get(unit=cast.office.unit).versions.get())
    assert document["performers"][0] == "Kepala Dinas"


def test_overlong_title_comes_back_at_its_field(cast: Cast, visit: Visit) -> None:
    typed = "Camat " * 20
    answer = visit(cast.sari).post("/sop/pustaka/s7/", {**words(cast.office.unit.uid), "kepala_pd": typed})

    assert answer.status_code == 422
    assert "Sebutan pengganti Kepala Dinas paling panjang 80 huruf" in answer.text
    assert '<a href="#id_kepala_pd">' in answer.text
    assert Procedure.objects.count() == 0


def test_entry_taken_already_leads_to_the_copy(cast: Cast, at: datetime, visit: Visit) -> None:
    sari = cast.office.authority("perencanaan")
    made = adopt(unit=cast.office.unit, library_key="s2", authority=sari, at=at).procedure

    text = visit(cast.sari).get("/sop/pustaka/s2/").text

    assert f'href="/sop/{made.uid}/">Buka salinan kantor' in text
    assert "Ambil untuk" not in text


def test_who_may_not_take_it_may_look(cast: Cast, visit: Visit) -> None:
    kasi = visit(cast.office.people["kasi1"])

    assert "Hanya untuk dilihat" in kasi.get("/sop/pustaka/s7/").text
    assert kasi.post("/sop/pustaka/s7/", words(cast.office.unit.uid)).status_code == 403


def test_taking_it_for_another_office_is_not_there(cast: Cast, visit: Visit) -> None:
    assert visit(cast.joko).post("/sop/pustaka/s7/", words(cast.office.unit.uid)).status_code == 404


@pytest.mark.parametrize("key", ["s2", "s7"], ids=["nothing foreign", "six foreign titles"])
def test_entry_asks_the_same_number_of_queries(key: str, cast: Cast, visit: Visit) -> None:
    sari = visit(cast.sari)
    sari.get(f"/sop/pustaka/{key}/")

    with CaptureQueriesContext(connection) as queries:
        sari.get(f"/sop/pustaka/{key}/")

    assert len(queries) == ENTRY_QUERIES


def test_draft_warns_of_foreign_titles_and_changes_them_with_one_press(
    stage: Stage, at: datetime, visit: Visit
) -> None:
    cast, sari = stage.cast, visit(stage.cast.sari)
    authority = cast.office.authority("perencanaan")
    draft = adopt(unit=cast.office.unit, library_key="s7", authority=authority, at=at)
    where = f"/sop/{draft.procedure.uid}/"

    warned = sari.get(where).text
    offered = sari.get(f"{where}1/sebutan/").text
    sari.post(f"{where}1/sebutan/", words(cast.office.unit.uid))

    assert "tidak ada di" in warned
    assert f'href="{where}1/sebutan/"' in warned
    assert 'name="kepala_pd" value="Camat"' in offered
    assert document_of(draft)["performers"][0] == "Camat"
    assert f'href="{where}1/sebutan/"' not in sari.get(where).text

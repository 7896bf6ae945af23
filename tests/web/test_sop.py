"""The list of SOPs, the page of one, and its way into force through the pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.web.conftest import Visit
from tests.web.stage import Stage, put_in_force

from runtut.core import clock, search
from runtut.organisations.models import Position
from runtut.procedures.actions import adopt
from runtut.procedures.enums import Confidence, VersionState
from runtut.procedures.models import Procedure, StepPerformer
from runtut.web.views import sop

pytestmark = pytest.mark.django_db

LIST_QUERIES = 9
PAGE_QUERIES = 18
OVERVIEW_QUERIES = 12


def page_of(procedure: Procedure) -> str:
    return f"/sop/{procedure.uid}/"


def only(cast: Cast) -> Procedure:
    return Procedure.objects.get(unit=cast.office.unit)


def test_list_shows_number_steps_and_standard_time(stage: Stage, visit: Visit) -> None:
    text = visit(stage.cast.sari).get("/sop/").text

    assert "Pengukuran Data Kinerja" in text
    assert "000.8.3.3/<wbr>s2/<wbr>KEC.SKM/<wbr>2026" in text
    assert "15 hari 10 menit" in text


@pytest.mark.parametrize("keys", [[], ["s3", "s1"]], ids=["one row", "three rows"])
def test_list_asks_the_same_number_of_queries(
    keys: list[str], stage: Stage, at: datetime, visit: Visit
) -> None:
    for key in keys:
        put_in_force(stage.cast, key, at)
    sari = visit(stage.cast.sari)
    sari.get("/sop/")

    with CaptureQueriesContext(connection) as queries:
        text = sari.get("/sop/").text

    assert text.count('role="rowheader"') == 1 + len(keys)
    assert len(queries) == LIST_QUERIES


def test_list_offers_the_library_only_to_who_may_adopt(stage: Stage, visit: Visit) -> None:
    assert "Ambil dari pustaka" in visit(stage.cast.sari).get("/sop/").text
    assert "Ambil dari pustaka" not in visit(stage.cast.office.people["kasi1"]).get("/sop/").text


def test_page_shows_identity_drawing_and_what_is_not_certain(stage: Stage, visit: Visit) -> None:
    text = visit(stage.cast.sari).get(page_of(only(stage.cast))).text

    assert "Dasar hukum" in text
    assert '<svg class="bagan"' in text
    assert text.count('class="keg"') == 9
    assert "Langkah 7: kembali ke langkah 6 atau 5 belum pasti." in text
    assert "belum pasti" in text
    assert "Jumlah waktu standar: 15 hari 10 menit" in text


def test_only_what_is_doubtful_is_marked_on_its_step(cast: Cast, at: datetime, visit: Visit) -> None:
    version = put_in_force(cast, "s5", at)
    low = StepPerformer.objects.filter(step__version=version, confidence=Confidence.LOW).values("step__no")
    back = version.steps.filter(return_confidence=Confidence.LOW).exclude(return_to=[]).values("no")
    expected = {row["step__no"] for row in low} | {row["no"] for row in back}

    text = visit(cast.sari).get(page_of(version.procedure)).text

    assert 0 < len(expected) < 13
    assert text.count('visually-hidden"> belum pasti<') == len(expected)
    assert "kemungkinan besar" not in text
    assert "Hampir pasti" in text
    assert "tidak tegas pada naskah asalnya" in text


def test_related_sop_of_the_office_is_a_link(cast: Cast, at: datetime, visit: Visit) -> None:
    other = put_in_force(cast, "s6", at).procedure
    version = put_in_force(cast, "s5", at)

    text = visit(cast.sari).get(page_of(version.procedure)).text

    assert f'<a href="/sop/{other.uid}/">SOP Evaluasi Kinerja Tahunan</a>' in text
    assert "<li>SOP Penyusunan Renstra</li>" in text


@pytest.mark.parametrize("key", ["s2", "s6"], ids=["nine steps", "thirteen steps"])
def test_page_asks_the_same_number_of_queries(key: str, cast: Cast, at: datetime, visit: Visit) -> None:
    version = put_in_force(cast, key, at)
    sari = visit(cast.sari)
    sari.get(page_of(version.procedure))

    with CaptureQueriesContext(connection) as queries:
        sari.get(page_of(version.procedure))

    assert len(queries) == PAGE_QUERIES


def test_suggestions_are_offered_only_while_there_are_some(cast: Cast, visit: Visit) -> None:
    Position.objects.filter(pk=cast.office.positions["umum"].pk).update(is_active=False)
    sari = visit(cast.sari)
    sari.post("/sop/pustaka/", {"key": "s5", "unit": str(cast.office.unit.uid)})
    where = page_of(only(cast))
    before = sari.get(where).text

    sari.post(f"{where}usulan/")
    after = sari.get(where).text

    assert "Terima semua usulan" in before
    assert "Belum dipasangkan: Kasubbag Umum." in after
    assert "Terima semua usulan" not in after


def test_sop_goes_from_the_library_into_force(cast: Cast, visit: Visit) -> None:
    sari, budi = visit(cast.sari), visit(cast.budi)
    sari.post("/sop/pustaka/", {"key": "s3", "unit": str(cast.office.unit.uid)})
    procedure = only(cast)
    where = page_of(procedure)
    drafted = sari.get(where).text
    sari.post(f"{where}usulan/")
    bound = sari.get(where).text
    sari.post(f"{where}telaah/")
    asked = budi.get(where).text
    answer = budi.post(
        f"{where}sahkan/", {"sop_number": "000.8.3.3/3/KEC/2026", "effective_from": "2026-03-02"}
    )

    assert "Terima semua usulan" in drafted
    assert "Terima semua usulan" not in bound
    assert "Sahkan SOP ini" in asked
    assert answer.headers["Location"] == f"{where}?versi=1"
    assert procedure.versions.get().state == VersionState.EFFECTIVE


def test_adopting_twice_is_refused_on_the_page(stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.sari).post(
        "/sop/pustaka/", {"key": "s2", "unit": str(stage.cast.office.unit.uid)}
    )

    assert answer.status_code == 422
    assert "sudah memiliki SOP Pengukuran Data Kinerja" in answer.text
    assert Procedure.objects.count() == 1


def test_adopting_for_another_office_is_not_there(stage: Stage, visit: Visit) -> None:
    answer = visit(stage.cast.joko).post(
        "/sop/pustaka/", {"key": "s3", "unit": str(stage.cast.office.unit.uid)}
    )

    assert answer.status_code == 404
    assert Procedure.objects.count() == 1


def test_adopting_without_the_right_names_who_may(stage: Stage, visit: Visit) -> None:
    unit = str(stage.cast.office.unit.uid)
    answer = visit(stage.cast.office.people["kasi1"]).post("/sop/pustaka/", {"key": "s3", "unit": unit})

    assert answer.status_code == 403
    assert "Kasubbag, Sekretaris, atau kepala kantornya" in answer.text


def test_ratifying_with_a_broken_number_keeps_what_was_typed(cast: Cast, visit: Visit) -> None:
    sari, budi = visit(cast.sari), visit(cast.budi)
    sari.post("/sop/pustaka/", {"key": "s3", "unit": str(cast.office.unit.uid)})
    where = page_of(only(cast))
    sari.post(f"{where}telaah/")

    answer = budi.post(f"{where}sahkan/", {"sop_number": "000//KEC", "effective_from": "2026-03-09"})

    assert answer.status_code == 422
    assert "Nomor SOP belum lengkap" in answer.text
    assert 'value="000//KEC"' in answer.text
    assert 'value="2026-03-09"' in answer.text
    assert '<a href="#id_sop_number">' in answer.text


def test_sending_back_without_a_reason_is_refused_at_the_field(cast: Cast, visit: Visit) -> None:
    sari, budi = visit(cast.sari), visit(cast.budi)
    sari.post("/sop/pustaka/", {"key": "s3", "unit": str(cast.office.unit.uid)})
    where = page_of(only(cast))
    sari.post(f"{where}telaah/")

    answer = budi.post(f"{where}kembalikan/", {"reason": "  "})

    assert answer.status_code == 422
    assert "Apa yang perlu diperbaiki? belum diisi." in answer.text
    assert only(cast).versions.get().state == VersionState.IN_REVIEW


def test_binding_replaces_the_positions_of_a_performer(stage: Stage, visit: Visit) -> None:
    where = page_of(only(stage.cast))
    staff = stage.cast.office.positions["staf"]
    performer = stage.version.performers.get(name="Pengelola")

    answer = visit(stage.cast.sari).post(
        f"{where}1/pelaksana/{performer.sequence}/", {"positions": [staff.pk]}
    )

    assert answer.status_code == 302
    assert [binding.position for binding in performer.bindings.all()] == [staff]


def test_binding_a_position_of_another_office_is_refused(stage: Stage, visit: Visit) -> None:
    where = page_of(only(stage.cast))
    foreign = stage.cast.other_office.positions["staf"]

    answer = visit(stage.cast.sari).post(f"{where}1/pelaksana/1/", {"positions": [foreign.pk]})

    assert answer.status_code == 422
    assert "pilihan ini tidak ada dalam daftar" in answer.text


def test_unknown_version_is_not_there(stage: Stage, visit: Visit) -> None:
    assert visit(stage.cast.sari).get(f"{page_of(only(stage.cast))}?versi=7").status_code == 404


def test_number_that_is_incomplete_is_not_proposed(cast: Cast, visit: Visit) -> None:
    """As an imported document brings one along: the office's next number is offered in its place."""
    sari, budi = visit(cast.sari), visit(cast.budi)
    sari.post("/sop/pustaka/", {"key": "s3", "unit": str(cast.office.unit.uid)})
    only(cast).versions.update(sop_number="/SOP Subbag/Kec")
    where = page_of(only(cast))
    sari.post(f"{where}telaah/")

    assert 'name="sop_number" value=' not in budi.get(where).text


def listed(client: Client, asked: str) -> list[str]:
    """The names of the SOPs on the list, in their order."""
    text = client.get(f"/sop/?{asked}").text.partition('aria-label="Daftar SOP"')[2]
    return re.findall(r'scope="row"><a href="/sop/[0-9a-f-]{36}/">([^<]+)</a>', text)


def test_overseer_sees_which_office_lacks_which_sop(stage: Stage, at: datetime, visit: Visit) -> None:
    cast = stage.cast
    adopt(
        unit=cast.other_office.unit,
        library_key="s2",
        authority=cast.other_office.authority("perencanaan"),
        at=at,
    )
    put_in_force(cast, "s3", at)
    text = visit(cast.wati).get(f"/sop/?unit={cast.kabupaten.uid}").text

    assert "Kantor dan SOP-nya" in text
    assert "Pengukuran Data Kinerja (sedang disusun); Pengumpulan Data Kinerja" in text
    assert listed(visit(cast.wati), f"unit={cast.kabupaten.uid}") == [
        "Pengukuran Data Kinerja",
        "Pengumpulan Data Kinerja",
        "Pengukuran Data Kinerja",
    ]
    assert "Kantor dan SOP-nya" not in visit(cast.sari).get("/sop/").text


def test_overseer_of_an_office_without_sops_is_led_to_all(stage: Stage, visit: Visit) -> None:
    cast = stage.cast
    empty = cast.other_office.unit.uid

    assert (
        f'<a href="?unit={cast.kabupaten.uid}">Lihat SOP semua kantor'
        in visit(cast.wati).get(f"/sop/?unit={empty}").text
    )
    assert "Lihat SOP semua kantor" not in visit(cast.joko).get("/sop/").text


def test_overdue_review_stands_at_office_and_sop(
    stage: Stage, visit: Visit, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    cast = stage.cast
    wati = visit(cast.wati)
    where = f"unit={cast.kabupaten.uid}&tinjau=lewat"
    assert listed(wati, where) == []
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(days=200))

    text = wati.get(f"/sop/?unit={cast.kabupaten.uid}").text

    assert "lewat tinjau sejak 2 September 2026" in text
    assert f"?unit={cast.office.unit.uid}&amp;tinjau=lewat" in text
    assert listed(wati, where) == ["Pengukuran Data Kinerja"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=pengukur", ["Pengukuran Data Kinerja"]),
        ("q=s3/KEC.SKM", ["Pengumpulan Data Kinerja"]),
        ("q=mengunggah", ["Pengukuran Data Kinerja", "Pengumpulan Data Kinerja"]),
        ("q=86 tahun 2017", ["Pengukuran Data Kinerja", "Pengumpulan Data Kinerja"]),
        ("q=permendagri 86/2017", ["Pengukuran Data Kinerja", "Pengumpulan Data Kinerja"]),
        (
            "q=Pe",
            ["Pengukuran Data Kinerja", "Pengumpulan Data Kinerja", "Penyusunan Rencana Kinerja Tahunan"],
        ),
        ("q=takada", []),
        ("keadaan=draf", ["Penyusunan Rencana Kinerja Tahunan"]),
        ("keadaan=berlaku", ["Pengukuran Data Kinerja", "Pengumpulan Data Kinerja"]),
        ("keadaan=lain&tinjau=lain&q=kumpul", ["Pengumpulan Data Kinerja"]),
    ],
)
def test_list_is_searched_and_filtered(
    asked: str, found: list[str], stage: Stage, at: datetime, visit: Visit
) -> None:
    cast = stage.cast
    put_in_force(cast, "s3", at)
    adopt(unit=cast.office.unit, library_key="s5", authority=cast.office.authority("perencanaan"), at=at)
    while search.sweep(at, 100):
        pass

    assert listed(visit(cast.sari), asked) == found


def test_search_of_the_list_stays_within_what_one_may_see(stage: Stage, at: datetime, visit: Visit) -> None:
    while search.sweep(at, 100):
        pass
    other = stage.cast.office.unit.uid

    assert listed(visit(stage.cast.joko), f"unit={other}&q=pengukuran") == []


def test_longer_lists_come_in_pages(
    stage: Stage, at: datetime, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sop, "PAGE", 1)
    put_in_force(stage.cast, "s3", at)
    sari = visit(stage.cast.sari)

    assert listed(sari, "") == ["Pengukuran Data Kinerja"]
    assert listed(sari, "mulai=1") == ["Pengumpulan Data Kinerja"]


@pytest.mark.parametrize("asked", ["", "mulai=1", "mulai=100", "q=kumpul", "q=takada"])
def test_what_the_list_offers_is_the_same_on_every_page_and_under_every_filter(
    asked: str, stage: Stage, at: datetime, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sop, "PAGE", 1)
    put_in_force(stage.cast, "s3", at)
    wati, cast = visit(stage.cast.wati), stage.cast
    of_office = wati.get(f"/sop/?unit={cast.office.unit.uid}&{asked}").text
    of_all = wati.get(f"/sop/?unit={cast.kabupaten.uid}&{asked}").text

    assert ">Himpunan SOP</a>" in of_office and ">Himpunan SOP</a>" not in of_all
    assert "Daftar SOP, PDF" in of_office and "Daftar SOP, PDF" in of_all
    assert ">Kantor</th>" not in of_office.partition('aria-label="Daftar SOP"')[2]
    if listed(wati, f"unit={cast.kabupaten.uid}&{asked}"):
        assert ">Kantor</th>" in of_all.partition('aria-label="Daftar SOP"')[2]


def test_past_the_end_the_list_leads_back(stage: Stage, visit: Visit) -> None:
    sari = visit(stage.cast.sari)
    text = sari.get("/sop/?q=data&mulai=100").text

    assert "belum mempunyai SOP" not in text and "Tidak ada SOP yang cocok" not in text
    assert '<a href="?q=data&amp;mulai=0">Kembali ke halaman pertama.</a>' in text


@pytest.mark.parametrize("keys", [[], ["s3", "s1"]], ids=["one SOP", "three SOPs"])
def test_view_over_offices_asks_the_same_number_of_queries(
    keys: list[str], stage: Stage, at: datetime, visit: Visit
) -> None:
    for key in keys:
        put_in_force(stage.cast, key, at)
    wati, where = visit(stage.cast.wati), f"/sop/?unit={stage.cast.kabupaten.uid}"
    wati.get(where)
    with CaptureQueriesContext(connection) as queries:
        wati.get(where)

    assert len(queries) == OVERVIEW_QUERIES


def test_acts_on_the_next_version_lead_to_its_page(stage: Stage, visit: Visit) -> None:
    sari, where = visit(stage.cast.sari), page_of(stage.version.procedure)
    pressed = [
        sari.post(f"{where}rancang/"),
        sari.post(f"{where}usulan/"),
        sari.post(f"{where}telaah/"),
        visit(stage.cast.budi).post(f"{where}kembalikan/", {"reason": "Lengkapi dahulu langkah 3."}),
    ]

    assert [answer.headers["Location"] for answer in pressed] == [f"{where}?versi=2"] * 4
    assert "Siapkan SOP ini" in sari.get(f"{where}?versi=2").text

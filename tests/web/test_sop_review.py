"""Remarks, comparison and withdrawal of an SOP through its pages."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.procedures.factories import acting_camat, make_reviewed
from tests.web.conftest import Visit
from tests.web.stage import put_in_force

from runtut.core.dates import full_day_date, long_date
from runtut.procedures.actions import comment_on_version, draft_next_version, submit_for_review
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion, ReviewComment

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 31
COMPARE_QUERIES = 13


@pytest.fixture
def reviewed(cast: Cast) -> ProcedureVersion:
    return make_reviewed(cast)


def page_of(version: ProcedureVersion) -> str:
    return f"/sop/{version.procedure.uid}/"


def second(cast: Cast, at: datetime) -> ProcedureVersion:
    version = put_in_force(cast, "s2", at)
    sari = cast.office.authority("perencanaan")
    return draft_next_version(procedure=version.procedure, authority=sari, at=at)


def test_remark_goes_from_writing_to_resolved(reviewed: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    budi, sari, where = visit(cast.budi), visit(cast.sari), page_of(reviewed)
    budi.post(f"{where}1/komentar/", {"place": "langkah:3", "text": "Terlalu singkat"})
    made = ReviewComment.objects.get()
    stopped = budi.post(f"{where}sahkan/", {"sop_number": "1/A/2026", "effective_from": "2026-03-02"})
    sari.post(f"{where}1/komentar/{made.uid}/jawab/", {"text": "Menjadi empat hari"})
    shown = budi.get(where).text
    budi.post(f"{where}1/komentar/{made.uid}/selesai/")
    budi.post(f"{where}sahkan/", {"sop_number": "1/A/2026", "effective_from": "2026-03-02"})

    assert "Masih ada 1 komentar" in stopped.text
    assert all(said in shown for said in ("Terlalu singkat", "Menjadi empat hari", "1 belum diselesaikan"))
    reviewed.refresh_from_db()
    assert reviewed.state == VersionState.EFFECTIVE


def test_empty_remark_comes_back_at_its_field(reviewed: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    answer = visit(cast.budi).post(f"{page_of(reviewed)}1/komentar/", {"place": "seluruh", "text": " "})
    assert answer.status_code == 422
    assert "Komentar belum diisi" in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_number_of_queries(
    count: int, reviewed: ProcedureVersion, cast: Cast, at: datetime, visit: Visit
) -> None:
    for no in range(1, count + 1):
        comment_on_version(version=reviewed, text="Cek", step_no=no, authority=acting_camat(cast), at=at)
    budi = visit(cast.budi)
    budi.get(page_of(reviewed))
    with CaptureQueriesContext(connection) as queries:
        text = budi.get(page_of(reviewed)).text

    assert text.count('id="k-') == count
    assert len(queries) == PAGE_QUERIES


def test_two_versions_stand_side_by_side(cast: Cast, at: datetime, visit: Visit) -> None:
    draft = second(cast, at)
    draft.steps.filter(no=5).update(activity="Menyusun konsep pengukuran dan mengunggahnya")
    draft.steps.filter(no=6).update(note="Sebelum tengah hari")
    sari = visit(cast.sari)
    where = f"{page_of(draft)}banding/"
    sari.get(where)
    with CaptureQueriesContext(connection) as queries:
        text = sari.get(where).text

    assert "2 hal berubah" in text
    assert "<ins>Menyusun konsep pengukuran dan mengunggahnya</ins>" in text
    assert "<del>Mengunggah dan mengolah data serta menyusun konsep pengukuran</del>" in text
    assert "Keterangan: <ins>Sebelum tengah hari</ins>" in text
    assert "Kelengkapan: Konsep pengukuran data kinerja" in text
    assert text.count("Menelaah surat Bupati dan mendisposisikan penyiapan data kinerja") == 1
    assert text.count('class="petikan sama"') == 7
    assert len(queries) == COMPARE_QUERIES


def test_one_version_has_nothing_to_compare(reviewed: ProcedureVersion, cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get(f"{page_of(reviewed)}banding/").text
    assert "baru mempunyai satu versi" in text
    assert "Bandingkan</button>" not in text


def test_version_is_withdrawn_by_its_approver_only(cast: Cast, at: datetime, visit: Visit) -> None:
    version = put_in_force(cast, "s2", at)
    where = f"{page_of(version)}1/cabut/"

    assert "Cabut SOP ini" not in visit(cast.sari).get(page_of(version)).text
    assert visit(cast.sari).post(where, {"reason": "Tidak dipakai"}).status_code == 403
    assert "Cabut SOP ini" in visit(cast.budi).get(page_of(version)).text
    visit(cast.budi).post(where, {"reason": "Digabung ke SOP lain"})
    version.refresh_from_db()
    assert version.state == VersionState.WITHDRAWN
    assert "“Digabung ke SOP lain”" in visit(cast.sari).get(page_of(version)).text


def test_version_of_a_later_day_is_told_everywhere_and_can_be_withdrawn(
    cast: Cast, at: datetime, visit: Visit
) -> None:
    made = second(cast, at)
    submit_for_review(version=made, authority=cast.office.authority("perencanaan"), at=at)
    budi, where = visit(cast.budi), page_of(made)
    later = (at + timedelta(days=40)).date()
    budi.post(f"{where}sahkan/", {"sop_number": "2/A/2026", "effective_from": later.isoformat()})

    assert f"versi 2 berlaku mulai {long_date(later)}" in budi.get("/sop/").text
    assert f"Versi 2 berlaku mulai {full_day_date(later)}" in budi.get(where).text
    own = budi.get(f"{where}?versi=2").text
    assert f"sudah disahkan, berlaku mulai {long_date(later)}." in own
    assert "Berlakukan sekarang" not in own
    assert "Menunggu Camat" not in visit(cast.wati).get(f"{where}?versi=2").text
    assert "Cabut versi ini sebelum berlaku" not in visit(cast.sari).get(f"{where}?versi=2").text
    assert "Cabut versi ini sebelum berlaku" in own
    budi.post(f"{where}2/cabut/", {"reason": "Tahunnya keliru"})
    assert "Rancang versi berikutnya" in budi.get(where).text
    third = draft_next_version(
        procedure=made.procedure, authority=cast.office.authority("perencanaan"), at=at
    )
    submit_for_review(version=third, authority=cast.office.authority("perencanaan"), at=at)
    budi.post(f"{where}sahkan/", {"sop_number": "2/A/2026", "effective_from": at.date().isoformat()})
    assert f"Versi 1, diganti versi 3 pada {long_date(at.date())}." in budi.get(f"{where}?versi=1").text


def test_version_in_review_waits_on_the_front_page_of_its_approver(
    reviewed: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    budi, joko = visit(cast.budi), visit(cast.joko)
    where = f"{page_of(reviewed)}?versi=1"

    text = budi.get("/").text

    assert "SOP yang menunggu Anda" in text
    assert f'<a href="{where}">' in text
    assert "SOP yang menunggu Anda" not in joko.get("/").text
    assert "SOP yang menunggu Anda" not in visit(cast.sari).get("/").text


def test_version_sent_back_waits_for_who_submitted_it_with_the_reason(
    reviewed: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    budi, sari = visit(cast.budi), visit(cast.sari)
    budi.post(f"{page_of(reviewed)}kembalikan/", {"reason": "Langkah 4 belum menyebut buktinya."})

    front = sari.get("/").text
    assert "Dikembalikan untuk diperbaiki" in front
    assert f'<a href="{page_of(reviewed)}?versi=1">' in front
    text = sari.get(page_of(reviewed)).text
    assert "“Langkah 4 belum menyebut buktinya.”" in text
    assert "Budi Hartono, " in text
    assert "SOP yang menunggu Anda" not in budi.get("/").text

    sari.post(f"{page_of(reviewed)}telaah/")
    assert "Dikembalikan untuk diperbaiki" not in sari.get("/").text
    assert "Langkah 4 belum menyebut buktinya." not in sari.get(page_of(reviewed)).text


@pytest.mark.parametrize(
    ("place", "shown"), [("bagian:qualifications", "Kualifikasi pelaksana"), ("bagian:number", "Nomor SOP")]
)
def test_remark_names_its_place_as_the_form_does(
    place: str, shown: str, reviewed: ProcedureVersion, cast: Cast, visit: Visit
) -> None:
    budi = visit(cast.budi)
    budi.post(f"{page_of(reviewed)}1/komentar/", {"place": place, "text": "Periksa lagi."})
    text = budi.get(page_of(reviewed)).text

    assert f"<b>{shown}</b>: Periksa lagi." in text
    assert f">{shown}</option>" in text

"""Pemberitahuan, and the choice of what comes."""

from __future__ import annotations

from datetime import datetime

from tests.web.conftest import Visit
from tests.web.stage import Stage, start_run

from runtut.core import jobs


def test_notices_are_listed_counted_on_beranda_and_read(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    jobs.drain(at=at)
    budi = visit(stage.cast.budi)

    assert "1 pemberitahuan belum dibaca" in budi.get("/").text
    text = budi.get("/pemberitahuan/").text
    assert "Tugas baru" in text
    assert f"/kerja/{case.uid}/" in text
    assert "Belum ada pemberitahuan" in visit(stage.cast.joko).get("/pemberitahuan/").text

    budi.post("/pemberitahuan/dibaca/")
    assert "belum dibaca</a>" not in budi.get("/").text


def test_choices_are_kept_and_a_bad_address_is_told_at_its_field(stage: Stage, visit: Visit) -> None:
    budi = visit(stage.cast.budi)

    refused = budi.post("/saya/pemberitahuan/", {"email": "bukan surel", "aplikasi-terlambat": "on"})
    assert refused.status_code == 422
    assert "Alamat surel tidak terbaca" in refused.text
    assert "bukan surel" in refused.text

    assert budi.post("/saya/pemberitahuan/", {"email": "budi@contoh.go.id"}).status_code == 302
    page = budi.get("/saya/pemberitahuan/").text
    assert "budi@contoh.go.id" in page
    assert "checked" not in page

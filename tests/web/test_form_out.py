"""What an owner of figures sees once the form has gone out, before any step of theirs is open."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from tests.performance.test_form_sent import owners
from tests.performance.test_run_returns import holder
from tests.performance.test_s1_s3_s7 import dinas, due, fill
from tests.web.conftest import Visit

from runtut.core import clock

pytestmark = pytest.mark.django_db


def test_the_owner_finds_what_is_asked_and_reads_what_happens_without_it(
    visit: Visit, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    office, case = dinas()
    monkeypatch.setattr(clock, "now", lambda: office.at)
    owner = visit(holder(owners(office)[-1]))
    office.until(case, 2)
    office.do(case, note="Lampirkan rekap bertanda tangan.")
    assert "dapat diisi sekarang" not in owner.get("/").text

    office.do(case)

    home = owner.get("/").text
    assert "Isi realisasi TW III 2026" in home
    assert "dapat diisi sekarang" in home
    asked = owner.get("/kinerja/?tahun=2026&tw=3").text
    assert "Petunjuk pada format data:</b> Lampirkan rekap bertanda tangan." in asked
    run = owner.get(f"/kerja/{case.uid}/").text
    assert "Realisasi TW III 2026 yang belum diajukan" in run
    assert "diisi Sekretaris Tim SAKIP pada langkah 6 untuk pemiliknya" in run
    assert "diajukan Anggota Tim SAKIP pada langkah 7" in run


def test_who_types_reads_the_forms_instructions_and_who_validates_is_led_to_the_figures(
    visit: Visit, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    office, case = dinas()
    office.until(case, 2)
    office.do(case, note="Lampirkan rekap bertanda tangan.")
    office.until(case, 6)
    monkeypatch.setattr(clock, "now", lambda: office.at)
    where = f"/kerja/{case.uid}/"

    gathering = visit(holder(office.open_task(case).position)).get(where).text
    assert "Petunjuk pada format data:</b> Lampirkan rekap bertanda tangan." in gathering

    fill(office, due(office.unit), "20")
    office.do(case)
    validating = visit(holder(office.open_task(case).position)).get(where).text
    assert f'href="/kinerja/periksa/?unit={office.unit.uid}&amp;tahun=2026&amp;tw=3">Periksa' in validating

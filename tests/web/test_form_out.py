"""What an owner of figures sees once the form has gone out, before any step of theirs is open."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from tests.performance.test_form_sent import owners
from tests.performance.test_run_returns import holder
from tests.performance.test_s1_s3_s7 import dinas
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
    office.until(case, 3)
    assert "dapat diisi sekarang" not in owner.get("/").text

    office.do(case)

    home = owner.get("/").text
    assert "Isi realisasi TW III 2026" in home
    assert "dapat diisi sekarang" in home
    run = owner.get(f"/kerja/{case.uid}/").text
    assert "Realisasi TW III 2026 yang belum diajukan" in run
    assert "diisi Sekretaris Tim SAKIP pada langkah 6 untuk pemiliknya" in run
    assert "diajukan Anggota Tim SAKIP pada langkah 7" in run

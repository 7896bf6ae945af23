"""S7 step 6 on its sheet: the team types the figures of a quarter, and the page saves on its own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from pytest_django import Settings
from tests.performance.demo_office import DemoOffice
from tests.performance.factories import TW3
from tests.web.conftest import Visit

from runtut.accounts.models import User
from runtut.core import clock
from runtut.performance.models import Realisation
from runtut.performance.queries import grid

pytestmark = pytest.mark.django_db


def test_what_the_page_has_saved_itself_is_not_taken_for_somebody_elses(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, at: datetime, visit: Visit
) -> None:
    settings.DEMO = True
    office = DemoOffice("s7", login="kepala.dinsospermasdes", unit="Dinsospermasdes")
    case = office.start(quarter=3)
    office.until(case, 6)
    monkeypatch.setattr(clock, "now", lambda: office.at)
    row = next(one for one in grid(unit=office.unit, quarter=TW3) if one.is_due)
    key, task = row.indicator.uid, office.open_task(case)
    secretary = visit(User.objects.get(username="perencanaan.dinsospermasdes"))
    address = f"/kerja/{case.uid}/{task.uid}/kerjakan/"
    form = {"isi": "1", "kunci": str(uuid4()), "kerjakan": "simpan", f"versi-{key}": "0"}

    told = secretary.post(address, form | {f"nilai-{key}": "63,60", "otomatis": "1"}).json()
    form[f"versi-{key}"] = told["versi"][f"versi-{key}"]
    answer = secretary.post(address, form | {f"nilai-{key}": "63,70"})

    assert answer.status_code == 302
    stored = Realisation.objects.get(indicator=row.indicator, year=2026, quarter=3)
    assert stored.value == Decimal("63.7")

"""Pengaturan: granting and ending oversight, and the calendar a unit follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import TODAY, Cast
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.organisations.enums import OversightKind
from runtut.organisations.models import Oversight

pytestmark = pytest.mark.django_db

WHERE = "/pengaturan/pembina/"
LIST_QUERIES = 3


def wish(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "kind": "pembaca",
        "username": cast.sari.username,
        "unit": str(cast.other_office.unit.uid),
        "valid_from": TODAY.isoformat(),
        "last_day": "",
        "decree": "SK 12/2026",
        **changes,
    }


def grant(cast: Cast, kind: OversightKind = OversightKind.READER) -> Oversight:
    return Oversight.objects.create(
        region=cast.kabupaten.region,
        kind=kind,
        user=cast.sari,
        unit=cast.other_office.unit,
        valid_from=TODAY,
    )


def test_oversight_opens_another_office_to_a_person(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.admin).post(f"{WHERE}baru/", wish(cast))
    text = visit(cast.sari).get("/saya/").text

    assert answer.headers["Location"] == WHERE
    assert f"Anda boleh melihat pekerjaan, dokumen, dan angka kinerja {cast.other_office.unit.name}" in text


def test_same_oversight_twice_is_refused_at_the_person(cast: Cast, visit: Visit) -> None:
    grant(cast)

    answer = visit(cast.admin).post(f"{WHERE}baru/", wish(cast))

    assert answer.status_code == 422
    assert 'id="id_username_error"' in answer.text
    assert 'value="SK 12/2026"' in answer.text
    assert Oversight.objects.filter(user=cast.sari).count() == 1


def test_oversight_without_a_kind_is_refused_and_keeps_the_rest(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.admin).post(f"{WHERE}baru/", wish(cast, kind=""))

    assert answer.status_code == 422
    assert "Sebagai belum diisi." in answer.text
    assert f'<option value="{cast.other_office.unit.uid}" selected>' in answer.text


def test_form_is_filled_in_for_a_person_named_in_the_address(cast: Cast, visit: Visit) -> None:
    text = visit(cast.admin).get(f"{WHERE}baru/?orang={cast.sari.username}").text

    assert f'value="{cast.sari.username}"' in text


def test_oversight_is_ended_on_a_last_day(cast: Cast, visit: Visit) -> None:
    oversight = grant(cast)

    answer = visit(cast.admin).post(f"{WHERE}{oversight.uid}/akhiri/", {"last_day": TODAY.isoformat()})
    oversight.refresh_from_db()

    assert answer.headers["Location"] == WHERE
    assert oversight.valid_until == TODAY + timedelta(days=1)


def test_last_administrator_is_not_ended(cast: Cast, visit: Visit) -> None:
    own = cast.admin.oversights.get()

    answer = visit(cast.admin).post(f"{WHERE}{own.uid}/akhiri/", {"last_day": TODAY.isoformat()})
    own.refresh_from_db()

    assert answer.status_code == 422
    assert own.valid_until is None


@pytest.mark.parametrize(
    "kinds", [[], [OversightKind.READER, OversightKind.EVALUATOR]], ids=["few rows", "two rows more"]
)
def test_list_asks_the_same_number_of_queries(kinds: list[OversightKind], cast: Cast, visit: Visit) -> None:
    for kind in kinds:
        grant(cast, kind)
    admin = visit(cast.admin)
    admin.get(WHERE)

    with CaptureQueriesContext(connection) as queries:
        text = admin.get(WHERE).text

    assert text.count('role="rowheader"') == Oversight.objects.count()
    assert len(queries) == LIST_QUERIES


def test_unit_says_which_calendar_it_follows_and_leads_to_one_of_its_own(stage: Stage, visit: Visit) -> None:
    admin, unit = visit(stage.cast.admin), stage.cast.office.unit
    where = f"/pengaturan/unit/{unit.uid}/"
    before = admin.get(where).text
    admin.post(f"{where}kalender/", {"name": "Kalender Sukamaju"})
    after = admin.get(where).text

    assert "mengikuti unit di atasnya" in before
    assert f'href="{where}kalender/"' in before
    assert "Kalender Sukamaju</a>, milik unit ini sendiri" in after
    assert f'href="{where}kalender/"' not in after

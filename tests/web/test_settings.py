"""Pengaturan: units, positions, people and calendars, by an administrator."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.organisations.factories import make_position, make_unit
from tests.web.conftest import Visit
from tests.web.stage import Stage

from runtut.accounts.models import User
from runtut.organisations.enums import UnitKind
from runtut.organisations.models import Appointment, Mandate, OrganisationUnit, Position

pytestmark = pytest.mark.django_db

TREE_QUERIES = 6
UNIT_QUERIES = 9


def test_unit_is_added_below_another(cast: Cast, visit: Visit) -> None:
    where = f"/pengaturan/unit/{cast.kabupaten.uid}/tambah/"
    data = {"kind": "kecamatan", "name": "Kecamatan Sukarame", "short_name": "Kec. Sukarame"}

    answer = visit(cast.admin).post(where, data)

    assert answer.headers["Location"] == f"/pengaturan/unit/{cast.kabupaten.uid}/"
    assert OrganisationUnit.objects.get(short_name="Kec. Sukarame").parent == cast.kabupaten


def test_page_of_a_unit_offers_each_act_once(cast: Cast, visit: Visit) -> None:
    page = visit(cast.admin).get(f"/pengaturan/unit/{cast.office.unit.uid}/").text

    offered = re.findall(r'href="(/pengaturan/unit/[^"]+/\w[^"]*/)"', page)
    assert len(offered) == len(set(offered)) > 5


def test_unit_without_a_name_is_refused_and_keeps_the_rest(cast: Cast, visit: Visit) -> None:
    where = f"/pengaturan/unit/{cast.kabupaten.uid}/tambah/"
    before = OrganisationUnit.objects.count()

    answer = visit(cast.admin).post(where, {"kind": "dinas", "name": "", "short_name": "Dinas Baru"})

    assert answer.status_code == 422
    assert "Nama lengkap belum diisi." in answer.text
    assert 'value="Dinas Baru"' in answer.text
    assert '<option value="dinas" selected>' in answer.text
    assert OrganisationUnit.objects.count() == before


def test_unit_moved_into_itself_is_refused_at_its_field(cast: Cast, visit: Visit) -> None:
    unit, inside = cast.office.unit, cast.office.units["sekcam"]

    answer = visit(cast.admin).post(f"/pengaturan/unit/{unit.uid}/pindah/", {"parent": str(inside.uid)})

    assert answer.status_code == 422
    assert "tidak dapat dipindahkan ke dalam dirinya sendiri" in answer.text
    assert 'id="id_parent_error"' in answer.text


def test_unit_in_use_is_not_closed(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.admin).post(f"/pengaturan/unit/{cast.office.unit.uid}/nonaktif/")

    assert answer.status_code == 422
    assert "masih mempunyai" in answer.text
    cast.office.unit.refresh_from_db()
    assert cast.office.unit.is_active


def test_second_head_of_a_unit_is_refused(cast: Cast, visit: Visit) -> None:
    where = f"/pengaturan/unit/{cast.office.unit.uid}/jabatan/"
    data = {"role": "staf", "title": "Wakil Camat", "short_title": "Wakil", "is_head": "on"}

    answer = visit(cast.admin).post(where, data)

    assert answer.status_code == 422
    assert "sudah mempunyai jabatan pimpinan" in answer.text
    assert not Position.objects.filter(title="Wakil Camat").exists()


@pytest.mark.parametrize("written", ["joko", "Joko Prasetyo", "joko prasetyo"])
def test_person_is_appointed_by_username_or_name(written: str, cast: Cast, visit: Visit) -> None:
    staff = cast.office.positions["staf"]
    data = {"username": written, "valid_from": "2026-03-01", "last_day": "2026-12-31", "decree": "SK 1"}

    answer = visit(cast.admin).post(f"/pengaturan/jabatan/{staff.uid}/angkat/", data)

    assert answer.status_code == 302
    assert Appointment.objects.get(user=cast.joko, position=staff).valid_until == date(2027, 1, 1)


def test_appointing_an_unknown_person_says_what_to_do(cast: Cast, visit: Visit) -> None:
    staff = cast.office.positions["staf"]

    answer = visit(cast.admin).post(
        f"/pengaturan/jabatan/{staff.uid}/angkat/", {"username": "Tidak Ada", "valid_from": "2026-03-01"}
    )

    assert answer.status_code == 422
    assert "Tidak ada orang bernama “Tidak Ada”." in answer.text
    assert 'value="Tidak Ada"' in answer.text


def test_plt_longer_than_three_months_is_refused_at_the_last_day(cast: Cast, visit: Visit) -> None:
    other = cast.other_office.positions["camat"]
    other.appointments.update(valid_until=date(2026, 3, 1))
    data = {"kind": "plt", "username": "joko", "valid_from": "2026-03-02", "last_day": "2026-07-31"}

    answer = visit(cast.admin).post(f"/pengaturan/jabatan/{other.uid}/mandat/", data)

    assert answer.status_code == 422
    assert "Plt. paling lama 3 bulan" in answer.text
    assert 'id="id_last_day_error"' in answer.text
    assert not Mandate.objects.filter(position=other).exists()


def test_mandate_is_ended_on_a_last_day(cast: Cast, visit: Visit) -> None:
    answer = visit(cast.admin).post(
        f"/pengaturan/mandat/{cast.mandate.uid}/akhiri/", {"last_day": "2026-03-10"}
    )

    assert answer.status_code == 302
    cast.mandate.refresh_from_db()
    assert cast.mandate.valid_until == date(2026, 3, 11)


def test_a_new_position_has_no_role_until_one_is_chosen(cast: Cast, visit: Visit) -> None:
    where = f"/pengaturan/unit/{cast.office.unit.uid}/jabatan/"
    admin = visit(cast.admin)

    assert '<option value="" selected>Pilih peran</option>' in admin.get(where).text

    answer = admin.post(where, {"role": "", "title": "Staf Arsip", "short_title": "Staf Arsip"})
    assert answer.status_code == 422
    assert "Peran belum diisi." in answer.text
    assert not Position.objects.filter(title="Staf Arsip").exists()


def test_everything_wrong_with_a_new_person_is_told_at_once(cast: Cast, visit: Visit) -> None:
    data = {"full_name": "Rina", "username": "Rina Sari!", "nip": "12", "password": "abc"}

    answer = visit(cast.admin).post("/pengaturan/orang/baru/", data)

    assert answer.status_code == 422
    for name in ("username", "nip", "password"):
        assert f'id="id_{name}_error"' in answer.text


def test_person_is_appointed_from_their_own_page(cast: Cast, visit: Visit) -> None:
    admin, joko, staff = visit(cast.admin), cast.joko, cast.office.positions["staf"]
    where = f"/pengaturan/orang/{joko.uid}/angkat/"
    assert where in admin.get(f"/pengaturan/orang/{joko.uid}/").text

    text = admin.get(where, {"unit": str(cast.office.unit.uid)}).text

    there = f"/pengaturan/jabatan/{staff.uid}/angkat/?orang={joko.username}"
    assert there in text
    assert f"dijabat {cast.office.people['staf'].full_name}" in text
    assert " · kosong</small>" not in text
    Appointment.objects.filter(position=staff).delete()
    assert " · kosong</small>" in admin.get(where, {"unit": str(cast.office.unit.uid)}).text
    assert f'value="{joko.username}"' in admin.get(there).text
    assert visit(joko).get(where).status_code == 403


def test_person_is_added_with_a_password_to_be_changed(cast: Cast, visit: Visit) -> None:
    data = {"full_name": "Siti Rahma", "username": "siti.rahma", "nip": "", "password": "sandi awal panjang"}

    answer = visit(cast.admin).post("/pengaturan/orang/baru/", data)

    assert answer.headers["Location"] == "/pengaturan/orang/?q=siti.rahma"
    assert User.objects.get(username="siti.rahma").must_change_password


def test_taken_username_is_refused_at_its_field(cast: Cast, visit: Visit) -> None:
    data = {"full_name": "Sari Lain", "username": "sari", "password": "sandi awal panjang"}

    answer = visit(cast.admin).post("/pengaturan/orang/baru/", data)

    assert answer.status_code == 422
    assert "Nama pengguna sari sudah dipakai" in answer.text
    assert 'value="Sari Lain"' in answer.text


def test_account_is_closed_and_its_sessions_end(cast: Cast, visit: Visit) -> None:
    kasi = cast.office.people["kasi1"]
    elsewhere = visit(kasi)
    elsewhere.get("/saya/")

    visit(cast.admin).post(f"/pengaturan/orang/{kasi.uid}/akun/")

    assert elsewhere.get("/saya/").status_code == 302


def test_holiday_is_added_and_the_calendar_gets_a_new_version(stage: Stage, visit: Visit) -> None:
    data = {"day": "2026-11-09", "kind": "daerah", "name": "Hari Jadi Kabupaten", "decree": ""}

    answer = visit(stage.cast.admin).post(f"/pengaturan/kalender/{stage.calendar.uid}/libur/", data)

    assert answer.status_code == 302
    before = stage.calendar.version
    stage.calendar.refresh_from_db()
    assert stage.calendar.version == before + 1
    assert stage.calendar.holidays.get(date="2026-11-09").name == "Hari Jadi Kabupaten"


def test_same_holiday_twice_is_refused_at_the_day(stage: Stage, visit: Visit) -> None:
    data = {"day": "2026-12-25", "kind": "daerah", "name": "Natal lagi"}

    answer = visit(stage.cast.admin).post(f"/pengaturan/kalender/{stage.calendar.uid}/libur/", data)

    assert answer.status_code == 422
    assert "sudah tercatat sebagai" in answer.text
    assert 'id="id_day_error"' in answer.text


def test_hours_are_replaced_from_a_day_on(stage: Stage, visit: Visit) -> None:
    hours = {f"start_{day}a": "08.00" for day in range(5)} | {f"end_{day}a": "15.30" for day in range(5)}
    data = {"kind": "biasa", "valid_from": "2026-04-01", "last_day": "", **hours}

    answer = visit(stage.cast.admin).post(f"/pengaturan/kalender/{stage.calendar.uid}/jam/", data)

    assert answer.status_code == 302
    spans = stage.calendar.hours.filter(valid_from="2026-04-01")
    assert [f"{span.weekday} {span.start:%H.%M}-{span.end:%H.%M}" for span in spans.order_by("weekday")] == [
        f"{day} 08.00-15.30" for day in range(5)
    ]


def test_half_a_span_is_refused_and_keeps_what_was_typed(stage: Stage, visit: Visit) -> None:
    data = {"kind": "biasa", "valid_from": "2026-04-01", "start_0a": "08.00"}

    answer = visit(stage.cast.admin).post(f"/pengaturan/kalender/{stage.calendar.uid}/jam/", data)

    assert answer.status_code == 422
    assert "Senin sebelum istirahat: isi jam mulai dan jam selesai" in answer.text
    assert 'value="08.00"' in answer.text


def test_hour_that_cannot_be_read_is_refused_once_and_names_its_day(stage: Stage, visit: Visit) -> None:
    data = {"kind": "biasa", "valid_from": "2026-04-01", "start_0a": "7,30x", "end_0a": "12.00"}

    answer = visit(stage.cast.admin).post(f"/pengaturan/kalender/{stage.calendar.uid}/jam/", data)

    assert "Ada satu hal yang perlu diperbaiki" in answer.text
    assert "Senin, mulai: jam tidak terbaca. Tulis seperti 07.30." in answer.text
    assert 'value="7,30x"' in answer.text


def test_change_is_shown_with_who_made_it(cast: Cast, visit: Visit) -> None:
    admin = visit(cast.admin)
    unit = cast.office.unit
    admin.post(f"/pengaturan/unit/{unit.uid}/nama/", {"name": "Kecamatan Baru", "short_name": "Kec. Baru"})

    assert "Diubah terakhir oleh Ani Administrator" in admin.get(f"/pengaturan/unit/{unit.uid}/").text
    assert "Nama unit diubah" in admin.get("/pengaturan/").text


@pytest.mark.parametrize("more", [0, 2], ids=["few rows", "two rows more"])
@pytest.mark.parametrize(("where", "expected"), [("tree", TREE_QUERIES), ("unit", UNIT_QUERIES)])
def test_lists_ask_the_same_number_of_queries(
    where: str, expected: int, more: int, cast: Cast, visit: Visit
) -> None:
    for number in range(more):
        make_position(make_unit(f"Seksi {number}", UnitKind.SEKSI, cast.office.unit), is_head=True)
        make_position(cast.office.unit)
    addresses = {"tree": "/pengaturan/unit/", "unit": f"/pengaturan/unit/{cast.office.unit.uid}/"}
    admin = visit(cast.admin)
    admin.get(addresses[where])

    with CaptureQueriesContext(connection) as queries:
        admin.get(addresses[where])

    assert len(queries) == expected

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.organisations.factories import make_user
from tests.replay import replayed

from runtut.accounts.models import User
from runtut.core.models import AuditEntry
from runtut.organisations.actions import DEMO_PASSWORD, load_demo
from runtut.organisations.enums import Capacity, Role, UnitKind
from runtut.organisations.errors import DemoNotAllowed
from runtut.organisations.models import Appointment, Mandate, OrganisationUnit, Position
from runtut.organisations.queries import authorities_of, calendar_for, demo_logins, positions_in

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)

demonstration = replayed(load_demo)


def kecamatan(name: str) -> OrganisationUnit:
    return OrganisationUnit.objects.get(short_name=f"Kec. {name}")


def test_load_demo_is_refused_outside_a_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(DemoNotAllowed, match="RUNTUT_DEMO=1"):
        load_demo(at=AT)
    assert User.objects.count() == 0


def test_load_demo_builds_every_kecamatan_in_full():
    demonstration(at=AT)
    for name in ("Sukamaju", "Sukasari", "Sukarame"):
        roles = [position.role for position in positions_in(unit=kecamatan(name))]
        assert sorted(roles) == sorted(
            [
                "camat",
                "sekcam",
                "kasubbag_perencanaan",
                "kasubbag_umum",
                "pengelola",
                "penerima_surat",
                "staf",
            ]
            + ["kasi"] * 5
            + ["lurah"] * 2
        )


def test_load_demo_gives_the_agreed_usernames_their_positions():
    demonstration(at=AT)
    chairs = ["camat", "sekcam", "perencanaan", "umum", "pengelola", "penerima", "staf", "lurah1", "lurah2"]
    for chair in [*chairs, *(f"kasi{number}" for number in range(1, 6))]:
        user = User.objects.get(username=f"{chair}.sukamaju")
        [authority] = authorities_of(user=user, on=TODAY)
        assert authority.capacity == Capacity.DEFINITIVE
        assert authority.opens == kecamatan("Sukamaju").path
    [admin] = authorities_of(user=User.objects.get(username="admin.contoh"), on=TODAY)
    assert admin.oversight == "administrator"


def test_load_demo_shows_a_plt_and_a_plh():
    demonstration(at=AT)
    sekcam = authorities_of(user=User.objects.get(username="sekcam.sukarame"), on=TODAY)
    assert [(item.capacity, item.role) for item in sekcam] == [("definitif", "sekcam"), ("plt", "camat")]
    umum = authorities_of(user=User.objects.get(username="umum.sukasari"), on=TODAY)
    assert [(item.capacity, item.role) for item in umum] == [
        ("definitif", "kasubbag_umum"),
        ("plh", "sekcam"),
    ]
    assert authorities_of(user=User.objects.get(username="sekcam.sukasari"), on=TODAY) == []


def test_load_demo_marks_everybody_as_made_up():
    demonstration(at=AT)
    assert not User.objects.filter(is_demo=False).exists()
    people = User.objects.all()
    assert all(user.nip.startswith("99") and len(user.nip) == 18 for user in people)
    assert len({user.full_name for user in people}) == len(people)
    assert people[0].display_name.endswith(" (contoh)")
    assert people[0].check_password(DEMO_PASSWORD)


def test_load_demo_twice_adds_nothing():
    first = load_demo(at=AT)
    entries = AuditEntry.objects.count()
    second = load_demo(at=AT)
    assert min(first.values()) > 0
    assert set(second.values()) == {0}
    assert AuditEntry.objects.count() == entries


def test_load_demo_keeps_what_users_changed():
    load_demo(at=AT)
    OrganisationUnit.objects.filter(short_name="Kec. Sukamaju").update(short_name="Kec. Baru")
    Position.objects.filter(role=Role.BUPATI).update(title="Wali Kota")
    ended = Appointment.objects.filter(user__username="staf.sukamaju")
    ended.update(valid_until=date(2025, 1, 1))
    Mandate.objects.filter(kind="plt").update(valid_until=date(2026, 3, 10))
    User.objects.filter(username="camat.sukamaju").update(full_name="Nama Lain", is_active=False)

    added = load_demo(at=datetime(2026, 7, 1, 2, 0, tzinfo=UTC))

    assert added["units"] == added["positions"] == added["people"] == added["appointments"] == 0
    assert OrganisationUnit.objects.filter(short_name="Kec. Baru").count() == 1
    assert Position.objects.get(role=Role.BUPATI).title == "Wali Kota"
    assert Mandate.objects.filter(kind="plt").count() == 1
    assert User.objects.get(username="camat.sukamaju").full_name == "Nama Lain"


def test_load_demo_gives_a_mandate_again_after_its_full_course():
    load_demo(at=AT)
    added = load_demo(at=datetime(2026, 7, 15, 2, 0, tzinfo=UTC))
    assert added["mandates"] == 2
    user = User.objects.get(username="sekcam.sukarame")
    assert [item.capacity for item in authorities_of(user=user, on=date(2026, 7, 15))] == ["definitif", "plt"]


def test_load_demo_leaves_a_real_person_with_the_same_username_alone():
    real = make_user("camat.sukamaju", "Orang Sungguhan")
    load_demo(at=AT)
    real.refresh_from_db()
    assert (real.full_name, real.is_demo) == ("Orang Sungguhan", False)
    assert authorities_of(user=real, on=TODAY) == []


def test_demo_has_a_calendar_for_every_office():
    demonstration(at=AT)
    calendar = calendar_for(unit=kecamatan("Sukarame"))
    assert calendar.is_working_day(TODAY)
    assert not calendar.is_working_day(date(2026, 8, 17))


def test_demo_data_obeys_the_rules_of_appointments():
    demonstration(at=AT)
    for position in Position.objects.filter(is_head=True):
        assert position.appointments.count() <= 1
    heads = [unit.positions.filter(is_head=True).count() for unit in OrganisationUnit.objects.all()]
    assert set(heads) == {1}
    for mandate in Mandate.objects.all():
        held = mandate.position.appointments.exists()
        assert held == (mandate.kind == "plh")
        assert mandate.position.is_head


def test_demo_logins_name_posts_offices_and_persons():
    demonstration(at=AT)
    logins = {login.username: login for login in demo_logins(on=TODAY)}
    assert logins["kasi1.sukamaju"].position == "Kasi Pemerintahan"
    assert logins["kasi1.sukamaju"].unit == "Kec. Sukamaju"
    assert logins["kasi1.sukamaju"].person == "Dedi Kurniawan (contoh)"
    assert logins["sekcam.sukarame"].position == "Sekcam dan Plt. Camat"
    assert demo_logins(on=TODAY)[0].username == "bupati.contoh"
    assert demo_logins(on=TODAY)[-1].username == "admin.contoh"


def test_demo_logins_leave_out_closed_accounts_and_real_people():
    demonstration(at=AT)
    User.objects.filter(username="staf.sukamaju").update(is_active=False)
    User.objects.filter(username="umum.sukamaju").update(is_demo=False)
    names = {login.username for login in demo_logins(on=TODAY)}
    assert names.isdisjoint({"staf.sukamaju", "umum.sukamaju"})


def test_demo_logins_take_five_queries():
    demonstration(at=AT)
    with CaptureQueriesContext(connection) as queries:
        assert len(demo_logins(on=TODAY)) == 60
    assert len(queries) == 5


def test_demo_tree_has_paths_of_its_parents():
    demonstration(at=AT)
    for unit in OrganisationUnit.objects.select_related("parent"):
        assert unit.path == f"{unit.parent.path if unit.parent else ''}{unit.pk:06d}"
    kinds = set(OrganisationUnit.objects.values_list("kind", flat=True))
    assert {UnitKind.TIM, UnitKind.INSPEKTORAT, UnitKind.BADAN, UnitKind.BAGIAN} <= kinds

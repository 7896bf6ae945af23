from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import AT, TODAY, Cast, make_cast
from tests.organisations.factories import REGION, make_appointment, make_oversight, make_user

from runtut.core.models import AuditEntry
from runtut.organisations.actions import (
    add_person,
    appoint,
    close_account,
    describe_person,
    end_person_sessions,
    open_account,
    reset_password,
)
from runtut.organisations.errors import NotAdministrator, OtherRegion, PersonOutOfReach
from runtut.organisations.models import Authority
from runtut.organisations.queries import authorities_of, people_matching, unit_paths_of

pytestmark = pytest.mark.django_db
PASSWORD = "kembang setaman pagi"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def local_administrator(cast: Cast) -> Authority:
    user = make_user()
    make_oversight(user, cast.office.unit)
    return authorities_of(user=user, on=TODAY)[0]


def test_add_person_gives_an_account_that_can_be_appointed(cast):
    authority = local_administrator(cast)
    user = add_person(
        unit=cast.office.unit,
        username="tono.wijaya",
        full_name="Tono Wijaya",
        nip="",
        password=PASSWORD,
        authority=authority,
        at=AT,
    )
    appoint(
        user=user,
        position=cast.office.positions["staf"],
        valid_from=TODAY,
        valid_until=None,
        decree="",
        authority=authority,
        at=AT,
    )
    assert (user.region, user.must_change_password, user.is_demo) == (REGION, True, False)
    assert authorities_of(user=user, on=TODAY)[0].role == "staf"


def test_add_person_is_refused_without_administration(cast):
    with pytest.raises(NotAdministrator):
        add_person(
            unit=cast.office.unit,
            username="tono.wijaya",
            full_name="Tono",
            nip="",
            password=PASSWORD,
            authority=cast.authority(cast.sari),
            at=AT,
        )


def test_reset_password_reaches_the_own_office_only(cast):
    authority = local_administrator(cast)
    assert reset_password(user=cast.sari, password=PASSWORD, authority=authority, at=AT).check_password(
        PASSWORD
    )
    with pytest.raises(PersonOutOfReach, match=r"Joko Prasetyo juga bertugas di luar Kec\. Sukamaju"):
        reset_password(user=cast.joko, password=PASSWORD, authority=authority, at=AT)
    with pytest.raises(PersonOutOfReach):
        reset_password(user=cast.wati, password=PASSWORD, authority=authority, at=AT)


def test_reset_password_does_not_reach_somebody_with_a_second_office_elsewhere(cast):
    authority = local_administrator(cast)
    make_appointment(cast.sari, cast.other_office.positions["staf"])
    with pytest.raises(PersonOutOfReach):
        reset_password(user=cast.sari, password=PASSWORD, authority=authority, at=AT)
    assert reset_password(
        user=cast.sari, password=PASSWORD, authority=cast.authority(cast.admin), at=AT
    ).must_change_password


def test_accounts_are_closed_to_everybody_but_administrators(cast):
    for user in (cast.budi, cast.wati):
        with pytest.raises(NotAdministrator):
            reset_password(user=cast.sari, password=PASSWORD, authority=cast.authority(user), at=AT)
        with pytest.raises(NotAdministrator):
            close_account(user=cast.sari, authority=cast.authority(user), at=AT)
        with pytest.raises(NotAdministrator):
            end_person_sessions(user=cast.sari, authority=cast.authority(user), at=AT)
    with pytest.raises(OtherRegion):
        close_account(user=make_user(region=1), authority=cast.authority(cast.admin), at=AT)


def test_close_and_open_account_take_and_give_the_authority(cast):
    admin = cast.authority(cast.admin)
    closed = close_account(user=cast.sari, authority=admin, at=AT)
    assert authorities_of(user=closed, on=TODAY) == []
    opened = open_account(user=closed, authority=admin, at=AT)
    assert len(authorities_of(user=opened, on=TODAY)) == 1


def test_describe_person_keeps_the_titles_and_notes_only_what_changed(cast):
    user = describe_person(
        user=cast.sari,
        full_name="Sari Utami",
        title_prefix="Dr.",
        title_suffix="S.E.",
        nip="99 0000 0000 0000 0001",
        rank="Penata (III/c)",
        authority=cast.authority(cast.admin),
        at=AT,
    )
    assert user.titled_name == "Dr. Sari Utami, S.E."
    assert user.nip == "990000000000000001"
    entry = AuditEntry.objects.latest("id")
    assert entry.data == '{"changed":["title_prefix","title_suffix","nip","rank"]}'


def test_end_person_sessions_raises_the_stamp(cast):
    user = end_person_sessions(user=cast.sari, authority=cast.authority(cast.admin), at=AT)
    assert user.session_stamp == 1


def test_unit_paths_of_name_present_and_future_offices_in_one_query(cast):
    with CaptureQueriesContext(connection) as queries:
        paths = unit_paths_of(user=cast.budi, on=TODAY)
    assert paths == {cast.office.units["sekcam"].path, cast.office.unit.path}
    assert len(queries) == 1


def test_people_matching_looks_at_every_word(cast):
    assert list(people_matching(region=REGION, words="sari uta")) == [cast.sari]
    assert list(people_matching(region=REGION, words="joko")) == [cast.joko]
    assert not people_matching(region=1, words="sari").exists()

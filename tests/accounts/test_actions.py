from __future__ import annotations

import pytest
from tests.accounts.factories import PASSWORD, REGION, Clerk, is_held, make_person
from tests.accounts.test_logins import AT

from runtut.accounts.actions import (
    activate_user,
    change_password,
    count_login_attempt,
    create_user,
    deactivate_user,
    end_sessions,
    set_password,
)
from runtut.accounts.errors import (
    DemoPasswordFixed,
    FullNameMissing,
    NipUnreadable,
    PasswordTooWeak,
    UsernameTaken,
    UsernameUnreadable,
)
from runtut.accounts.models import User
from runtut.core.models import AuditEntry

pytestmark = pytest.mark.django_db
FRESH = "pelangi di atas sawah"


def create(
    username: str = "siti.r", full_name: str = "Siti Rahmawati", nip: str = "", password: str = PASSWORD
):
    return create_user(
        region=REGION,
        username=username,
        full_name=full_name,
        nip=nip,
        password=password,
        authority=Clerk(),
        at=AT,
    )


def test_create_user_must_change_the_first_password():
    user = create(" Siti.R ", "  Siti   Rahmawati ", "99 0000000000000001")
    assert (user.username, user.full_name, user.nip) == (
        "siti.r",
        "Siti Rahmawati",
        "990000000000000001",
    )
    assert user.must_change_password
    assert user.check_password(PASSWORD)
    entry = AuditEntry.objects.get(stream="accounts")
    assert (entry.action, entry.stream, entry.position_id) == ("accounts.user.created", "accounts", 7)
    assert PASSWORD not in entry.data


@pytest.mark.parametrize("username", ["", "ab", ".siti", "siti rahma", "siti/r", "x" * 61, "sítí"])
def test_create_user_refuses_an_unreadable_username(username):
    with pytest.raises(UsernameUnreadable) as refusal:
        create(username)
    assert refusal.value.field == "username"


def test_create_user_refuses_a_taken_username_and_leaves_nothing():
    create()
    with pytest.raises(UsernameTaken, match=r"siti\.r sudah dipakai"):
        create("SITI.R")
    assert User.objects.count() == AuditEntry.objects.filter(stream="accounts").count() == 1


@pytest.mark.parametrize("full_name", ["", "   ", "x" * 121])
def test_create_user_refuses_a_missing_name(full_name):
    with pytest.raises(FullNameMissing):
        create(full_name=full_name)


@pytest.mark.parametrize("nip", ["123", "99000000000000000x", "9900000000000000011"])
def test_create_user_refuses_an_unreadable_nip(nip):
    with pytest.raises(NipUnreadable):
        create(nip=nip)


@pytest.mark.parametrize("password", ["pendek", "123456789012345", "siti.rahmawati", "password1234"])
def test_create_user_refuses_a_weak_password(password):
    with pytest.raises(PasswordTooWeak) as refusal:
        create("siti.rahmawati", password=password)
    assert refusal.value.field == "password"
    assert not User.objects.exists()


def test_change_password_ends_the_other_sessions():
    user = make_person(must_change_password=True)
    changed = change_password(user=user, password=FRESH, at=AT)
    assert changed.check_password(FRESH)
    assert (changed.must_change_password, changed.session_stamp) == (False, 1)
    entry = AuditEntry.objects.get(stream="accounts")
    assert (entry.action, entry.user_id) == ("accounts.password.changed", user.pk)
    assert FRESH not in entry.data


def test_set_password_must_be_changed_and_frees_a_held_login():
    user = make_person("siti")
    for _ in range(5):
        count_login_attempt(username="siti", at=AT)
    changed = set_password(user=user, password=FRESH, authority=Clerk(), at=AT)
    assert changed.must_change_password
    assert not is_held(username="siti", at=AT)


def test_password_of_a_made_up_person_is_fixed():
    user = make_person(is_demo=True)
    with pytest.raises(DemoPasswordFixed):
        change_password(user=user, password=FRESH, at=AT)
    with pytest.raises(DemoPasswordFixed):
        set_password(user=user, password=FRESH, authority=Clerk(), at=AT)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_weak_new_password_changes_nothing():
    user = make_person()
    with pytest.raises(PasswordTooWeak):
        change_password(user=user, password="pendek", at=AT)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.session_stamp == 0


def test_deactivate_and_activate_end_the_sessions():
    user = deactivate_user(user=make_person(), authority=Clerk(), at=AT)
    assert (user.is_active, user.session_stamp) == (False, 1)
    user = activate_user(user=user, authority=Clerk(), at=AT)
    assert (user.is_active, user.session_stamp) == (True, 2)


def test_end_sessions_raises_the_stamp_by_one():
    user = make_person(session_stamp=4)
    assert end_sessions(user=user, at=AT).session_stamp == 5

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from tests.accounts.factories import PASSWORD, is_held, make_person

from runtut.accounts.actions import count_login_attempt, forget_login_attempts
from runtut.accounts.contrib.backends import GuardedBackend
from runtut.accounts.errors import AccountClosed, DemoLoginClosed, LoginLocked
from runtut.accounts.models import LoginAttempt
from runtut.core import clock
from runtut.core.models import AuditEntry

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def fail(times: int, at: datetime = AT, username: str = "siti") -> None:
    for _ in range(times):
        count_login_attempt(username=username, at=at)


def test_fifth_failure_holds_the_username_for_fifteen_minutes():
    fail(4)
    assert not is_held(username="siti", at=AT)
    fail(1, AT + 2 * MINUTE)
    assert is_held(username="siti", at=AT + 17 * MINUTE - timedelta(seconds=1))
    with pytest.raises(LoginLocked, match="ditahan 10 menit lagi") as refusal:
        fail(1, AT + 7 * MINUTE)
    assert refusal.value.status == 429
    with pytest.raises(LoginLocked, match="ditahan 1 menit lagi"):
        fail(1, AT + 17 * MINUTE - timedelta(seconds=1))
    assert not is_held(username="siti", at=AT + 17 * MINUTE)


def test_held_username_starts_afresh_after_its_time():
    fail(5)
    fail(4, AT + 15 * MINUTE)
    assert not is_held(username="siti", at=AT + 15 * MINUTE)
    assert LoginAttempt.objects.get().count == 4


def test_failures_are_forgotten_after_fifteen_minutes_and_after_a_right_password():
    fail(4)
    fail(4, AT + 15 * MINUTE)
    assert not is_held(username="siti", at=AT + 15 * MINUTE)
    forget_login_attempts(username="siti")
    fail(4, AT + 16 * MINUTE)
    assert not is_held(username="siti", at=AT + 16 * MINUTE)


def test_spellings_of_one_username_count_together_and_others_apart():
    for username in ("Siti", " siti", "SITI ", "siti", "siti"):
        fail(1, username=username)
    assert is_held(username="sItI", at=AT)
    assert not is_held(username="sitti", at=AT)


def test_old_counts_are_swept_and_a_held_login_leaves_a_trail():
    user = make_person("siti")
    fail(1, username="tidak-ada")
    fail(5, AT + timedelta(days=1, minutes=1))
    assert not LoginAttempt.objects.filter(username="tidak-ada").exists()
    entry = AuditEntry.objects.get(stream="accounts")
    assert (entry.action, entry.subject) == ("accounts.login.held", user.uid)


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_once_are_counted_one_by_one():
    outcomes: list[str] = []
    gate = threading.Barrier(8)

    def guess() -> None:
        gate.wait()
        try:
            count_login_attempt(username="siti", at=AT)
            outcomes.append("counted")
        except LoginLocked:
            outcomes.append("held")
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["counted"] * 5 + ["held"] * 3


def test_right_password_logs_in_whatever_the_case_of_the_username():
    user = make_person("siti")
    assert authenticate(username=" Siti", password=PASSWORD) == user
    assert not LoginAttempt.objects.exists()


def test_wrong_password_and_unknown_name_are_answered_alike_and_counted():
    make_person("siti")
    assert authenticate(username="siti", password="salah") is None
    assert authenticate(username="tidak-ada", password=PASSWORD) is None
    assert list(LoginAttempt.objects.order_by("id").values_list("username", "count")) == [
        ("siti", 1),
        ("tidak-ada", 1),
    ]


def test_even_the_right_password_is_refused_while_held():
    make_person("siti")
    fail(5, clock.now())
    with pytest.raises(LoginLocked):
        authenticate(username="siti", password=PASSWORD)


def test_closed_account_is_told_so_only_with_the_right_password():
    make_person("siti", is_active=False)
    assert authenticate(username="siti", password="salah") is None
    with pytest.raises(AccountClosed):
        authenticate(username="siti", password=PASSWORD)


def test_made_up_person_enters_a_demonstration_only(settings):
    user = make_person("siti", is_demo=True)
    settings.DEMO = True
    assert authenticate(username="siti", password=PASSWORD) == user
    assert GuardedBackend().get_user(user.pk) == user
    settings.DEMO = False
    with pytest.raises(DemoLoginClosed):
        authenticate(username="siti", password=PASSWORD)
    assert GuardedBackend().get_user(user.pk) is None


def test_account_without_a_password_cannot_be_entered():
    user = make_person("siti")
    user.set_unusable_password()
    user.save()
    assert authenticate(username="siti", password=user.password) is None
    assert authenticate(username="siti", password="") is None

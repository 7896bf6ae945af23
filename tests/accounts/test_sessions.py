from __future__ import annotations

import pytest
from django.contrib.auth import get_user, login
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest
from tests.accounts.factories import Clerk, make_person
from tests.accounts.test_logins import AT

from runtut.accounts.actions import change_password, deactivate_user, end_sessions
from runtut.accounts.models import User

pytestmark = pytest.mark.django_db
BACKEND = "runtut.accounts.contrib.backends.GuardedBackend"


def cookie_of(user: User) -> str:
    """The cookie that the login itself hands out."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend=BACKEND)
    request.session.save()
    return str(request.session.session_key)


def visitor(cookie: str) -> User | AnonymousUser:
    request = HttpRequest()
    request.session = SessionStore(cookie)
    return get_user(request)


def test_session_lasts_until_it_is_ended():
    user = make_person()
    cookie = cookie_of(user)
    assert visitor(cookie) == user
    end_sessions(user=user, at=AT)
    assert visitor(cookie) == AnonymousUser()
    user.refresh_from_db()
    assert visitor(cookie_of(user)) == user


def test_session_ends_with_the_password_and_with_the_account():
    user = make_person()
    cookie = cookie_of(user)
    user = change_password(user=user, password="pelangi di atas sawah", at=AT)
    assert visitor(cookie) == AnonymousUser()
    cookie = cookie_of(user)
    deactivate_user(user=user, authority=Clerk(), at=AT)
    assert visitor(cookie) == AnonymousUser()


def test_session_outlives_a_change_of_the_secret_key(settings):
    user = make_person()
    settings.SECRET_KEY = "the old one"
    cookie = cookie_of(user)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["the old one"]
    assert visitor(cookie) == user
    settings.SECRET_KEY_FALLBACKS = []
    assert visitor(cookie) == AnonymousUser()


def test_session_of_a_made_up_person_ends_with_the_demonstration(settings):
    settings.DEMO = True
    cookie = cookie_of(make_person(is_demo=True))
    settings.DEMO = False
    assert visitor(cookie) == AnonymousUser()

"""The fixed cast in front of the pages, on the cast's own day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.cast import AT, Cast, make_cast
from tests.web.stage import Stage, set_stage

from runtut.accounts.models import User
from runtut.core import clock

BACKEND = "runtut.accounts.contrib.backends.GuardedBackend"
Visit = Callable[[User], Client]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The instant of every request: the cast's day, a little later."""
    moment = AT + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return moment


@pytest.fixture
def cast(db: None, at: datetime) -> Cast:
    return make_cast()


@pytest.fixture
def stage(cast: Cast, at: datetime) -> Stage:
    """The cast, with one SOP in force in Sukamaju and a calendar over the kabupaten."""
    return set_stage(cast, at)


@pytest.fixture
def visit(at: datetime) -> Visit:
    """A browser in which somebody is logged in."""

    def open_browser(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return open_browser

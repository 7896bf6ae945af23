"""The fixed cast in front of the pages, on the cast's own day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.cast import AT, Cast, make_cast
from tests.web.stage import Stage, play_stage

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
def stage(db: None, at: datetime) -> Stage:
    """The cast, with one SOP in force in Sukamaju and a calendar over the kabupaten."""
    return play_stage(at)


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None, at: datetime) -> Cast:
    """The people; those of the stage where there is one."""
    return request.getfixturevalue("stage").cast if "stage" in request.fixturenames else make_cast()


@pytest.fixture
def visit(at: datetime) -> Visit:
    """A browser in which somebody is logged in."""

    def open_browser(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return open_browser

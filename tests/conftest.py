"""Fixtures of the whole suite: which database a test wants, and a browser on a live site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django import Settings
from tests.copies import run_in_copies
from tests.tampering import protected_tables, unprotected

from runtut.procedures.queries import graphs

pytest_plugins = ["tests.browser"]

WRONG_DATABASE = {
    ("postgres", "sqlite"): "needs PostgreSQL: python3 -m tools.postgres pytest ...",
    ("sqlite", "postgresql"): "is about SQLite, or the same on both",
}


WANTS_A_DATABASE = {"django_db", "browser", "postgres"}
NOT_UNIT = re.compile(rf"^pytestmark = .*\bmark\.({'|'.join([*WANTS_A_DATABASE, 'slow'])})\b", re.MULTILINE)
"""A module that says so of all its tests."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--unit", action="store_true", help="only what needs no database, browser or patience")
    parser.addoption("--copies", type=int, default=1, help="with --unit: run in so many forked processes")
    parser.addoption("--stored", action="store_true", help="only what touches a database")
    parser.addoption("--in-browser", action="store_true", help="only what needs a browser")


def pytest_configure(config: pytest.Config) -> None:
    """No property is judged by the clock: a loaded machine is no bug. The unit layer tries fewer examples."""
    patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
    settings.register_profile("all", **patient)
    settings.register_profile("unit", max_examples=20, **patient)
    settings.load_profile("unit" if config.getoption("--unit") else "all")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Small layers do not import modules without a test of their own: it took longer than their tests."""
    in_browser = config.getoption("--in-browser")
    if not (in_browser or config.getoption("--unit")) or not collection_path.match("test_*.py"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    foreign = "mark.browser" not in text if in_browser else NOT_UNIT.search(text)
    return True if foreign else None


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    options = session.config.option
    if not options.unit or options.copies == 1 or options.collectonly or session.testsfailed:
        return None
    run_in_copies(session, options.copies)
    return True


def is_stored(item: pytest.Item) -> bool:
    """Whether the test touches a database."""
    fixtures = getattr(item, "fixturenames", ())
    markers = {mark.name for mark in item.iter_markers()}
    return bool(markers & WANTS_A_DATABASE or {"db", "transactional_db"} & set(fixtures))


def is_unit(item: pytest.Item) -> bool:
    return not is_stored(item) and item.get_closest_marker("slow") is None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for option, wanted in (("--unit", is_unit), ("--stored", is_stored)):
        if config.getoption(option):
            config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
            items[:] = filter(wanted, items)
    for item in items:
        for (marker, vendor), reason in WRONG_DATABASE.items():
            if item.get_closest_marker(marker) and connection.vendor == vendor:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(autouse=True, scope="session")
def emptying_after_a_test_goes_past_append_only_triggers() -> Iterator[None]:
    """Tests with real commits end with every table emptied; on SQLite that is a DELETE like any other."""
    empty = TransactionTestCase._fixture_teardown

    def empty_unprotected(case: TransactionTestCase) -> None:
        with unprotected(*protected_tables()):
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_unprotected)
        yield


@pytest.fixture(autouse=True)
def no_version_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process keeps the graphs of versions that never change again; tests write steps as they need them."""
    for name in ("_graphs", "_drawings"):
        monkeypatch.setattr(graphs, name, graphs._Shelf())


@pytest.fixture
def mail(settings: Settings, tmp_path: Path) -> Path:
    """The folder that takes every letter of the test as a file."""
    settings.EMAIL_BACKEND = "runtut.core.mail.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"

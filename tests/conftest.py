"""Fixtures of the whole suite: which database a test wants, and a browser on a live site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase
from tests.tampering import protected_tables, unprotected

pytest_plugins = ["tests.browser"]

WRONG_DATABASE = {
    ("postgres", "sqlite"): "needs PostgreSQL: python3 -m tools.postgres pytest ...",
    ("sqlite", "postgresql"): "is about SQLite",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
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

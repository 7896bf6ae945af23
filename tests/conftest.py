"""Fixtures of the whole suite: which database a test wants, and a browser on a live site."""

from __future__ import annotations

import pytest
from django.db import connection

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

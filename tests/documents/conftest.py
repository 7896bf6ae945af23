from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def files_root(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    """A folder of stored files for every test."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tools.vendor import FOLDER, differences, entries


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "vendor"))


def test_vendored_files_are_as_listed() -> None:
    assert list(differences()) == []


def test_vendored_files_name_version_and_licence() -> None:
    for entry in entries(FOLDER):
        assert entry["name"] and entry["licence"]
        assert entry["version"] in entry["file"]


def test_vendored_file_that_was_changed_is_reported(copy: Path) -> None:
    with (copy / "htmx-2.0.11" / "htmx.min.js").open("a") as script:
        script.write(" ")

    assert list(differences(copy)) == ["htmx-2.0.11/htmx.min.js differs from its checksum in vendor.json."]


def test_vendored_files_missing_and_unlisted_are_reported(copy: Path) -> None:
    (copy / "htmx-2.0.11" / "LICENSE").rename(copy / "stray.js")

    assert list(differences(copy)) == [
        "htmx-2.0.11/LICENSE is listed in vendor.json, but not here.",
        "stray.js is here, but not listed in vendor.json.",
    ]

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tools.console import Refused
from tools.places import SOURCE, VENV

from runtut import __version__
from tools import environment


@pytest.fixture
def without_ensurepip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)


def test_missing_ensurepip_names_the_package(
    without_ensurepip: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "can_install", lambda: False)

    with pytest.raises(Refused, match="install the package python3-venv"):
        environment.need_ensurepip()


def test_missing_ensurepip_is_installed_where_we_may(
    without_ensurepip: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def install(names: list[str]) -> None:
        asked.append(names)
        monkeypatch.setattr("importlib.util.find_spec", lambda name: object())

    monkeypatch.setattr(environment, "can_install", lambda: True)
    monkeypatch.setattr(environment, "install_packages", install)

    environment.need_ensurepip()

    assert asked == [["python3-venv"]]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout of its own, with an empty environment."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.lock").write_text("django==5.2.19\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    monkeypatch.setattr(environment, "REQUIREMENTS", tmp_path / "requirements")
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    return tmp_path


def test_stamp_is_current_once_written_and_until_the_lock_changes(elsewhere: Path) -> None:
    assert not environment.Stamp("base").is_current()

    environment.Stamp("base").write()
    assert environment.Stamp("base").is_current()

    (elsewhere / "requirements" / "base.lock").write_text("django==5.2.20\n")
    assert not environment.Stamp("base").is_current()


def test_stamp_of_another_place_or_python_is_not_current(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.Stamp("base").write()

    with monkeypatch.context() as moved:
        moved.setattr(environment, "ROOT", elsewhere / "moved")
        assert not environment.Stamp("base").is_current()
    monkeypatch.setattr("sys.version", "3.14")
    assert not environment.Stamp("base").is_current()


def test_stamp_without_an_interpreter_is_not_current(elsewhere: Path) -> None:
    environment.Stamp("base").write()
    (elsewhere / ".venv" / "bin" / "python").unlink()

    assert not environment.Stamp("base").is_current()


@pytest.mark.skipif(not VENV.is_dir(), reason="these tests run in another environment")
def test_environment_has_the_source_and_the_command(tmp_path: Path) -> None:
    linked = list(VENV.glob("lib/python*/site-packages/runtut.pth"))
    assert [path.read_text() for path in linked] == [f"{SOURCE}\n"]
    link = tmp_path / "runtut"
    link.symlink_to(VENV / "bin" / "runtut")

    done = subprocess.run([link, "--version"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.stdout == f"runtut {__version__}\n", done.stderr

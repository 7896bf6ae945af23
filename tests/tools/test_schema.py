from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from tools.environment import Stamp

from tools import schema


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Mapping[str, str]]:
    """A checkout of its own; the list tells with which settings databases were made."""
    calls: list[Mapping[str, str]] = []

    def make(command: list[str | Path], *, what: str, cwd: Path, env: Mapping[str, str]) -> str:
        calls.append(env)
        with closing(sqlite3.connect(Path(env["RUNTUT_VAR"]) / "runtut.sqlite3")) as database:
            database.execute("CREATE TABLE cases_task (id integer)")
        return ""

    (tmp_path / "src" / "runtut").mkdir(parents=True)
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(schema, "SOURCE", tmp_path / "src")
    monkeypatch.setattr(schema, "FOLDER", tmp_path / ".venv" / "schema")
    monkeypatch.setattr(schema, "run_quietly", make)
    return calls


def tables(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [name for (name,) in database.execute("SELECT name FROM sqlite_master")]


def test_prepared_makes_the_database_once(made: list[Mapping[str, str]]) -> None:
    first, second = schema.prepared(), schema.prepared()

    assert first == second
    assert tables(first) == ["cases_task"]
    assert len(made) == 1


def test_prepared_follows_the_source_and_keeps_one_file(
    made: list[Mapping[str, str]], tmp_path: Path
) -> None:
    before = schema.prepared()
    (tmp_path / "src" / "runtut" / "models.py").write_text("# another table\n")

    after = schema.prepared()

    assert len(made) == 2
    assert list(after.parent.iterdir()) == [after]
    assert before != after


def test_prepared_follows_the_dependencies(
    made: list[Mapping[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    schema.prepared()
    monkeypatch.setattr(Stamp, "__init__", lambda self, group: setattr(self, "wanted", "another lock file"))

    schema.prepared()

    assert len(made) == 2


def test_prepared_takes_no_settings_from_the_caller(
    made: list[Mapping[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")
    monkeypatch.setenv("RUNTUT_DEMO", "1")

    schema.prepared()

    assert not {"DATABASE_URL", "RUNTUT_DEMO"} & made[0].keys()

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from runtut.config.environment import database_from_url, flag, number, words


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Ya", True), ("0", False), ("", False)])
def test_flag_reads_words(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("RUNTUT_X", value)

    assert flag("RUNTUT_X") is meant


def test_number_refuses_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNTUT_X", "banyak")

    with pytest.raises(ImproperlyConfigured, match="RUNTUT_X must be a whole number, not 'banyak'"):
        number("RUNTUT_X", 1)


def test_number_falls_back_when_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNTUT_X", " ")

    assert number("RUNTUT_X", 7) == 7


def test_words_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNTUT_X", " a.id, b.id,, ")

    assert words("RUNTUT_X") == ["a.id", "b.id"]


def test_database_from_no_url_is_sqlite_in_wal_mode() -> None:
    database = database_from_url("", Path("/data/runtut.sqlite3"))

    assert database["NAME"] == "/data/runtut.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_database_from_postgres_url_reads_every_part() -> None:
    url = "postgresql://runtut:p%40ss@db.local:5433/kerja?sslmode=require"

    database = database_from_url(url, Path("unused"))

    assert database["NAME"] == "kerja"
    assert (database["USER"], database["PASSWORD"]) == ("runtut", "p@ss")
    assert (database["HOST"], database["PORT"]) == ("db.local", "5433")
    assert database["OPTIONS"] == {
        "server_side_binding": True,
        "prepare_threshold": 5,
        "sslmode": "require",
    }


def test_database_from_postgres_url_reads_a_socket_folder() -> None:
    assert database_from_url("postgresql://runtut@/x?host=%2Ftmp%2Fpg", Path("unused"))["HOST"] == "/tmp/pg"


def test_database_from_another_url_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must start with postgres:// or sqlite:"):
        database_from_url("mysql://x/y", Path("unused"))

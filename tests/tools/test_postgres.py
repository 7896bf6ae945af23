from __future__ import annotations

import sys
from pathlib import Path

import psycopg
import pytest
from tools.console import Refused
from tools.machine import find_chromium, find_postgres
from tools.postgres import main, short_temporary_folder, throwaway_cluster

needs_postgres = pytest.mark.skipif(find_postgres() is None, reason="no initdb found")


@pytest.mark.slow
@needs_postgres
def test_throwaway_cluster_serves_privately_and_vanishes() -> None:
    with throwaway_cluster() as url:
        folder = Path(url.split("host=")[1].replace("%2F", "/"))
        with psycopg.connect(url.replace("/runtut?", "/postgres?")) as connection:
            row = connection.execute(
                "SELECT current_setting('listen_addresses'), current_setting('server_encoding')"
            ).fetchone()
        owner = folder.stat().st_uid

    assert row == ("", "UTF8")
    assert owner != 0
    assert not folder.exists()


@pytest.mark.slow
@needs_postgres
def test_throwaway_clusters_run_side_by_side() -> None:
    with throwaway_cluster() as one, throwaway_cluster() as other:
        assert one != other


@pytest.mark.parametrize("folder", ["/var/tmp/two words", "/" + "deep/" * 30])
def test_socket_folder_avoids_what_a_socket_cannot_have(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setattr("tempfile.tempdir", folder)

    assert short_temporary_folder() == "/tmp"


def test_find_chromium_takes_the_named_one_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert find_chromium() == sys.executable
    monkeypatch.setenv("CHROMIUM", "/not/there")
    assert find_chromium() is None


@pytest.mark.parametrize("arguments", [[], ["--help"], ["tidak-ada-program"]])
def test_command_that_cannot_be_run_is_refused_before_a_cluster_is_made(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr("tools.postgres.throwaway_cluster", None)

    with pytest.raises(Refused):
        main(arguments)

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from tools.places import ROOT
from tools.server import DEMO_LOGINS, DEMO_PASSWORD

LAST_WORDS_OF_GREETING = "Daftar lengkapnya ada di halaman masuk."


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(var: Path, port: int) -> subprocess.Popen[str]:
    ours = ("RUNTUT_", "DATABASE_URL", "DJANGO_", "PYTEST_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "project.py"), "run"],
        env={**env, "PORT": str(port), "RUNTUT_VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def lines_until(output: IO[str], beginning: str) -> list[str]:
    lines: list[str] = []
    for line in output:
        lines.append(line)
        if line.startswith(beginning):
            return lines
    raise AssertionError("".join(lines))


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[str]
    port: int
    var: Path
    greeting: str


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """The demonstration, started as a user would, with its port and its folder."""
    port, var = free_port(), tmp_path / "var"
    process = start(var, port)
    try:
        assert process.stdout is not None
        greeting = lines_until(process.stdout, LAST_WORDS_OF_GREETING)
        yield Running(process, port, var, "".join(greeting))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_run_serves_a_page_and_leaves_nothing_behind(running: Running, ending: signal.Signals) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/masuk/") as page:
        text = page.read().decode()

    running.process.send_signal(ending)
    running.process.communicate(timeout=60)

    assert all(username in text for username, _post in DEMO_LOGINS)
    assert DEMO_PASSWORD in running.greeting
    assert running.process.returncode == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(running.process.pid, 0)
    assert stat.S_IMODE((running.var / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(running.var.stat().st_mode) == 0o700


@pytest.mark.slow
def test_run_refuses_a_second_server_on_the_same_folder(
    running: Running,
) -> None:
    second = start(running.var, free_port())
    output, _ = second.communicate(timeout=60)

    assert second.returncode == 1
    assert f"Runtut is running on {running.var} already" in output


def test_run_refuses_a_busy_port_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = start(tmp_path / "var", port)
        output, _ = refused.communicate(timeout=60)

    assert refused.returncode == 1
    assert f"Port {port} cannot be used" in output
    assert "make run PORT=" in output


@pytest.mark.parametrize("port", ["abc", "0", "70000"])
def test_run_refuses_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    refused = subprocess.run(
        [sys.executable, str(ROOT / "project.py"), "run"],
        env={**os.environ, "PORT": port, "RUNTUT_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert refused.stderr.strip() == f"PORT must be a number from 1 to 65535, not {port!r}."

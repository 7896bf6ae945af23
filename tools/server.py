"""`make run`: the demonstration, from a fresh clone to a page that answers."""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from types import FrameType

from tools.children import dies_with_parent, stop
from tools.console import Refused, run_quietly, say
from tools.environment import prepare
from tools.places import PYTHON, ROOT, VAR, private_folder
from tools.schema import DATABASE, prepared

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 15
DEMO_PASSWORD = "runtut-contoh-2026"
DEMO_LOGINS = (
    ("camat.sukamaju", "Camat"),
    ("sekcam.sukamaju", "Sekretaris Kecamatan"),
    ("perencanaan.sukamaju", "Kasubbag Perencanaan dan Keuangan"),
    ("kasi1.sukamaju", "Kepala Seksi (kasi1 sampai kasi5)"),
    ("pengelola.sukamaju", "Pengelola Data"),
    ("admin.contoh", "administrator kabupaten"),
)


class Stopped(Exception):
    """A signal asked us to end."""


def main(arguments: list[str]) -> int:
    port = _port()
    _refuse_busy_port(port)
    prepare()
    var = private_folder(Path(os.environ.get("RUNTUT_VAR") or VAR))
    with _only_one_on(var), _signals_raise():
        env = _settings(var)
        if not env.get("DATABASE_URL") and not (var / DATABASE).exists():
            env["RUNTUT_SCHEMA"] = str(prepared())
        return _serve(port, env)
    return 0


def _runtut() -> list[str | Path]:
    return [PYTHON, "-P", "-m", "runtut.cli"]


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Refused(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Refused(
                f"Port {port} cannot be used ({error.strerror}): another program may be listening there. "
                f"Choose another one, for example: make run PORT={port + 1 if port < 65535 else 8000}"
            ) from None


@contextmanager
def _only_one_on(var: Path) -> Iterator[None]:
    """Two servers on one SQLite file would queue behind each other; the second is told so."""
    with (var / ".run.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(f"Runtut is running on {var} already; stop it first (Ctrl-C there).") from None
        yield


@contextmanager
def _signals_raise() -> Iterator[None]:
    """Let SIGTERM and a closed terminal end us the way Ctrl-C does: children first."""

    def end(number: int, frame: FrameType | None) -> None:
        raise Stopped

    for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(name, end)
    try:
        yield
    except Stopped:
        say("\nStopped.")


def _settings(var: Path) -> dict[str, str]:
    """The environment of the children; what the caller has set wins over the demonstration's settings."""
    env = {"RUNTUT_DEMO": "1", "RUNTUT_LOCAL": "1", **os.environ, "RUNTUT_VAR": str(var)}
    if "RUNTUT_SECRET_KEY" not in env:
        env["RUNTUT_SECRET_KEY"] = _secret_key(var / "secret-key")
    return env


def _secret_key(file: Path) -> str:
    """Made once and kept, readable by this account only, so that sessions outlive a restart."""
    if not file.exists():
        draft = file.with_name(f".{file.name}-{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        draft.rename(file)
    return file.read_text().strip()


def _serve(port: int, env: dict[str, str]) -> int:
    """Start pages and worker in our process group, and end both when either ends. The pages load while the
    database is prepared; the worker comes last, so that nothing delays the first page."""
    children: list[subprocess.Popen[bytes]] = []
    try:
        pages = _child(env, "serve", "--host", HOST, "--port", str(port), "--hold", stdin=subprocess.PIPE)
        children.append(pages)
        say("Preparing the database and the demonstration ...")
        run_quietly([*_runtut(), "prepare"], what="Preparing", cwd=ROOT, env=env)
        assert pages.stdin is not None
        pages.stdin.close()
        _wait_for_first_page(port, children)
        children.append(_child(env, "work", stdin=subprocess.DEVNULL))
        _greet(port)
        return _wait_for_an_end(children)
    finally:
        for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)
        stop(children, with_signal=signal.SIGTERM, patience=STOP_SECONDS)


def _child(env: dict[str, str], *command: str, stdin: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*map(str, _runtut()), *command],
        cwd=ROOT,
        env=env,
        stdin=stdin,
        preexec_fn=dies_with_parent(signal.SIGTERM),
    )


def _wait_for_first_page(port: int, children: Sequence[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and all(child.poll() is None for child in children):
        status = _status(f"http://{HOST}:{port}/masuk/")
        if status == HTTPStatus.OK:
            return
        if status:
            raise Refused(f"The first page answers with {status}; the lines above say why.")
        time.sleep(0.1)
    raise Refused("The server did not start; the lines above say why.")


def _status(address: str) -> int:
    """The status of the page, or 0 while nobody answers; a proxy of the caller's is not asked."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def _greet(port: int) -> None:
    """In Indonesian: this is for the people who will use it."""
    logins = "\n".join(f"  {username:<22} {post}" for username, post in DEMO_LOGINS)
    say(
        f"\nRuntut siap: http://{HOST}:{port}/\n"
        f"Masuk sebagai orang contoh, kata sandi semuanya {DEMO_PASSWORD}:\n{logins}\n"
        "Daftar lengkapnya ada di halaman masuk. Tekan Ctrl-C untuk berhenti."
    )


def _wait_for_an_end(children: Sequence[subprocess.Popen[bytes]]) -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    say("One of the two processes ended; stopping the other.")
    return 1

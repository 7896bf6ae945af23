from __future__ import annotations

import argparse
import os
import sys

from django.conf import settings
from django.db import connection

from runtut.cli import Failed
from runtut.config import safety, worker
from runtut.core import clock

GRACE_SECONDS = 10


def check(options: argparse.Namespace) -> int:
    """Print every problem, or that there is none."""
    found = safety.problems()
    print("\n".join(found) if found else "Nothing unsafe was found.")
    return 1 if found else 0


def serve(options: argparse.Namespace) -> int:
    """Become gunicorn: one process with threads on SQLite, as many processes as set on PostgreSQL."""
    _refuse_unsafe()
    if settings.LOCAL and options.host not in safety.LOOPBACK:
        raise Failed(f"RUNTUT_LOCAL=1 serves this machine only, not {options.host}.")
    connection.close()
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-P", *gunicorn_arguments(options.host, options.port)])  # noqa: S606 - no shell: a fixed program and two checked options


def gunicorn_arguments(host: str, port: int) -> list[str]:
    return [
        *("-m", "gunicorn", "runtut.config.wsgi:application"),
        *("--bind", f"{host}:{port}"),
        *("--worker-class", "gthread", "--threads", str(settings.THREADS)),
        *("--workers", str(settings.PROCESSES)),
        *("--graceful-timeout", str(GRACE_SECONDS), "--timeout", "60"),
        *("--log-level", "warning", "--no-control-socket"),
    ]


def work(options: argparse.Namespace) -> int:
    _refuse_unsafe()
    if options.once:
        worker.do_what_is_due(at=clock.now())
    else:
        worker.run()
    return 0


def _refuse_unsafe() -> None:
    try:
        safety.refuse_unsafe()
    except safety.Unsafe as refusal:
        raise Failed(f"Not started, because it would be unsafe:\n{refusal}") from None

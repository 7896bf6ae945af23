from __future__ import annotations

import argparse
import sys
from importlib import import_module

from django.conf import settings

from runtut.config import safety, worker
from runtut.config.commands import Failed
from runtut.config.server import Server
from runtut.core import clock


def check(options: argparse.Namespace) -> int:
    """Print every problem, or that there is none."""
    found = safety.problems()
    print("\n".join(found) if found else "Nothing unsafe was found.")
    return 1 if found else 0


def serve(options: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM."""
    if options.hold:
        hold()
    _refuse_unsafe()
    if settings.LOCAL and options.host not in safety.LOOPBACK:
        raise Failed(f"RUNTUT_LOCAL=1 serves this machine only, not {options.host}.")
    Server(host=options.host, port=options.port).run()
    return 0


def hold() -> None:
    """Load all that can be loaded, then wait until standard input is closed: whoever started us prepares the
    database meanwhile, and neither waits for the other to load."""
    import_module(settings.ROOT_URLCONF)
    sys.stdin.read()


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

from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from runtut.cli import Failed
from runtut.core import clock
from runtut.organisations.actions import load_demo as load_demonstration

PRIVATE = 0o700


def prepare(options: argparse.Namespace) -> int:
    """Everything between a fresh (or upgraded) installation and serving; harmless to repeat."""
    for folder in (settings.VAR, settings.FILES_ROOT):
        make_private_folder(Path(folder))
    migrate(options)
    call_command("collectstatic", interactive=False, verbosity=0)
    return load_demo(options) if settings.DEMO else 0


def make_private_folder(folder: Path) -> None:
    """Make the folder for this account alone; one that is there keeps its mode (`check` judges it)."""
    if not folder.is_dir():
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)


def migrate(options: argparse.Namespace) -> int:
    make_private_folder(Path(settings.VAR))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return 0


def load_demo(options: argparse.Namespace) -> int:
    if not settings.DEMO:
        raise Failed("Demonstration logins may exist only where RUNTUT_DEMO=1 is set.")
    load_demonstration(at=clock.now())
    return 0

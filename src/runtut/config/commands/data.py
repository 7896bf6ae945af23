from __future__ import annotations

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from runtut.config.commands import Failed
from runtut.core import clock
from runtut.documents.actions import load_demo_signing
from runtut.organisations.actions import load_demo as load_demo_offices
from runtut.performance.actions import load_demo_performance, load_demo_plans
from runtut.procedures.actions import load_demo_procedures

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
    """Load offices and people, how they sign, their SOPs and figures; what is there already stays."""
    if not settings.DEMO:
        raise Failed("Demonstration logins may exist only where RUNTUT_DEMO=1 is set.")
    at = clock.now()
    load_demo_offices(at=at)
    load_demo_signing(at=at)
    load_demo_procedures(at=at)
    load_demo_performance(at=at)
    load_demo_plans(at=at)
    return 0

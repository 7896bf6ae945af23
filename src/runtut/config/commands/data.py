from __future__ import annotations

import argparse
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from runtut.config.commands import Failed
from runtut.core import clock, jobs
from runtut.demo.actions import live_year as live_demo_year
from runtut.demo.actions import order_year
from runtut.demo.formulas import founding_day
from runtut.demo.queries import OFFICE, TOPIC, living_office, living_since
from runtut.documents.actions import load_demo_signing
from runtut.organisations.actions import load_demo as load_demo_offices
from runtut.performance.actions import load_demo_performance, load_demo_plans
from runtut.procedures.actions import load_demo_procedures

PRIVATE = 0o700


def prepare(options: argparse.Namespace) -> int:
    """Everything between a fresh (or upgraded) installation and serving; harmless to repeat."""
    for folder in (settings.VAR, settings.FILES_ROOT):
        make_private_folder(Path(folder))
    # Compressing needs neither the database nor the interpreter: it goes on beside the rest.
    with ThreadPoolExecutor(1) as beside:
        collected = beside.submit(call_command, "collectstatic", interactive=False, verbosity=0)
        if not begin_with(Path(settings.SCHEMA)):
            migrate(options)
        if settings.DEMO:
            load_demo(options)
        collected.result()
    return 0


def make_private_folder(folder: Path) -> None:
    """Make the folder for this account alone; one that is there keeps its mode (`check` judges it)."""
    if not folder.is_dir():
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)


def begin_with(schema: Path) -> bool:
    """Copy an empty database that was made from this very source; False where that cannot be, or where
    there is a database already. A copy that is cut off leaves no database behind."""
    database = settings.DATABASES["default"]
    file = Path(database["NAME"])
    if "sqlite3" not in database["ENGINE"] or not schema.is_file() or file.exists():
        return False
    draft = file.with_name(f".{file.name}-{os.getpid()}")
    shutil.copyfile(schema, draft)
    draft.replace(file)
    return True


def migrate(options: argparse.Namespace) -> int:
    make_private_folder(Path(settings.VAR))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return 0


def load_demo(options: argparse.Namespace) -> int:
    """Load offices and people, how they sign, their SOPs and figures; what is there already stays. An office
    whose past is still to be lived gets it from the worker, or from `runtut demo year`."""
    if not settings.DEMO:
        raise Failed("Demonstration logins may exist only where RUNTUT_DEMO=1 is set.")
    load_demonstration(at=clock.now())
    return 0


def load_demonstration(*, at: datetime) -> None:
    """Add what is missing of the demonstration. What the office makes by its own acts is not loaded; where
    nobody has worked yet, the worker is asked to live it."""
    since = living_since(at=at)
    founded = founding_moment(at) if since and living_office() is None else at
    until = {OFFICE: since} if since else {}
    load_demo_offices(at=at)
    load_demo_signing(at=founded)
    load_demo_procedures(at=at, founded={OFFICE: founded})
    load_demo_performance(at=at, until=until)
    load_demo_plans(at=at, until=until)
    order_year(at=at)


def founding_moment(at: datetime) -> datetime:
    """Return when the made-up offices have taken the system into use."""
    return datetime.combine(founding_day(at.date()), time(2), UTC)


def live_year(options: argparse.Namespace) -> int:
    """Live the demonstration's year now, with its papers, instead of leaving it to the worker."""
    until = datetime.fromisoformat(options.until) if options.until else clock.now()
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    lived = live_demo_year(until=until)
    jobs.drain(at=clock.now(), topics=(TOPIC,))
    print(f"{lived.moves} acts, up to {lived.now:%Y-%m-%d %H:%M} UTC.")
    return 0

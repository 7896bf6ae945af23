"""The measurements of one database, in a process of its own: `python -m bench.worker '{...}'`."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - needs the settings
from django.db import connection  # noqa: E402

from bench import bulk, crowd, figures, lists, logs, office, page, scratch, spiff, steps  # noqa: E402

FEW = 1000


def measure(*, scale: int, rounds: int, runs: int, repeats: int, seconds: float) -> dict[str, Any]:
    """Fill a scratch database and return every figure."""
    scratch.make_durable()
    call_command("migrate", verbosity=0)
    desk = office.make_desk()
    template = bulk.finished_run(desk)
    bulk.grow(template, FEW)
    small = str(connection.settings_dict["NAME"])
    large = scratch.copy_database("large")
    scratch.use(large)
    begun = time.monotonic()
    bulk.grow(template, scale)
    found: dict[str, Any] = {"scale": scale, "loading_seconds": time.monotonic() - begun}
    say("history written")
    found["lists"] = lists.measure_lists(desk, repeats=repeats)
    call_command("collectstatic", verbosity=0, interactive=False)
    found["page"] = page.measure_page(desk, repeats=repeats)
    found["growth"] = steps.growth(desk, {"few": small, "many": large}, rounds=rounds, runs=runs)
    say("lists, page and growth measured")
    spiff.make_table()
    found["steps"] = steps.compare(desk, rounds=rounds, runs=runs)
    few = max(1, runs // 5)
    found["straight"] = steps.compare_library(desk, rounds=rounds, runs=few, returns=False)
    found["returning"] = steps.compare_library(desk, rounds=rounds, runs=few, returns=True)
    say("steps compared")
    found["presses"] = crowd.sixteen_presses(desk)
    found["writers"] = crowd.writers(desk, seconds=seconds)
    found["logs"] = logs.measure_logs()
    found["figures"] = figures.measure_figures(desk, repeats=repeats)
    return found


def say(text: str) -> None:
    print(f"  {connection.vendor}: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(measure(**json.loads(sys.argv[1]))))

"""`make test`: everything, on both databases and in a browser, with a summary that hides nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from tools.console import Refused, say
from tools.environment import prepare
from tools.layers import Outcome, counts, run_layer
from tools.machine import Equipment, equip, find_postgres
from tools.postgres import throwaway_cluster
from tools.quality import run_checks

WORKERS = max(2, min(os.cpu_count() or 2, 8))


def main(arguments: list[str]) -> int:
    started = time.monotonic()
    prepare(tests=True)
    missing = equip()
    lacking = {item.name for item in missing}
    outcomes = [_checks(), run_layer("Tests on SQLite", "not browser and not postgres", workers=WORKERS)]
    if "PostgreSQL" not in lacking:
        outcomes.append(_on_postgres())
    if "Chromium" not in lacking:
        outcomes.append(run_layer("Tests in a browser", "browser", workers=WORKERS, options=["--in-browser"]))
    return summary(outcomes, missing, time.monotonic() - started)


def _checks() -> Outcome:
    started = time.monotonic()
    results = run_checks()
    passed = sum(results.values())
    return Outcome("Checks", passed, len(results) - passed, 0, time.monotonic() - started)


def _on_postgres() -> Outcome:
    name = "Tests on PostgreSQL"
    try:
        with throwaway_cluster() as url:
            return run_layer(
                name,
                "not browser and not sqlite",
                workers=WORKERS,
                options=["--stored", "--ignore=tests/tools"],
                DATABASE_URL=url,
                PATH=f"{find_postgres()}{os.pathsep}{os.environ.get('PATH', '')}",
            )
    except Refused as refusal:
        say(str(refusal))
        return Outcome(name, failed=1)


def summary(outcomes: Sequence[Outcome], missing: Sequence[Equipment], seconds: float) -> int:
    """Say what ran and, loudly and last, what did not; a layer that could not run counts as skipped."""
    total = Outcome(
        "total",
        sum(outcome.passed for outcome in outcomes),
        sum(outcome.failed for outcome in outcomes),
        sum(outcome.skipped for outcome in outcomes) + len(missing),
    )
    say("\n" + "\n".join(map(str, outcomes)))
    for item in missing:
        say(f"!!! NOT RUN: {item.missing}.")
    say(f"{'FAILED' if total.failed else 'OK'}: {counts(total)} in {seconds:.0f} s")
    return 1 if total.failed else 0

from __future__ import annotations

from tools.console import say
from tools.environment import prepare
from tools.layers import counts, run_layer


def main(arguments: list[str]) -> int:
    """Run what needs neither a browser nor PostgreSQL and is not slow."""
    prepare(tests=True)
    outcome = run_layer("Unit layer (SQLite)", "not browser and not postgres and not slow", workers=2)
    say(f"\n{counts(outcome)} in {outcome.seconds:.0f} s")
    return 1 if outcome.failed else 0

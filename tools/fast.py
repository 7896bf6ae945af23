from __future__ import annotations

from tools.console import say
from tools.environment import prepare
from tools.layers import counts, run_layer


def main(arguments: list[str]) -> int:
    """Run the unit layer: what needs neither a database nor a browser, and is not slow."""
    prepare(tests=True)
    outcome = run_layer("Unit layer", "not slow", options=["--unit", "--copies=2"])
    say(f"\n{counts(outcome)} in {outcome.seconds:.0f} s")
    return 1 if outcome.failed else 0

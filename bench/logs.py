"""The acts on runs written out as event logs."""

from __future__ import annotations

from itertools import islice
from typing import Any

from bench.papers import spent
from runtut.reports.queries import event_log
from runtut.reports.rendering import ocel, xes

RUNS = 50_000
"""How many runs of the history are written, at most."""


def measure_logs() -> dict[str, Any]:
    """Return how many events there were, and the seconds that each form of log took for them."""
    found: dict[str, Any] = {"events": sum(len(events) for _, events in islice(event_log(), RUNS))}
    for name, form in (("xes", xes), ("ocel", ocel)):
        found[name] = spent(lambda form=form: sum(map(len, form(islice(event_log(), RUNS)))), 3)
    return found

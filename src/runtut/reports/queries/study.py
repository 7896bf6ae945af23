"""The duration study of an SOP, fed from its past runs."""

from __future__ import annotations

from collections import Counter

from runtut.cases.models import Case
from runtut.procedures.graph.study import ASSUMED_RETURN, Past, Study, WhatIf, study
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import graph_of
from runtut.reports.queries.standards import RUNS, attempts_of, returns_of


def past_of(version: ProcedureVersion) -> dict[int, Past]:
    """Return what the newest 500 runs of a version tell of each step. Four queries."""
    cases = list(
        Case.objects.filter(procedure_version=version).order_by("-id").values_list("pk", flat=True)[:RUNS]
    )
    minutes: dict[int, list[int]] = {}
    for attempt in attempts_of(cases, version):
        if attempt.is_outside:
            continue
        minutes.setdefault(attempt.step_no, []).append(attempt.minutes)
    returns = Counter(no for no, _ in returns_of(cases))
    return {no: Past(tuple(sorted(taken)), returns[no]) for no, taken in minutes.items()}


def duration_study(
    *, version: ProcedureVersion, assumed: float = ASSUMED_RETURN, what_if: WhatIf | None = None
) -> tuple[Study, Study | None]:
    """Study a version as it is, and as it would be when a step is changed. The version has a step at least.

    Four queries more than the graph.
    """
    graph, past = graph_of(version), past_of(version)
    now = study(graph, past, assumed=assumed)
    return now, study(graph, past, assumed=assumed, what_if=what_if) if what_if else None

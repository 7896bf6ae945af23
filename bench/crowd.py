"""Many at once: one task and sixteen presses; eight threads that write for ten seconds."""

from __future__ import annotations

import time
from collections import Counter
from statistics import median
from typing import Any
from uuid import uuid4

from tests.cases.database import at_once
from tests.cases.factories import Desk, complete

from bench.office import CHAIRS, STEPS
from runtut.cases import actions
from runtut.cases.enums import EventKind
from runtut.cases.models import CaseEvent, Task

WRITERS = 8


def sixteen_presses(desk: Desk) -> dict[str, Any]:
    """Complete one task sixteen times at once; return the outcomes and what stands in the database."""
    case = desk.start()
    task, camat = desk.open_task(case, "camat"), desk.who("camat")
    results = at_once(16, lambda _number: complete(task, camat, desk.at))
    return {
        "outcomes": dict(Counter(type(result).__name__ for result in results)),
        "events": CaseEvent.objects.filter(case_id=case.pk, kind=EventKind.COMPLETED).count(),
        "next_tasks": Task.objects.filter(case=case, step_no=2).count(),
    }


def writers(desk: Desk, *, seconds: float) -> dict[str, Any]:
    """Let threads complete steps of runs of their own; return errors and waits (ms) of the completions."""
    people = {chair: desk.who(chair) for chair in set(CHAIRS)}
    end = time.monotonic() + seconds

    def work(_number: int) -> list[float]:
        waits: list[float] = []
        while time.monotonic() < end:
            case = desk.start()
            for chair in CHAIRS[:STEPS]:
                uid = Task.objects.values_list("uid", flat=True).get(case=case, state=1)
                begun = time.perf_counter()
                actions.complete_task(
                    task_uid=uid,
                    case_version=0,
                    data={},
                    key=uuid4(),
                    authority=people[chair],
                    at=desk.at,
                )
                waits.append((time.perf_counter() - begun) * 1000)
        return waits

    results = at_once(WRITERS, work)
    waits = [wait for result in results if isinstance(result, list) for wait in result]
    errors = [repr(result) for result in results if not isinstance(result, list)]
    return {"errors": errors, "completions": len(waits)} | spread(waits)


def spread(waits: list[float]) -> dict[str, float]:
    return {"median": median(waits), "longest": max(waits)} if waits else {"median": 0.0, "longest": 0.0}

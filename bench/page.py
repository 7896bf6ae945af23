"""The CPU of a list page in the server's process: Kerja berjalan, request to answer, nothing cached away."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.test import Client
from tests.cases.factories import Desk

from runtut.cases.queries import CaseFilter, calendar_of, running_cases
from runtut.web.showing.run_list import run_rows

BACKEND = "runtut.accounts.contrib.backends.GuardedBackend"
ROWS = 50


def measure_page(desk: Desk, *, repeats: int) -> dict[str, Any]:
    """Return the CPU (ms, median and least) of the page as it is served, and of reading and wording 50 rows.

    The page shows 25 rows; the budget speaks of 50, so both are told.
    """
    for _ in range(ROWS):
        desk.start()
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(desk.office.people["camat"], backend=BACKEND)
    served = client.get("/kerja/")
    assert served.status_code == 200, served.status_code
    return {
        "rows": served.text.count('<tr role="row">') - 1,
        "page": cpu(lambda: client.get("/kerja/"), repeats),
        "fifty": cpu(lambda: fifty_rows(desk), repeats),
    }


def fifty_rows(desk: Desk) -> list[Any]:
    found = running_cases(filters=CaseFilter(unit_ids=[desk.office.unit.pk]), at=desk.at, limit=ROWS)
    assert len(found.lines) == ROWS
    return list(run_rows(found.lines, calendar=calendar_of(desk.office.unit), at=desk.at))


def cpu(act: Callable[[], Any], repeats: int) -> tuple[float, float]:
    """Return the median and the least of so many repeats."""
    act()
    spent = []
    for _ in range(repeats):
        begun = time.process_time()
        act()
        spent.append((time.process_time() - begun) * 1000)
    return median(spent), min(spent)

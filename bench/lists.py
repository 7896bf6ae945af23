"""The inbox and the supervisor's list over a long history."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from tests.cases.factories import AT, Desk

from runtut.cases.models import Task
from runtut.cases.queries import inbox, supervised_tasks
from runtut.organisations.models import Position

Statement = tuple[str, Any]


def measure_lists(desk: Desk, *, repeats: int) -> dict[str, Any]:
    """Return for each list its tasks, its times in ms and the lines of its plan that name an index."""
    positions = list(Position.objects.order_by("id").values_list("id", flat=True))
    kabupaten = desk.office.unit.parent_id
    assert kabupaten is not None
    ways: dict[str, Callable[[int], Any]] = {
        "inbox": lambda n: inbox(position_ids=[positions[n % len(positions)]], at=AT),
        "supervisor": lambda _n: supervised_tasks(unit_id=kabupaten, at=AT),
    }
    return {"tasks": Task.objects.count(), "open": Task.objects.filter(state=1).count()} | {
        name: measure(way, repeats) for name, way in ways.items()
    }


def measure(way: Callable[[int], Any], repeats: int) -> dict[str, Any]:
    statements = [first_statement(way, number) for number in range(repeats)]
    query = [timed(lambda statement=statement: rows(*statement)) for statement in statements]
    whole = [timed(lambda number=number: way(number)) for number in range(repeats)]
    plan = explain(*statements[0])
    return {
        "lines": len(way(0).lines),
        "query_p50": percentile(query, 50),
        "query_p95": percentile(query, 95),
        "whole_p50": percentile(whole, 50),
        "whole_p95": percentile(whole, 95),
        "plan": [line.strip() for line in plan if "task_inbox" in line or "task_supervisor_open" in line],
        "sort": [line.strip() for line in plan if "Sort" in line or "TEMP B-TREE" in line],
    }


def first_statement(way: Callable[[int], Any], number: int) -> Statement:
    """Return the query that finds the tasks, as the product sends it."""
    seen: list[Statement] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append((sql, list(params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        way(number)
    return seen[0]


def rows(sql: str, params: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def explain(sql: str, params: Sequence[Any]) -> list[str]:
    prefix = "EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN "
    return [str(row[-1]) for row in rows(prefix + sql, params)]


def timed(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def percentile(values: Sequence[float], per_cent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * per_cent // 100)]

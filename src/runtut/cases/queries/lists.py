"""Whose turn it is: the lists that everybody's day begins with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef

from runtut.cases.enums import TaskState
from runtut.cases.models import Task
from runtut.cases.queries.lines import PAGE, Cursor, TaskPage, open_lines, open_now


def inbox(
    *, position_ids: Collection[int], at: datetime, after: Cursor | None = None, limit: int = PAGE
) -> TaskPage:
    """Return the open tasks of some positions, the most pressing first (partial index task_inbox)."""
    return open_lines(open_now().filter(position__in=position_ids), at=at, after=after, limit=limit)


def supervised_tasks(
    *, unit_id: int, at: datetime, after: Cursor | None = None, limit: int = PAGE
) -> TaskPage:
    """Return the open tasks of all offices under a supervising unit, the most overdue first (partial index
    task_supervisor_open: no join, no walk through the tree)."""
    return open_lines(open_now().filter(supervising_unit=unit_id), at=at, after=after, limit=limit)


def waiting_for_others(
    *,
    position_ids: Collection[int],
    unit_ids: Collection[int],
    at: datetime,
    after: Cursor | None = None,
    limit: int = PAGE,
) -> TaskPage:
    """Return the open tasks of others in runs of some offices to which one of the positions has contributed.
    A task that has called an SOP whose turn is at one of these positions waits for them, not for others.

    Found through the offices' open tasks, which are few, not through all that the positions ever did.
    """
    own = Task.objects.filter(
        case=OuterRef("case"), position__in=position_ids, state__in=(TaskState.DONE, TaskState.RETURNED)
    )
    called = open_now().filter(case__parent_task=OuterRef("pk"), position__in=position_ids)
    others = open_now().filter(Exists(own), ~Exists(called), unit__in=unit_ids)
    others = others.exclude(position__in=position_ids)
    return open_lines(others, at=at, after=after, limit=limit)


def count_open(*, position_ids: Collection[int], at: datetime) -> tuple[int, int]:
    """Return how many open tasks some positions have, and how many of them are overdue (two queries, index
    only)."""
    mine = open_now().filter(position__in=position_ids)
    return mine.count(), mine.filter(due_at__lt=at).count()


def count_supervised(*, unit_id: int, at: datetime) -> tuple[int, int]:
    """Return how many tasks are open in the offices under a supervising unit, and how many of them are
    overdue (two queries on the partial index of supervised_tasks)."""
    below = open_now().filter(supervising_unit=unit_id)
    return below.count(), below.filter(due_at__lt=at).count()

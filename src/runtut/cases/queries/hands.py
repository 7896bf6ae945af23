"""By whose hand tasks were closed: most by their own position, some by whoever ended the run they called."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from runtut.cases.models import CaseEvent, Task
from runtut.organisations.models import Position


def with_hands(tasks: QuerySet[Task]) -> QuerySet[Task, Any]:
    """Add to tasks the position in which each was closed, `hand_id` with its `hand_title`; empty while it is
    open."""
    closing = CaseEvent.objects.filter(
        case_id=OuterRef("case_id"), task_id=OuterRef("pk"), at=OuterRef("completed_at")
    )
    titles = Position.objects.filter(pk=OuterRef("hand_id"))
    return tasks.annotate(hand_id=Subquery(closing.order_by("-sequence").values("position_id")[:1])).annotate(
        hand_title=Subquery(titles.values("short_title")[:1])
    )

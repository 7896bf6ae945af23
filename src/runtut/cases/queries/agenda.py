"""What falls into a span of time for some positions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from runtut.cases.enums import FollowUpState
from runtut.cases.models import FollowUp, Invitee, Meeting
from runtut.cases.queries.follow_ups import TO_DO, follow_ups
from runtut.cases.queries.lines import TaskLine, open_lines, open_now

MOST = 200
"""A month of one person: what goes beyond is left out."""


def tasks_due(
    *, position_ids: Collection[int], since: datetime, until: datetime, at: datetime
) -> tuple[TaskLine, ...]:
    """Return the open tasks of some positions that fall due within a span (its end excluded), the earliest
    first. Three queries."""
    tasks = open_now().filter(position__in=position_ids, due_at__gte=since, due_at__lt=until)
    return open_lines(tasks, at=at, after=None, limit=MOST).lines


def follow_ups_due(*, position_ids: Collection[int], since: datetime, until: datetime) -> list[FollowUp]:
    """Return the items that some positions are to do or to verify within a span, the earliest first. One
    query."""
    to_do = Q(state__in=TO_DO, position__in=position_ids)
    to_verify = Q(state=FollowUpState.SUBMITTED, verifier__in=position_ids)
    rows = follow_ups().filter(to_do | to_verify, due_at__gte=since, due_at__lt=until)
    return list(rows.order_by("due_at", "id")[:MOST])


def meetings_between(*, position_ids: Collection[int], since: datetime, until: datetime) -> list[Meeting]:
    """Return the meetings within a span to which some positions are called, or which they chair or keep the
    minutes of, the earliest first. One query."""
    called = Invitee.objects.filter(meeting=OuterRef("pk"), position__in=position_ids)
    own = Q(chair__in=position_ids) | Q(secretary__in=position_ids) | Exists(called)
    rows = Meeting.objects.filter(own, cancelled_at=None, starts_at__gte=since, starts_at__lt=until)
    return list(rows.order_by("starts_at", "id")[:MOST])

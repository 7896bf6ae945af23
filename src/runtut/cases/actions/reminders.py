from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from runtut.cases.actions.notices import News, give_notices, task_news
from runtut.cases.actions.telling import asked_news, checkup_news, follow_up_news, meeting_news
from runtut.cases.enums import NoticeKind, TaskState
from runtut.cases.models import FollowUp, Meeting, Reminder, Task
from runtut.cases.queries.follow_ups import TO_DO
from runtut.core.locks import write_transaction
from runtut.procedures.enums import CheckupState
from runtut.procedures.models import Checkup

Row = TypeVar("Row", FollowUp, Meeting, Checkup)
Dated = TypeVar("Dated", FollowUp, Checkup)


def fire_reminders(*, at: datetime, limit: int) -> int:
    """Mark the reminders of tasks that are due as given, at most `limit`, tell the people, and return how
    many.

    A given reminder shows in its position's inbox. Whoever else owes something to the task is reminded with
    it. While a run is paused its reminders wait; those of tasks that are closed by now are marked too, and
    show nowhere.
    """
    paused = Task.objects.filter(pk=OuterRef("task_id"), state=TaskState.OPEN, case__paused_at__isnull=False)
    with write_transaction():
        due = (
            Reminder.objects.select_for_update(skip_locked=True)
            .filter(~Exists(paused), fired_at=None, due_at__lte=at)
            .order_by("due_at", "id")
        )
        found = list(due[:limit])
        give_notices(told=news_of(found, at), at=at)
        return Reminder.objects.filter(pk__in=[one.pk for one in found]).update(fired_at=at)


def news_of(reminders: Sequence[Reminder], at: datetime) -> list[News]:
    """Return what to tell of the tasks that are still open among those reminded of."""
    rows = Task.objects.filter(pk__in=[one.task_id for one in reminders], state=TaskState.OPEN)
    tasks = {
        task.pk: task
        for task in rows.select_related("unit", "position", "case__procedure_version", "case__unit")
    }
    pairs = [(tasks[one.task_id], NoticeKind(one.kind)) for one in reminders if one.task_id in tasks]
    return [news for task, kind in pairs for news in (task_news(task, kind), *asked_news(task, kind, at))]


def remind_of_follow_ups(*, at: datetime, limit: int) -> int:
    """Tell whoever has a follow-up item to do that its day is near, or over; once each. Return how many."""
    waiting = FollowUp.objects.select_related("unit").filter(state__in=TO_DO)
    return _tell_of_days(waiting, Q(due_at__lt=at), follow_up_news, at=at, limit=limit)


def remind_of_meetings(*, at: datetime, limit: int) -> int:
    """Tell everybody called to a meeting on the working day before it; once. Return how many meetings."""
    coming = Meeting.objects.select_related("unit").filter(
        invitation__isnull=False, soon_told_at=None, closed_at=None, soon_at__lte=at, starts_at__gt=at
    )
    with write_transaction():
        meetings = _hold(coming.order_by("soon_at", "id"), limit)
        told = [news for meeting in meetings for news in meeting_news(meeting, NoticeKind.SOON)]
        give_notices(told=told, at=at)
        Meeting.objects.filter(pk__in=[one.pk for one in meetings]).update(soon_told_at=at)
    return len(meetings)


def remind_of_checkups(*, at: datetime, limit: int) -> int:
    """Tell whoever is to judge an SOP that the day is near, or over; once each. Return how many."""
    waiting = Checkup.objects.select_related("procedure__unit", "version").filter(
        state=CheckupState.WAITING, position__isnull=False
    )
    return _tell_of_days(waiting, Q(due_at__lte=at), checkup_news, at=at, limit=limit)


def _tell_of_days(
    waiting: QuerySet[Dated],
    is_late: Q,
    news: Callable[[Dated, NoticeKind], News],
    *,
    at: datetime,
    limit: int,
) -> int:
    """Tell of rows whose day is near, and of those whose day is over, and mark both as told."""
    soon = waiting.filter(~is_late, soon_told_at=None, soon_at__lte=at)
    late = waiting.filter(is_late, late_told_at=None)
    with write_transaction():
        early = _hold(soon.order_by("soon_at", "id"), limit)
        overdue = _hold(late.order_by("due_at", "id"), limit)
        told = [news(row, NoticeKind.SOON) for row in early]
        told += [news(row, NoticeKind.LATE) for row in overdue]
        give_notices(told=told, at=at)
        waiting.model.objects.filter(pk__in=[row.pk for row in early]).update(soon_told_at=at)
        waiting.model.objects.filter(pk__in=[row.pk for row in overdue]).update(late_told_at=at)
    return len(told)


def _hold(due: QuerySet[Row], limit: int) -> list[Row]:
    """Take due rows under their locks; rows in another worker's hands are left."""
    return list(due.select_for_update(of=("self",), skip_locked=True)[:limit])

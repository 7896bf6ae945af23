from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef

from runtut.cases.actions.notices import Told, give_notices
from runtut.cases.enums import NoticeKind, TaskState
from runtut.cases.models import Reminder, Task
from runtut.core.locks import write_transaction


def fire_reminders(*, at: datetime, limit: int) -> int:
    """Mark the reminders that are due as given, at most `limit`, tell the people, and return how many.

    A given reminder shows in its position's inbox. While a run is paused its reminders wait; those of tasks
    that are closed by now are marked too, and show nowhere.
    """
    paused = Task.objects.filter(pk=OuterRef("task_id"), state=TaskState.OPEN, case__paused_at__isnull=False)
    with write_transaction():
        due = (
            Reminder.objects.select_for_update(skip_locked=True)
            .filter(~Exists(paused), fired_at=None, due_at__lte=at)
            .order_by("due_at", "id")
        )
        found = list(due[:limit])
        give_notices(told=tasks_of(found), at=at)
        return Reminder.objects.filter(pk__in=[one.pk for one in found]).update(fired_at=at)


def tasks_of(reminders: Sequence[Reminder]) -> list[Told]:
    """Return the tasks that are still open among those reminded of, with the kind of notice."""
    rows = Task.objects.filter(pk__in=[one.task_id for one in reminders], state=TaskState.OPEN)
    tasks = {task.pk: task for task in rows.select_related("unit")}
    return [(tasks[one.task_id], NoticeKind(one.kind)) for one in reminders if one.task_id in tasks]

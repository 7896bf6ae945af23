from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from runtut.cases.enums import TaskState
from runtut.cases.models import Reminder, Task
from runtut.core.locks import write_transaction


def fire_reminders(*, at: datetime, limit: int) -> int:
    """Mark the reminders that are due as given, at most `limit`, and return how many.

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
        found = [reminder.pk for reminder in due[:limit]]
        return Reminder.objects.filter(pk__in=found).update(fired_at=at)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import DraftNotYours
from runtut.cases.models import Task, TaskDraft
from runtut.cases.rules import ensure_may_act, local_day
from runtut.core.locks import write_transaction
from runtut.documents.models import StoredFile
from runtut.organisations.models import Authority


def save_draft(
    *,
    task: Task,
    data: Mapping[str, Any],
    files: Iterable[StoredFile] = (),
    authority: Authority,
    at: datetime,
) -> TaskDraft | None:
    """Keep what a person has typed into a task's form, so that nothing is lost before it is handed over.

    `data` is plain JSON. One draft per person and task, replaced as a whole. Not an act: no event. Returns
    None for a task that is closed by now. Raises NotYourTask and DraftNotYours.
    """
    if authority.user_id is None:
        raise DraftNotYours
    ensure_may_act(task, authority, local_day(at, task.case.unit))
    with write_transaction():
        if not Task.objects.filter(pk=task.pk, state=TaskState.OPEN).exists():
            return None
        draft, _ = TaskDraft.objects.update_or_create(
            task=task, user_id=authority.user_id, defaults={"data": dict(data), "saved_at": at}
        )
        draft.files.set(files)
        return draft


def sweep_drafts(*, limit: int = 200) -> int:
    """Delete drafts of runs that are closed, and return how many: a draft is no record. While the run goes on
    its step may be returned, and begins with what was typed there."""
    with write_transaction():
        closed = TaskDraft.objects.exclude(task__case__state=CaseState.RUNNING)
        found = list(closed.order_by("id").values_list("id", flat=True)[:limit])
        TaskDraft.objects.filter(pk__in=found).delete()
        return len(found)

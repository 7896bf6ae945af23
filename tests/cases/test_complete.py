from __future__ import annotations

import pytest
from tests.cases.factories import Desk

from runtut.cases.enums import CaseState, EventKind, TaskState
from runtut.cases.models import Case, CaseEvent, Reminder, Task, TaskParticipant
from runtut.core.models import OutboxMessage

pytestmark = pytest.mark.django_db


def shape(case: Case) -> list[tuple[int, int, int, int]]:
    """Every attempt of a run: step, round, branch, state."""
    rows = Task.objects.filter(case=case).order_by("id")
    return list(rows.values_list("step_no", "round", "branch", "state"))


def test_complete_opens_the_next_step_and_leaves_one_event() -> None:
    desk = Desk.make()
    case = desk.start()

    after = desk.complete(case, "camat")

    assert shape(case) == [(1, 1, 0, TaskState.DONE), (2, 1, 0, TaskState.OPEN)]
    assert after.version == 2
    assert list(CaseEvent.objects.order_by("id").values_list("sequence", "kind")) == [
        (1, EventKind.STARTED),
        (2, EventKind.COMPLETED),
    ]
    assert OutboxMessage.objects.filter(topic="cases.act").count() == 2
    assert Reminder.objects.filter(task_id=desk.open_task(case, "sekcam").pk).count() == 2


def test_complete_runs_to_the_end() -> None:
    desk = Desk.make()
    case = desk.start()
    for key in ("camat", "sekcam", "perencanaan", "kasi1", "kasi2", "pengelola", "sekcam", "camat"):
        desk.complete(case, key)

    last = desk.complete(case, "pengelola")

    assert last.state == CaseState.DONE
    assert last.closed_at == desk.at
    assert not Task.objects.filter(case=case, state=TaskState.OPEN).exists()
    assert CaseEvent.objects.filter(case_id=case.pk).count() == last.version == 10
    assert Case.objects.get(pk=case.pk).head_hash == CaseEvent.objects.latest("id").entry_hash
    joined = TaskParticipant.objects.filter(task__case=case, task__step_no=8)
    assert joined.count() == 2

"""Where the work on a desk came from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from runtut.cases.enums import TaskState
from runtut.cases.models import Task
from runtut.cases.queries.hands import with_hands
from runtut.organisations.enums import Capacity


@dataclass(frozen=True)
class Arrival:
    """The act that opened a task: by which position and person, in which capacity, and
    whether it was a return, whose reason is `note`."""

    position: str
    who: str
    acting: str
    is_demo: bool
    is_return: bool
    note: str

    @property
    def label(self) -> str:
        """Position first, then name: "Sekcam · (Plt.) Rina Wahyuni"; made-up persons are marked."""
        mark = " (contoh)" if self.is_demo else ""
        return f"{self.position} · {self.acting} {self.who}{mark}".replace("  ", " ")


def arrivals(*, task_uids: Collection[UUID]) -> dict[UUID, Arrival]:
    """Return the act that opened each of some tasks; those of a run's first step have none (two queries).

    It is the newest one closed by the instant at which the task opened, so that a finished sibling of a step
    of mode each is not taken for it.
    """
    newest = (
        Task.objects.filter(
            case=OuterRef("case"),
            completed_at__lte=OuterRef("opened_at"),
            completed_by__isnull=False,
            state__in=(TaskState.DONE, TaskState.RETURNED),
        )
        .order_by("-completed_at", "-id")
        .values("pk")[:1]
    )
    wanted = dict(Task.objects.filter(uid__in=task_uids).values_list("uid", Subquery(newest)))
    found = with_hands(Task.objects.select_related("position", "completed_by")).in_bulk(
        {key for key in wanted.values() if key}
    )
    return {uid: arrival(found[key]) for uid, key in wanted.items() if key}


def arrival(task: Any) -> Arrival:
    person = task.completed_by
    assert person is not None
    return Arrival(
        position=task.hand_title or task.position.short_title,
        who=person.full_name,
        acting=Capacity(task.capacity).mark,
        is_demo=person.is_demo,
        is_return=task.state == TaskState.RETURNED,
        note=task.note,
    )

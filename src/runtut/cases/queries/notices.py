"""What people were told, and what a letter about it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from runtut.accounts.models import NoticeChoice, User
from runtut.cases.enums import EventKind, NoticeKind, TaskState
from runtut.cases.models import Case, CaseEvent, Notice, Task
from runtut.cases.queries.sheet import step_of
from runtut.cases.rules import PROPOSED, local_moment

PAGE = 50
SUBJECTS = {
    NoticeKind.ASSIGNED: "Tugas baru: {activity}",
    NoticeKind.RETURNED: "Dikembalikan: {activity}",
    NoticeKind.SOON: "Mendekati tenggat: {activity}",
    NoticeKind.LATE: "Lewat tenggat: {activity}",
}


@dataclass(frozen=True)
class NoticeLine:
    """A notice in the list. `is_done` tells that the task needs nothing any more."""

    kind: NoticeKind
    activity: str
    case_uid: UUID
    case_title: str
    unit: str
    given_at: datetime
    due_at: datetime
    is_read: bool
    is_done: bool


@dataclass(frozen=True)
class Letter:
    to: str
    subject: str
    text: str


def tasks_brought_by(*, case: Case, event: CaseEvent) -> QuerySet[Task]:
    """Return the tasks that an act has opened or handed to somebody else, those still open."""
    brought = Q(opened_at=event.at)
    if event.kind == EventKind.REASSIGNED:
        brought = Q(pk=event.task_id)
    return Task.objects.filter(brought, case=case, state=TaskState.OPEN).select_related("unit")


def wanted_notices(*, user_id: int) -> dict[NoticeKind, tuple[bool, bool]]:
    """Return what a person wants to be told, by kind as (in the application, by mail) (one query)."""
    rows = NoticeChoice.objects.filter(user=user_id).values_list("kind", "in_app", "by_mail")
    chosen = {kind: (in_app, by_mail) for kind, in_app, by_mail in rows}
    return {kind: chosen.get(kind, PROPOSED[kind]) for kind in NoticeKind}


def notices_of(*, user_id: int, limit: int = PAGE) -> list[NoticeLine]:
    """Return a person's newest notices (two queries)."""
    rows = Notice.objects.filter(user=user_id, is_shown=True).select_related(
        "task__case__procedure_version", "task__unit"
    )
    return [notice_line(notice) for notice in rows.order_by("-given_at", "-id")[:limit]]


def notice_line(notice: Notice) -> NoticeLine:
    task = notice.task
    return NoticeLine(
        kind=NoticeKind(notice.kind),
        activity=step_of(task).activity,
        case_uid=task.case.uid,
        case_title=task.case.title,
        unit=task.unit.short_name,
        given_at=notice.given_at,
        due_at=task.due_at,
        is_read=notice.read_at is not None,
        is_done=task.state != TaskState.OPEN,
    )


def count_unread(*, user_id: int) -> int:
    """Count a person's unread notices of tasks that still wait (one query)."""
    unread = Notice.objects.filter(user=user_id, read_at=None, is_shown=True)
    return unread.filter(task__state=TaskState.OPEN).count()


def notice_letter(*, task_id: int, user_id: int, kind: NoticeKind) -> Letter | None:
    """Return the mail about a task for a person; None once the task is closed, or nobody can be reached."""
    task = (
        Task.objects.filter(pk=task_id, state=TaskState.OPEN)
        .select_related("case__procedure_version", "unit", "position")
        .first()
    )
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if task is None or user is None:
        return None
    activity = step_of(task).activity
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}/kerja/{task.case.uid}/"
    lines = [
        f"Yth. {user.full_name},",
        "",
        f"{kind.label}: langkah {task.step_no}, {activity}.",
        f"Kerja: {task.case.title}, {task.unit.name}.",
        f"Sebagai: {task.position.title}.",
        f"Tenggat: {local_moment(task.due_at, task.unit)}.",
        "",
        f"Buka: {address}",
        "",
        "Surel ini dikirim oleh Runtut. Pilihan pemberitahuan ada di halaman Saya.",
    ]
    return Letter(user.email, SUBJECTS[kind].format(activity=activity), "\n".join(lines))

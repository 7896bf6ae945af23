"""Telling people: of tasks that came to them, and of deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from runtut.accounts.models import NoticeChoice, User
from runtut.cases.enums import NoticeKind
from runtut.cases.models import Notice, Task
from runtut.cases.rules import PROPOSED, local_day
from runtut.core import jobs
from runtut.core.locks import write_transaction
from runtut.organisations.queries import holders_of

MAIL = "cases.notice_mail"

Told = tuple[Task, NoticeKind]


def give_notices(*, told: Sequence[Told], at: datetime) -> int:
    """Tell whoever acts for the positions of tasks, each person once per task and kind, and return how many
    notices are new.

    Mail is ordered in the same transaction, for those who want it and have an address. May be repeated: what
    was given stays as it was, and no mail is ordered twice.
    """
    with write_transaction():
        wanted = notices_for(told, at)
        before = Notice.objects.filter(task__in={task.pk for task, _ in told}).count()
        Notice.objects.bulk_create([notice for notice, _ in wanted], ignore_conflicts=True)
        for notice, by_mail in wanted:
            if by_mail:
                order_mail(notice, at)
        return Notice.objects.filter(task__in={task.pk for task, _ in told}).count() - before


def notices_for(told: Sequence[Told], at: datetime) -> list[tuple[Notice, bool]]:
    """Return the notices to give, each with whether it also goes by mail."""
    people = recipients(told, at)
    users = {user.pk: user for user in User.objects.filter(pk__in={pk for pks in people for pk in pks})}
    choices = {
        (choice.user_id, choice.kind): (choice.in_app, choice.by_mail)
        for choice in NoticeChoice.objects.filter(user__in=users)
    }
    found = []
    for (task, kind), pks in zip(told, people, strict=True):
        for pk in pks:
            in_app, by_mail = choices.get((pk, kind), PROPOSED[kind])
            mails = by_mail and bool(users[pk].email)
            if in_app or mails:
                notice = Notice(
                    region=task.region, user_id=pk, task=task, kind=kind, is_shown=in_app, given_at=at
                )
                found.append((notice, mails))
    return found


def recipients(told: Iterable[Told], at: datetime) -> list[list[int]]:
    """Return, task by task, who acts for its position today; whoever took a shared task on is meant alone."""
    tasks = [task for task, _ in told]
    days = {task.unit_id: local_day(at, task.unit) for task in tasks}
    holders = {
        day: holders_of(position_ids={t.position_id for t in tasks if days[t.unit_id] == day}, on=day)
        for day in set(days.values())
    }
    return [
        [task.claimed_by_id]
        if task.claimed_by_id
        else [holder.user_id for holder in holders[days[task.unit_id]][task.position_id]]
        for task in tasks
    ]


def order_mail(notice: Notice, at: datetime) -> None:
    identity = {"task": notice.task_id, "user": notice.user_id, "kind": str(notice.kind)}
    jobs.enqueue(
        region=notice.region,
        topic=MAIL,
        key=f"{MAIL}:{notice.task_id}:{notice.user_id}:{notice.kind}",
        payload=identity,
        at=at,
    )


def mark_notices_read(*, user_id: int, at: datetime, task_ids: Iterable[int] | None = None) -> int:
    """Mark a person's notices as read, all of them or those of some tasks, and return how many were not."""
    unread = Notice.objects.filter(user=user_id, read_at=None, is_shown=True)
    if task_ids is not None:
        unread = unread.filter(task__in=list(task_ids))
    with write_transaction():
        return unread.update(read_at=at)

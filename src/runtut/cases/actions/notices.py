"""Telling people: of what came to them, and of deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from runtut.accounts.models import NoticeChoice, User
from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.models import Notice, Task
from runtut.cases.models.notice import GROUNDS
from runtut.cases.rules import PROPOSED, local_day
from runtut.core import jobs
from runtut.core.locks import write_transaction
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import holders_of

MAIL = "cases.notice_mail"
TITLE_LENGTH = 240


@dataclass(frozen=True)
class News:
    """Something to tell whoever acts for a position of a unit: on a task, a follow-up item, a meeting, the
    checkup of an SOP, a version in the making or an incoming letter, of which one at most is named; news of
    none of them stands on the unit. `person_id` narrows it to one person. `round` rises when the same thing
    is told anew."""

    kind: NoticeKind
    unit: OrganisationUnit
    position_id: int
    about: NoticeAbout = NoticeAbout.TASK
    task_id: int | None = None
    follow_up_id: int | None = None
    meeting_id: int | None = None
    checkup_id: int | None = None
    version_id: int | None = None
    letter_id: int | None = None
    round: int = 0
    title: str = ""
    path: str = ""
    note: str = ""
    person_id: int | None = None

    @property
    def ground(self) -> Mapping[str, int | None]:
        """What the notice stands on, by the names of its columns."""
        named = {
            "task_id": self.task_id,
            "follow_up_id": self.follow_up_id,
            "meeting_id": self.meeting_id,
            "checkup_id": self.checkup_id,
            "version_id": self.version_id,
            "letter_id": self.letter_id,
        }
        return {**named, "unit_id": None if any(named.values()) else self.unit.pk}


def task_news(task: Task, kind: NoticeKind) -> News:
    """Return the news of a task for its own position; whoever took a shared task on is meant alone."""
    return News(kind, task.unit, task.position_id, task_id=task.pk, person_id=task.claimed_by_id)


def give_notices(*, told: Sequence[News], at: datetime) -> int:
    """Tell whoever acts for the positions that are meant, each person once per kind and round, and return how
    many notices were to be given.

    Mail is ordered in the same transaction, for those who want it and have an address. May be repeated: what
    was given stays as it was, and no mail is ordered twice.
    """
    if not told:
        return 0
    with write_transaction():
        wanted = notices_for(told, at)
        Notice.objects.bulk_create([notice for notice, _ in wanted], ignore_conflicts=True)
        for notice, by_mail in wanted:
            if by_mail:
                order_mail(notice, at)
    return len(wanted)


def notices_for(told: Sequence[News], at: datetime) -> list[tuple[Notice, bool]]:
    """Return the notices to give, each with whether it also goes by mail."""
    people = recipients(told, at)
    users = {user.pk: user for user in User.objects.filter(pk__in={pk for pks in people for pk in pks})}
    choices = {
        (choice.user_id, choice.kind): (choice.in_app, choice.by_mail)
        for choice in NoticeChoice.objects.filter(user__in=users)
    }
    found = []
    for news, pks in zip(told, people, strict=True):
        for pk in pks:
            in_app, by_mail = choices.get((pk, news.kind), PROPOSED[news.kind])
            mails = by_mail and bool(users[pk].email)
            if in_app or mails:
                found.append((notice_for(news, pk, in_app, at), mails))
    return found


def notice_for(news: News, user_id: int, in_app: bool, at: datetime) -> Notice:
    return Notice(
        region=news.unit.region,
        user_id=user_id,
        about=news.about,
        kind=news.kind,
        round=news.round,
        position_id=None if news.about == NoticeAbout.TASK else news.position_id,
        title=news.title[:TITLE_LENGTH],
        path=news.path,
        note=news.note,
        is_shown=in_app,
        given_at=at,
        **news.ground,
    )


def recipients(told: Iterable[News], at: datetime) -> list[list[int]]:
    """Return, news by news, who acts for its position today."""
    everything = list(told)
    days = {news.unit.pk: local_day(at, news.unit) for news in everything}
    holders = {
        day: holders_of(
            position_ids={one.position_id for one in everything if days[one.unit.pk] == day}, on=day
        )
        for day in set(days.values())
    }
    return [
        [news.person_id]
        if news.person_id
        else [holder.user_id for holder in holders[days[news.unit.pk]][news.position_id]]
        for news in everything
    ]


def order_mail(notice: Notice, at: datetime) -> None:
    """Order the letter of a notice, once: its key and its payload say which notice it is."""
    grounds = {ground: getattr(notice, f"{ground}_id") for ground in GROUNDS}
    ground = next(key for key in grounds.values() if key is not None)
    jobs.enqueue(
        region=notice.region,
        topic=MAIL,
        key=f"{MAIL}:{notice.about}:{ground}:{notice.user_id}:{notice.kind}:{notice.round}",
        payload={
            **grounds,
            "about": str(notice.about),
            "user": notice.user_id,
            "kind": str(notice.kind),
            "round": notice.round,
        },
        at=at,
    )


def close_notices(*, about: NoticeAbout, at: datetime, **ground: object) -> None:
    """Note that nothing is left to do about what was told: such notices count no more, and their mail is not
    sent any more. `ground` are conditions on the notices."""
    Notice.objects.filter(about=about, closed_at=None, **ground).update(closed_at=at)


def mark_notices_read(*, user_id: int, at: datetime) -> int:
    """Mark what a person was told by an instant as read, and return how many were not."""
    with write_transaction():
        told = Notice.objects.filter(user=user_id, read_at=None, is_shown=True, given_at__lte=at)
        return told.update(read_at=at)

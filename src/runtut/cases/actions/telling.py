"""News of what waits beside the tasks: follow-up items, meetings, checkups of SOPs, and what a task
asks of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Max, Q

from runtut.cases.actions.notices import News, close_notices, give_notices
from runtut.cases.enums import FollowUpState, NoticeAbout, NoticeKind
from runtut.cases.models import Case, FollowUp, Invitee, Meeting, Notice, Task
from runtut.cases.queries.meetings import may_go_out
from runtut.cases.queries.sheet import step_of
from runtut.cases.registry import Ask, handler_for
from runtut.documents.actions import stop_asking
from runtut.documents.models import Document
from runtut.procedures.models import Checkup


def follow_up_news(item: FollowUp, kind: NoticeKind) -> News:
    """Return the news of an item for whoever has the word on it: VERIFICATION once it is handed in. A day
    that was moved is reminded of anew."""
    is_about_day = kind in (NoticeKind.SOON, NoticeKind.LATE)
    verifies = item.state == FollowUpState.SUBMITTED
    return News(
        kind,
        item.unit,
        item.verifier_id if verifies else item.position_id,
        NoticeAbout.VERIFICATION if verifies else NoticeAbout.FOLLOW_UP,
        follow_up_id=item.pk,
        round=item.due_on.toordinal() if is_about_day else item.returns,
        title=item.text,
        path=f"/tindak-lanjut/{item.uid}/",
    )


def tell_of_follow_ups(items: Iterable[FollowUp], kind: NoticeKind, at: datetime) -> None:
    give_notices(told=[follow_up_news(item, kind) for item in items], at=at)


def close_follow_up(item: FollowUp, at: datetime) -> None:
    """Close what was told of an item: its next turn is somebody else's, or nobody's."""
    for about in (NoticeAbout.FOLLOW_UP, NoticeAbout.VERIFICATION):
        close_notices(about=about, at=at, follow_up=item)


def meeting_news(meeting: Meeting, kind: NoticeKind) -> list[News]:
    """Return the news of a meeting for every position called to it."""
    called = Invitee.objects.filter(meeting=meeting, position__isnull=False).order_by("sequence", "id")
    return [
        News(
            kind,
            meeting.unit,
            position_id,
            NoticeAbout.MEETING,
            meeting_id=meeting.pk,
            round=meeting.schedule,
            title=meeting.title,
            path=f"/rapat/{meeting.uid}/",
        )
        for position_id in dict.fromkeys(called.values_list("position_id", flat=True))
        if position_id is not None
    ]


def call_to_meeting(meeting: Meeting, at: datetime) -> None:
    """Tell everybody called to a meeting whose Undangan may go out, once per schedule, and whoever was told
    of another one that it was moved; what was told of another
    schedule is closed, as is what was told to those who are not called any more."""
    invitations = meeting.notices.filter(kind=NoticeKind.INVITED)
    if not (may_go_out(meeting) or invitations.exists()):
        return
    before = set(invitations.filter(round__lt=meeting.schedule).values_list("position_id", flat=True))
    told = [
        replace(news, title=f"Dipindahkan: {news.title}") if news.position_id in before else news
        for news in meeting_news(meeting, NoticeKind.INVITED)
    ]
    called = meeting.notices.exclude(kind=NoticeKind.ASSIGNED)
    stale = called.exclude(round=meeting.schedule, position__in=[news.position_id for news in told])
    stale.filter(closed_at=None).update(closed_at=at)
    give_notices(told=told, at=at)


def checkup_news(checkup: Checkup, kind: NoticeKind, number: int = 0) -> News:
    """Return the news of a checkup for the position that it is given to; it has one."""
    assert checkup.position_id is not None
    return News(
        kind,
        checkup.procedure.unit,
        checkup.position_id,
        NoticeAbout.CHECKUP,
        checkup_id=checkup.pk,
        round=number,
        title=checkup.title,
        path=f"/sop/pemantauan/{checkup.uid}/",
    )


def tell_of_assignment(checkup: Checkup, at: datetime) -> None:
    """Tell whoever a checkup was given to, and close what others were told of it."""
    earlier = Notice.objects.filter(checkup=checkup)
    number = (earlier.aggregate(last=Max("round"))["last"] or 0) + 1
    earlier.filter(closed_at=None).update(closed_at=at)
    give_notices(told=[checkup_news(checkup, NoticeKind.ASSIGNED, number)], at=at)


def tell_office(news: News, at: datetime) -> None:
    """Tell whoever acts for a position of something that stands on an office and lies at `path`; what the
    position was told of it before is closed. In the caller's transaction, after its trail: the trail's lock
    is what gives every telling a round of its own."""
    earlier = Notice.objects.filter(unit=news.unit, about=news.about, kind=news.kind)
    number = (earlier.aggregate(last=Max("round"))["last"] or 0) + 1
    again = {"unit": news.unit, "kind": news.kind, "position": news.position_id, "path": news.path}
    close_notices(about=news.about, at=at, **again)
    give_notices(told=[replace(news, round=number)], at=at)


def ask_for_approval(meeting: Meeting, number: int, at: datetime) -> None:
    """Tell the chair of a meeting that a version of its Undangan waits to be approved."""
    news = News(
        NoticeKind.ASSIGNED,
        meeting.unit,
        meeting.chair_id,
        NoticeAbout.MEETING,
        meeting_id=meeting.pk,
        round=number,
        title=meeting.title,
        path=f"/rapat/{meeting.uid}/",
    )
    close_notices(about=NoticeAbout.MEETING, at=at, meeting=meeting, kind=NoticeKind.ASSIGNED)
    give_notices(told=[news], at=at)


def call_off_meetings(case: Case, at: datetime) -> None:
    """Call off what a cancelled run was still to meet about, also where the run that called it has planned
    it: what was told is withdrawn, nobody is asked to sign the Undangan any more, and whoever was called by
    one is told that the meeting is not held."""
    calling = Task.objects.filter(pk=case.parent_task_id or 0).values("case")
    near = Q(case=case) | Q(case__in=calling)
    for meeting in Meeting.objects.filter(near, closed_at=None, cancelled_at=None).select_related("unit"):
        meeting.cancelled_at, meeting.schedule = at, meeting.schedule + 1
        meeting.soon_told_at = meeting.soon_told_at or at
        meeting.save(update_fields=["cancelled_at", "schedule", "soon_told_at"])
        close_notices(about=NoticeAbout.MEETING, at=at, meeting=meeting)
        stop_asking(Document.objects.filter(pk=meeting.invitation_id or 0))
        if meeting.notices.filter(kind=NoticeKind.INVITED).exists():
            give_notices(told=meeting_news(meeting, NoticeKind.INVITED), at=at)


def ask_news(task: Task, ask: Ask, kind: NoticeKind, number: int = 0) -> News:
    """Return the news of something that a task asks of another position than its own."""
    return News(
        kind,
        task.unit,
        ask.position_id,
        ask.about,
        task_id=task.pk,
        round=number,
        title=ask.title,
        path=ask.path,
        note=ask.reason,
    )


def asked_news(task: Task, kind: NoticeKind, at: datetime) -> list[News]:
    """Return the news of everything that an open task asks of others and has not got yet; what came back to
    them is told as returned where it would be told as new."""
    step = step_of(task)
    asks = handler_for(step.work, step.topic).asks(task, at)
    is_new = kind == NoticeKind.ASSIGNED
    return [ask_news(task, ask, NoticeKind.RETURNED if ask.reason and is_new else kind) for ask in asks]


def tell_asked(*, task: Task, ask: Ask, kind: NoticeKind, number: int, at: datetime) -> None:
    """Tell whoever acts for a position again of what a task asks of it: returned, or reminded of by hand.
    `number` tells one such time from the next."""
    give_notices(told=[ask_news(task, ask, kind, number)], at=at)


def close_asked(*, task: Task, about: NoticeAbout, position_id: int | None, at: datetime) -> None:
    """Close what a position was told of something that a task asks of it: it has been given."""
    close_notices(about=about, at=at, task=task, position=position_id)

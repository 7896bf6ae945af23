"""News of SOPs in the making: whose turn it is, who is to have a say, and what was remarked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Max

from runtut.cases.actions.notices import News, give_notices
from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.models import Notice
from runtut.cases.rules import local_day
from runtut.organisations.queries import holders_of
from runtut.procedures.models import PerformerBinding, ProcedureVersion, ReviewComment
from runtut.procedures.queries import submitter_of


def tell_of_version(version: ProcedureVersion, position_id: int, kind: NoticeKind, at: datetime) -> None:
    """Tell whose turn it is with a version in the making: ASSIGNED to its approver, RETURNED to who had
    handed it over. What others were told of it is closed."""
    number = next_round(version)
    Notice.objects.filter(version=version, closed_at=None).update(closed_at=at)
    give_notices(told=[version_news(version, position_id, kind, number)], at=at)


def tell_performers(version: ProcedureVersion, at: datetime) -> None:
    """Tell whoever acts for a position that a version in review gives work to, each person once; not those
    who hand it over or ratify it."""
    unit, number = version.procedure.unit, next_round(version)
    apart = [key for key in (version.approver_position_id, submitter_of(version)) if key]
    rows = PerformerBinding.objects.filter(performer__version=version).exclude(position__in=apart)
    bound = list(rows.order_by("performer__sequence", "id").values_list("position_id", flat=True))
    holders = holders_of(position_ids=[*apart, *bound], on=local_day(at, unit))
    told = {one.user_id for key in apart for one in holders[key]}
    news = []
    for position_id in dict.fromkeys(bound):
        for one in holders[position_id]:
            if one.user_id not in told:
                told.add(one.user_id)
                sent = version_news(version, position_id, NoticeKind.ASSIGNED, number, NoticeAbout.REVIEW)
                news.append(replace(sent, person_id=one.user_id))
    give_notices(told=news, at=at)


def tell_of_comment(comment: ReviewComment, version: ProcedureVersion, at: datetime) -> None:
    """Tell of a remark who handed the version over, and of an answer who made the remark; not oneself."""
    asked = comment.answers_to
    position_id = asked.position_id if asked else submitter_of(version)
    if position_id is None or position_id == comment.position_id:
        return
    news = version_news(version, position_id, NoticeKind.ASSIGNED, next_round(version), NoticeAbout.COMMENT)
    give_notices(told=[replace(news, note=comment.text)], at=at)


def next_round(version: ProcedureVersion) -> int:
    """Return the round of the next telling about a version."""
    last = Notice.objects.filter(version=version).aggregate(last=Max("round"))["last"]
    return (last or 0) + 1


def version_news(
    version: ProcedureVersion,
    position_id: int,
    kind: NoticeKind,
    number: int,
    about: NoticeAbout = NoticeAbout.VERSION,
) -> News:
    """Return the news of a version in the making."""
    return News(
        kind,
        version.procedure.unit,
        position_id,
        about,
        version_id=version.pk,
        round=number,
        title=version.title,
        path=f"/sop/{version.procedure.uid}/?versi={version.number}",
    )

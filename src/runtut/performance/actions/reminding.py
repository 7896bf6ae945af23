"""Reminding the sections that owe something to a run."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from runtut.cases.actions import tell_asked
from runtut.cases.enums import NoticeKind
from runtut.cases.models import Case
from runtut.core.dates import clock_time
from runtut.core.locks import write_transaction
from runtut.organisations.models import Authority, Position
from runtut.performance.actions.sections import ensure_is_asker
from runtut.performance.actions.trail import leave_trail
from runtut.performance.errors import NobodyToRemind, NothingAsked, RemindedAlready
from runtut.performance.models import SectionReport
from runtut.performance.queries import Asking, asking_of, section_ask, section_matrix


def remind_sections(
    *, case: Case, authority: Authority, at: datetime, only: Position | None = None
) -> list[SectionReport]:
    """Remind every section that has not handed in, or one of them; at most once a day each.

    Raises NothingAsked, NotAllowed, NobodyToRemind, and RemindedAlready when the one named, or all that owe,
    were reminded today.
    """
    asking = asking_of(case)
    if asking is None or not asking.is_open:
        raise NothingAsked
    ensure_is_asker(asking, authority)
    matrix = section_matrix(asking=asking, on=case.unit.local_date(at))
    owing = [one for one in matrix if not one.has_handed_in]
    if only is not None:
        owing = [one for one in owing if one.position.pk == only.pk]
    if not owing:
        raise NobodyToRemind
    fresh = [one for one in owing if not _reminded_today(one.report, case, at)]
    if not fresh:
        _refuse(owing[0].report, case)
    with write_transaction():
        return [_remind(asking, one.position, authority, at) for one in fresh]


def _reminded_today(report: SectionReport | None, case: Case, at: datetime) -> bool:
    if report is None or report.reminded_at is None:
        return False
    return case.unit.local_date(report.reminded_at) == case.unit.local_date(at)


def _refuse(report: SectionReport | None, case: Case) -> None:
    assert report is not None and report.reminded_at is not None
    local = report.reminded_at.astimezone(ZoneInfo(case.unit.zone))
    raise RemindedAlready(position=report.position.short_title, time=clock_time(local))


def _remind(asking: Asking, position: Position, authority: Authority, at: datetime) -> SectionReport:
    case = asking.case
    report, _ = SectionReport.objects.get_or_create(
        case=case, kind=asking.kind, position=position, defaults={"region": case.region}
    )
    report.reminded_at, report.reminders = at, report.reminders + 1
    report.save(update_fields=["reminded_at", "reminders"])
    leave_trail(
        unit=case.unit,
        action="section.reminded",
        subject=report.uid,
        authority=authority,
        at=at,
        data={"case": case.uid, "position": position.uid, "times": report.reminders},
    )
    tell_asked(
        task=asking.task,
        ask=section_ask(asking, position),
        kind=NoticeKind.REMINDED,
        number=report.reminders,
        at=at,
    )
    return report

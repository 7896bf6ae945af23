"""Reminding whoever has not answered."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.actions import tell_asked
from runtut.cases.enums import NoticeKind
from runtut.cases.models import Task
from runtut.core.locks import write_transaction
from runtut.evaluation.actions.trail import leave_trail
from runtut.evaluation.errors import AnsweringIsOver, EverybodyAnswered, RemindedToday
from runtut.evaluation.models import Instrument, Response
from runtut.evaluation.queries import RespondentStatus, answer_ask, collecting_of, respondent_matrix
from runtut.evaluation.rules import ensure_makes
from runtut.organisations.models import Authority


def remind_respondents(*, instrument: Instrument, authority: Authority, at: datetime) -> list[Response]:
    """Remind everybody who has not answered, at most once a day each. Raises AnsweringIsOver, NotTheMaker,
    EverybodyAnswered, and RemindedToday when all of them were reminded today."""
    collecting = collecting_of(instrument)
    if collecting is None or not collecting.is_open:
        raise AnsweringIsOver
    ensure_makes(authority, collecting.task)
    unit = instrument.case.unit
    matrix = respondent_matrix(collecting=collecting, on=unit.local_date(at))
    owing = [one for one in matrix if not one.has_answered]
    if not owing:
        raise EverybodyAnswered
    fresh = [one for one in owing if not reminded_today(one, instrument, at)]
    if not fresh:
        raise RemindedToday
    with write_transaction():
        return [remind(instrument, collecting.task, one, authority, at) for one in fresh]


def reminded_today(status: RespondentStatus, instrument: Instrument, at: datetime) -> bool:
    if status.response is None or status.response.reminded_at is None:
        return False
    unit = instrument.case.unit
    return unit.local_date(status.response.reminded_at) == unit.local_date(at)


def remind(
    instrument: Instrument, task: Task, status: RespondentStatus, authority: Authority, at: datetime
) -> Response:
    """Note one reminder and tell whoever answers."""
    response, _ = Response.objects.get_or_create(
        instrument=instrument, position=status.position, defaults={"region": instrument.region}
    )
    response.reminded_at, response.reminders = at, response.reminders + 1
    response.save(update_fields=["reminded_at", "reminders"])
    leave_trail(
        unit=instrument.case.unit,
        action="response.reminded",
        subject=response.uid,
        authority=authority,
        at=at,
        data={"position": status.position.uid, "times": response.reminders},
    )
    tell_asked(
        task=task,
        ask=answer_ask(instrument, status.position),
        kind=NoticeKind.REMINDED,
        number=response.reminders,
        at=at,
    )
    return response

"""Work after an act, and what is due by itself."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.actions import give_notices, reschedule_open_tasks, sweep_drafts
from runtut.cases.actions.letter_news import LETTER_NEWS, close_letter_news, tell_of_letter
from runtut.cases.actions.notices import MAIL, task_news
from runtut.cases.actions.reminders import (
    fire_reminders,
    remind_of_checkups,
    remind_of_follow_ups,
    remind_of_meetings,
)
from runtut.cases.actions.reschedule import RESCHEDULE
from runtut.cases.actions.statements import TOPIC
from runtut.cases.actions.telling import asked_news
from runtut.cases.enums import EventKind, NoticeKind
from runtut.cases.events import act_committed
from runtut.cases.models import Case, CaseEvent
from runtut.cases.queries import notice_letter, tasks_brought_by
from runtut.core.jobs import Message, handler, sweeper
from runtut.core.mail import send_mail
from runtut.documents.actions import note_carried_out
from runtut.organisations.models import WorkCalendar

ANSWERING = (EventKind.STARTED, EventKind.COMPLETED)
REMINDING = (fire_reminders, remind_of_follow_ups, remind_of_meetings, remind_of_checkups)


def tell_of_act(message: Message) -> None:
    """Tell upper rooms of an act that has committed."""
    case = Case.objects.select_related("unit", "procedure_version").get(uid=message.payload["case"])
    event = CaseEvent.objects.get(case_id=case.pk, sequence=message.payload["sequence"])
    tell_newcomers(case=case, event=event, at=message.at)
    close_disposisi(case=case, event=event)
    act_committed.send(sender=Case, case=case, event=event)


def tell_newcomers(*, case: Case, event: CaseEvent, at: datetime) -> None:
    """Tell those to whom an act has brought a task, and those of whom such a task asks something."""
    kind = NoticeKind.RETURNED if event.kind == EventKind.RETURNED else NoticeKind.ASSIGNED
    tasks = list(tasks_brought_by(case=case, event=event))
    asked = [news for task in tasks for news in asked_news(task, NoticeKind.ASSIGNED, at)]
    give_notices(told=[*(task_news(task, kind) for task in tasks), *asked], at=at)


def close_disposisi(*, case: Case, event: CaseEvent) -> None:
    """Whoever starts a run from a letter, or completes a step of it, has acted on the disposisi that asked
    for it."""
    if event.kind not in ANSWERING or case.letter_id is None:
        return
    if event.position_id:
        note_carried_out(letter_id=case.letter_id, position_id=event.position_id, at=event.at)
    close_letter_news(letter_id=case.letter_id, at=event.at)


def letter_told(message: Message) -> None:
    """Tell those for whom a letter waits."""
    tell_of_letter(letter_id=message.payload["letter"], at=message.at)


def mail_notice(message: Message) -> None:
    """Send one notice by mail; news of what is done by now is not sent any more."""
    letter = notice_letter(identity=message.payload, at=message.at)
    if letter is not None:
        send_mail(key=message.key, to=letter.to, subject=letter.subject, text=letter.text)


def follow_calendar(message: Message) -> None:
    """Move the open deadlines that follow a changed calendar."""
    calendar = WorkCalendar.objects.get(uid=message.payload["calendar"])
    reschedule_open_tasks(calendar=calendar, at=message.at)


def remind(at: datetime, limit: int) -> int:
    """Remind of all that has a day: tasks with what they ask of others, follow-up, meetings, checkups."""
    return sum(remind_of(at=at, limit=limit) for remind_of in REMINDING)


def forget_drafts(at: datetime, limit: int) -> int:
    return sweep_drafts(limit=limit)


def offer() -> None:
    """Register the room's work with the worker; once per process."""
    handler(TOPIC)(tell_of_act)
    handler(RESCHEDULE)(follow_calendar)
    handler(MAIL)(mail_notice)
    handler(LETTER_NEWS)(letter_told)
    sweeper("cases.reminders")(remind)
    sweeper("cases.drafts")(forget_drafts)

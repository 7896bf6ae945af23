"""Work after an act, and what is due by itself."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.actions import reschedule_open_tasks, sweep_drafts
from runtut.cases.actions.reminders import fire_reminders
from runtut.cases.actions.reschedule import RESCHEDULE
from runtut.cases.actions.statements import TOPIC
from runtut.cases.events import act_committed
from runtut.cases.models import Case, CaseEvent
from runtut.core.jobs import Message, handler, sweeper
from runtut.organisations.models import WorkCalendar


def tell_of_act(message: Message) -> None:
    """Tell upper rooms of an act that has committed."""
    case = Case.objects.select_related("unit", "procedure_version").get(uid=message.payload["case"])
    event = CaseEvent.objects.get(case_id=case.pk, sequence=message.payload["sequence"])
    act_committed.send(sender=Case, case=case, event=event)


def follow_calendar(message: Message) -> None:
    """Move the open deadlines that follow a changed calendar."""
    calendar = WorkCalendar.objects.get(uid=message.payload["calendar"])
    reschedule_open_tasks(calendar=calendar, at=message.at)


def remind(at: datetime, limit: int) -> int:
    return fire_reminders(at=at, limit=limit)


def forget_drafts(at: datetime, limit: int) -> int:
    return sweep_drafts(limit=limit)


def offer() -> None:
    """Register the room's work with the worker; once per process."""
    handler(TOPIC)(tell_of_act)
    handler(RESCHEDULE)(follow_calendar)
    sweeper("cases.reminders")(remind)
    sweeper("cases.drafts")(forget_drafts)

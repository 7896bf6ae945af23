from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.cases.factories import AT, Desk, Row, complete
from tests.cast import make_office

from runtut.cases import actions
from runtut.cases.enums import CaseState, EventKind, ReminderKind, TaskState
from runtut.cases.errors import (
    AlreadyCompleted,
    CaseIsClosed,
    CaseIsNotPaused,
    CaseIsPaused,
    ExtensionInvalid,
    MayNotSteer,
    NotYourCase,
    ReasonMissing,
)
from runtut.cases.models import Case, CaseEvent, CasePause, Reminder, Task
from runtut.core.jobs import drain
from runtut.core.locks import write_transaction
from runtut.core.models import OutboxMessage
from runtut.organisations.enums import HolidayKind
from runtut.organisations.events import calendar_changed
from runtut.organisations.models import Holiday, WorkCalendar
from runtut.procedures.enums import TimeUnit

pytestmark = pytest.mark.django_db

WHY = "Menunggu data dari kabupaten"


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant in March 2026, WIB."""
    return datetime(2026, 3, day, hour - 7, minute, tzinfo=UTC)


def days(count: int) -> list[Row]:
    return [Row(("camat",), value=Decimal(count)), Row(("sekcam",))]


def pause(desk: Desk, case: Case, chair: str = "sekcam", reason: str = WHY) -> Case:
    return actions.pause_case(case_uid=case.uid, reason=reason, authority=desk.who(chair), at=desk.at)


def resume(desk: Desk, case: Case, chair: str = "sekcam") -> Case:
    return actions.resume_case(case_uid=case.uid, authority=desk.who(chair), at=desk.at)


def test_a_day_ends_with_the_next_working_day_and_minutes_run_exactly() -> None:
    desk = Desk.make([Row(("camat",), value=Decimal(90), unit=TimeUnit.MINUTE), Row(("sekcam",))])
    case = desk.start()
    assert desk.open_task(case, "camat").due_at == local(2, 10, 30)
    desk.at = local(6, 15)

    desk.complete(case, "camat")

    assert desk.open_task(case, "sekcam").due_at == local(9, 16)


def test_pause_stops_the_clock_and_resume_moves_the_deadline_by_working_minutes() -> None:
    desk = Desk.make(days(2))
    case = desk.start()
    end = Case.objects.get(pk=case.pk).due_at
    desk.at = local(2, 10)
    pause(desk, case)
    desk.at = local(3, 10)

    after = resume(desk, case)

    task = desk.open_task(case, "camat")
    assert (task.paused_minutes, task.due_at) == (450, local(5, 16))
    assert after.paused_at is None
    assert after.due_at > end
    assert CasePause.objects.get(case=case).resumed_at == desk.at


def test_minutes_used_leave_the_pause_out() -> None:
    desk = Desk.make(days(2))
    case = desk.start()
    task = desk.open_task(case, "camat")
    desk.at = local(2, 10)
    pause(desk, case)
    desk.at = local(2, 15)
    resume(desk, case)
    desk.at = local(2, 15, 30)

    desk.complete(case, "camat")

    task.refresh_from_db()
    assert task.minutes_used == 90


def test_nothing_is_completed_returned_or_extended_during_a_pause() -> None:
    desk = Desk.make(days(2))
    case = desk.start()
    pause(desk, case)

    with pytest.raises(CaseIsPaused):
        desk.complete(case, "camat")
    with pytest.raises(CaseIsPaused):
        actions.extend_task(
            task_uid=desk.open_task(case, "camat").uid,
            minutes=60,
            reason=WHY,
            authority=desk.who("sekcam"),
            at=desk.at,
        )
    with pytest.raises(CaseIsPaused):
        pause(desk, case)


def test_resume_of_a_running_case_is_refused() -> None:
    desk = Desk.make(days(2))

    with pytest.raises(CaseIsNotPaused):
        resume(desk, desk.start())


def test_pause_with_the_same_key_again_is_answered_once() -> None:
    desk = Desk.make(days(2))
    case, key, authority = desk.start(), uuid4(), desk.who("sekcam")

    for _ in range(2):
        actions.pause_case(case_uid=case.uid, reason=WHY, authority=authority, at=desk.at, key=key)

    assert CaseEvent.objects.filter(kind=EventKind.PAUSED).count() == 1


def test_only_who_steers_may_pause_extend_cancel_and_reassign() -> None:
    desk = Desk.make(days(2))
    case = desk.start()

    for act in (
        lambda: pause(desk, case, "kasi1"),
        lambda: resume(desk, case, "staf"),
        lambda: extend(desk, case, 60, "pengelola"),
        lambda: cancel(desk, case, "umum"),
    ):
        with pytest.raises(MayNotSteer):
            act()


def test_a_head_of_another_office_does_not_even_see_the_run() -> None:
    desk = Desk.make(days(2))
    case = desk.start()
    other = make_office(desk.office.unit.parent, "Sukasari")

    with pytest.raises(NotYourCase):
        actions.pause_case(case_uid=case.uid, reason=WHY, authority=other.authority("camat"), at=desk.at)


def extend(desk: Desk, case: Case, minutes: int, chair: str = "sekcam", **given: object) -> Case:
    task = Task.objects.filter(case=case).order_by("id")[0]
    values = {"reason": WHY, "authority": desk.who(chair), "at": desk.at} | given
    return actions.extend_task(task_uid=task.uid, minutes=minutes, **values)


def cancel(desk: Desk, case: Case, chair: str = "sekcam", reason: str = WHY) -> Case:
    return actions.cancel_case(case_uid=case.uid, reason=reason, authority=desk.who(chair), at=desk.at)


def test_extend_moves_the_task_the_run_and_the_reminders() -> None:
    desk = Desk.make(days(1))
    case = desk.start()
    planned = case.due_at

    after = extend(desk, case, 450)

    task = desk.open_task(case, "camat")
    assert (task.extended_minutes, task.due_at) == (450, local(4, 16))
    assert after.due_at == local(5, 16) != planned
    late = Reminder.objects.get(task_id=task.pk, kind=ReminderKind.LATE)
    assert late.due_at == local(4, 16)


def test_extend_twice_adds_up_and_the_same_key_does_not() -> None:
    desk = Desk.make(days(1))
    case, key = desk.start(), uuid4()

    extend(desk, case, 30, key=key)
    extend(desk, case, 30, key=key)
    extend(desk, case, 60)

    assert desk.open_task(case, "camat").extended_minutes == 90


@pytest.mark.parametrize("minutes", [0, -5, 27_001])
def test_extend_by_nothing_or_by_months_is_refused(minutes: int) -> None:
    desk = Desk.make(days(1))

    with pytest.raises(ExtensionInvalid) as refusal:
        extend(desk, desk.start(), minutes)

    assert refusal.value.field == "minutes"


def test_extend_of_a_closed_task_names_who_closed_it() -> None:
    desk = Desk.make(days(1))
    case = desk.start()
    desk.complete(case, "camat")

    with pytest.raises(AlreadyCompleted):
        extend(desk, case, 60)


def test_every_act_of_steering_wants_a_reason() -> None:
    desk = Desk.make(days(1))
    case = desk.start()

    for act in (
        lambda: pause(desk, case, reason="sakit"),
        lambda: extend(desk, case, 60, reason=""),
        lambda: cancel(desk, case, reason="batal"),
    ):
        with pytest.raises(ReasonMissing):
            act()


def test_cancel_withdraws_the_open_tasks_and_ends_the_run_for_good() -> None:
    desk = Desk.make(days(1))
    case = desk.start()
    task = desk.open_task(case, "camat")

    after = cancel(desk, case)

    task.refresh_from_db()
    assert (after.state, after.closed_at) == (CaseState.CANCELLED, desk.at)
    assert (task.state, task.minutes_used) == (TaskState.WITHDRAWN, None)
    with pytest.raises(AlreadyCompleted) as refusal:
        complete(task, desk.who("camat"), desk.at)
    assert "ditarik oleh Rina Wahyuni" in refusal.value.sentence
    for act in (lambda: cancel(desk, case), lambda: pause(desk, case), lambda: resume(desk, case)):
        with pytest.raises(CaseIsClosed):
            act()


def test_cancel_of_a_paused_run_ends_its_pause() -> None:
    desk = Desk.make(days(1))
    case = desk.start()
    pause(desk, case)

    after = cancel(desk, case)

    assert after.paused_at is None
    assert CasePause.objects.get(case=case).resumed_at == desk.at


def add_holiday(calendar: WorkCalendar, day: date) -> None:
    Holiday.objects.create(
        calendar=calendar, date=day, kind=HolidayKind.COLLECTIVE_LEAVE, name="Cuti bersama tambahan"
    )
    calendar.version += 1
    calendar.save()


def test_a_new_holiday_moves_open_deadlines_and_no_closed_ones() -> None:
    desk = Desk.make(days(2))
    case = desk.start()
    first = desk.open_task(case, "camat")
    desk.complete(case, "camat")
    calendar = desk.office.unit.parent.calendar
    add_holiday(calendar, date(2026, 3, 3))

    moved = actions.reschedule_open_tasks(calendar=calendar, at=desk.later(minutes=5))

    second = desk.open_task(case, "sekcam")
    assert (second.due_at, second.calendar_version) == (local(4, 16), 2)
    assert Task.objects.get(pk=first.pk).due_at == first.due_at == local(4, 16)
    assert moved == 1
    assert CaseEvent.objects.latest("id").kind == EventKind.RESCHEDULED
    assert Case.objects.get(pk=case.pk).due_at == local(6, 16)
    late = Reminder.objects.get(task_id=second.pk, kind=ReminderKind.LATE)
    assert late.due_at == local(4, 16)


def test_rescheduling_again_does_nothing() -> None:
    desk = Desk.make(days(2))
    case = desk.start()
    calendar = desk.office.unit.parent.calendar
    add_holiday(calendar, date(2026, 3, 3))
    actions.reschedule_open_tasks(calendar=calendar, at=desk.at)

    assert actions.reschedule_open_tasks(calendar=calendar, at=desk.at) == 0
    assert CaseEvent.objects.filter(case_id=case.pk).count() == 2


def test_rescheduling_keeps_pauses_and_extensions() -> None:
    desk = Desk.make(days(1))
    case = desk.start()
    extend(desk, case, 450)
    calendar = desk.office.unit.parent.calendar
    add_holiday(calendar, date(2026, 3, 3))

    actions.reschedule_open_tasks(calendar=calendar, at=desk.at)

    assert desk.open_task(case, "camat").due_at == local(5, 16)


def test_a_holiday_taken_away_moves_them_back() -> None:
    desk = Desk.make(days(1))
    case = desk.start()
    calendar = desk.office.unit.parent.calendar
    add_holiday(calendar, date(2026, 3, 3))
    actions.reschedule_open_tasks(calendar=calendar, at=desk.at)
    calendar.holidays.all().delete()
    calendar.version += 1
    calendar.save()

    actions.reschedule_open_tasks(calendar=calendar, at=desk.at)

    assert desk.open_task(case, "camat").due_at == local(3, 16)


def test_the_news_of_a_changed_calendar_reaches_the_runs_through_the_worker() -> None:
    desk = Desk.make(days(1))
    case = desk.start()
    calendar = desk.office.unit.parent.calendar
    with write_transaction():
        add_holiday(calendar, date(2026, 3, 3))
        calendar_changed.send(sender=WorkCalendar, calendar=calendar, at=desk.at)

    drain(at=AT)

    assert desk.open_task(case, "camat").due_at == local(4, 16)
    assert not OutboxMessage.objects.filter(topic="cases.reschedule", sent_at=None).exists()

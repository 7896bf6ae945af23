"""Kalender tugas: a month of the reader's duties."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.cast import TODAY, Cast
from tests.web.conftest import Visit
from tests.web.meetings import hold_meeting
from tests.web.stage import Stage, pass_on, start_run

from runtut.accounts.models import User
from runtut.cases.models import FollowUp, Meeting, Task
from runtut.organisations.models import Holiday
from runtut.organisations.queries import authorities_of
from runtut.procedures.enums import CheckupKind
from runtut.web.showing.month import following, month_named, previous


def day_of(text: str, day: date) -> str:
    """What stands on a day."""
    next_day = r'(?=<li class="[^"]*"(?: aria-current="date")?><p class="tgl">|</ol>)'
    found = re.search(rf'(?s)datetime="{day.isoformat()}".*?{next_day}', text)
    assert found is not None
    return found.group()


def due_day(task: Task) -> date:
    return task.unit.local_date(task.due_at)


def test_month_shows_the_deadline_of_an_own_task_on_its_day(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    task = case.tasks.select_related("unit").get()
    text = visit(stage.cast.budi).get("/kalender/", {"bulan": f"{due_day(task):%Y-%m}"}).text

    assert case.title in day_of(text, due_day(task))
    assert f'href="/kerja/{case.uid}/"' in day_of(text, due_day(task))


def test_month_shows_the_sop_to_judge_on_its_day_to_its_assessor_alone(stage: Stage, visit: Visit) -> None:
    evaluation = stage.version.checkups.get(kind=CheckupKind.EVALUATION)
    month = {"bulan": f"{evaluation.due_on:%Y-%m}"}

    own, others = (visit(user).get("/kalender/", month).text for user in (stage.cast.budi, stage.cast.joko))

    assert evaluation.title in day_of(own, evaluation.due_on)
    assert f'href="/sop/pemantauan/{evaluation.uid}/"' in day_of(own, evaluation.due_on)
    assert evaluation.title not in others


def test_month_of_somebody_else_shows_nothing_of_it(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    task = case.tasks.select_related("unit").get()

    text = visit(stage.cast.joko).get("/kalender/", {"bulan": f"{due_day(task):%Y-%m}"}).text

    assert case.title not in text
    assert "Belum ada tugas bertanggal" in text


def test_task_handed_over_leaves_the_calendar(stage: Stage, at: datetime, visit: Visit) -> None:
    case = start_run(stage, at)
    task = case.tasks.select_related("unit", "position").get()
    Task.objects.filter(pk=task.pk).update(due_at=at + timedelta(days=20))
    before = visit(stage.cast.budi).get("/kalender/").text
    pass_on(case, stage, at)

    due = stage.cast.office.unit.local_date(at + timedelta(days=20))
    assert case.title in day_of(before, due)
    assert case.title not in day_of(visit(stage.cast.budi).get("/kalender/").text, due)


def test_month_shows_holidays_and_days_off(stage: Stage, visit: Visit) -> None:
    holiday = (
        Holiday.objects.filter(calendar=stage.calendar, date__year=2026, date__month=3)
        .order_by("date")
        .first()
    )
    assert holiday is not None

    text = visit(stage.cast.sari).get("/kalender/", {"bulan": "2026-03"}).text

    assert holiday.name in day_of(text, holiday.date)
    assert re.search(r'class="[^"]*bebas[^"]*"[^>]*><p class="tgl"><time datetime="2026-03-07"', text)
    assert not re.search(r'class="[^"]*bebas[^"]*"[^>]*><p class="tgl"><time datetime="2026-03-03"', text)


def acting_for(cast: Cast, position_id: int) -> User:
    """Whoever acts for a position on the cast's day."""
    people = [cast.budi, cast.sari, *cast.office.people.values()]
    return next(
        one for one in people if position_id in {it.position_id for it in authorities_of(user=one, on=TODAY)}
    )


def test_month_shows_meetings_to_those_who_are_called(stage: Stage, visit: Visit) -> None:
    hold_meeting(stage)
    meeting = Meeting.objects.select_related("unit").get()
    day = meeting.unit.local_date(meeting.starts_at)
    month = {"bulan": f"{day:%Y-%m}"}
    chair = acting_for(stage.cast, meeting.chair_id)

    assert meeting.title in day_of(visit(chair).get("/kalender/", month).text, day)
    assert f"/rapat/{meeting.uid}/" not in visit(stage.cast.joko).get("/kalender/", month).text


def test_month_shows_a_follow_up_to_whoever_does_it(stage: Stage, visit: Visit) -> None:
    hold_meeting(stage)
    item = FollowUp.objects.select_related("unit").earliest("id")
    due = item.unit.local_date(item.due_at)
    month = {"bulan": f"{due:%Y-%m}"}
    url = f"/tindak-lanjut/{item.uid}/"

    assert url in day_of(visit(acting_for(stage.cast, item.position_id)).get("/kalender/", month).text, due)
    assert url not in visit(stage.cast.joko).get("/kalender/", month).text


def test_month_says_which_sop_is_due_for_which_quarter(stage: Stage, visit: Visit) -> None:
    text = visit(stage.cast.budi).get("/kalender/", {"bulan": "2026-04"}).text

    assert "Mulai pengukuran TW I 2026" in day_of(text, date(2026, 4, 1))
    assert "menurut SOP Pengukuran Data Kinerja" in day_of(text, date(2026, 4, 1))


def test_today_is_marked_and_the_neighbours_are_linked(cast: Cast, visit: Visit) -> None:
    text = visit(cast.sari).get("/kalender/").text

    assert f'aria-current="date"><p class="tgl"><time datetime="{TODAY.isoformat()}"' in text
    assert 'href="?bulan=2026-02"' in text
    assert 'href="?bulan=2026-04"' in text
    assert "Bulan ini" not in text
    assert "Bulan ini" in visit(cast.sari).get("/kalender/", {"bulan": "2026-05"}).text


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-3", "1999-01", "9999-12", "kemarin", "2026-W1", "\x00"]
)
def test_month_that_cannot_be_read_is_the_present_one(text: str) -> None:
    assert month_named(text, TODAY) == date(2026, 3, 1)


def test_neighbours_of_a_month_cross_the_year() -> None:
    assert (following(date(2026, 12, 1)), previous(date(2026, 1, 1))) == (date(2027, 1, 1), date(2025, 12, 1))
    assert following(date(2026, 1, 1)) == date(2026, 2, 1)


@pytest.mark.parametrize("number", [1, 3])
def test_month_asks_as_much_for_one_task_as_for_three(
    number: int, stage: Stage, at: datetime, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(1, number + 1):
        start_run(stage, at, place)
    Task.objects.update(due_at=at + timedelta(days=9))
    budi = visit(stage.cast.budi)
    budi.get("/kalender/")

    with django_assert_num_queries(23):
        budi.get("/kalender/")


def test_beranda_leads_to_the_calendar(stage: Stage, visit: Visit) -> None:
    assert 'href="/kalender/"' in visit(stage.cast.sari).get("/").text
    assert 'href="/kalender/"' in visit(stage.cast.joko).get("/").text

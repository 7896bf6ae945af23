"""Who asks for the year, who lives it, and what is left alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import Settings

from runtut import cli
from runtut.cases.models import Case, CaseEvent
from runtut.config.commands.data import load_demonstration
from runtut.core import jobs
from runtut.core.jobs import registry
from runtut.core.locks import write_transaction
from runtut.core.models import OutboxMessage
from runtut.demo.actions import live_year
from runtut.demo.formulas import first_year, founding_day, minutes_taken, reached, timetable
from runtut.demo.jobs import PORTION
from runtut.demo.queries import living_since, progress
from runtut.organisations.errors import DemoNotAllowed
from runtut.performance.actions import load_demo_performance
from runtut.performance.models import Realisation, Rkt

UNTIL = datetime(2026, 11, 20, 3, tzinfo=UTC)
TODAY = UNTIL.date()


def weekday(day: date) -> bool:
    return day.weekday() < 5


def test_timetable_goes_from_plan_to_evaluation_in_order() -> None:
    rows = timetable(TODAY, weekday)

    keys = [row.key for row in rows]
    assert keys[0] == "s5.2025"
    assert [row.starts_on for row in rows] == sorted(row.starts_on for row in rows)
    assert all(weekday(row.starts_on) and row.starts_on <= TODAY for row in rows)
    for key in ("s1.2025.4", "s6.2025", "s4.2025", "s2.2026.3", "s5.2027"):
        assert key in keys
    assert [row.key for row in rows if row.is_fresh] == ["s3.2026.4"]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("month", range(1, 13))
def test_timetable_has_work_of_the_last_weeks_in_every_month(month: int) -> None:
    """Whatever the month in which the demonstration is loaded, something has begun a few weeks before."""
    today = date(2026, month, 19)

    rows = timetable(today, weekday)

    assert today - rows[-1].starts_on <= timedelta(days=31)
    assert first_year(today) == 2025
    assert rows[0].starts_on > founding_day(today)


def test_timetable_ends_with_the_renstra() -> None:
    assert {row.year for row in timetable(date(2031, 3, 4), weekday)} == {2028, 2029}


def test_pace_is_the_same_every_time_and_mostly_in_time() -> None:
    taken = [minutes_taken(450, "s2.2026.1", number) for number in range(400)]

    assert taken == [minutes_taken(450, "s2.2026.1", number) for number in range(400)]
    late = sum(one > 450 for one in taken)
    assert 20 < late < 80
    assert min(taken) > 60


def test_figures_stay_within_their_bounds_and_miss_some_targets() -> None:
    given: dict[str, Any] = {"decimals": 2, "less_is_better": False}
    free = [reached(Decimal(90), most=None, of=f"a {number}", **given) for number in range(300)]
    bounded = [reached(Decimal(99), most=Decimal(100), of=f"b {number}", **given) for number in range(300)]

    assert 60 < sum(one < 90 for one in free) < 140
    assert max(bounded) == 100


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True


@pytest.mark.django_db
def test_the_year_is_refused_where_there_is_no_demonstration(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(DemoNotAllowed):
        live_year(until=UNTIL)


@pytest.mark.django_db
def test_loading_asks_the_worker_once_and_leaves_the_years_to_it(demo: None) -> None:
    load_demonstration(at=UNTIL)
    load_demonstration(at=UNTIL + timedelta(hours=1))

    assert OutboxMessage.objects.filter(topic="demo.year").count() == 1
    sukamaju = "Kec. Sukamaju"
    assert not Realisation.objects.filter(indicator__unit__short_name=sukamaju).exists()
    assert not Rkt.objects.filter(unit__short_name=sukamaju).exists()
    assert Realisation.objects.filter(indicator__unit__short_name="Kec. Sukasari").exists()
    found = progress()
    assert found is not None
    assert (found.unit.short_name, found.reached) == (sukamaju, None)


@pytest.mark.django_db
def test_an_office_with_figures_of_its_own_is_left_alone(demo: None) -> None:
    load_demonstration(at=UNTIL)
    OutboxMessage.objects.all().delete()
    load_demo_performance(at=UNTIL)

    load_demonstration(at=UNTIL)

    assert living_since(at=UNTIL) is None
    assert not OutboxMessage.objects.filter(topic="demo.year").exists()
    assert live_year(until=UNTIL).moves == 0
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_the_year_goes_on_where_it_stopped(demo: None) -> None:
    load_demonstration(at=UNTIL)
    first = live_year(until=UNTIL, moves=9)
    case = Case.objects.get()
    assert (first.moves, first.is_over, case.title) == (9, False, "Penyusunan Rencana Kinerja Tahunan 2025")
    before = case.version
    load_demonstration(at=UNTIL)

    second = live_year(until=UNTIL, moves=6)

    case.refresh_from_db()
    assert second.moves == 6
    assert second.now > first.now
    assert Case.objects.count() == 1
    assert case.version > before
    assert not Realisation.objects.filter(indicator__unit=case.unit).exists(), "still left to the office"


@pytest.mark.django_db
def test_the_worker_comes_back_until_the_year_is_over(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runtut.demo.jobs.PORTION", 5)
    load_demonstration(at=UNTIL)

    jobs.drain(at=UNTIL, topics=("demo.year",))

    row = OutboxMessage.objects.get(topic="demo.year")
    assert (row.sent_at, row.attempts) == (None, 0)
    assert row.due_at > UNTIL
    assert Case.objects.exists()
    assert PORTION > 5
    papers = OutboxMessage.objects.filter(topic="documents.render")
    assert set(papers.values_list("due_at", flat=True)) <= {UNTIL + timedelta(days=1)}


@pytest.mark.django_db
def test_a_worker_that_is_to_stop_need_not_wait_for_a_portion(demo: None) -> None:
    load_demonstration(at=UNTIL)
    asked: list[int] = []

    def after_three_moves() -> bool:
        asked.append(CaseEvent.objects.count())
        return len(asked) > 4

    jobs.drain(at=UNTIL, topics=("demo.year",), stopping=after_three_moves)

    row = OutboxMessage.objects.get(topic="demo.year")
    assert (row.sent_at, row.attempts, row.lease_until) == (None, 0, None)
    assert 0 < CaseEvent.objects.count() < PORTION
    assert live_year(until=UNTIL, moves=1).moves == 1, "it goes on where it was broken off"


@pytest.mark.django_db
def test_papers_that_were_put_off_are_made_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for topic in ("a", "b"):
        monkeypatch.setitem(registry._handlers, topic, print)
    later = UNTIL + timedelta(days=1)
    with write_transaction():
        for number in range(3):
            jobs.enqueue(region=1, topic="a", key=f"a{number}", payload={}, at=UNTIL - timedelta(days=number))
        jobs.enqueue(region=1, topic="a", key="new", payload={}, at=UNTIL)
        jobs.enqueue(region=1, topic="b", key="b", payload={}, at=UNTIL - timedelta(days=1))

    assert jobs.put_off(topic="a", due_before=UNTIL, to=later) == 2
    assert jobs.newest_first(topic="a", due_at=later, at=UNTIL) == 2

    due = dict(OutboxMessage.objects.values_list("key", "due_at"))
    assert due["a0"] == due["new"] == due["a2"] == UNTIL < due["a1"] < later
    assert due["b"] < UNTIL


@pytest.mark.django_db
def test_the_command_lives_the_year_up_to_an_instant(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    load_demonstration(at=datetime(2024, 11, 4, 2, tzinfo=UTC))

    assert cli.main(["demo", "year", "--until", "2024-11-04T02:00"]) == 0

    told = capsys.readouterr().out
    assert told.endswith("up to 2024-11-04 01:30 UTC.\n"), told
    assert Case.objects.get().year == 2025

"""What must hold for every calendar and every instant, against an oracle that walks minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from runtut.core.worktime import NORMAL, RAMADAN, Calendar, HoursRule, build_calendar

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
MINUTE = timedelta(minutes=1)
FIRST, LAST = date(2025, 2, 1), date(2025, 5, 31)


def rules(
    kind: str, valid_from: date, valid_until: date | None, *spans: tuple[int, int, int]
) -> list[HoursRule]:
    """Spans as (weekday, start, end), the times as hour * 100 + minute."""
    return [
        HoursRule(kind, valid_from, valid_until, weekday, time(*divmod(start, 100)), time(*divmod(end, 100)))
        for weekday, start, end in spans
    ]


FIVE_DAYS = [(day, *span) for day in range(4) for span in ((730, 1200), (1300, 1600))]
FRIDAY = [(4, 730, 1130), (4, 1300, 1630)]
RAMADAN_DAYS = [(day, *span) for day in range(4) for span in ((800, 1200), (1230, 1500))]
RAMADAN_FRIDAY = [(4, 800, 1130), (4, 1230, 1530)]
SIX_DAYS = [(day, 700, 1315) for day in range(6)]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    normal = draw(st.sampled_from([FIVE_DAYS + FRIDAY, SIX_DAYS]))
    hours = rules(NORMAL, date(2000, 1, 1), None, *normal)
    if draw(st.booleans()):
        start = draw(st.dates(date(2025, 2, 10), date(2025, 4, 1)))
        hours += rules(RAMADAN, start, start + timedelta(days=30), *RAMADAN_DAYS, *RAMADAN_FRIDAY)
    return build_calendar(
        hours=hours,
        holidays=draw(st.sets(st.dates(FIRST, LAST), max_size=25)),
        zone=draw(st.sampled_from(ZONES)),
        version=1,
        first=date(2025, 1, 1),
        last=date(2025, 12, 31),
    )


def instants(step: timedelta = MINUTE) -> st.SearchStrategy[datetime]:
    start = datetime.combine(FIRST, time(), UTC)
    steps = (datetime.combine(LAST, time(), UTC) - start) // step
    return st.integers(0, steps).map(lambda count: start + count * step)


MINUTES = st.integers(1, 6000)


@given(calendars(), instants(timedelta(seconds=0.25)), st.integers(0, 6000))
def test_between_takes_back_what_add_gave(calendar: Calendar, start: datetime, minutes: int) -> None:
    assert calendar.between(start, calendar.add(start, minutes)) == minutes


@given(calendars(), instants(), instants())
def test_add_takes_back_what_between_gave_up_to_closed_time(
    calendar: Calendar, a: datetime, b: datetime
) -> None:
    a, b = min(a, b), max(a, b)
    reached = calendar.add(a, calendar.between(a, b))
    assert calendar.between(*sorted((reached, b))) == 0


@given(calendars(), instants(), MINUTES, MINUTES)
def test_add_is_additive(calendar: Calendar, start: datetime, first: int, second: int) -> None:
    assert calendar.add(calendar.add(start, first), second) == calendar.add(start, first + second)


@given(calendars(), instants(), instants(), instants())
def test_between_is_additive(calendar: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)


@given(calendars(), instants(), instants())
def test_between_changes_only_its_sign_with_the_order(calendar: Calendar, a: datetime, b: datetime) -> None:
    assert calendar.between(a, b) == -calendar.between(b, a)


@given(calendars(), instants(timedelta(seconds=1)), instants(timedelta(seconds=1)), st.integers(0, 6000))
def test_add_never_turns_two_starts_around(
    calendar: Calendar, a: datetime, b: datetime, minutes: int
) -> None:
    a, b = min(a, b), max(a, b)
    assert calendar.add(a, minutes) <= calendar.add(b, minutes)


@given(calendars(), instants(), MINUTES)
def test_add_more_ends_later(calendar: Calendar, start: datetime, minutes: int) -> None:
    assert start < calendar.add(start, minutes) < calendar.add(start, minutes + 1)


@given(calendars(), instants(timedelta(seconds=7)), MINUTES)
def test_add_lands_in_working_time(calendar: Calendar, start: datetime, minutes: int) -> None:
    end = calendar.add(start, minutes)
    assert calendar.is_open(end - timedelta(microseconds=1))
    assert calendar.is_working_day(end.astimezone(calendar.zone).date())


@given(calendars(), instants(), st.integers(1, 15))
def test_nth_working_day_has_n_working_days_after_the_start(
    calendar: Calendar, start: datetime, n: int
) -> None:
    end = calendar.end_of_nth_working_day(start, n)
    day = start.astimezone(calendar.zone).date()
    last = end.astimezone(calendar.zone).date()
    counted = sum(
        calendar.is_working_day(day + timedelta(days=step)) for step in range(1, (last - day).days + 1)
    )
    assert counted == n
    assert calendar.is_open(end - timedelta(microseconds=1))
    assert not calendar.is_open(end)


@given(
    calendars(),
    instants(),
    st.decimals("0.05", "6", places=2),
    st.decimals("0.05", "6", places=2),
    st.sampled_from(["menit", "jam", "hari"]),
)
def test_deadline_never_falls_when_the_standard_rises(calendar, start, a, b, unit) -> None:
    a, b = min(a, b), max(a, b)
    assert calendar.deadline(start, a, unit) <= calendar.deadline(start, b, unit)


def open_by_the_rules(hours: list[HoursRule], holidays: set[date], zone: ZoneInfo, at: datetime) -> bool:
    """The oracle's only question: is the office open in the minute that begins at `at`?"""
    local = at.astimezone(zone)
    day, clock = local.date(), local.time()
    if day in holidays:
        return False
    special = any(rule.kind == RAMADAN and rule.is_valid_on(day) for rule in hours)
    return any(
        rule.start <= clock < rule.end
        for rule in hours
        if rule.weekday == day.weekday() and rule.is_valid_on(day) and (rule.kind == RAMADAN) == special
    )


@given(
    st.sampled_from(ZONES),
    st.dates(date(2025, 2, 24), date(2025, 4, 2)),
    st.sets(st.dates(FIRST, LAST), max_size=10),
    instants(),
    st.integers(1, 480),
)
def test_add_and_between_agree_with_walking_every_minute(
    zone_name: str, ramadan: date, holidays: set[date], start: datetime, minutes: int
) -> None:
    zone = ZoneInfo(zone_name)
    hours = rules(NORMAL, date(2000, 1, 1), None, *FIVE_DAYS, *FRIDAY)
    hours += rules(RAMADAN, ramadan, ramadan + timedelta(days=30), *RAMADAN_DAYS, *RAMADAN_FRIDAY)
    calendar = build_calendar(
        hours=hours, holidays=holidays, zone=zone_name, version=1, first=FIRST, last=LAST
    )
    walked, at = 0, start
    while walked < minutes:
        walked += open_by_the_rules(hours, holidays, zone, at)
        at += MINUTE
    assert calendar.add(start, minutes) == at
    assert calendar.between(start, at) == minutes
    assert calendar.is_open(start) == open_by_the_rules(hours, holidays, zone, start)

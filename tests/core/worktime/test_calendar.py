from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from tests.core.worktime.national import calendar, holidays, hours, wib

from runtut.core.worktime import NORMAL, HoursRule, NoWorkingTime, OutsideCalendar, build_calendar


def short_calendar(**changes: object):
    values = {
        "hours": hours(),
        "holidays": holidays(),
        "zone": "Asia/Jakarta",
        "version": 7,
        "first": date(2025, 3, 1),
        "last": date(2025, 3, 31),
    }
    return build_calendar(**{**values, **changes})


def test_calendar_carries_its_version() -> None:
    assert short_calendar().version == 7


def test_a_calendar_grows_forward_and_backward_on_demand() -> None:
    short = short_calendar()
    assert short.add(wib("2025-03-27 10.00"), 60_000) == calendar().add(wib("2025-03-27 10.00"), 60_000)
    assert short.between(wib("2024-01-02 08.00"), wib("2026-11-02 08.00")) == calendar().between(
        wib("2024-01-02 08.00"), wib("2026-11-02 08.00")
    )
    assert not short.is_working_day(date(2024, 12, 25))


def test_growth_in_two_threads_at_once_answers_both() -> None:
    """Either thread may keep its own table; neither may be answered from the other's."""
    moments = [wib("2024-01-02 08.00"), wib("2025-03-03 08.00"), wib("2026-11-02 08.00")]
    with ThreadPoolExecutor(2) as threads:
        for _ in range(20):
            halves = list(threads.map(short_calendar().between, moments[:2], moments[1:]))
            assert sum(halves) == calendar().between(moments[0], moments[2])


def test_a_year_that_can_only_be_a_slip_is_refused() -> None:
    with pytest.raises(OutsideCalendar) as refusal:
        calendar().add(datetime(202, 1, 5, tzinfo=UTC), 5)
    assert refusal.value.sentence == (
        "Tanggal di tahun 202 berada di luar kalender kerja (1990 sampai 2199). Periksa tahunnya."
    )


def test_more_work_than_there_are_years_is_refused() -> None:
    monday_morning = HoursRule(NORMAL, date(2024, 1, 1), None, 0, time(8), time(9))
    with pytest.raises(OutsideCalendar):
        short_calendar(hours=[monday_morning]).add(wib("2026-01-05 08.00"), 60 * 53 * 200)


def test_a_calendar_without_hours_is_refused_by_name() -> None:
    with pytest.raises(NoWorkingTime) as refusal:
        short_calendar(hours=[]).add(wib("2025-03-27 10.00"), 5)
    assert refusal.value.sentence == (
        "Kalender kerja unit ini tidak mempunyai jam kerja setelah 27 Maret 2025. "
        "Lengkapi jam kerja di Pengaturan."
    )


def test_hours_that_end_leave_no_working_time_after() -> None:
    ended = [HoursRule(NORMAL, date(2025, 1, 1), date(2025, 3, 28), 3, time(8), time(12))]
    office = short_calendar(hours=ended)
    assert office.add(wib("2025-03-27 08.00"), 240) == wib("2025-03-27 12.00")
    with pytest.raises(NoWorkingTime):
        office.add(wib("2025-03-27 08.00"), 241)
    with pytest.raises(NoWorkingTime):
        office.end_of_nth_working_day(wib("2025-03-27 08.00"), 1)


def test_touching_and_overlapping_spans_count_once() -> None:
    spans = [(8, 10), (10, 12), (9, 11), (13, 14)]
    rules = [HoursRule(NORMAL, date(2020, 1, 1), None, 0, time(a), time(b)) for a, b in spans]
    office = short_calendar(hours=rules, holidays=[])
    assert office.between(wib("2025-03-03 00.00"), wib("2025-03-04 00.00")) == 5 * 60


def test_new_hours_hold_from_their_day_on() -> None:
    old = HoursRule(NORMAL, date(2020, 1, 1), date(2025, 3, 10), 0, time(8), time(12))
    new = HoursRule(NORMAL, date(2025, 3, 10), None, 0, time(7), time(8))
    office = short_calendar(hours=[old, new], holidays=[])
    assert office.add(wib("2025-03-03 08.00"), 241) == wib("2025-03-10 07.01")


def test_is_open_from_the_first_instant_and_not_at_the_last() -> None:
    moments = ["07.29", "07.30", "11.59", "12.00", "12.59", "13.00", "15.59", "16.00"]
    assert [calendar().is_open(wib(f"2026-09-28 {moment}")) for moment in moments] == [
        False,
        True,
        True,
        False,
        False,
        True,
        True,
        False,
    ]


def test_seconds_are_kept_and_minutes_cut_off() -> None:
    start = datetime(2026, 9, 28, 10, 0, 30, tzinfo=wib("2026-09-28 10.00").tzinfo)
    assert calendar().add(start, 5).second == 30
    assert calendar().between(start, wib("2026-09-28 10.06")) == 5


@pytest.mark.parametrize(("value", "unit"), [("0", "hari"), ("-1", "menit"), ("1", "minggu"), ("1", "bulan")])
def test_deadline_of_no_time_or_of_an_unknown_unit_is_an_error(value: str, unit: str) -> None:
    with pytest.raises(ValueError, match=unit):
        calendar().deadline(wib("2026-09-28 10.00"), Decimal(value), unit)


def test_negative_minutes_and_day_zero_are_errors() -> None:
    with pytest.raises(ValueError, match="-1 minutes"):
        calendar().add(wib("2026-09-28 10.00"), -1)
    with pytest.raises(ValueError, match="working day 0"):
        calendar().end_of_nth_working_day(wib("2026-09-28 10.00"), 0)


@pytest.mark.parametrize(("weekday", "start", "end"), [(7, 8, 9), (-1, 8, 9), (0, 9, 9), (0, 12, 8)])
def test_a_rule_that_is_no_span_is_an_error(weekday: int, start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"weekday|a span"):
        HoursRule(NORMAL, date(2020, 1, 1), None, weekday, time(start), time(end))

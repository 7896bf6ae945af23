"""Days counted by hand on the wall calendar, on the shipped national calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from holidays import Indonesia
from tests.core.worktime.national import calendar, data, wib

from runtut.core.worktime import Calendar

IDUL_FITRI = [
    # Ramadan hours: Thursday 27 March 08.00-12.00, 12.30-15.00; closed 28 March to 7 April.
    ("2025-03-27 10.00", 120, "2025-03-27 12.00"),
    ("2025-03-27 10.00", 121, "2025-03-27 12.31"),
    ("2025-03-27 10.00", 270, "2025-03-27 15.00"),
    ("2025-03-27 10.00", 271, "2025-04-08 07.31"),
    ("2025-03-27 15.00", 450, "2025-04-08 16.00"),
    ("2025-04-02 09.00", 60, "2025-04-08 08.30"),
    # The last Friday of Ramadan with work: 21 March, 08.00-11.30, 12.30-15.30.
    ("2025-03-21 11.00", 60, "2025-03-21 13.00"),
    ("2025-03-21 11.00", 211, "2025-03-24 08.01"),
    # Friday 28 February is not yet Ramadan, Monday 3 March is.
    ("2025-02-28 16.00", 60, "2025-03-03 08.30"),
]
YEAR_ENDS = [
    # 24/25: 25 (Wed) Natal, 26 (Thu) cuti bersama, 1 January (Wed).
    ("2024-12-24 15.00", 61, "2024-12-27 07.31"),
    ("2024-12-27 16.00", 31, "2024-12-30 07.31"),
    ("2024-12-31 15.30", 60, "2025-01-02 08.00"),
    # 25/26: 25 (Thu), 26 (Fri) cuti bersama, 1 January (Thu), 2 January (Fri) is a working day.
    ("2025-12-24 15.30", 60, "2025-12-29 08.00"),
    ("2025-12-31 15.59", 2, "2026-01-02 07.31"),
    # 26/27: 24 (Thu) cuti bersama, 25 (Fri).
    ("2026-12-23 16.00", 1, "2026-12-28 07.31"),
]
ORDINARY = [
    ("2026-09-28 08.10", 5, "2026-09-28 08.15"),
    ("2026-09-28 06.00", 5, "2026-09-28 07.35"),
    ("2026-09-28 11.58", 5, "2026-09-28 13.03"),
    ("2026-09-28 12.30", 450, "2026-09-29 12.00"),
    ("2026-10-02 11.30", 1, "2026-10-02 13.01"),
    ("2026-10-02 16.30", 1, "2026-10-05 07.31"),
    ("2026-10-03 10.00", 0, "2026-10-05 07.30"),
    ("2026-09-28 12.30", 0, "2026-09-28 13.00"),
    ("2026-09-28 12.00", 0, "2026-09-28 12.00"),
]


@pytest.mark.parametrize(("start", "minutes", "end"), IDUL_FITRI + YEAR_ENDS + ORDINARY)
def test_add_by_hand(start: str, minutes: int, end: str) -> None:
    assert calendar().add(wib(start), minutes) == wib(end)


DAYS = [
    ("2025-03-26 10.00", 1, "2025-03-27 15.00"),
    ("2025-03-26 10.00", 2, "2025-04-08 16.00"),
    ("2025-03-27 10.00", 1, "2025-04-08 16.00"),
    ("2025-03-27 10.00", 3, "2025-04-10 16.00"),
    ("2025-03-27 10.00", 4, "2025-04-11 16.30"),
    ("2025-04-05 10.00", 1, "2025-04-08 16.00"),
    # Jumat Agung 18 April, Friday.
    ("2025-04-16 10.00", 2, "2025-04-21 16.00"),
    ("2024-12-24 09.00", 1, "2024-12-27 16.30"),
    ("2024-12-24 09.00", 3, "2024-12-31 16.00"),
    ("2024-12-24 09.00", 4, "2025-01-02 16.00"),
    ("2025-12-24 09.00", 1, "2025-12-29 16.00"),
    ("2025-12-31 16.30", 1, "2026-01-02 16.30"),
    ("2026-09-28 07.00", 1, "2026-09-29 16.00"),
    ("2026-09-28 15.59", 1, "2026-09-29 16.00"),
    ("2026-10-02 23.30", 1, "2026-10-05 16.00"),
    # 27 November 2024, Wednesday: voting day.
    ("2024-11-26 10.00", 1, "2024-11-28 16.00"),
]


@pytest.mark.parametrize(("start", "n", "end"), DAYS)
def test_end_of_nth_working_day_by_hand(start: str, n: int, end: str) -> None:
    assert calendar().end_of_nth_working_day(wib(start), n) == wib(end)


BETWEEN = [
    ("2025-03-27 10.00", "2025-04-08 08.30", 330),
    ("2025-03-28 00.00", "2025-04-08 07.30", 0),
    ("2025-03-24 00.00", "2025-03-29 00.00", 4 * 390),
    ("2025-04-07 00.00", "2025-04-12 00.00", 4 * 450),
    ("2026-09-28 00.00", "2026-10-03 00.00", 37 * 60 + 30),
    ("2025-03-10 00.00", "2025-03-15 00.00", 32 * 60 + 30),
    ("2024-12-23 00.00", "2025-01-06 00.00", (2 + 1 + 2 + 2) * 450),
    ("2025-12-22 00.00", "2026-01-05 00.00", (3 + 3 + 1) * 450),
    ("2026-09-28 11.00", "2026-09-28 14.00", 120),
    ("2026-09-28 14.00", "2026-09-28 11.00", -120),
]


@pytest.mark.parametrize(("a", "b", "minutes"), BETWEEN)
def test_between_by_hand(a: str, b: str, minutes: int) -> None:
    assert calendar().between(wib(a), wib(b)) == minutes


def august(known_on: date) -> Calendar:
    return calendar(known_on=known_on)


def test_18_august_2025_counts_before_the_decree() -> None:
    before = august(date(2025, 8, 6))
    assert before.is_working_day(date(2025, 8, 18))
    assert before.end_of_nth_working_day(wib("2025-08-14 10.00"), 2) == wib("2025-08-18 16.00")
    assert before.add(wib("2025-08-15 16.00"), 60) == wib("2025-08-18 08.00")


def test_18_august_2025_does_not_count_after_the_decree() -> None:
    after = august(date(2025, 8, 7))
    assert not after.is_working_day(date(2025, 8, 18))
    assert after.end_of_nth_working_day(wib("2025-08-14 10.00"), 2) == wib("2025-08-19 16.00")
    assert after.add(wib("2025-08-15 16.00"), 60) == wib("2025-08-19 08.00")


def test_a_day_added_later_moves_nothing_that_ended_before() -> None:
    before, after = august(date(2025, 8, 6)), august(date(2025, 8, 7))
    opened = wib("2025-08-11 10.00")
    assert before.deadline(opened, Decimal(4), "hari") == after.deadline(opened, Decimal(4), "hari")


@pytest.mark.parametrize("start", ["2026-09-28 07.30", "2026-09-28 10.00", "2026-09-28 15.59"])
def test_one_day_is_neither_24_nor_8_hours(start: str) -> None:
    due = calendar().deadline(wib(start), Decimal(1), "hari")
    assert due == wib("2026-09-29 16.00")
    assert due - wib(start) != timedelta(hours=24)
    assert calendar().between(wib(start), due) not in {8 * 60, 24 * 60}


DEADLINES = [
    ("2026-09-28 08.10", "5", "menit", "2026-09-28 08.15"),
    ("2026-09-28 08.10", "2", "jam", "2026-09-28 10.10"),
    ("2026-09-28 15.00", "1.5", "jam", "2026-09-29 08.00"),
    ("2026-09-28 10.00", "1", "hari", "2026-09-29 16.00"),
    ("2026-09-28 10.00", "0.5", "hari", "2026-09-28 14.45"),
    ("2026-09-28 10.00", "1.5", "hari", "2026-09-30 11.15"),
    # A day of 390 minutes is over before 0,9 x 450 = 405 are; the whole day is the ceiling.
    ("2025-03-10 15.00", "0.9", "hari", "2025-03-11 15.00"),
    ("2026-09-28 10.00", "5", "hari", "2026-10-05 16.00"),
]


@pytest.mark.parametrize(("start", "value", "unit", "end"), DEADLINES)
def test_deadline_by_hand(start: str, value: str, unit: str, end: str) -> None:
    assert calendar().deadline(wib(start), Decimal(value), unit) == wib(end)


def test_local_hours_follow_the_zone_of_the_unit() -> None:
    opening = {
        zone: calendar(zone).add(datetime(2026, 9, 27, 12, 0, tzinfo=ZoneInfo("UTC")), 0).strftime("%H.%M")
        for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
    }
    assert opening == {"Asia/Jakarta": "00.30", "Asia/Makassar": "23.30", "Asia/Jayapura": "22.30"}


def test_a_day_of_the_unit_is_not_a_day_in_utc() -> None:
    """Monday 06.00 in Jayapura is still Sunday in UTC; Monday is day 0 there all the same."""
    at = datetime(2026, 9, 28, 6, 0, tzinfo=ZoneInfo("Asia/Jayapura"))
    due = calendar("Asia/Jayapura").end_of_nth_working_day(at, 1)
    assert due == datetime(2026, 9, 29, 16, 0, tzinfo=ZoneInfo("Asia/Jayapura"))


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_holidays_agree_with_an_independent_list(year: int) -> None:
    theirs = set(Indonesia(years=year, categories=("public", "government")))
    ours = {
        date.fromisoformat(row["date"]) for row in data()["holidays"] if row["date"].startswith(str(year))
    }
    assert ours == theirs


def test_every_working_day_has_450_minutes_and_390_in_ramadan() -> None:
    ramadan = [
        (date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_until"]))
        for row in data()["ramadan"]
    ]
    seen = {}
    day = date(2024, 1, 1)
    while day.year < 2027:
        if calendar().is_working_day(day):
            start = wib(f"{day} 00.00")
            minutes = calendar().between(start, start + timedelta(days=1))
            fasting = any(first <= day < last for first, last in ramadan)
            seen.setdefault((fasting, minutes), day)
        day += timedelta(days=1)
    assert set(seen) == {(False, 450), (True, 390)}


def test_every_holiday_names_its_decree() -> None:
    assert [
        row for row in data()["holidays"] if not (row["name"] and row["decree"] and row["announced"])
    ] == []

from __future__ import annotations

import locale
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from runtut.core import dates


def test_dates_of_a_day_in_every_form() -> None:
    day = date(2026, 11, 21)
    assert dates.long_date(day) == "21 November 2026"
    assert dates.day_date(day) == "Sabtu, 21 Nov"
    assert dates.full_day_date(day) == "Sabtu, 21 November 2026"
    assert dates.month_year(day) == "November 2026"


def test_every_month_has_its_name() -> None:
    assert [dates.long_date(date(2026, month, 1)) for month in range(1, 13)] == [
        "1 Januari 2026",
        "1 Februari 2026",
        "1 Maret 2026",
        "1 April 2026",
        "1 Mei 2026",
        "1 Juni 2026",
        "1 Juli 2026",
        "1 Agustus 2026",
        "1 September 2026",
        "1 Oktober 2026",
        "1 November 2026",
        "1 Desember 2026",
    ]


def test_every_day_of_the_week_has_its_name() -> None:
    assert [dates.day_date(date(2026, 8, day)) for day in range(3, 10)] == [
        "Senin, 3 Agu",
        "Selasa, 4 Agu",
        "Rabu, 5 Agu",
        "Kamis, 6 Agu",
        "Jumat, 7 Agu",
        "Sabtu, 8 Agu",
        "Minggu, 9 Agu",
    ]


def test_roman_month_of_every_month() -> None:
    assert " ".join(map(dates.roman_month, range(1, 13))) == "I II III IV V VI VII VIII IX X XI XII"


@pytest.mark.parametrize("number", [0, 13, -1])
def test_roman_month_of_no_month_is_an_error(number: int) -> None:
    with pytest.raises(ValueError, match=f"month {number}"):
        dates.roman_month(number)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (time(13, 5), "13.05"),
        (time(0, 0), "00.00"),
        (time(9, 59, 59), "09.59"),
        (datetime(2026, 11, 21, 7, 30, tzinfo=ZoneInfo("Asia/Jayapura")), "07.30"),
    ],
)
def test_clock_time_writes_a_dot(moment: time | datetime, text: str) -> None:
    assert dates.clock_time(moment) == text


def test_names_do_not_come_from_the_locale_of_the_machine() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "C")
        assert dates.full_day_date(date(2026, 5, 1)) == "Jumat, 1 Mei 2026"
    finally:
        locale.setlocale(locale.LC_TIME, before)

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.core.periods import Quarter

QUARTERS = st.builds(Quarter, st.integers(2000, 2100), st.integers(1, 4))


@pytest.mark.parametrize(
    ("day", "label", "start", "end"),
    [
        (date(2026, 1, 1), "TW I 2026", date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 3, 31), "TW I 2026", date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 6, 30), "TW II 2026", date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 9, 30), "TW III 2026", date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 12, 31), "TW IV 2026", date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_quarter_of_a_day(day: date, label: str, start: date, end: date) -> None:
    quarter = Quarter.of(day)
    assert (quarter.label, quarter.start, quarter.end) == (label, start, end)
    assert quarter.last_day == end - timedelta(days=1)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_quarter_and_in_no_other(day: date) -> None:
    quarter = Quarter.of(day)
    assert day in quarter
    assert day not in quarter.next()
    assert day not in quarter.previous()


@given(QUARTERS)
def test_quarters_join_without_a_gap(quarter: Quarter) -> None:
    assert quarter.next().previous() == quarter
    assert quarter.previous() < quarter < quarter.next()
    assert quarter.end == quarter.next().start


@pytest.mark.parametrize("number", [0, 5, -1])
def test_a_fifth_quarter_is_an_error(number: int) -> None:
    with pytest.raises(ValueError, match=f"quarter {number}"):
        Quarter(2026, number)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.reports.formulas import percentile, share_of

MINUTES = st.lists(st.integers(0, 100_000), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([], 50, None),
        ([7], 50, 7),
        ([1, 2, 3, 4], 50, 2),
        ([5, 1, 3], 50, 3),
        (list(range(1, 11)), 90, 9),
        (list(range(1, 12)), 90, 10),
        ([3, 1, 2], 100, 3),
        ([3, 1, 2], 0, 1),
    ],
)
def test_percentile_by_hand(values: list[int], share: int, expected: int | None) -> None:
    assert percentile(values, share) == expected


@given(MINUTES, st.integers(1, 100))
def test_percentile_is_the_least_value_that_covers_the_share(values: list[int], share: int) -> None:
    found = percentile(values, share)

    assert found in values
    assert sum(value <= found for value in values) * 100 >= share * len(values)
    assert sum(value < found for value in values) * 100 < share * len(values)


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, None), (0, 3, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (3, 3, 100)]
)
def test_share_is_rounded_half_up(part: int, whole: int, expected: int | None) -> None:
    assert share_of(part, whole) == expected

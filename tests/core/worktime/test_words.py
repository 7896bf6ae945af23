from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.core.worktime import humanise

WORDS = [
    (0, "0 menit"),
    (1, "1 menit"),
    (59, "59 menit"),
    (60, "1 jam"),
    (90, "1 jam 30 menit"),
    (449, "7 jam 29 menit"),
    (450, "1 hari"),
    (455, "1 hari 5 menit"),
    (2 * 450 + 5 * 60, "2 hari 5 jam"),
    (2 * 450 + 5 * 60 + 59, "2 hari 5 jam"),
    (6760, "15 hari 10 menit"),
    (-90, "1 jam 30 menit"),
]


@pytest.mark.parametrize(("minutes", "words"), WORDS)
def test_humanise_says_two_units_at_most(minutes: int, words: str) -> None:
    assert humanise(minutes) == words


@given(st.integers(0, 10**6))
def test_humanise_never_says_more_than_there_is(minutes: int) -> None:
    words = humanise(minutes).split()
    sizes = {"hari": 450, "jam": 60, "menit": 1}
    said = sum(int(count) * sizes[unit] for count, unit in zip(words[::2], words[1::2], strict=True))
    assert said <= minutes < said + (60 if "hari" in words else 1)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.procedures.graphs import graphs, small

from runtut.procedures.enums import Mode
from runtut.procedures.graph import split_modes


def test_step_unknown_number():
    with pytest.raises(KeyError):
        small().step(9)


def test_next_no_after_the_last_is_none():
    graph = small()
    assert [graph.next_no(step.no) for step in graph.steps] == [2, 3, None]


def test_total_minutes_is_the_sum():
    assert small(minutes=30).total_minutes == 150


def test_column_unknown_id():
    with pytest.raises(KeyError):
        small().column(7)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([(1, "main")], ("main", (1,), ())),
        ([(1, "main"), (2, "joint")], ("main", (1,), (2,))),
        ([(1, "joint"), (2, "main"), (3, "main")], ("main", (2,), (1, 3))),
        ([(1, "each"), (2, "each"), (3, "joint")], ("each", (1, 2), (3,))),
        ([(1, "joint")], ("main", (), (1,))),
        ([], ("main", (), ())),
    ],
)
def test_split_modes(entries, expected):
    assert split_modes(entries) == expected


@given(st.lists(st.sampled_from(Mode.values), max_size=6))
def test_split_modes_loses_nobody(modes):
    entries = list(enumerate(modes))
    _, actors, joint = split_modes(entries)
    assert sorted(actors + joint) == [column for column, _ in entries]


@given(graphs())
def test_next_no_walks_every_step_once(graph):
    walked, no = [], graph.first.no
    while no is not None:
        walked.append(no)
        no = graph.next_no(no)
    assert walked == [step.no for step in graph.steps]

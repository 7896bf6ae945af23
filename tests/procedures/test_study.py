"""The duration study against sums that can be done by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.procedures.graphs import chain, graphs, node, small

from runtut.procedures.graph import graph_of_document
from runtut.procedures.graph.study import Past, WhatIf, study
from runtut.procedures.queries import library_entry

CLOSE = 1e-6


def test_without_returns_every_run_takes_the_standard():
    found = study(small())
    assert (found.expected, found.ninetieth, found.standard) == (180, 180, 180)
    assert not found.is_assumed


def test_one_decision_repeats_what_lies_between():
    """Half of the attempts at step 2 go back to 1: on average each of both is done twice."""
    found = study(small(kind="decision", return_to=(1,)), assumed=0.5)
    assert [step.visits for step in found.steps] == pytest.approx([2, 2, 1])
    assert found.expected == pytest.approx(300)
    assert found.is_assumed


def test_nested_returns():
    """3 -> 2 with one half, 4 -> 3 with one half: 4 twice; its one return passes 3 (and 2) again."""
    graph = chain(
        node(1, kind="start"),
        node(2),
        node(3, kind="decision", return_to=(2,)),
        node(4, kind="decision", return_to=(3,)),
    )
    found = study(graph, assumed=0.5)
    assert [step.visits for step in found.steps] == pytest.approx([1, 3, 4, 2])


def test_several_targets_are_equally_likely():
    graph = chain(node(1, kind="start"), node(2), node(3, kind="decision", return_to=(2, 1)))
    found = study(graph, assumed=0.5)
    assert [step.visits for step in found.steps] == pytest.approx([1.5, 2, 2])


def test_past_runs_speak_once_there_are_enough():
    graph = small(kind="decision", return_to=(1,))
    few = study(graph, {2: Past((30,) * 9, 9)}, assumed=0.0)
    many = study(graph, {2: Past((30, 90) * 5, 5)}, assumed=0.0)
    assert few.expected == 180
    assert (many.steps[1].minutes, many.steps[1].returns) == (60, 0.5)
    assert many.expected == pytest.approx(300)
    assert (many.steps[1].from_runs, many.steps[0].from_runs, many.is_assumed) == (True, False, False)


def test_range_takes_anything_between_both_its_ends():
    """60 + (60 to 180) + 60: on average 240, and nine of ten within 60 + 168 + 60."""
    found = study(small(minutes=180, least=60))
    assert (found.standard, found.expected, found.has_range) == (300, 240, True)
    assert found.ninetieth == pytest.approx(288, abs=3)
    assert (found.steps[1].minutes, found.steps[1].least) == (120, 60)


def test_range_gives_way_to_past_runs_and_to_a_change():
    graph = small(minutes=180, least=60)
    lived = study(graph, {2: Past((70,) * 10)})
    changed = study(graph, what_if=WhatIf(2, minutes=90))
    other = study(graph, what_if=WhatIf(2, minutes=90, least=30))
    assert [one.expected for one in (lived, changed, other)] == [190, 210, 180]
    assert [one.has_range for one in (lived, changed, other)] == [False, False, True]


def test_share_of_returns_never_traps_a_run():
    found = study(small(kind="decision", return_to=(1,)), {2: Past((1,) * 10, 10)})
    assert found.steps[1].returns == 0.95


def test_critical_step_is_where_the_time_goes():
    found = study(graph_of_document(library_entry("s2")))
    assert found.critical.no == 5
    assert found.critical.total == max(step.total for step in found.steps)
    assert found.critical.if_halved == min(step.if_halved for step in found.steps)


def test_what_if_changes_time_and_returns():
    graph = small(kind="decision", return_to=(1,))
    assert study(graph, assumed=0.5, what_if=WhatIf(2, minutes=30)).expected == pytest.approx(240)
    assert study(graph, assumed=0.5, what_if=WhatIf(2, returns=0.0)).expected == pytest.approx(180)
    assert study(graph, assumed=0.5, what_if=WhatIf(3, returns=0.5)).expected == pytest.approx(300)


def test_halved_time_is_what_the_row_says():
    graph = graph_of_document(library_entry("s2"))
    found = study(graph)
    for step in found.steps:
        halved = study(graph, what_if=WhatIf(step.no, minutes=step.standard // 2))
        assert halved.expected == pytest.approx(step.if_halved, abs=2 * step.visits)


@settings(deadline=None, max_examples=40)
@given(graphs(), st.sampled_from([0.0, 0.1, 0.3]))
def test_figures_are_the_same_again_and_agree_with_the_drawn_runs(graph, assumed):
    found, again = study(graph, assumed=assumed), study(graph, assumed=assumed)
    assert found == again
    assert found.standard <= found.expected + CLOSE
    assert found.ninetieth >= found.standard
    assert found.expected == pytest.approx(sum(step.total for step in found.steps))


@settings(deadline=None, max_examples=20)
@given(graphs(), st.integers(0, 3))
def test_seed_hardly_moves_the_percentile(graph, seed):
    first, other = study(graph, assumed=0.2), study(graph, assumed=0.2, seed=seed)
    assert other.ninetieth == pytest.approx(first.ninetieth, rel=0.2)
    assert other.expected == first.expected

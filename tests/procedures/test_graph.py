from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.procedures.graphs import chain, graphs, node, small

from runtut.procedures.enums import Mode
from runtut.procedures.graph import Graph, Severity, blocking, has_empty_segment, lint, split_modes


def codes(graph: Graph, **context: object) -> list[str]:
    return [finding.code for finding in lint(graph, **context)]  # type: ignore[arg-type]  # a test's shorthand


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


def test_may_return_only_to_its_targets():
    graph = small(kind="decision", return_to=(1,))
    assert (graph.may_return(2, 1), graph.may_return(3, 1)) == (True, False)


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


def test_lint_sound_graph_has_no_findings():
    assert codes(small()) == []


def test_lint_without_steps():
    assert codes(Graph(steps=())) == ["no_steps"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"activity": " "}, "activity_missing"),
        ({"activity": "Kabid menghimpun data"}, "subject_in_activity"),
        ({"minutes": 0}, "time_missing"),
        ({"actors": (), "joint": (2,)}, "no_actor"),
        ({"joint": (5,)}, "performer_without_column"),
        ({"kind": "decision"}, "decision_without_return"),
        ({"kind": "decision", "return_to": (2,)}, "return_not_earlier"),
        ({"kind": "decision", "return_to": (3,)}, "return_not_earlier"),
        ({"return_to": (1,)}, "return_without_decision"),
        ({"kind": "start"}, "end_in_between"),
        ({"outputs": ()}, "no_output"),
        ({"requirements": ("Surat dari luar",)}, "input_gap"),
    ],
)
def test_lint_names_the_fault_of_a_step(changes, code):
    found = [finding for finding in lint(small(**changes)) if finding.step_no == 2]
    assert [finding.code for finding in found] == [code]


def test_lint_same_input_and_output():
    graph = small(requirements=("Hasil 1",), outputs=(" hasil  1",))
    assert "same_input_and_output" in codes(graph)


def test_lint_duplicate_number():
    graph = chain(node(1, kind="start"), node(1, actors=(2,)), node(2, kind="end"))
    assert codes(graph)[0] == "duplicate_number"


def test_lint_missing_number():
    graph = chain(node(1, kind="start"), node(3, actors=(2,), requirements=("Hasil 1",), kind="end"))
    assert codes(graph) == ["missing_number"]


def test_lint_unordered():
    graph = chain(node(2, kind="start"), node(1, actors=(2,), kind="end"))
    assert "unordered" in codes(graph)


def test_lint_start_and_end_missing():
    assert codes(chain(node(1), node(2, actors=(2,)))) == ["start_missing", "end_missing"]


def test_lint_column_without_activity():
    assert codes(small(actors=(1,))) == ["column_without_activity"]


@pytest.mark.parametrize("name", ["SOP Evaluasi  Kinerja", "evaluasi kinerja"])
def test_lint_self_related(name):
    assert codes(small(), title="Evaluasi Kinerja", related=[name]) == ["self_related"]


def test_lint_unknown_call_is_checked_only_with_a_register():
    graph = small(calls="s-rapat")
    assert codes(graph) == []
    assert codes(graph, known_calls={"s1"}) == ["unknown_call"]
    assert codes(graph, known_calls={"S-RAPAT"}) == []


def test_blocking_keeps_errors_only():
    findings = lint(small(actors=(1,), minutes=0))
    assert [finding.code for finding in blocking(findings)] == ["time_missing"]
    assert findings[-1].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("010/KEC.SKM/2026", False),
        ("000.8.3.3/12/KEC.SKM/I/2026", False),
        ("067/21//JPR/2024", True),
        ("/SOP Subbag PK", True),
        ("010/", True),
        (" ", True),
    ],
)
def test_has_empty_segment(number, expected):
    assert has_empty_segment(number) is expected


@given(graphs())
def test_lint_random_legal_graph_is_never_blocked(graph):
    assert blocking(lint(graph)) == []


@given(graphs())
def test_next_no_walks_every_step_once(graph):
    walked, no = [], graph.first.no
    while no is not None:
        walked.append(no)
        no = graph.next_no(no)
    assert walked == [step.no for step in graph.steps]

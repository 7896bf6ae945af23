"""The engine alone: no database, no clock."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtut.cases import engine
from runtut.cases.engine import Attempt, Changes, Close, Course, Finish, Open, RunState, Succession
from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import (
    CalledRunDiffers,
    CaseIsClosed,
    CaseIsPaused,
    ParallelWorkDiffers,
    PerformerUnbound,
    ReturnNotPermitted,
    StepIsGone,
    SuccessorUnbound,
    WorkDiffers,
    WorkHasNoPlace,
)
from runtut.procedures.enums import Mode, StepKind, Work
from runtut.procedures.graph import Column, Graph, StepNode

CAMAT, SEKCAM, KASI, STAF = 1, 2, 3, 4
BINDINGS = {CAMAT: (10,), SEKCAM: (20,), KASI: (31, 32, 33), STAF: (40, 41)}


def node(
    no: int,
    actors: tuple[int, ...],
    mode: Mode = Mode.MAIN,
    joint: tuple[int, ...] = (),
    return_to: tuple[int, ...] = (),
    calls: str = "",
) -> StepNode:
    return StepNode(
        no=no,
        activity=f"Langkah {no}",
        label=f"Langkah {no}",
        kind=StepKind.PROCESS,
        work=Work.GENERAL,
        topic="",
        actors=actors,
        mode=mode,
        joint=joint,
        rule_value=Decimal(1),
        rule_unit="hari",
        minutes=450,
        outputs=(),
        requirements=(),
        return_to=return_to,
        calls=calls,
    )


def graph(*steps: StepNode) -> Graph:
    names = {CAMAT: "Camat", SEKCAM: "Sekcam", KASI: "Kasi", STAF: "Staf"}
    return Graph(steps, tuple(Column(key, name) for key, name in names.items()))


SOP = graph(
    node(1, (CAMAT,)),
    node(2, (KASI,), Mode.EACH, joint=(STAF, KASI)),
    node(3, (SEKCAM,), return_to=(2, 1)),
    node(4, (STAF,)),
)


def apply(state: RunState, changes: Changes) -> RunState:
    """What the database does with the changes."""
    open_now = list(state.open)
    rounds = dict(state.rounds)
    ending = state.case
    for change in changes:
        if isinstance(change, Close):
            open_now.remove(change.attempt)
        elif isinstance(change, Open):
            assert change.attempt not in open_now
            open_now.append(change.attempt)
            rounds[change.attempt.step_no] = max(rounds.get(change.attempt.step_no, 0), change.attempt.round)
        else:
            ending = change.state
    return RunState(tuple(open_now), rounds, ending, state.paused)


def begun(sop: Graph = SOP) -> RunState:
    return apply(RunState(), engine.start(sop, BINDINGS))


def at_step(no: int) -> RunState:
    state = begun()
    while state.open[0].step_no < no:
        state = apply(state, engine.complete(SOP, BINDINGS, state, state.open[0]))
    return state


def test_start_opens_the_first_step_for_its_first_position() -> None:
    assert engine.start(SOP, BINDINGS) == (Open(Attempt(1, 1, 0, 10)),)


def test_start_names_every_unbound_performer() -> None:
    with pytest.raises(PerformerUnbound) as refusal:
        engine.start(SOP, {CAMAT: (10,), KASI: ()})

    assert refusal.value.sentence.startswith("Belum ada jabatan untuk pelaksana Kasi, Sekcam, Staf.")


def test_start_asks_no_position_of_whoever_only_takes_part() -> None:
    sop = graph(node(1, (CAMAT,), joint=(STAF,)))

    assert engine.start(sop, {CAMAT: (10,)}) == (Open(Attempt(1, 1, 0, 10)),)


def test_complete_opens_one_task_for_each_position() -> None:
    state = begun()

    changes = engine.complete(SOP, BINDINGS, state, state.open[0])

    assert changes == (
        Close(Attempt(1, 1, 0, 10), TaskState.DONE),
        Open(Attempt(2, 1, 1, 31), (40, 41)),
        Open(Attempt(2, 1, 2, 32), (40, 41)),
        Open(Attempt(2, 1, 3, 33), (40, 41)),
    )


def test_complete_waits_for_the_siblings() -> None:
    state = at_step(2)

    changes = engine.complete(SOP, BINDINGS, state, state.open[1])

    assert changes == (Close(Attempt(2, 1, 2, 32), TaskState.DONE),)


def test_complete_by_the_last_sibling_opens_the_next_step() -> None:
    state = RunState(open=(Attempt(2, 1, 3, 33),), rounds={2: 1})

    changes = engine.complete(SOP, BINDINGS, state, state.open[0])

    assert changes[1:] == (Open(Attempt(3, 1, 0, 20)),)


def test_complete_of_the_last_step_finishes_the_run() -> None:
    state = at_step(4)

    changes = engine.complete(SOP, BINDINGS, state, state.open[0])

    assert changes == (Close(Attempt(4, 1, 0, 40), TaskState.DONE), Finish(CaseState.DONE))


def test_main_with_several_positions_is_done_by_the_first_and_the_others_take_part() -> None:
    assert engine.openings(SOP.step(4), BINDINGS, 1) == (Open(Attempt(4, 1, 0, 40), (41,)),)


def test_send_back_opens_a_new_round_and_overwrites_nothing() -> None:
    state = at_step(3)

    changes = engine.send_back(SOP, BINDINGS, state, state.open[0], 2)

    assert changes[0] == Close(Attempt(3, 1, 0, 20), TaskState.RETURNED)
    assert [change.attempt.round for change in changes if isinstance(change, Open)] == [2, 2, 2]


def test_send_back_makes_the_steps_between_go_through_new_rounds() -> None:
    state = at_step(3)
    state = apply(state, engine.send_back(SOP, BINDINGS, state, state.open[0], 1))
    state = apply(state, engine.complete(SOP, BINDINGS, state, state.open[0]))

    assert [(attempt.step_no, attempt.round) for attempt in state.open] == [(2, 2)] * 3


def test_send_back_of_one_sibling_withdraws_the_others() -> None:
    sop = graph(node(1, (CAMAT,)), node(2, (KASI,), Mode.EACH, return_to=(1,)))
    state = apply(begun(sop), engine.complete(sop, BINDINGS, begun(sop), Attempt(1, 1, 0, 10)))

    changes = engine.send_back(sop, BINDINGS, state, state.open[0], 1)

    assert changes == (
        Close(Attempt(2, 1, 1, 31), TaskState.RETURNED),
        Close(Attempt(2, 1, 2, 32), TaskState.WITHDRAWN),
        Close(Attempt(2, 1, 3, 33), TaskState.WITHDRAWN),
        Open(Attempt(1, 2, 0, 10)),
    )


@pytest.mark.parametrize(("step", "target"), [(3, 3), (3, 4), (1, 1), (4, 3)])
def test_send_back_goes_only_where_the_sop_allows(step: int, target: int) -> None:
    state = at_step(step)

    with pytest.raises(ReturnNotPermitted):
        engine.send_back(SOP, BINDINGS, state, state.open[0], target)


def test_a_step_that_calls_has_one_attempt_even_in_mode_each() -> None:
    step = node(1, (KASI,), Mode.EACH, calls="s-rapat")

    assert engine.openings(step, BINDINGS, 1) == (Open(Attempt(1, 1, 0, 31), (32, 33), "s-rapat"),)


def test_cancel_withdraws_all_and_ends_even_a_paused_run() -> None:
    state = at_step(2)
    paused = RunState(state.open, state.rounds, paused=True)

    changes = engine.cancel(paused)

    assert [change.state for change in changes if isinstance(change, Close)] == [TaskState.WITHDRAWN] * 3
    assert changes[-1] == Finish(CaseState.CANCELLED)


def test_nothing_moves_in_a_closed_or_paused_run() -> None:
    attempt = Attempt(1, 1, 0, 10)

    with pytest.raises(CaseIsPaused):
        engine.complete(SOP, BINDINGS, RunState((attempt,), paused=True), attempt)
    with pytest.raises(CaseIsClosed):
        engine.cancel(RunState(case=CaseState.DONE))
    with pytest.raises(engine.AttemptNotOpen):
        engine.complete(SOP, BINDINGS, begun(), Attempt(2, 1, 1, 31))


@st.composite
def sops(draw: st.DrawFn) -> Graph:
    """An SOP of up to eight steps in any mixture of modes, with return arrows."""
    count = draw(st.integers(1, 8))
    steps = []
    for no in range(1, count + 1):
        mode = draw(st.sampled_from([Mode.MAIN, Mode.EACH]))
        actors = draw(st.lists(st.sampled_from(list(BINDINGS)), min_size=1, max_size=3, unique=True))
        joint = draw(st.lists(st.sampled_from(list(BINDINGS)), max_size=2, unique=True))
        targets = draw(st.lists(st.integers(1, no - 1), max_size=2, unique=True)) if no > 1 else []
        chosen = tuple(actors) if mode == Mode.EACH else (actors[0],)
        steps.append(node(no, chosen, mode, tuple(joint), tuple(targets)))
    return graph(*steps)


@given(sop=sops(), choices=st.lists(st.tuples(st.booleans(), st.integers(0, 50)), max_size=60))
def test_any_walk_keeps_the_run_at_exactly_one_step(sop: Graph, choices: list[tuple[bool, int]]) -> None:
    state = begun(sop)
    seen = set(state.open)
    for back, pick in choices:
        if state.case != CaseState.RUNNING:
            break
        attempt = state.open[pick % len(state.open)]
        targets = sop.step(attempt.step_no).return_to
        if back and targets:
            changes = engine.send_back(sop, BINDINGS, state, attempt, targets[pick % len(targets)])
        else:
            changes = engine.complete(sop, BINDINGS, state, attempt)
        opened = {change.attempt for change in changes if isinstance(change, Open)}
        assert not opened & seen, "an attempt is never opened twice"
        seen |= opened
        state = apply(state, changes)
        steps = {(attempt.step_no, attempt.round) for attempt in state.open}
        assert len(steps) == (1 if state.case == CaseState.RUNNING else 0)
        assert len({attempt.position_id for attempt in state.open}) == len(state.open)


@given(sop=sops())
def test_completing_everything_visits_every_step_once_in_order(sop: Graph) -> None:
    state = begun(sop)
    visited = []
    while state.open:
        visited.append(state.open[0].step_no)
        state = apply(state, engine.complete(sop, BINDINGS, state, state.open[0]))

    assert list(dict.fromkeys(visited)) == [step.no for step in sop.steps]
    assert state.case == CaseState.DONE


LATER = graph(
    node(1, (CAMAT,)),
    node(2, (STAF,)),
    node(3, (KASI,), Mode.EACH),
    node(4, (CAMAT,), joint=(STAF,), return_to=(3,)),
    node(5, (STAF,)),
)
"""SOP with a step more before the parallel one, and another person at its examination."""
MOVED = {1: 1, 2: 3, 3: 4, 4: 5}


def course(
    *attempts: Attempt,
    worked: set[int],
    newer: Graph = LATER,
    steps: dict[int, int | None] | None = None,
    has: dict[int, tuple[int, ...]] | None = None,
) -> Course:
    between = Succession(SOP, newer, steps or {**MOVED}, BINDINGS, has or BINDINGS)
    return engine.go_over(between, RunState(open=attempts), frozenset(worked))


def test_a_run_goes_over_to_the_step_that_its_own_has_become() -> None:
    found = course(Attempt(3, 2, 0, 20), worked={1, 2, 3})

    assert (found.step.no, found.numbers) == (4, {1: 1, 2: 3, 3: 4})
    assert found.positions == {Attempt(3, 2, 0, 20): 10}
    assert found.participants == (40, 41)
    assert (found.passed, found.again) == ((2,), ())


def test_what_was_handed_over_by_hand_stays_where_it_is() -> None:
    assert list(course(Attempt(3, 1, 0, 77), worked={1, 2, 3}).positions.values()) == [77]


def test_parallel_attempts_keep_their_positions() -> None:
    left = (Attempt(2, 1, 1, 31), Attempt(2, 1, 3, 33))

    assert course(*left, worked={1, 2}).positions == {left[0]: 31, left[1]: 33}


def test_a_step_that_was_done_and_now_lies_ahead_comes_again() -> None:
    turned = {1: 3, 2: 2, 3: 1, 4: 4}
    newer = graph(node(1, (SEKCAM,)), node(2, (KASI,), Mode.EACH), node(3, (CAMAT,)), node(4, (STAF,)))

    found = course(Attempt(3, 1, 0, 20), worked={1, 2, 3}, newer=newer, steps=turned)

    assert (found.step.no, found.passed, found.again) == (1, (), (2, 3))


def changed(no: int, **what: object) -> Graph:
    steps = tuple(replace(step, **what) if step.no == no else step for step in LATER.steps)  # type: ignore[arg-type]  # by name
    return replace(LATER, steps=steps)


@pytest.mark.parametrize(
    ("refusal", "no", "given"),
    [
        (StepIsGone, 3, {"steps": {**MOVED, 3: None}}),
        (WorkHasNoPlace, 3, {"steps": {**MOVED, 1: None}}),
        (WorkDiffers, 3, {"newer": changed(4, work=Work.MEET)}),
        (WorkDiffers, 3, {"newer": changed(4, topic="realisation")}),
        (CalledRunDiffers, 3, {"newer": changed(4, calls="s-rapat")}),
        (ParallelWorkDiffers, 2, {"newer": changed(3, mode=Mode.MAIN)}),
        (ParallelWorkDiffers, 2, {"has": {**BINDINGS, KASI: (31, 32)}}),
        (ParallelWorkDiffers, 3, {"newer": changed(4, mode=Mode.EACH)}),
        (SuccessorUnbound, 3, {"has": {**BINDINGS, STAF: ()}}),
    ],
)
def test_a_run_stays_where_something_has_no_counterpart(
    refusal: type[Exception], no: int, given: dict[str, Any]
) -> None:
    attempt = Attempt(2, 1, 1, 31) if no == 2 else Attempt(3, 1, 0, 20)

    with pytest.raises(refusal):
        course(attempt, worked=set(range(1, no + 1)), **given)


def test_a_run_that_has_ended_does_not_go_over() -> None:
    between = Succession(SOP, LATER, {**MOVED}, BINDINGS, BINDINGS)

    with pytest.raises(CaseIsClosed):
        engine.go_over(between, RunState(case=CaseState.DONE), frozenset({1, 2, 3, 4}))

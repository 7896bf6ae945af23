"""How a run moves: pure, from the state of a run to the changes an act brings.

The running state of an SOP is "which attempts are open, in which round"; nothing is ever overwritten, so an
act is a list of tasks to close and tasks to open. Neither the clock nor the database is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
from runtut.procedures.enums import Mode
from runtut.procedures.graph import Graph, StepNode

Bindings = Mapping[int, tuple[int, ...]]
"""Performer -> the positions it stands for in this run, in order."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One task: one try at one step by one position. `branch` is 0, or from 1 up in a step of mode each."""

    step_no: int
    round: int
    branch: int
    position_id: int


@dataclass(frozen=True, slots=True)
class RunState:
    """What an act needs to know of a run: the open attempts, and the highest round per step so far.

    `rounds` may leave out steps that the act cannot reach.
    """

    open: tuple[Attempt, ...] = ()
    rounds: Mapping[int, int] = field(default_factory=dict)
    case: CaseState = CaseState.RUNNING
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Close:
    """An open attempt ends, in one of the closed states."""

    attempt: Attempt
    state: TaskState


@dataclass(frozen=True, slots=True)
class Open:
    """A new attempt begins; `participants` take part without completing it.

    `calls` names the SOP that runs as a child while the attempt is open: it closes with the child.
    """

    attempt: Attempt
    participants: tuple[int, ...] = ()
    calls: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """The run ends."""

    state: CaseState


Change = Close | Open | Finish
Changes = tuple[Change, ...]


class AttemptNotOpen(Exception):
    """The attempt acted upon is not among the open ones: somebody was faster."""


def start(graph: Graph, bindings: Bindings) -> Changes:
    """Open the first step. Raises PerformerUnbound naming every performer without a position."""
    ensure_bound(graph, bindings)
    return openings(graph.first, bindings, 1)


def complete(graph: Graph, bindings: Bindings, state: RunState, attempt: Attempt) -> Changes:
    """Close an attempt as done; when it was the step's last one, open the next step or finish the run."""
    ensure_open(state, attempt)
    closed = Close(attempt, TaskState.DONE)
    if any(other != attempt for other in state.open):
        return (closed,)
    following = graph.next_no(attempt.step_no)
    if following is None:
        return (closed, Finish(CaseState.DONE))
    return (closed, *openings(graph.step(following), bindings, next_round(state, following)))


def send_back(graph: Graph, bindings: Bindings, state: RunState, attempt: Attempt, target_no: int) -> Changes:
    """Close an attempt as returned, withdraw its open siblings, and open a new round of an earlier step.

    Raises ReturnNotPermitted unless the SOP lets this step return to the target.
    """
    ensure_open(state, attempt)
    permitted = graph.step(attempt.step_no).return_to
    if target_no not in permitted:
        raise ReturnNotPermitted(no=attempt.step_no, target=target_no, permitted=permitted)
    return (
        Close(attempt, TaskState.RETURNED),
        *(Close(other, TaskState.WITHDRAWN) for other in state.open if other != attempt),
        *openings(graph.step(target_no), bindings, next_round(state, target_no)),
    )


def cancel(state: RunState) -> Changes:
    """Withdraw every open attempt and end the run; a paused run may be cancelled."""
    ensure_not_closed(state)
    return (
        *(Close(attempt, TaskState.WITHDRAWN) for attempt in state.open),
        Finish(CaseState.CANCELLED),
    )


def openings(step: StepNode, bindings: Bindings, round_no: int) -> tuple[Open, ...]:
    """Return the attempts that a step opens.

    Mode each: one per bound position, numbered from 1. Otherwise one attempt, by the first position bound to
    the step's actor; whoever else is bound to the step takes part. A step that calls another SOP always has
    a single attempt, which ends with the child.
    """
    acting = positions_of(step.actors, bindings)
    joint = positions_of(step.joint, bindings)
    if step.mode == Mode.EACH and not step.calls:
        others = tuple(position for position in joint if position not in acting)
        return tuple(
            Open(Attempt(step.no, round_no, branch, position), others)
            for branch, position in enumerate(acting, start=1)
        )
    others = tuple(dict.fromkeys(acting[1:] + joint))
    attempt = Attempt(step.no, round_no, 0, acting[0])
    return (Open(attempt, tuple(other for other in others if other != acting[0]), step.calls),)


def positions_of(performers: tuple[int, ...], bindings: Bindings) -> tuple[int, ...]:
    """Return the positions of some performers, each once, in order."""
    if len(performers) == 1:
        return bindings.get(performers[0], ())
    return tuple(
        dict.fromkeys(position for performer in performers for position in bindings.get(performer, ()))
    )


def next_round(state: RunState, step_no: int) -> int:
    return state.rounds.get(step_no, 0) + 1


def unbound(graph: Graph, bindings: Bindings) -> tuple[int, ...]:
    """Return the performers that must complete a step and have no position, in the order of the steps.

    Whoever only takes part does not hold a run up.
    """
    needed = dict.fromkeys(performer for step in graph.steps for performer in step.actors)
    return tuple(performer for performer in needed if not bindings.get(performer))


def ensure_bound(graph: Graph, bindings: Bindings) -> None:
    """Raise PerformerUnbound with the names of the performers that have no position."""
    missing = unbound(graph, bindings)
    if missing:
        names = ", ".join(graph.column(performer).name for performer in missing)
        raise PerformerUnbound(names=names, performers=missing)


def ensure_not_closed(state: RunState) -> None:
    """Raise CaseIsClosed for a finished or cancelled run."""
    if state.case != CaseState.RUNNING:
        raise CaseIsClosed(state=state.case.label.lower())


def ensure_open(state: RunState, attempt: Attempt) -> None:
    """Raise AttemptNotOpen, CaseIsClosed or CaseIsPaused unless the attempt can be acted upon now."""
    if attempt not in state.open:
        raise AttemptNotOpen(attempt)
    ensure_not_closed(state)
    if state.paused:
        raise CaseIsPaused


@dataclass(frozen=True, slots=True)
class Succession:
    """Two versions of one SOP: `steps` gives for each step of the older its number in the newer, None for one
    that is gone; the bindings are those that the run has, and those that it would have."""

    older: Graph
    newer: Graph
    steps: Mapping[int, int | None]
    had: Bindings
    has: Bindings


@dataclass(frozen=True, slots=True)
class Course:
    """How a run goes on under the newer version: the step that it then stands at, the number that each step
    worked so far gets, who then acts for each open attempt, and who takes part. `passed` are steps of the
    newer version that nobody has done and that it leaves behind, `again` those that it has done and comes to
    once more."""

    step: StepNode
    numbers: Mapping[int, int]
    positions: Mapping[Attempt, int]
    participants: tuple[int, ...]
    passed: tuple[int, ...]
    again: tuple[int, ...]


def go_over(between: Succession, state: RunState, worked: frozenset[int]) -> Course:
    """Return how a run goes over to the newer version of its SOP. `worked` are the steps it has been at.

    Every attempt keeps its round under the new number of its step; what is open stays open. Raises RunStays,
    in the class that says why, where something has no counterpart; CaseIsClosed.
    """
    ensure_not_closed(state)
    old = between.older.step(state.open[0].step_no)
    number = between.steps.get(old.no)
    if number is None:
        raise StepIsGone(no=old.no)
    if homeless := sorted(no for no in worked if between.steps.get(no) is None):
        raise WorkHasNoPlace(numbers=", ".join(map(str, homeless)))
    new = between.newer.step(number)
    ensure_same_work(old, new, between)
    numbers = {no: found for no in sorted(worked) if (found := between.steps[no]) is not None}
    done, before = set(numbers.values()), {step.no for step in between.newer.steps if step.no < number}
    acted = {numbers[no] for no in worked if no < old.no}
    return Course(
        step=new,
        numbers=numbers,
        positions={attempt: seat_of(attempt, old, new, between) for attempt in state.open},
        participants=openings(new, between.has, 1)[0].participants,
        passed=tuple(sorted(before - done)),
        again=tuple(sorted(acted - before)),
    )


def ensure_same_work(old: StepNode, new: StepNode, between: Succession) -> None:
    """Raise RunStays unless what is open at the old step can stay open at the new one."""
    missing = unbound(between.newer, between.has)
    if missing:
        raise SuccessorUnbound(names=", ".join(between.newer.column(one).name for one in missing))
    if (old.work, old.topic) != (new.work, new.topic):
        raise WorkDiffers(no=old.no)
    if old.calls != new.calls:
        raise CalledRunDiffers(no=old.no)
    parallel = Mode.EACH in {old.mode, new.mode} and not old.calls
    had, has = positions_of(old.actors, between.had), positions_of(new.actors, between.has)
    if parallel and (old.mode != new.mode or set(had) != set(has)):
        raise ParallelWorkDiffers(no=old.no)


def seat_of(attempt: Attempt, old: StepNode, new: StepNode, between: Succession) -> int:
    """Return who acts for an open attempt: whoever the newer version names, unless the attempt is one of
    several or was handed to somebody by hand."""
    had = positions_of(old.actors, between.had)
    if attempt.branch or attempt.position_id != had[0]:
        return attempt.position_id
    return positions_of(new.actors, between.has)[0]

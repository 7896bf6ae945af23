"""How a run moves: pure, from the state of a run to the changes an act brings.

The running state of an SOP is "which attempts are open, in which round"; nothing is ever overwritten, so an
act is a list of tasks to close and tasks to open. Neither the clock nor the database is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from runtut.cases.enums import CaseState, TaskState
from runtut.cases.errors import CaseIsClosed, CaseIsPaused, PerformerUnbound, ReturnNotPermitted
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

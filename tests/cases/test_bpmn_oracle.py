"""SpiffWorkflow runs the exported files: it visits the same steps in the same lanes as our engine."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from tests.cases.test_engine import apply
from tests.procedures.bpmn import document_of_graph
from tests.procedures.graphs import chain, node

from runtut.cases import engine
from runtut.cases.engine import RunState
from runtut.cases.enums import CaseState
from runtut.procedures.graph import Graph, graph_of_document
from runtut.procedures.queries import library, library_entry
from runtut.procedures.rendering.bpmn import write_bpmn
from runtut.procedures.rendering.bpmn.names import VARIABLE

pytestmark = pytest.mark.slow

CALLED = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
    '<process id="sop-s-rapat" isExecutable="true"><startEvent id="a"/><endEvent id="b"/>'
    '<sequenceFlow id="c" sourceRef="a" targetRef="b"/></process></definitions>'
)
MOST = 60
BUNCH = 60
Visit = tuple[int, frozenset[str]]
Decisions = Iterator[float]


def random_sop(chance: random.Random) -> Graph:
    """An SOP of 2 to 20 steps in 1 to 6 columns; a third may go back, some are done by each."""
    size, width = chance.randint(2, 20), chance.randint(1, 6)
    steps = []
    for no in range(1, size + 1):
        each = chance.random() < 0.15
        actors = (
            chance.sample(range(1, width + 1), chance.randint(1, width))
            if each
            else [chance.randint(1, width)]
        )
        back = chance.random() < 0.3 and no > 1
        targets = chance.sample(range(1, no), min(no - 1, chance.randint(1, 2))) if back else []
        steps.append(
            node(no, actors=tuple(actors), mode="each" if each else "main", return_to=tuple(targets))
        )
    return chain(*steps, columns=width)


def choice(draw: float, targets: tuple[int, ...]) -> int:
    """Where a step goes back to, 0 for on: half of the time on."""
    return 0 if draw < 0.5 or not targets else targets[int((draw - 0.5) * 2 * len(targets))]


def our_way(graph: Graph, decisions: Decisions) -> list[Visit]:
    """Run the SOP in our engine."""
    names = {column.id: column.name for column in graph.columns}
    bindings: Mapping[int, tuple[int, ...]] = {column.id: (column.id,) for column in graph.columns}
    state = apply(RunState(), engine.start(graph, bindings))
    way: list[Visit] = []
    while state.case == CaseState.RUNNING and len(way) < MOST:
        no = state.open[0].step_no
        way.append((no, frozenset(names[attempt.position_id] for attempt in state.open)))
        target = choice(next(decisions), graph.step(no).return_to)
        while len(state.open) > 1:
            state = apply(state, engine.complete(graph, bindings, state, state.open[0]))
        last = state.open[0]
        if target:
            state = apply(state, engine.send_back(graph, bindings, state, last, target))
        else:
            state = apply(state, engine.complete(graph, bindings, state, last))
    return way


def their_way(written: bytes, graph: Graph, decisions: Decisions) -> list[Visit]:
    """Run the exported file in SpiffWorkflow."""
    parser = BpmnParser()
    parser.add_bpmn_str(written)
    parser.add_bpmn_str(CALLED.encode())
    workflow = BpmnWorkflow(parser.get_spec("sop"), parser.get_subprocess_specs("sop"))
    numbers = {index: step.no for index, step in enumerate(graph.steps, start=1)}
    way: list[Visit] = []
    workflow.do_engine_steps()
    while not workflow.is_completed() and len(way) < MOST:
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        (no,) = {numbers[int(task.task_spec.name.split("-")[1])] for task in ready}
        way.append((no, frozenset(task.task_spec.lane for task in ready)))
        target = choice(next(decisions), graph.step(no).return_to)
        for task in ready:
            task.set_data(**{VARIABLE: target})
            task.run()
        workflow.do_engine_steps()
    return way


@pytest.mark.parametrize("first", range(0, 300, BUNCH))
def test_three_hundred_random_sops_take_the_same_way(first: int) -> None:
    compared = returns = 0
    for seed in range(first, first + BUNCH):
        chance = random.Random(seed)
        graph = random_sop(chance)
        draws = [chance.random() for _ in range(MOST + 1)]
        ours = our_way(graph, iter(draws))
        assert their_way(write_bpmn(document_of_graph(graph)), graph, iter(draws)) == ours, seed
        compared += len(ours)
        returns += sum(later[0] <= earlier[0] for earlier, later in pairwise(ours))
    assert compared > 600 and returns > 100, "the comparison has something to compare"


@pytest.mark.parametrize("key", [entry["library_key"] for entry in library()])
def test_sops_of_the_library_take_the_same_way(key: str) -> None:
    document = library_entry(key)
    graph = graph_of_document(document)
    called = {step.no for step in graph.steps if step.calls}
    for seed in range(20):
        chance = random.Random(seed)
        draws = [chance.random() for _ in range(MOST + 1)]
        # A step that calls another SOP is no task: there SpiffWorkflow runs the other one and goes on.
        ours = [visit for visit in our_way(graph, iter(draws)) if visit[0] not in called]
        theirs = their_way(write_bpmn(document), graph, drawn_for(graph, draws, called))
        assert theirs == ours


def drawn_for(graph: Graph, draws: list[float], called: set[int]) -> Decisions:
    """The decisions without those that our engine made at steps that call another SOP."""
    way = our_way(graph, iter(draws))
    used = [draw for draw, (no, _) in zip(draws, way, strict=False) if no not in called]
    return iter([*used, *draws[len(way) :]])

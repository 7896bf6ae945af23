"""An SOP as nodes and flows of BPMN, before a line of XML is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from runtut.procedures.enums import Mode
from runtut.procedures.rendering.bpmn.names import UNNAMED_LANE, VARIABLE

Json = Mapping[str, Any]
START, END = "awal", "akhir"


@dataclass(frozen=True)
class Node:
    """A flow node. `tag` is its element; `column` its place from the left; `step` the index of its step, -1
    for the two events."""

    id: str
    tag: str
    name: str
    lane: str
    column: int
    step: int = -1


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `target_no` is the number of the step that a return asks for, None for any other."""

    source: str
    target: str
    name: str = ""
    target_no: int | None = None

    @property
    def id(self) -> str:
        return f"alur-{self.source}-{self.target}"

    @property
    def condition(self) -> str:
        return "" if self.target_no is None else f"{VARIABLE} == {self.target_no}"


@dataclass
class Plan:
    """The nodes in the order of the flow, the flows, and the lanes by id in the order of the form."""

    lanes: dict[str, str]
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        return max((node.column for node in self.nodes), default=0) + 1


def plan_of(document: Json) -> Plan:
    """Plan an SOP in the format runtut-sop/1: start, each step with its gateways, end."""
    steps: Sequence[Json] = document["steps"]
    lanes = {f"lajur-{number}": name for number, name in enumerate(document["performers"], start=1)}
    if not lanes or any(not acting(step) for step in steps):
        lanes[UNNAMED_LANE] = "Belum ditentukan"
    ids = {name: lane for lane, name in reversed(lanes.items()) if lane != UNNAMED_LANE}
    builder = _Builder(Plan(lanes), steps, ids)
    return builder.build()


def acting(step: Json) -> list[str]:
    """The names of who completes a step: one for mode main, all of mode each."""
    modes = [who["mode"] for who in step["performers"] if who["mode"] != Mode.JOINT]
    if not modes:
        return []
    names = [who["name"] for who in step["performers"] if who["mode"] == modes[0]]
    return names[:1] if modes[0] == Mode.MAIN else names


def tasks_of(step: Json) -> list[str]:
    """Who has a task of a step: a step that calls another SOP ends with that one, once."""
    return acting(step)[:1] if step["calls"] else acting(step)


def targets_of(steps: Sequence[Json], index: int) -> list[int]:
    """The indexes of the earlier steps that a step may go back to, the suggested one first."""
    places: dict[int, int] = {}
    for place, step in enumerate(steps):
        places.setdefault(step["no"], place)
    found = [places.get(no, index) for no in steps[index]["return_to"]]
    return [place for place in dict.fromkeys(found) if place < index]


class _Builder:
    def __init__(self, plan: Plan, steps: Sequence[Json], lane_ids: Mapping[str, str]) -> None:
        self.plan, self.steps, self.lane_ids = plan, steps, lane_ids
        self.returned = {target for index in range(len(steps)) for target in targets_of(steps, index)}
        self.column = 0
        self.last = START

    def build(self) -> Plan:
        lanes = [self.lanes_of(step)[0] for step in self.steps] or [next(iter(self.plan.lanes))]
        self.add(START, "startEvent", "Mulai", lanes[0])
        for index in range(len(self.steps)):
            self.step(index)
        self.onward(END)
        self.add(END, "endEvent", "Selesai", lanes[-1])
        return self.plan

    def lanes_of(self, step: Json) -> list[str]:
        return [self.lane_ids[name] for name in tasks_of(step)] or [UNNAMED_LANE]

    def add(self, node_id: str, tag: str, name: str, lane: str, step: int = -1) -> None:
        """Put a node into the next column."""
        self.plan.nodes.append(Node(node_id, tag, name, lane, self.column, step))
        self.column += 1

    def onward(self, target: str) -> None:
        """Lead the flow on from where it stands; past a decision that is the way when nothing goes back."""
        is_gateway = self.last.startswith("arah-")
        flow = Flow(self.last, target, "Ya" if is_gateway else "")
        self.plan.flows.append(flow)
        if is_gateway:
            self.plan.defaults[self.last] = flow.id
        self.last = target

    def step(self, index: int) -> None:
        number, step = index + 1, self.steps[index]
        lanes = self.lanes_of(step)
        if index in self.returned:
            self.onward(f"masuk-{number}")
            self.add(f"masuk-{number}", "exclusiveGateway", "", lanes[0], index)
        if len(lanes) > 1:
            self.each(number, step, lanes)
        else:
            self.onward(f"langkah-{number}")
            self.add(f"langkah-{number}", tag_of(step), step["activity"], lanes[0], index)
        self.decision(index, lanes[0])

    def each(self, number: int, step: Json, lanes: Sequence[str]) -> None:
        """Every performer has a task of its own; the step is done when all are."""
        fork, join = f"cabang-{number}", f"temu-{number}"
        self.onward(fork)
        self.add(fork, "parallelGateway", "", lanes[0], number - 1)
        for place, lane in enumerate(lanes, start=1):
            task = f"langkah-{number}-{place}"
            self.plan.nodes.append(Node(task, tag_of(step), step["activity"], lane, self.column, number - 1))
            self.plan.flows += [Flow(fork, task), Flow(task, join)]
        self.column += 1
        self.add(join, "parallelGateway", "", lanes[0], number - 1)
        self.last = join

    def decision(self, index: int, lane: str) -> None:
        targets = targets_of(self.steps, index)
        if not targets:
            return
        gateway = f"arah-{index + 1}"
        self.onward(gateway)
        self.add(gateway, "exclusiveGateway", "Setuju?", lane, index)
        for target in targets:
            no = self.steps[target]["no"]
            self.plan.flows.append(Flow(gateway, f"masuk-{target + 1}", f"Tidak, ke langkah {no}", no))


def tag_of(step: Json) -> str:
    return "callActivity" if step["calls"] else "userTask"

"""Where the nodes of a BPMN diagram stand and how its flows run: a pool with a lane for every performer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from runtut.procedures.rendering.bpmn.plan import Flow, Node, Plan

POOL_HEAD, LANE_HEAD = 30, 30
LANE = 120
COLUMN = {"task": 150, "gateway": 90, "event": 86}
SIZES = {"task": (110, 80), "gateway": (50, 50), "event": (36, 36)}
CHANNEL = 16
LEFT, TOP = 160, 80
Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass
class Diagram:
    """Boxes of pool, lanes and nodes, and the corners of every flow."""

    pool: Box
    lanes: dict[str, Box]
    nodes: dict[str, Box] = field(default_factory=dict)
    flows: dict[str, tuple[Point, ...]] = field(default_factory=dict)


def draw(plan: Plan) -> Diagram:
    """Give every node a column of its own and every return a channel below the last lane: no line runs
    through a node."""
    lefts = _lefts(plan)
    returns = [flow for flow in plan.flows if flow.target_no is not None]
    width = lefts[-1] + POOL_HEAD + LANE_HEAD
    below = CHANNEL * (len(returns) + 1) if returns else 0
    order = list(plan.lanes)
    lanes = {
        lane: Box(
            LEFT + POOL_HEAD,
            TOP + place * LANE,
            width - POOL_HEAD,
            LANE + (below if place == len(order) - 1 else 0),
        )
        for place, lane in enumerate(order)
    }
    diagram = Diagram(Box(LEFT, TOP, width, len(order) * LANE + below), lanes)
    for node in plan.nodes:
        diagram.nodes[node.id] = _box(node, lefts, lanes)
    for flow in plan.flows:
        if flow.target_no is None:
            diagram.flows[flow.id] = _forward(diagram.nodes[flow.source], diagram.nodes[flow.target])
    for place, flow in enumerate(returns, start=1):
        level = diagram.pool.bottom - place * CHANNEL
        diagram.flows[flow.id] = _back(flow, diagram.nodes, level)
    return diagram


def kind_of(node: Node) -> str:
    if node.tag.endswith("Gateway"):
        return "gateway"
    return "event" if node.tag.endswith("Event") else "task"


def _lefts(plan: Plan) -> list[int]:
    """The left edge of every column, and the right edge of the last."""
    widths = [0] * plan.columns
    for node in plan.nodes:
        widths[node.column] = max(widths[node.column], COLUMN[kind_of(node)])
    return [sum(widths[:place]) for place in range(len(widths) + 1)]


def _box(node: Node, lefts: list[int], lanes: Mapping[str, Box]) -> Box:
    width, height = SIZES[kind_of(node)]
    room = lefts[node.column + 1] - lefts[node.column]
    x = LEFT + POOL_HEAD + LANE_HEAD + lefts[node.column] + (room - width) // 2
    return Box(x, lanes[node.lane].y + (LANE - height) // 2, width, height)


def _forward(source: Box, target: Box) -> tuple[Point, ...]:
    """From the right side to the left one, with a step just before the target where the lanes differ."""
    (_, start), (_, end) = source.middle, target.middle
    if start == end:
        return (source.right, start), (target.x, end)
    turn = target.x - 14
    return (source.right, start), (turn, start), (turn, end), (target.x, end)


def _back(flow: Flow, nodes: Mapping[str, Box], level: int) -> tuple[Point, ...]:
    """Down from the decision, along a channel below all lanes, and up to where the step is entered."""
    source, target = nodes[flow.source], nodes[flow.target]
    x, y = source.middle[0], target.middle[0]
    return (x, source.bottom), (x, level), (y, level), (y, target.bottom)

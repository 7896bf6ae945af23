"""Where the nodes of a BPMN diagram stand and how its flows run: a pool with a lane for every performer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from runtut.procedures.rendering.bpmn.plan import Flow, Node, Plan

POOL_HEAD, LANE_HEAD = 30, 30
LANE = 120
COLUMN = {"task": 150, "gateway": 90, "event": 86}
SIZES = {"task": (110, 80), "gateway": (50, 50), "event": (36, 36)}
CHANNEL = 16
PORTS, GAP = 20, 48
"""How far from the middle of a gateway flows may leave it, and the room for turns beside it."""
LEFT, TOP = 160, 80
Point = tuple[float, float]


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


@dataclass(frozen=True)
class Port:
    """How far above or below the middle of its nodes a flow leaves and enters, and where it turns: so far
    right of its source, or left of its target."""

    leave: float = 0
    enter: float = 0
    turn: float = -14


STRAIGHT = Port()


@dataclass
class Diagram:
    """Boxes of pool, lanes and nodes, and the corners of every flow."""

    pool: Box
    lanes: dict[str, Box]
    nodes: dict[str, Box] = field(default_factory=dict)
    flows: dict[str, tuple[Point, ...]] = field(default_factory=dict)


def draw(plan: Plan) -> Diagram:
    """Give every node a column of its own and every return a channel below the last lane: no line runs
    through a node, and no two lines lie on each other."""
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
    nodes, ports, shifts = diagram.nodes, _ports(plan, diagram.nodes), _shifts(returns)
    for flow in plan.flows:
        if flow.target_no is None:
            port = ports.get(flow.id, STRAIGHT)
            diagram.flows[flow.id] = _forward(nodes[flow.source], nodes[flow.target], port)
    for place, flow in enumerate(returns, start=1):
        level = diagram.pool.bottom - place * CHANNEL
        diagram.flows[flow.id] = _back(flow, nodes, level, shifts[flow.id])
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


def _forward(source: Box, target: Box, port: Port) -> tuple[Point, ...]:
    """From the right side to the left one, with a turn between them where the ends are not level."""
    start, end = source.middle[1] + port.leave, target.middle[1] + port.enter
    left = (source.right - abs(port.leave), start)
    right = (target.x + abs(port.enter), end)
    if start == end:
        return left, right
    turn = source.right + port.turn if port.turn > 0 else target.x + port.turn
    return left, (turn, start), (turn, end), right


def _ports(plan: Plan, nodes: Mapping[str, Box]) -> dict[str, Port]:
    """Where the flows around a fork and its join leave and enter, and where they turn: each apart from the
    others, the one with the farthest way outside the others."""
    forward = [flow for flow in plan.flows if flow.target_no is None]
    ports = {}
    for held, far in (("source", "target"), ("target", "source")):
        fans: dict[str, list[Flow]] = {}
        for flow in forward:
            fans.setdefault(getattr(flow, held), []).append(flow)
        for middle, flows in fans.items():
            if len(flows) < 2:
                continue
            level = nodes[middle].middle[1]
            ways = {flow.id: nodes[getattr(flow, far)].middle[1] - level for flow in flows}
            for sign in (1, -1):
                side = sorted((way * sign, flow) for flow, way in ways.items() if way * sign > 0)
                for rank, (_, flow_id) in enumerate(side):
                    shift = sign * _spread(rank + 1, len(side) + 1, 2 * PORTS)
                    turn = CHANNEL // 2 + _spread(rank, len(side), GAP)
                    ports[flow_id] = (
                        Port(leave=shift, turn=-turn) if held == "source" else Port(enter=shift, turn=turn)
                    )
    return ports


def _spread(rank: int, count: int, room: float) -> float:
    """How far from the first of so many places one stands, a channel apart where there is room."""
    return round(rank * min(CHANNEL / 2, room / (2 * count)), 2)


def _back(flow: Flow, nodes: Mapping[str, Box], level: int, shifts: tuple[float, float]) -> tuple[Point, ...]:
    """Down from the decision, along a channel below all lanes, and up to where the step is entered; `shifts`
    keep it beside the other returns of both."""
    source, target = nodes[flow.source], nodes[flow.target]
    x, y = source.middle[0] + shifts[0], target.middle[0] + shifts[1]
    return (x, source.bottom - abs(shifts[0])), (x, level), (y, level), (y, target.bottom - abs(shifts[1]))


def _shifts(returns: Sequence[Flow]) -> dict[str, tuple[float, float]]:
    """How far from the middle of its decision every return leaves, and how far from the middle of the gateway
    of its step it enters."""
    found = {flow.id: [0.0, 0.0] for flow in returns}
    for place, end in enumerate(("source", "target")):
        fans: dict[str, list[Flow]] = {}
        for flow in returns:
            fans.setdefault(getattr(flow, end), []).append(flow)
        for flows in fans.values():
            for rank, flow in enumerate(flows):
                wide = _spread(1, len(flows), 2 * PORTS)
                found[flow.id][place] = round((rank - (len(flows) - 1) / 2) * wide, 2)
    return {key: (one, other) for key, (one, other) in found.items()}

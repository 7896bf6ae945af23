"""The nodes and flows of a process: what stands in a subprocess is taken out of it, lanes are looked up."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Final

from lxml import etree

from runtut.procedures.rendering.bpmn.fields import Element
from runtut.procedures.rendering.bpmn.names import (
    BOUNDARY,
    END,
    INNER,
    NODES,
    START,
    TASKS,
    UNNAMED_LANE,
    model,
)
from runtut.procedures.rendering.bpmn.opening import name_of, ref_of

LOOPS: Final = {model(tag) for tag in ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")}
QUIET: Final = {
    model(tag)
    for tag in (
        "sequenceFlow", "laneSet", "extensionElements", "documentation", "textAnnotation", "association",
        "dataObject", "dataObjectReference", "dataStoreReference", "incoming", "outgoing", "ioSpecification",
        "property", "dataInputAssociation", "dataOutputAssociation", "auditing", "monitoring", "performer",
        "humanPerformer", "potentialOwner", "resourceRole", "messageEventDefinition",
        "timerEventDefinition", "signalEventDefinition", "conditionalEventDefinition", "linkEventDefinition",
        "escalationEventDefinition", "errorEventDefinition", "cancelEventDefinition",
        "compensateEventDefinition", "terminateEventDefinition", "eventDefinitionRef", "dataInput",
        "dataOutput", "inputSet", "outputSet", "script", "rendering", "completionCondition", "supports",
        "supportedInterfaceRef", "correlationSubscription", "activationCondition",
    )
}  # fmt: skip
"""What is read elsewhere, or says nothing of the work."""
KINDS: Final = {
    "group": "Kelompok",
    "subProcess": "Subproses",
    "transaction": "Transaksi",
    "adHocSubProcess": "Subproses bebas",
}


class Network:
    """`nodes` by id, where the flow goes from each (`out`), the lane element of each, the boundary events by
    what they stand at, and what of the file has no place in an SOP (`unread`)."""

    def __init__(self, process: Element) -> None:
        self.process = process
        self.nodes: dict[str, Element] = {}
        self.out: dict[str, list[str]] = defaultdict(list)
        self.chosen: set[str] = set()
        self.lane_of: dict[str, Element] = {}
        self.boundaries: dict[str, list[str]] = defaultdict(list)
        self.passed: set[str] = set()
        self.labels: dict[tuple[str, str], str] = {}
        self.unread: list[str] = []
        self._entries: dict[str, str] = {}
        self._exits: dict[str, list[str]] = {}
        self._edges: list[Element] = []
        self._read_lanes()
        self._gather(process)
        self._join()

    @property
    def starts(self) -> list[str]:
        return [key for key, node in self.nodes.items() if node.tag == START and key not in self.passed]

    @property
    def ends(self) -> list[str]:
        return [key for key, node in self.nodes.items() if node.tag == END and key not in self.passed]

    @property
    def lanes(self) -> list[Element]:
        """Every lane that acts; one that only holds lanes of its own, such as a department, does not."""
        acting = {lane.get("id") for lane in self.lane_of.values()}
        return [
            lane
            for lane in self.process.iter(model("lane"))
            if lane.get("id") != UNNAMED_LANE
            and (lane.get("id") in acting or lane.find(model("childLaneSet")) is None)
        ]

    def is_task(self, key: str) -> bool:
        return self.nodes[key].tag in TASKS or self.nodes[key].tag in INNER

    def name_of(self, key: str) -> str:
        return name_of(self.nodes[key]) or key

    def missing(self) -> list[str]:
        """The ends of flows that are not in the file."""
        ends = {end for pair in self.out.items() for end in (pair[0], *pair[1])}
        return sorted(ends - set(self.nodes))

    def reach(self, start: str, without: set[str]) -> dict[str, None]:
        """The nodes to which the flow leads from a node, itself first, in the order in which they are met."""
        found: dict[str, None] = {}
        waiting = deque([start])
        while waiting:
            key = waiting.popleft()
            if key in found or key in without:
                continue
            found[key] = None
            waiting += [one for one in self.out.get(key, ()) if one in self.nodes]
        return found

    def _read_lanes(self) -> None:
        for lane in self.process.iter(model("lane")):
            for ref in lane.iterchildren(model("flowNodeRef")):
                self.lane_of[(ref.text or "").strip()] = lane

    def _gather(self, holder: Element) -> None:
        for node in holder.iterchildren(tag=etree.Element):
            kind, key = etree.QName(node).localname, node.get("id", "")
            if node.tag == model("sequenceFlow"):
                self._edges.append(node)
            elif node.tag in INNER and node.get("triggeredByEvent") == "true":
                self.unread.append(f"Subproses “{name_of(node) or key}” yang dipicu peristiwa")
            elif node.tag in INNER and self._take_out(node):
                self.unread.append(f"{KINDS[kind]} “{name_of(node) or key}”; langkah-langkahnya terbaca")
            elif node.tag in NODES:
                self.nodes[key] = node
                self._look_at(node, key)
            elif node.tag not in QUIET:
                self.unread.append(f"{KINDS.get(kind, kind)} “{self._called(node) or key}”")

    def _look_at(self, node: Element, key: str) -> None:
        if node.tag == BOUNDARY:
            self.boundaries[ref_of(node, "attachedToRef")].append(key)
        for child in node.iterchildren(tag=etree.Element):
            if child.tag in LOOPS:
                self.unread.append(f"Pengulangan pada “{name_of(node) or key}”")
            elif node.tag not in INNER and child.tag not in QUIET:
                self.unread.append(f"{etree.QName(child).localname} pada “{name_of(node) or key}”")

    def _called(self, node: Element) -> str:
        """The name of an element; of a group, that of its category."""
        ref = ref_of(node, "categoryValueRef")
        values = (one for one in node.getroottree().iter(model("categoryValue")) if one.get("id") == ref)
        found = next(values, None) if ref else None
        return str(found.get("value") or "") if found is not None else name_of(node)

    def _take_out(self, inner: Element) -> bool:
        """Put the nodes of a subprocess among the others, when it has one entry and an exit."""
        own = [one for one in inner.iterchildren(*NODES) if one.tag != BOUNDARY]
        flows = list(inner.iterchildren(model("sequenceFlow")))
        entered = {one.get("targetRef") for one in flows}
        left = {one.get("sourceRef") for one in flows}
        entries = [one.get("id", "") for one in own if one.get("id") not in entered]
        exits = [one.get("id", "") for one in own if one.get("id") not in left]
        if len(entries) != 1 or not exits:
            for one in own:
                self.unread.append(f"Tugas “{name_of(one) or one.get('id')}” di dalam “{name_of(inner)}”")
            return False
        key = inner.get("id", "")
        lane = self.lane_of.get(key)
        for one in own:
            if lane is not None:
                self.lane_of.setdefault(one.get("id", ""), lane)
            if one.tag in {START, END}:
                self.passed.add(one.get("id", ""))
        self._entries[key], self._exits[key] = entries[0], exits
        self._look_at_marks(inner)
        self._gather(inner)
        return True

    def _look_at_marks(self, inner: Element) -> None:
        if any(child.tag in LOOPS for child in inner.iterchildren(tag=etree.Element)):
            self.unread.append(f"Pengulangan pada “{name_of(inner)}”")

    def _join(self) -> None:
        """Lead the flows past the edges of the subprocesses that were taken apart."""
        for edge in self._edges:
            named = bool(edge.find(model("conditionExpression")) is not None)
            for source in self._leaving(edge.get("sourceRef", "")):
                target = self._entering(edge.get("targetRef", ""))
                self.out[source].append(target)
                self.labels[source, target] = name_of(edge)
                if named or (source in self.nodes and self.nodes[source].get("default")):
                    self.chosen.add(source)
        for key in [one for one in self.boundaries if one in self._exits]:
            self.boundaries[self._leaving(key)[0]] += self.boundaries.pop(key)

    def _entering(self, key: str) -> str:
        seen = set()
        while key in self._entries and key not in seen:
            seen.add(key)
            key = self._entries[key]
        return key

    def _leaving(self, key: str) -> list[str]:
        if key not in self._exits:
            return [key]
        return [one for inner in self._exits[key] for one in self._leaving(inner)]


def defined_in(node: Element) -> Iterator[Element]:
    """What makes an event happen."""
    for child in node.iterchildren(tag=etree.Element):
        if etree.QName(child).localname.endswith("EventDefinition"):
            yield child

"""An SOP as a BPMN 2.0 file with lanes and a diagram (docs/formats/bpmn.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from runtut.procedures.rendering.bpmn.diagram import Box, Diagram, draw
from runtut.procedures.rendering.bpmn.fields import Element, clean, write_field
from runtut.procedures.rendering.bpmn.names import DC, DD, DI, PREFIXES, SOP, XSI, model, ours
from runtut.procedures.rendering.bpmn.plan import Flow, Json, Node, Plan, plan_of

NOT_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")
TAKEN = ("steps", "performers")


def write_bpmn(document: Json) -> bytes:
    """Return an SOP in the format runtut-sop/1 as BPMN 2.0, valid against its schema; the same SOP gives the
    same bytes. `read_bpmn` gives the SOP back."""
    plan = plan_of(document)
    root = etree.Element(model("definitions"), nsmap=PREFIXES)
    root.set("id", "definisi")
    root.set("targetNamespace", SOP)
    root.set("exporter", "Runtut")
    collaboration = add(root, "collaboration", id="kolaborasi")
    add(collaboration, "participant", id="kolam", name=clean(document["title"]), processRef="sop")
    process = add(root, "process", id="sop", name=clean(document["title"]), isExecutable="true")
    write_identity(process, document)
    write_lanes(process, plan)
    for node in plan.nodes:
        write_node(process, node, plan, document["steps"])
    for flow in plan.flows:
        write_flow(process, flow)
    write_diagram(root, plan, draw(plan))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def add(parent: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, model(tag), attributes)


def write_identity(process: Element, document: Json) -> None:
    extension = add(process, "extensionElements")
    identity = etree.SubElement(extension, ours("identity"))
    for name, value in document.items():
        if name not in TAKEN:
            write_field(identity, value, name)


def write_lanes(process: Element, plan: Plan) -> None:
    lane_set = add(process, "laneSet", id="lajur")
    for lane_id, name in plan.lanes.items():
        lane = add(lane_set, "lane", id=lane_id, name=clean(name))
        for node in plan.nodes:
            if node.lane == lane_id:
                add(lane, "flowNodeRef").text = node.id


def write_node(process: Element, node: Node, plan: Plan, steps: list[Mapping[str, Any]]) -> None:
    made = add(process, node.tag, id=node.id)
    if node.name:
        made.set("name", clean(node.name))
    if node.id in plan.defaults:
        made.set("default", plan.defaults[node.id])
    if node.tag.endswith("Gateway"):
        made.set(
            "gatewayDirection", "Diverging" if node.id.startswith(("arah-", "cabang-")) else "Converging"
        )
    elif node.step >= 0:
        write_step(made, steps[node.step])
    for tag, ends in (("incoming", "target"), ("outgoing", "source")):
        for flow in plan.flows:
            if getattr(flow, ends) == node.id:
                add(made, tag).text = flow.id


def write_step(made: Element, step: Mapping[str, Any]) -> None:
    """Add what BPMN has no word for; the activity is the task's name."""
    if step["calls"]:
        made.set("calledElement", "sop-" + (NOT_A_NAME.sub("-", step["calls"]).strip("-").lower() or "lain"))
    extension = etree.SubElement(made, model("extensionElements"))
    own = etree.SubElement(extension, ours("step"))
    for name, value in step.items():
        if name != "activity":
            write_field(own, value, name)


def write_flow(process: Element, flow: Flow) -> None:
    made = add(process, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    if flow.name:
        made.set("name", flow.name)
    if flow.condition:
        condition = add(made, "conditionExpression")
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        condition.text = flow.condition


def write_diagram(root: Element, plan: Plan, drawn: Diagram) -> None:
    diagram = etree.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "diagram"})
    plane = etree.SubElement(diagram, f"{{{DI}}}BPMNPlane", {"id": "bidang", "bpmnElement": "kolaborasi"})
    shape(plane, "kolam", drawn.pool, isHorizontal="true")
    for lane_id, box in drawn.lanes.items():
        shape(plane, lane_id, box, isHorizontal="true")
    for node in plan.nodes:
        marker = {"isMarkerVisible": "true"} if node.tag == "exclusiveGateway" else {}
        shape(plane, node.id, drawn.nodes[node.id], **marker)
    for flow in plan.flows:
        edge = etree.SubElement(plane, f"{{{DI}}}BPMNEdge", {"id": f"{flow.id}-di", "bpmnElement": flow.id})
        for x, y in drawn.flows[flow.id]:
            etree.SubElement(edge, f"{{{DD}}}waypoint", {"x": f"{x:g}", "y": f"{y:g}"})


def shape(plane: Element, element: str, box: Box, **attributes: str) -> None:
    made = etree.SubElement(
        plane, f"{{{DI}}}BPMNShape", {"id": f"{element}-di", "bpmnElement": element, **attributes}
    )
    bounds = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    etree.SubElement(made, f"{{{DC}}}Bounds", {name: str(value) for name, value in bounds.items()})

"""Namespaces and numbers of the BPMN file."""

from __future__ import annotations

from typing import Final

MODEL: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
EARLIER: Final = "http://schema.omg.org/spec/BPMN/2.0"
"""What files of the draft of BPMN 2.0 say instead."""
DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DD: Final = "http://www.omg.org/spec/DD/20100524/DI"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
SOP: Final = "urn:runtut:sop:1"
"""Ours: what BPMN has no word for, identity page and mutu baku, travels in its extension elements."""

FORMAT: Final = "runtut-sop/1"
"""What a file becomes (docs/formats/sop.md)."""

PREFIXES: Final = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": DD, "xsi": XSI, "sop": SOP}
VARIABLE: Final = "kembali"
"""The variable that a return asks for: the number of the step to go back to, 0 to go on."""

UNNAMED_LANE: Final = "lajur-0"
"""The lane of steps that nobody acts in."""


def model(tag: str) -> str:
    """The qualified name of an element of BPMN."""
    return f"{{{MODEL}}}{tag}"


def ours(tag: str) -> str:
    """The qualified name of an element of ours."""
    return f"{{{SOP}}}{tag}"


TASKS: Final = frozenset(
    model(tag)
    for tag in (
        "task", "userTask", "manualTask", "sendTask", "receiveTask", "scriptTask", "serviceTask",
        "businessRuleTask", "callActivity",
    )
)  # fmt: skip
"""What a step is drawn as: for an SOP it makes no difference who or what performs it."""
INNER: Final = frozenset(model(tag) for tag in ("subProcess", "transaction", "adHocSubProcess"))
CHOICES: Final = frozenset(
    model(f"{kind}Gateway") for kind in ("exclusive", "inclusive", "eventBased", "complex")
)
AND: Final = model("parallelGateway")
START, END = model("startEvent"), model("endEvent")
CATCH, THROW = model("intermediateCatchEvent"), model("intermediateThrowEvent")
BOUNDARY: Final = model("boundaryEvent")
NODES: Final = TASKS | INNER | CHOICES | {AND, START, END, CATCH, THROW, BOUNDARY}
"""What a flow runs through."""

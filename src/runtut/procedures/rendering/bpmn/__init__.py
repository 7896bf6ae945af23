"""BPMN 2.0 at the edge: an SOP written with lanes and diagram, and read back (docs/formats/bpmn.md)."""

from runtut.procedures.rendering.bpmn.opening import BpmnRefused
from runtut.procedures.rendering.bpmn.read import BpmnSop, read_bpmn
from runtut.procedures.rendering.bpmn.write import write_bpmn

__all__ = ["BpmnRefused", "BpmnSop", "read_bpmn", "write_bpmn"]

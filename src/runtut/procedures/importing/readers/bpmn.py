"""BPMN 2.0 of the subset that an SOP can be: nothing is guessed, all is taken over."""

from __future__ import annotations

from runtut.procedures.importing.limits import Unreadable
from runtut.procedures.importing.source import Source
from runtut.procedures.rendering.bpmn import BpmnRefused, read_bpmn


def read(name: str, content: bytes) -> Source:
    """Read the one process of a file; raises Unreadable with everything that no SOP can hold."""
    try:
        return Source(name=name, rows=(), documents=(read_bpmn(content),))
    except BpmnRefused as refused:
        why = " ".join(f"{problem.rstrip('.')}." for problem in refused.problems)
        raise Unreadable(f"Diagram BPMN ini tidak dapat menjadi SOP. {why}") from None

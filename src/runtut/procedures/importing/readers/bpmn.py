"""BPMN 2.0, of ours or of another program: what has a meaning in an SOP is taken over, the rest is named."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from runtut.procedures.importing.limits import Unreadable
from runtut.procedures.importing.source import Source
from runtut.procedures.rendering.bpmn import BpmnRefused, BpmnSop, read_bpmn

PLACE = "diagram"


def read(name: str, content: bytes) -> Source:
    """Read the processes of a file; raises Unreadable with what makes the flow of all of them unreadable."""
    stem = PurePath(name).name.partition(".")[0]
    try:
        found = read_bpmn(content, stem)
    except BpmnRefused as refused:
        why = " ".join(f"{problem.rstrip('.')}." for problem in refused.problems)
        raise Unreadable(f"Diagram BPMN ini tidak dapat menjadi SOP. {why}") from None
    return Source(name=name, rows=(), documents=tuple(_with_rest(sop) for sop in found))


def _with_rest(sop: BpmnSop) -> dict[str, Any]:
    """The document with what found no place in it, as `runtut sop parse` writes it."""
    return {**sop.document, "unread": [{"text": text, "place": PLACE} for text in sop.unread]}

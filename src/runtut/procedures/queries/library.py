"""The SOPs that come with Runtut, in the interchange format (docs/formats/sop.md)."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

from runtut.procedures.errors import LibraryKeyUnknown
from runtut.procedures.graph import Graph, graph_of_document, read_document
from runtut.procedures.rendering import MatrixDrawing, matrix_svg

FOLDER = Path(__file__).resolve().parents[1] / "data" / "library"


@cache
def _entries() -> tuple[dict[str, Any], ...]:
    """Read and check the files once per process."""
    read = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json")))
    return tuple(sorted((read_document(data) for data in read), key=_order))


def _order(data: dict[str, Any]) -> tuple[bool, str]:
    return not data["seed"], data["key"]


def library() -> list[dict[str, Any]]:
    """Return every SOP of the library, the seven of the seeds first; the caller may change its copy."""
    return copy.deepcopy(list(_entries()))


def library_entry(key: str) -> dict[str, Any]:
    """Return one SOP by its key in any case ("S2", "s2"); raises LibraryKeyUnknown."""
    for data in _entries():
        if data["library_key"] == key.strip().lower():
            return copy.deepcopy(data)
    raise LibraryKeyUnknown(key=key)


@cache
def library_graph(key: str) -> tuple[Graph, MatrixDrawing]:
    """Return the graph of an SOP of the library and its flowchart matrix, drawn once per process; raises
    LibraryKeyUnknown."""
    graph = graph_of_document(library_entry(key))
    return graph, matrix_svg(graph)

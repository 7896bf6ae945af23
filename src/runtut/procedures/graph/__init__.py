"""An SOP as a graph of steps: pure, without a database."""

from runtut.procedures.graph.document import (
    FORMAT,
    DocumentInvalid,
    graph_of_document,
    read_document,
)
from runtut.procedures.graph.lint import Finding, Severity, blocking, has_empty_segment, lint
from runtut.procedures.graph.nodes import Column, Graph, StepNode, split_modes

__all__ = [
    "FORMAT",
    "Column",
    "DocumentInvalid",
    "Finding",
    "Graph",
    "Severity",
    "StepNode",
    "blocking",
    "graph_of_document",
    "has_empty_segment",
    "lint",
    "read_document",
    "split_modes",
]

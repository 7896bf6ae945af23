"""An SOP as a graph of steps: pure, without a database."""

from runtut.procedures.graph.comparison import (
    STEP_FIELDS,
    SopComparison,
    StepPair,
    compare_documents,
    field_words,
)
from runtut.procedures.graph.document import (
    FORMAT,
    DocumentInvalid,
    graph_of_document,
    read_document,
)
from runtut.procedures.graph.lint import (
    Finding,
    LawTable,
    Place,
    Rule,
    Severity,
    blocking,
    has_empty_segment,
    is_same_number,
    lint,
    read_laws,
)
from runtut.procedures.graph.nodes import Column, Graph, StepNode, least_of, split_modes

__all__ = [
    "FORMAT",
    "STEP_FIELDS",
    "Column",
    "DocumentInvalid",
    "Finding",
    "Graph",
    "LawTable",
    "Place",
    "Rule",
    "Severity",
    "SopComparison",
    "StepNode",
    "StepPair",
    "blocking",
    "compare_documents",
    "field_words",
    "graph_of_document",
    "has_empty_segment",
    "is_same_number",
    "least_of",
    "lint",
    "read_document",
    "read_laws",
    "split_modes",
]

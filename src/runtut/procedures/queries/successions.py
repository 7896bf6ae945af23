"""Two versions of one SOP, step by step."""

from __future__ import annotations

from runtut.procedures.graph import SopComparison, compare_documents
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries.documents import document_of


def comparison_of(older: ProcedureVersion, newer: ProcedureVersion) -> SopComparison:
    """Return what differs between two stored versions. Six queries."""
    return compare_documents(document_of(older), document_of(newer))


def step_numbers_between(older: ProcedureVersion, newer: ProcedureVersion) -> dict[int, int | None]:
    """Return the number that each step of an older version has in a newer one, None for a step that is gone.
    Six queries."""
    return comparison_of(older, newer).step_map

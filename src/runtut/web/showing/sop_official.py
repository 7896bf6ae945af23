"""The official page of a draft as it is edited, with what lint says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import drawing_of, graph_of
from runtut.web.showing.sop_findings import FindingsPage, findings_page
from runtut.web.showing.sop_page import MatrixPage, matrix_of
from runtut.web.showing.sop_steps import step_view


@dataclass(frozen=True)
class OfficialPage:
    """The matrix, the findings, and the sum of the standard times in minutes."""

    matrix: MatrixPage
    findings: FindingsPage
    minutes: int

    def context(self, back: str) -> Mapping[str, Any]:
        """What its templates ask for; `back` is the address of the SOP's page, where the findings are."""
        return {"matrix": self.matrix, "findings": self.findings, "minutes": self.minutes, "back": back}


def official_page(version: ProcedureVersion) -> OfficialPage:
    """The page of a draft as stored. Ten queries whatever the number of steps."""
    graph = graph_of(version)
    steps = version.steps.prefetch_related("step_performers__performer").order_by("no")
    return OfficialPage(
        matrix=matrix_of([step_view(step) for step in steps], graph, drawing_of(version, graph)),
        findings=findings_page(version, graph),
        minutes=sum(step.minutes for step in graph.steps),
    )

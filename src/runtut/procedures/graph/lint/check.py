from __future__ import annotations

from collections.abc import Collection
from typing import Any

from runtut.procedures.graph.lint.finding import Facts, Finding
from runtut.procedures.graph.lint.flow import flow_findings
from runtut.procedures.graph.lint.identity import identity_findings
from runtut.procedures.graph.lint.law_rules import law_findings
from runtut.procedures.graph.lint.numbering import numbering_findings
from runtut.procedures.graph.lint.rules import Severity
from runtut.procedures.graph.lint.steps import step_findings
from runtut.procedures.graph.lint.words import word_findings
from runtut.procedures.graph.nodes import Graph

_FAMILIES = (
    numbering_findings,
    step_findings,
    word_findings,
    flow_findings,
    identity_findings,
    law_findings,
)
_ORDER = list(Severity)


def lint(graph: Graph, **facts: Any) -> list[Finding]:
    """Check an SOP and return every finding: the most serious first, then in the order of the steps.

    `facts` are the fields of `Facts`; what is not given is not asked about. Every rule is named in `RULES`.
    """
    given = Facts(graph=graph, **facts)
    if not graph.steps:
        return [Finding("no_steps", "SOP ini belum memiliki langkah.")]
    found = dict.fromkeys(one for family in _FAMILIES for one in family(given))
    return sorted(found, key=lambda one: (_ORDER.index(one.severity), one.step_no or 0))


def blocking(findings: Collection[Finding]) -> list[Finding]:
    """Return the findings that stop ratification."""
    return [found for found in findings if found.severity is Severity.ERROR]

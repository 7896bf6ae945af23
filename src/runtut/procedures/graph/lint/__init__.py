"""Named rules over an SOP: pure, each finding with its place, its reason and its regulation.

rules (the catalogue) -> numbering, steps, words, flow, identity, laws (one family of rules each) -> check.
"""

from runtut.procedures.graph.lint.check import blocking, lint
from runtut.procedures.graph.lint.finding import Facts, Finding, Place
from runtut.procedures.graph.lint.laws import Law, LawTable, cited_laws, read_laws
from runtut.procedures.graph.lint.numbering import has_empty_segment, is_same_number
from runtut.procedures.graph.lint.rules import RULES, Rule, Severity

__all__ = [
    "RULES",
    "Facts",
    "Finding",
    "Law",
    "LawTable",
    "Place",
    "Rule",
    "Severity",
    "blocking",
    "cited_laws",
    "has_empty_segment",
    "is_same_number",
    "lint",
    "read_laws",
]

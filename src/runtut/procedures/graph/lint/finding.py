from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from runtut.procedures.graph.lint.laws import NO_LAWS, LawTable
from runtut.procedures.graph.lint.rules import RULES, Rule, Severity
from runtut.procedures.graph.nodes import Graph


@dataclass(frozen=True)
class Place:
    """What a finding speaks of: a field of the identity page, or of a step. Names are those of the format."""

    field: str = ""
    step_no: int | None = None


@dataclass(frozen=True)
class Finding:
    """One named finding. `sentence` is shown to the user."""

    code: str
    sentence: str
    place: Place = Place()

    @property
    def rule(self) -> Rule:
        return RULES[self.code]

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def step_no(self) -> int | None:
        """The step that it speaks of; None for the SOP as a whole."""
        return self.place.step_no

    @property
    def key(self) -> str:
        """Names this finding as long as it says the same thing: what a person silences is this key."""
        return sha256(f"{self.code}|{self.sentence}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Facts:
    """What is checked. None leaves the rules about it unasked: a draft gets its number and its effective date
    only when it is ratified, and who has no register cannot say what is missing from it.

    Dates are ISO text of any precision. `known_calls` are keys and titles that a step may call, `registry`
    the titles of the SOPs that a relation may name. `office` is whose SOP it is, `office_kind` of what kind.
    """

    graph: Graph
    title: str = ""
    number: str | None = None
    created: str = ""
    revised: str = ""
    effective: str | None = None
    legal_basis: Sequence[str] = ()
    related: Sequence[str] = ()
    known_calls: Collection[str] | None = None
    registry: Collection[str] | None = None
    laws: LawTable = field(default=NO_LAWS)
    office: str = ""
    office_kind: str = ""

    @property
    def latest_date(self) -> str:
        """The latest date that the SOP bears; empty when it bears none."""
        return max(self.created, self.revised, self.effective or "")


def plain(text: str) -> str:
    """Letters and spaces only as they matter for comparing two names."""
    return " ".join(text.casefold().split())


def bare(text: str) -> str:
    """The name of an SOP without the word SOP."""
    return plain(text).removeprefix("sop ")

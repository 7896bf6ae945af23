"""What lint found in an SOP, with the way to where it is mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.urls import reverse

from runtut.procedures.graph import Finding, Graph, Severity
from runtut.procedures.models import ProcedureVersion, SilencedFinding
from runtut.procedures.queries import review_of
from runtut.web.forms.sop_review import FIELDS
from runtut.web.showing.library_page import is_in_library

IN_THE_TABLE: Final = {
    "time": "time",
    "return_to": "return_to",
    "kind": "add",
    "performers": "add",
    "no": "add",
}
"""Fields that only the table changes, and the control that they lead to."""
ON_IDENTITY: Final = frozenset({"legal_basis", "related_sops"})
WORDS: Final[dict[Severity, tuple[str, str]]] = {
    Severity.ERROR: ("Harus diperbaiki", "kembali"),
    Severity.WARNING: ("Sebaiknya diperbaiki", "tanya"),
    Severity.HINT: ("Perlu dilihat lagi", "tanya"),
}


@dataclass(frozen=True)
class FindingRow:
    """One finding: where it is, what it says and why; `url` is where it is mended, if anywhere."""

    found: Finding
    url: str
    aside: SilencedFinding | None = None

    @property
    def where(self) -> str:
        field = FIELDS.get(self.found.place.field, "")
        if self.found.step_no is None:
            return field[:1].upper() + field[1:]
        return f"Langkah {self.found.step_no}, {field}" if field else f"Langkah {self.found.step_no}"

    @property
    def way(self) -> str:
        """What its link does."""
        return "Ambil dari pustaka" if self.found.place.field == "calls" else "Perbaiki"

    @property
    def is_error(self) -> bool:
        return self.found.severity is Severity.ERROR


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one severity."""

    heading: str
    icon: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True)
class FindingsPage:
    groups: tuple[FindingGroup, ...]
    aside: tuple[FindingRow, ...]

    @property
    def count(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def findings_page(version: ProcedureVersion, graph: Graph) -> FindingsPage:
    """Everything lint says of a version, the most serious first. `graph` is the version's own. Three
    queries."""
    steps = dict(version.steps.values_list("no", "uid"))
    review = review_of(version, graph)
    calls = {step.no: step.calls for step in graph.steps}
    rows = [FindingRow(found, address_of(version, found, steps, calls)) for found in review.standing]
    groups = (
        FindingGroup(*WORDS[severity], tuple(row for row in rows if row.found.severity is severity))
        for severity in Severity
    )
    return FindingsPage(
        groups=tuple(group for group in groups if group.rows),
        aside=tuple(
            FindingRow(found, address_of(version, found, steps, calls), row) for found, row in review.silenced
        ),
    )


def address_of(
    version: ProcedureVersion, found: Finding, steps: Mapping[int, UUID], calls: Mapping[int, str]
) -> str:
    """The form in which the place of a finding is changed, with the field as its fragment; the library's page
    of an SOP that is called and not there. `calls` says by number which SOP a step calls."""
    where = [version.procedure.uid, version.number]
    field = found.place.field
    key = steps.get(found.step_no or 0)
    if field == "calls":
        wanted = calls.get(found.step_no or 0, "")
        is_offered = is_in_library(wanted)
        return reverse("web:pustaka_rinci", args=[wanted]) if is_offered else reverse("web:pustaka")
    if key and field in IN_THE_TABLE:
        return f"{reverse('web:sop_susun', args=where)}#{key}-{IN_THE_TABLE[field]}"
    if key:
        return f"{reverse('web:sop_langkah', args=[*where, found.step_no])}#id_{field}"
    if field in ON_IDENTITY:
        return f"{reverse('web:sop_identitas', args=where)}#id_{field}"
    return ""

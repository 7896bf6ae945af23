"""What lint says of a stored version, and of a document that is in no database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from runtut.procedures.enums import IN_MAKING
from runtut.procedures.graph import Finding, Graph, graph_of_document, lint
from runtut.procedures.models import Procedure, ProcedureVersion, SilencedFinding
from runtut.procedures.queries.graphs import graph_of
from runtut.procedures.queries.laws import law_table


@dataclass(frozen=True)
class Review:
    """The findings of a version: those that stand, and those that a person has set aside."""

    standing: tuple[Finding, ...]
    silenced: tuple[tuple[Finding, SilencedFinding], ...]


def findings_of(version: ProcedureVersion) -> list[Finding]:
    """Check the version as it stands, silenced findings included. One query more than the graph."""
    return check_graph(version, graph_of(version))


def check_graph(version: ProcedureVersion, graph: Graph) -> list[Finding]:
    """Check a graph under the identity of a version: the version's own, or one with edits not yet stored.

    A step may call, and a relation may name, any SOP that its office has. While it is being made, a number
    and a date of effect may be wanting: ratification gives them. One query.
    """
    office = version.procedure.unit
    own = list(Procedure.objects.filter(unit=office).values_list("library_key", "title"))
    making = version.state in IN_MAKING
    return lint(
        graph,
        title=version.title,
        number=(version.sop_number or None) if making else version.sop_number,
        created=version.created_date,
        revised=version.revised_date,
        effective=(version.effective_date or None) if making else version.effective_date,
        legal_basis=version.legal_basis,
        related=version.related_sops,
        known_calls={name for row in own for name in row if name},
        registry=[title for _, title in own],
        laws=law_table(),
        office=office.short_name,
        office_kind=office.kind,
    )


def review_of(version: ProcedureVersion, graph: Graph) -> Review:
    """Part the findings of a version by what people have set aside. `graph` is the version's own. Two
    queries."""
    aside = {row.key: row for row in version.silenced.select_related("by")}
    found = check_graph(version, graph)
    return Review(
        standing=tuple(one for one in found if one.key not in aside),
        silenced=tuple((one, aside[one.key]) for one in found if one.key in aside),
    )


def findings_of_document(
    document: Mapping[str, Any], *, registry: Collection[str] | None = None
) -> list[Finding]:
    """Check a valid document in the interchange format; without a register relations are not asked about."""
    dates = document["dates"]
    return lint(
        graph_of_document(document),
        title=document["title"],
        number=document["number"],
        created=dates["created"],
        revised=dates["revised"],
        effective=dates["effective"],
        legal_basis=document["legal_basis"],
        related=document["related_sops"],
        registry=registry,
        laws=law_table(),
    )

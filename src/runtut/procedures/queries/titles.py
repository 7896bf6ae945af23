"""Titles in an SOP that an office does not have, and what the office would say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtut.organisations.enums import Role, UnitKind
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import positions_in, units_within
from runtut.procedures.graph.titles import Mention, Term, mentions
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries.bindings import STAND_INS
from runtut.procedures.queries.documents import document_of

PARTS: Mapping[str, tuple[str, ...]] = {
    UnitKind.SEKSI: (UnitKind.BIDANG,),
    UnitKind.BIDANG: (UnitKind.SEKSI,),
}
"""Which part of an office does what another does elsewhere; the office itself stands for an office."""


@dataclass(frozen=True)
class ForeignTitle:
    """A word that means nothing in the office. `proposed` is the office's own, empty where it has none;
    `role` is the role of the positions that are called so."""

    mention: Mention
    proposed: str
    role: str

    @property
    def key(self) -> str:
        return self.mention.term.key


def foreign_titles(document: Mapping[str, Any], office: OrganisationUnit) -> list[ForeignTitle]:
    """Return what an SOP names and an office has not, in the order of the terms. Two queries."""
    used = mentions(document)
    if not used:
        return []
    by_role: dict[str, list[Position]] = {}
    for position in positions_in(unit=office):
        by_role.setdefault(position.role, []).append(position)
    kinds = set(units_within([office.path]).filter(is_active=True).values_list("kind", flat=True))
    lacking = [one for one in used if not _there(one.term, by_role, kinds)]
    return [_foreign(one, office, by_role, kinds) for one in lacking]


def foreign_in_table(version: ProcedureVersion) -> list[ForeignTitle]:
    """Return those that stand in the performers or the steps of a version. Five queries."""
    found = foreign_titles(document_of(version), version.procedure.unit)
    return [one for one in found if one.mention.performer or one.mention.steps]


def _there(term: Term, by_role: Mapping[str, Sequence[Position]], kinds: set[str]) -> bool:
    return term.role in by_role if term.role else term.unit in kinds


def _foreign(
    mention: Mention, office: OrganisationUnit, by_role: Mapping[str, Sequence[Position]], kinds: set[str]
) -> ForeignTitle:
    term = mention.term
    if term.unit:
        return ForeignTitle(mention, _part_for(term.unit, office, kinds), "")
    role = next((one for one in STAND_INS.get(term.role, ()) if one in by_role), "")
    return ForeignTitle(mention, _called(by_role[role]) if role else "", role)


def _part_for(kind: str, office: OrganisationUnit, kinds: set[str]) -> str:
    if kind in PARTS:
        return next((str(UnitKind(one).label).lower() for one in PARTS[kind] if one in kinds), "")
    return str(UnitKind(office.kind).label).lower()


def _called(positions: Sequence[Position]) -> str:
    """One position by its short title, several by the words with which all their titles begin."""
    if len(positions) == 1:
        return positions[0].short_title
    shared = []
    for words in zip(*(position.title.split() for position in positions), strict=False):
        if len(set(words)) > 1:
            break
        shared.append(words[0])
    return " ".join(shared) or str(Role(positions[0].role).label)

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from runtut.accounts.models import User
from runtut.organisations.enums import GOVERNMENT_KINDS, OFFICE_KINDS, Role, UnitKind
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries.authorities import authorities_of


def within(path: str) -> Q:
    """Return the condition that a unit is the one with this path or below it: one indexed range."""
    return Q(path__gte=path, path__lt=f"{path}a")


def units_within(paths: Iterable[str]) -> QuerySet[OrganisationUnit]:
    """Return the units of these subtrees, none for no paths."""
    condition = Q()
    for path in topmost(paths):
        condition |= within(path)
    return OrganisationUnit.objects.filter(condition) if condition else OrganisationUnit.objects.none()


def topmost(paths: Iterable[str]) -> list[str]:
    """Drop every path that lies below another."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def units_open_to(*, user: User, on: date) -> QuerySet[OrganisationUnit]:
    """Return the units that a person's positions, mandates and oversight open on a day.

    A position opens the whole office around it; oversight opens its unit and all below. Two queries before
    the one that is returned.
    """
    return units_within(authority.opens for authority in authorities_of(user=user, on=on))


def has_open(*, user: User, unit: OrganisationUnit, on: date) -> bool:
    """Tell whether any of a person's authorities opens a unit on a day (two queries)."""
    return any(
        unit.region == authority.region and unit.path.startswith(authority.opens)
        for authority in authorities_of(user=user, on=on)
    )


def ancestors_of(unit: OrganisationUnit) -> QuerySet[OrganisationUnit]:
    """Return the unit and all above it, nearest first."""
    return OrganisationUnit.objects.filter(path__in=unit.ancestor_paths).order_by("-path")


def office_of(unit: OrganisationUnit) -> OrganisationUnit:
    """Return the nearest office at or above a unit; the unit itself where there is none.

    No query when the unit is an office, otherwise one.
    """
    if unit.kind in OFFICE_KINDS:
        return unit
    return ancestors_of(unit).filter(kind__in=OFFICE_KINDS).first() or unit


def supervising_unit_of(unit: OrganisationUnit) -> OrganisationUnit | None:
    """Return the nearest office or government strictly above a unit: seksi, kecamatan, kabupaten, None."""
    above = ancestors_of(unit).exclude(pk=unit.pk)
    return above.filter(kind__in=OFFICE_KINDS | GOVERNMENT_KINDS).first()


def positions_in(*, unit: OrganisationUnit, role: Role | str | None = None) -> QuerySet[Position]:
    """Return the active positions of a unit and all below it, in the order of the office's chart."""
    positions = Position.objects.filter(
        unit__path__gte=unit.path, unit__path__lt=unit.path_end, unit__is_active=True, is_active=True
    )
    if role:
        positions = positions.filter(role=role)
    return positions.select_related("unit").order_by("sequence", "unit__path", "id")


@dataclass(frozen=True)
class Letterhead:
    """The lines above an office's letters."""

    government: str
    office: str
    address: str
    contact: str


def letterhead_of(unit: OrganisationUnit) -> Letterhead:
    """Return the letterhead of the office around a unit (one query): the government's line, the office's
    name, address and contact as they stand now."""
    chain = list(ancestors_of(unit))
    office = next((node for node in chain if node.kind in OFFICE_KINDS), chain[0])
    government = next((node for node in chain if node.kind in GOVERNMENT_KINDS), None)
    line = f"Pemerintah {government.name}".upper() if government else ""
    return Letterhead(line, office.name.upper(), office.address, office.contact)


def signing_place(unit: OrganisationUnit) -> str:
    """Return where an office signs: a kecamatan bears its place's name, other offices their kabupaten's (one
    query)."""
    chain = list(ancestors_of(unit))
    office = next((one for one in chain if one.kind == UnitKind.KECAMATAN), None)
    office = office or next((one for one in chain if one.kind in GOVERNMENT_KINDS), unit)
    for kind in ("Kecamatan ", "Kec. ", "Kabupaten ", "Kota ", "Provinsi "):
        if office.name.startswith(kind):
            return office.name.removeprefix(kind)
    return office.name

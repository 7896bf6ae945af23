"""What the pages of Pengaturan share: the administrator, the trail, finding what is administered."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import units_within
from runtut.organisations.rules import can_administer
from runtut.web.frame.authority import ensure_administration
from runtut.web.frame.pages import Crumb

SECTION: Final = "pengaturan"


def root_crumbs() -> tuple[Crumb, ...]:
    return (Crumb("Pengaturan", reverse("web:pengaturan")),)


def tree_crumbs() -> tuple[Crumb, ...]:
    return (*root_crumbs(), Crumb("Susunan unit", reverse("web:unit_pohon")))


def unit_crumbs(unit: OrganisationUnit) -> tuple[Crumb, ...]:
    return (*tree_crumbs(), Crumb(unit.short_name, reverse("web:unit", args=[unit.uid])))


def position_crumbs(position: Position) -> tuple[Crumb, ...]:
    return (
        *unit_crumbs(position.unit),
        Crumb(position.short_title, reverse("web:jabatan", args=[position.uid])),
    )


def administered_units(authority: Authority) -> Any:
    """The units of the administrator, in tree order, closed ones too."""
    return units_within([authority.unit_path]).order_by("path")


def find_unit(request: HttpRequest, uid: UUID) -> tuple[Authority, OrganisationUnit]:
    """The administrator's authority and a unit of theirs; 404 for any other unit."""
    authority = ensure_administration(request)
    unit = OrganisationUnit.objects.select_related("parent").filter(uid=uid).first()
    if unit is None or not can_administer(authority, unit):
        raise Http404
    return authority, unit


def find_position(request: HttpRequest, uid: UUID) -> tuple[Authority, Position]:
    """The administrator's authority and a position of theirs; 404 for any other position."""
    authority = ensure_administration(request)
    position = Position.objects.select_related("unit").filter(uid=uid).first()
    if position is None or not can_administer(authority, position.unit):
        raise Http404
    return authority, position

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from runtut.core import search
from runtut.core.locks import write_transaction
from runtut.core.uids import uuid7
from runtut.organisations.actions.trail import note
from runtut.organisations.enums import UnitKind, Zone
from runtut.organisations.errors import (
    RootExists,
    RootStaysRoot,
    UnitInactive,
    UnitIntoItself,
    UnitLimitReached,
    UnitNotEmpty,
    UnitTooDeep,
)
from runtut.organisations.events import unit_moved
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.models.unit import PATH_LEVELS, PATH_STEP
from runtut.organisations.queries import units_within
from runtut.organisations.rules import ensure_can_administer, ensure_fits, ensure_text

LARGEST_ID = 10**PATH_STEP - 1
NAMES_SHOWN = 3


def lock_tree(region: int) -> None:
    """Lock the root of a region: every change of the tree's shape waits for the one before it, so that no
    path is computed from a parent that is moving, and no two moves make a circle."""
    list(OrganisationUnit.objects.select_for_update(no_key=True).filter(region=region, parent__isnull=True))


def insert_unit(
    *,
    region: int,
    parent: OrganisationUnit | None,
    kind: UnitKind,
    name: str,
    short_name: str,
    zone: str,
    code: str = "",
    address: str = "",
    contact: str = "",
    uid: UUID | None = None,
) -> OrganisationUnit:
    """Insert a unit and give it its path. The caller holds the tree's lock and has checked everything."""
    uid = uid or uuid7()
    unit = OrganisationUnit.objects.create(
        uid=uid,
        region=region,
        parent=parent,
        path=uid.hex,
        kind=kind,
        name=name,
        short_name=short_name,
        code=code,
        address=address,
        contact=contact,
        zone=zone,
    )
    if unit.pk > LARGEST_ID:
        raise UnitLimitReached
    unit.path = f"{parent.path if parent else ''}{unit.pk:0{PATH_STEP}d}"
    unit.save(update_fields=["path"])
    return unit


def create_unit(
    *,
    parent: OrganisationUnit,
    kind: UnitKind,
    name: str,
    short_name: str,
    authority: Authority,
    at: datetime,
) -> OrganisationUnit:
    """Create a unit below another, in the same region and time zone.

    Raises NotAdministrator, UnitInactive, UnitTooDeep, NameMissing, TextTooLong.
    """
    name, short_name = ensure_names(name, short_name)
    with write_transaction():
        lock_tree(parent.region)
        parent = OrganisationUnit.objects.select_for_update(no_key=True).get(pk=parent.pk)
        ensure_can_administer(authority, parent)
        ensure_active(parent)
        ensure_depth(parent, levels=1)
        unit = insert_unit(
            region=parent.region,
            parent=parent,
            kind=kind,
            name=name,
            short_name=short_name,
            zone=parent.zone,
        )
        note(
            unit=unit,
            action="unit.created",
            subject=unit.uid,
            authority=authority,
            at=at,
            data={"parent": parent.pk, "kind": kind, "name": name, "short_name": short_name},
        )
    return unit


def create_root(
    *, kind: UnitKind, name: str, short_name: str, zone: Zone, authority: Authority, at: datetime
) -> OrganisationUnit:
    """Create the topmost unit of the authority's region: the installation's own act, done once.

    Raises RootExists.
    """
    name, short_name = ensure_names(name, short_name)
    with write_transaction():
        existing = OrganisationUnit.objects.filter(region=authority.region, parent__isnull=True).first()
        if existing:
            raise RootExists(unit=existing.short_name)
        unit = insert_unit(
            region=authority.region, parent=None, kind=kind, name=name, short_name=short_name, zone=zone
        )
        ensure_can_administer(authority, unit)
        note(
            unit=unit,
            action="unit.created",
            subject=unit.uid,
            authority=authority,
            at=at,
            data={"parent": None, "kind": kind, "name": name, "short_name": short_name},
        )
    return unit


def rename_unit(
    *, unit: OrganisationUnit, name: str, short_name: str, authority: Authority, at: datetime
) -> OrganisationUnit:
    """Rename a unit. Documents and runs that exist keep the name they were made with."""
    name, short_name = ensure_names(name, short_name)
    return change_unit(
        unit=unit,
        action="unit.renamed",
        values={"name": name, "short_name": short_name},
        authority=authority,
        at=at,
    )


def set_letterhead(
    *,
    unit: OrganisationUnit,
    code: str,
    address: str,
    contact: str,
    authority: Authority,
    at: datetime,
) -> OrganisationUnit:
    """Set what a unit's letters carry: its code in letter numbers, its address and contact line."""
    values = {
        "code": ensure_fits(code, what="Kode surat", limit=30, field="code"),
        "address": ensure_fits(address, what="Alamat", limit=200, field="address"),
        "contact": ensure_fits(contact, what="Telepon/surel", limit=120, field="contact"),
    }
    return change_unit(unit=unit, action="unit.letterhead_set", values=values, authority=authority, at=at)


def change_unit(
    *, unit: OrganisationUnit, action: str, values: dict[str, str], authority: Authority, at: datetime
) -> OrganisationUnit:
    with write_transaction():
        unit = OrganisationUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        ensure_can_administer(authority, unit)
        before = {key: getattr(unit, key) for key in values}
        for key, value in values.items():
            setattr(unit, key, value)
        unit.save(update_fields=list(values))
        note(
            unit=unit,
            action=action,
            subject=unit.uid,
            authority=authority,
            at=at,
            data={"before": before, "after": values},
        )
    return unit


def move_unit(
    *, unit: OrganisationUnit, parent: OrganisationUnit, authority: Authority, at: datetime
) -> OrganisationUnit:
    """Put a unit, with all below it, under another parent of the same region.

    The authority must administer both. Raises RootStaysRoot, UnitIntoItself, UnitInactive, UnitTooDeep.
    """
    with write_transaction():
        lock_tree(unit.region)
        unit = OrganisationUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        parent = OrganisationUnit.objects.select_for_update(no_key=True).get(pk=parent.pk)
        ensure_can_administer(authority, unit)
        ensure_can_administer(authority, parent)
        if unit.parent_id is None:
            raise RootStaysRoot(unit=unit.short_name)
        if parent.path.startswith(unit.path):
            raise UnitIntoItself(unit=unit.short_name, field="parent")
        ensure_active(parent)
        ensure_depth(parent, levels=height_of(unit))
        old_parent, old_path = unit.parent_id, unit.path
        rewrite_paths(unit, f"{parent.path}{unit.pk:0{PATH_STEP}d}")
        OrganisationUnit.objects.filter(pk=unit.pk).update(parent=parent)
        unit.refresh_from_db()
        note(
            unit=unit,
            action="unit.moved",
            subject=unit.uid,
            authority=authority,
            at=at,
            data={"before": {"parent": old_parent}, "after": {"parent": parent.pk}},
        )
        unit_moved.send(sender=OrganisationUnit, unit=unit, old_path=old_path, authority=authority, at=at)
    return unit


def rewrite_paths(unit: OrganisationUnit, new_path: str) -> None:
    """Put a new beginning before the paths of a subtree, in one statement; what the search knows of it
    follows in another."""
    tail = Substr(F("path"), len(unit.path) + 1)
    units_within([unit.path]).update(path=Concat(Value(new_path), tail))
    search.move(unit.path, new_path)


def height_of(unit: OrganisationUnit) -> int:
    """Return how many levels a subtree spans, itself included."""
    longest = max(len(path) for path in units_within([unit.path]).values_list("path", flat=True))
    return (longest - len(unit.path)) // PATH_STEP + 1


def deactivate_unit(*, unit: OrganisationUnit, authority: Authority, at: datetime) -> OrganisationUnit:
    """Take a unit out of use; what it did stays readable.

    Raises UnitNotEmpty while an active unit or position lies directly in it.
    """
    with write_transaction():
        lock_tree(unit.region)
        unit = OrganisationUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        ensure_can_administer(authority, unit)
        ensure_active(unit)
        ensure_empty(unit)
        unit.is_active = False
        unit.save(update_fields=["is_active"])
        note(
            unit=unit,
            action="unit.deactivated",
            subject=unit.uid,
            authority=authority,
            at=at,
            data={"name": unit.name},
        )
    return unit


def ensure_names(name: str, short_name: str) -> tuple[str, str]:
    return (
        ensure_text(name, what="Nama unit", limit=120, field="name"),
        ensure_text(short_name, what="Nama singkat", limit=60, field="short_name"),
    )


def ensure_active(unit: OrganisationUnit) -> None:
    if not unit.is_active:
        raise UnitInactive(unit=unit.short_name)


def ensure_depth(parent: OrganisationUnit, *, levels: int) -> None:
    if len(parent.path) // PATH_STEP + levels > PATH_LEVELS:
        raise UnitTooDeep(levels=PATH_LEVELS, field="parent")


def ensure_empty(unit: OrganisationUnit) -> None:
    below = unit.children.filter(is_active=True).order_by("path").values_list("short_name", flat=True)
    if names := list(below[: NAMES_SHOWN + 1]):
        raise UnitNotEmpty(unit=unit.short_name, what="unit di bawahnya", names=listed(names))
    inside = unit.positions.filter(is_active=True).order_by("id").values_list("short_title", flat=True)
    if names := list(inside[: NAMES_SHOWN + 1]):
        raise UnitNotEmpty(unit=unit.short_name, what="jabatan", names=listed(names))


def listed(names: list[str]) -> str:
    more = " dan lainnya" if len(names) > NAMES_SHOWN else ""
    return f"{', '.join(names[:NAMES_SHOWN])}{more}"

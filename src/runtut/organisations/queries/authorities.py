from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, cast

from runtut.accounts.models import User
from runtut.core.sql import day_of, fetch_all
from runtut.organisations.enums import OFFICE_KINDS, Capacity
from runtut.organisations.models import (
    Appointment,
    Authority,
    Mandate,
    OrganisationUnit,
    Oversight,
    Position,
)
from runtut.organisations.models.unit import paths_above


@dataclass(frozen=True)
class Grant:
    """A dated row that gives a person an authority. `replaced` means that somebody acts in their stead today,
    so that the authority sleeps."""

    authority: Authority
    since: date
    until: date | None
    decree: str
    is_head: bool
    replaced: bool
    unit_kind: str


class GrantRow(NamedTuple):
    """A row of GRANTS, in its order."""

    rank: int
    since: date | str
    row: int
    until: date | str | None
    basis: str
    capacity: str
    watch: str
    post: int | None
    title: str
    post_role: str
    head: bool
    unit_key: int
    unit_path: str
    unit_kind: str
    unit_region: int
    replaced: bool


APPOINTMENTS, MANDATES, OVERSIGHTS, POSITIONS, UNITS, USERS = (
    model._meta.db_table for model in (Appointment, Mandate, Oversight, Position, OrganisationUnit, User)
)


def in_force_sql(alias: str) -> str:
    """As dates.in_force, of the rows of an alias."""
    return f"{alias}.valid_from <= :day AND ({alias}.valid_until IS NULL OR {alias}.valid_until > :day)"


OF_POST = (
    "d.position_id, p.short_title, p.role, p.is_head, p.unit_id, u.path, u.kind, u.region"
    "{more} FROM {table} d "
    f"JOIN {POSITIONS} p ON p.id = d.position_id AND p.is_active "
    f"JOIN {UNITS} u ON u.id = p.unit_id AND u.is_active "
    f"WHERE d.user_id = :user AND {in_force_sql('d')}"
)
ACTED_FOR = (
    f", EXISTS (SELECT 1 FROM {MANDATES} m JOIN {USERS} a ON a.id = m.user_id "  # noqa: S608 (names from the models)
    f"WHERE m.position_id = d.position_id AND a.is_active AND {in_force_sql('m')})"
)
APPOINTED = (
    f"SELECT 0, d.valid_from, d.id, d.valid_until, d.decree, '{Capacity.DEFINITIVE}', '', "
    + OF_POST.format(more=ACTED_FOR, table=APPOINTMENTS)
)
MANDATED = "SELECT 1, d.valid_from, d.id, d.valid_until, d.decree, d.kind, '', " + OF_POST.format(
    more=", false", table=MANDATES
)
OVERSEEING = (
    f"SELECT 2, d.valid_from, d.id, d.valid_until, d.decree, '{Capacity.OVERSIGHT}', d.kind, "  # noqa: S608 (names from the models)
    "CAST(NULL AS bigint), '', '', false, d.unit_id, u.path, u.kind, u.region, false "
    f"FROM {OVERSIGHTS} d JOIN {UNITS} u ON u.id = d.unit_id AND u.is_active "
    f"WHERE d.user_id = :user AND {in_force_sql('d')}"
)
GRANTS = f"{APPOINTED} UNION ALL {MANDATED} UNION ALL {OVERSEEING} ORDER BY 1, 2, 3"
"""Every page asks this: in the ORM its making took longer than all else that the page reads."""


def grants_of(*, user: User, on: date) -> list[Grant]:
    """Return every row that gives a person an authority on a day, sleeping ones too: definitive posts, then
    mandates, then oversight. Two queries, none for somebody whose account is closed."""
    if not user.is_active:
        return []
    rows = [GrantRow._make(row) for row in fetch_all(GRANTS, {"user": user.pk, "day": on})]
    offices = office_paths(row.unit_path for row in rows if row.post)
    return [grant_from(row, user, offices) for row in rows]


def grant_from(row: GrantRow, user: User, offices: frozenset[str]) -> Grant:
    capacity = Capacity(row.capacity)
    authority = Authority(
        user_id=user.pk,
        full_name=user.full_name,
        is_demo=user.is_demo,
        region=row.unit_region,
        unit_id=row.unit_key,
        unit_path=row.unit_path,
        capacity=capacity,
        position_id=row.post,
        position_title=row.title,
        role=row.post_role,
        mandate_id=row.row if capacity.is_mandate else None,
        oversight=row.watch,
    )
    if row.post:
        authority = replace(authority, office_path=nearest_office(row.unit_path, offices))
    return Grant(
        authority=authority,
        since=cast(date, day_of(row.since)),
        until=day_of(row.until),
        decree=row.basis,
        is_head=bool(row.head),
        replaced=bool(row.replaced),
        unit_kind=row.unit_kind,
    )


def office_paths(paths: Iterable[str]) -> frozenset[str]:
    """Return the paths of all offices at or above these paths (one query)."""
    wanted = {prefix for path in paths for prefix in paths_above(path)}
    if not wanted:
        return frozenset()
    units = OrganisationUnit.objects.filter(path__in=wanted, kind__in=OFFICE_KINDS)
    return frozenset(units.values_list("path", flat=True))


def nearest_office(path: str, offices: frozenset[str]) -> str:
    return next((prefix for prefix in reversed(paths_above(path)) if prefix in offices), path)


def authorities_of(*, user: User, on: date) -> list[Authority]:
    """Return in what capacities a person may act on a day: definitive posts, then mandates, then oversight.

    Resolved from dated rows at the moment of asking (UU 30/2014 Pasal 14): while a Plt. or Plh. is in force,
    only they act for the position, not its definitive holder. Two queries.
    """
    return [grant.authority for grant in grants_of(user=user, on=on) if not grant.replaced]


def authority_for(*, user: User, position: Position, on: date) -> Authority | None:
    """Return the authority by which a person acts for a position on a day, None when they do not."""
    authorities = authorities_of(user=user, on=on)
    return next((found for found in authorities if found.position_id == position.pk), None)

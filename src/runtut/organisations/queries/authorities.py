from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import BooleanField, CharField, Exists, F, IntegerField, OuterRef, QuerySet, Value

from runtut.accounts.models import User
from runtut.organisations.enums import OFFICE_KINDS, Capacity
from runtut.organisations.models import (
    Appointment,
    Authority,
    Mandate,
    OrganisationUnit,
    Oversight,
    Position,
)
from runtut.organisations.models.unit import PATH_STEP
from runtut.organisations.queries.dates import in_force

COLUMNS = (
    "rank",
    "since",
    "row",
    "until",
    "basis",
    "capacity",
    "watch",
    "post",
    "title",
    "post_role",
    "head",
    "unit_key",
    "unit_path",
    "unit_kind",
    "unit_region",
    "replaced",
)


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


def word(value: str) -> Value:
    return Value(value, output_field=CharField())


def position_columns(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Name the columns that appointments and mandates share."""
    named: QuerySet[Any] = rows.filter(position__is_active=True, position__unit__is_active=True).annotate(
        since=F("valid_from"),
        row=F("id"),
        until=F("valid_until"),
        basis=F("decree"),
        watch=word(""),
        post=F("position_id"),
        title=F("position__short_title"),
        post_role=F("position__role"),
        head=F("position__is_head"),
        unit_key=F("position__unit_id"),
        unit_path=F("position__unit__path"),
        unit_kind=F("position__unit__kind"),
        unit_region=F("position__unit__region"),
    )
    return named


def appointment_rows(user: User, on: date) -> QuerySet[Any, Any]:
    acting = Mandate.objects.filter(in_force(on), position=OuterRef("position_id"), user__is_active=True)
    rows: QuerySet[Any, Any] = (
        position_columns(Appointment.objects.filter(in_force(on), user=user))
        .annotate(
            rank=Value(0, output_field=IntegerField()),
            capacity=word(Capacity.DEFINITIVE),
            replaced=Exists(acting),
        )
        .values_list(*COLUMNS)
    )
    return rows


def mandate_rows(user: User, on: date) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = (
        position_columns(Mandate.objects.filter(in_force(on), user=user))
        .annotate(
            rank=Value(1, output_field=IntegerField()),
            capacity=F("kind"),
            replaced=Value(False, output_field=BooleanField()),
        )
        .values_list(*COLUMNS)
    )
    return rows


def oversight_rows(user: User, on: date) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = (
        Oversight.objects.filter(in_force(on), user=user, unit__is_active=True)
        .annotate(
            rank=Value(2, output_field=IntegerField()),
            since=F("valid_from"),
            row=F("id"),
            until=F("valid_until"),
            basis=F("decree"),
            capacity=word(Capacity.OVERSIGHT),
            watch=F("kind"),
            post=Value(None, output_field=IntegerField()),
            title=word(""),
            post_role=word(""),
            head=Value(False, output_field=BooleanField()),
            unit_key=F("unit_id"),
            unit_path=F("unit__path"),
            unit_kind=F("unit__kind"),
            unit_region=F("unit__region"),
            replaced=Value(False, output_field=BooleanField()),
        )
        .values_list(*COLUMNS)
    )
    return rows


def grants_of(*, user: User, on: date) -> list[Grant]:
    """Return every row that gives a person an authority on a day, sleeping ones too: definitive posts, then
    mandates, then oversight. Two queries, none for somebody whose account is closed."""
    if not user.is_active:
        return []
    union = appointment_rows(user, on).union(mandate_rows(user, on), oversight_rows(user, on), all=True)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in union.order_by("rank", "since", "row")]
    offices = office_paths(row["unit_path"] for row in rows if row["post"])
    return [grant_from(row, user, offices) for row in rows]


def grant_from(row: dict[str, Any], user: User, offices: frozenset[str]) -> Grant:
    capacity = Capacity(row["capacity"])
    authority = Authority(
        user_id=user.pk,
        full_name=user.full_name,
        is_demo=user.is_demo,
        region=row["unit_region"],
        unit_id=row["unit_key"],
        unit_path=row["unit_path"],
        capacity=capacity,
        position_id=row["post"],
        position_title=row["title"],
        role=row["post_role"],
        mandate_id=row["row"] if capacity in {Capacity.PLT, Capacity.PLH} else None,
        oversight=row["watch"],
    )
    if row["post"]:
        authority = replace(authority, office_path=nearest_office(row["unit_path"], offices))
    return Grant(
        authority=authority,
        since=row["since"],
        until=row["until"],
        decree=row["basis"],
        is_head=bool(row["head"]),
        replaced=bool(row["replaced"]),
        unit_kind=row["unit_kind"],
    )


def prefixes(path: str) -> list[str]:
    return [path[:end] for end in range(PATH_STEP, len(path) + 1, PATH_STEP)]


def office_paths(paths: Iterable[str]) -> frozenset[str]:
    """Return the paths of all offices at or above these paths (one query)."""
    wanted = {prefix for path in paths for prefix in prefixes(path)}
    if not wanted:
        return frozenset()
    units = OrganisationUnit.objects.filter(path__in=wanted, kind__in=OFFICE_KINDS)
    return frozenset(units.values_list("path", flat=True))


def nearest_office(path: str, offices: frozenset[str]) -> str:
    return next((prefix for prefix in reversed(prefixes(path)) if prefix in offices), path)


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

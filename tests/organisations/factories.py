"""The smallest legal rows of the rooms accounts and organisations."""

from __future__ import annotations

import itertools
from datetime import date

from runtut.accounts.models import User
from runtut.organisations.enums import MandateKind, OversightKind, Role, UnitKind
from runtut.organisations.models import (
    Appointment,
    Mandate,
    OrganisationUnit,
    Oversight,
    Position,
)

REGION = 3399
START = date(2024, 1, 2)
counter = itertools.count(1)


def make_user(username: str = "", full_name: str = "", *, region: int = REGION, **fields: object) -> User:
    number = next(counter)
    return User.objects.create(
        username=username or f"orang{number}",
        full_name=full_name or f"Orang {number}",
        region=region,
        password="!",
        **fields,
    )


def make_unit(
    name: str = "Kabupaten Contoh",
    kind: UnitKind = UnitKind.KABUPATEN,
    parent: OrganisationUnit | None = None,
    *,
    region: int = REGION,
    **fields: object,
) -> OrganisationUnit:
    unit = OrganisationUnit.objects.create(
        region=parent.region if parent else region,
        parent=parent,
        kind=kind,
        name=name,
        short_name=name,
        path=f"new{next(counter)}",
        **fields,
    )
    unit.path = f"{parent.path if parent else ''}{unit.pk:06d}"
    unit.save(update_fields=["path"])
    return unit


def make_position(
    unit: OrganisationUnit, role: Role = Role.STAF, title: str = "", **fields: object
) -> Position:
    return Position.objects.create(
        region=unit.region,
        unit=unit,
        role=role,
        title=title or Role(role).label,
        short_title=title or Role(role).label,
        **fields,
    )


def make_appointment(
    user: User, position: Position, start: date = START, until: date | None = None
) -> Appointment:
    return Appointment.objects.create(
        region=position.region, user=user, position=position, valid_from=start, valid_until=until
    )


def make_mandate(
    user: User, position: Position, kind: MandateKind, start: date, until: date, **fields: object
) -> Mandate:
    return Mandate.objects.create(
        region=position.region,
        user=user,
        position=position,
        kind=kind,
        valid_from=start,
        valid_until=until,
        **fields,
    )


def make_oversight(
    user: User,
    unit: OrganisationUnit,
    kind: OversightKind = OversightKind.ADMINISTRATOR,
    start: date = START,
    until: date | None = None,
) -> Oversight:
    return Oversight.objects.create(
        region=unit.region, user=user, unit=unit, kind=kind, valid_from=start, valid_until=until
    )

from __future__ import annotations

from datetime import datetime

from runtut.accounts import actions as accounts
from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.organisations.actions.calendars import load_standard_calendar
from runtut.organisations.actions.oversights import grant_oversight
from runtut.organisations.actions.units import create_root
from runtut.organisations.enums import OversightKind, UnitKind, Zone
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.rules import system_authority


def found_region(
    *,
    region: int,
    region_name: str,
    zone: Zone,
    username: str,
    full_name: str,
    password: str,
    at: datetime,
) -> User:
    """Make an administrator of a region, and first its topmost unit with the national calendar where it has
    none: how an installation begins, and how one gets back in whose administrators have all left.

    The act of whoever runs the installation, from the command line; never of a page. Raises what
    accounts.actions.create_user raises, and NameMissing or TextTooLong for the region's name.
    """
    authority = system_authority(region=region)
    with write_transaction():
        root = OrganisationUnit.objects.filter(region=region, parent__isnull=True).first()
        if root is None:
            root = create_root(
                kind=UnitKind.KABUPATEN,
                name=region_name,
                short_name=region_name[:60],
                zone=zone,
                authority=authority,
                at=at,
            )
        if root.calendar_id is None:
            root.calendar = load_standard_calendar(region=region)
            root.save(update_fields=["calendar"])
        user = accounts.create_user(
            region=region,
            username=username,
            full_name=full_name,
            password=password,
            authority=authority,
            at=at,
        )
        grant_oversight(
            kind=OversightKind.ADMINISTRATOR,
            user=user,
            unit=root,
            valid_from=root.local_date(at),
            valid_until=None,
            decree="",
            authority=authority,
            at=at,
        )
    return user

"""Which way of signing an office has chosen."""

from __future__ import annotations

from datetime import datetime

from runtut.core.locks import write_transaction
from runtut.documents.actions.trail import leave_trail
from runtut.documents.enums import SigningWay
from runtut.documents.models import SigningChoice
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.organisations.rules import ensure_can_administer


def choose_signing_way(
    *, unit: OrganisationUnit, way: SigningWay | str, authority: Authority, at: datetime
) -> SigningChoice:
    """Choose how an office and the units below it sign; what was signed before stays as it is. Raises
    NotAdministrator."""
    ensure_can_administer(authority, unit)
    return write_choice(unit, SigningWay(way), authority, at)


def write_choice(
    unit: OrganisationUnit, way: SigningWay, authority: Authority, at: datetime
) -> SigningChoice:
    with write_transaction():
        choice, _ = SigningChoice.objects.update_or_create(unit=unit, defaults={"way": way})
        leave_trail(
            unit=unit,
            action="signing.way_chosen",
            subject=unit.uid,
            authority=authority,
            at=at,
            data={"way": way},
        )
    return choice

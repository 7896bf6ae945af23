"""Accounts as an administrator of a unit handles them: who may is decided here, what happens in accounts."""

from __future__ import annotations

from datetime import datetime

from runtut.accounts import actions as accounts
from runtut.accounts.models import User
from runtut.core.locks import write_transaction
from runtut.organisations.actions.oversights import ensure_other_administrator
from runtut.organisations.actions.units import lock_tree
from runtut.organisations.enums import Capacity, OversightKind
from runtut.organisations.errors import NotAdministrator, OtherRegion, PersonOutOfReach
from runtut.organisations.models import Authority, OrganisationUnit, Oversight
from runtut.organisations.models.unit import PATH_STEP
from runtut.organisations.queries import unit_paths_of
from runtut.organisations.rules import ensure_can_administer


def add_person(
    *,
    unit: OrganisationUnit,
    username: str,
    full_name: str,
    nip: str,
    password: str,
    authority: Authority,
    at: datetime,
) -> User:
    """Create an account for somebody of a unit, with a first password that they must change.

    Raises NotAdministrator and what accounts.actions.create_user raises.
    """
    ensure_can_administer(authority, unit)
    return accounts.create_user(
        region=unit.region,
        username=username,
        full_name=full_name,
        nip=nip,
        password=password,
        authority=authority,
        at=at,
    )


def describe_person(
    *,
    user: User,
    full_name: str,
    title_prefix: str,
    title_suffix: str,
    nip: str,
    rank: str,
    authority: Authority,
    at: datetime,
) -> User:
    """Correct a person's name, titles, NIP and rank. Raises NotAdministrator, PersonOutOfReach."""
    ensure_reaches(authority, user, at)
    return accounts.describe_user(
        user=user,
        full_name=full_name,
        title_prefix=title_prefix,
        title_suffix=title_suffix,
        nip=nip,
        rank=rank,
        authority=authority,
        at=at,
    )


def reset_password(*, user: User, password: str, authority: Authority, at: datetime) -> User:
    """Give a person a new first password, free a held login and end their sessions.

    Raises NotAdministrator, PersonOutOfReach, DemoPasswordFixed, PasswordTooWeak.
    """
    ensure_reaches(authority, user, at)
    return accounts.set_password(user=user, password=password, authority=authority, at=at)


def close_account(*, user: User, authority: Authority, at: datetime) -> User:
    """Close a person's account. Appointments stay on record; nobody acts through them any more.

    Raises NotAdministrator, PersonOutOfReach, LastAdministrator.
    """
    ensure_reaches(authority, user, at)
    with write_transaction():
        lock_tree(user.region)
        ensure_not_last_administrator(user, at)
        return accounts.deactivate_user(user=user, authority=authority, at=at)


def open_account(*, user: User, authority: Authority, at: datetime) -> User:
    """Open a closed account again. Raises NotAdministrator, PersonOutOfReach."""
    ensure_reaches(authority, user, at)
    return accounts.activate_user(user=user, authority=authority, at=at)


def end_person_sessions(*, user: User, authority: Authority, at: datetime) -> User:
    """End a person's sessions, after a lost phone for example. Raises NotAdministrator, PersonOutOfReach."""
    ensure_reaches(authority, user, at)
    return accounts.end_sessions(user=user, authority=authority, at=at)


def ensure_reaches(authority: Authority, user: User, at: datetime) -> None:
    """Raise unless the authority may change a person's account.

    The administrator of the whole region reaches everybody. One of a unit below reaches only people whose
    every office, present or future, lies in that unit: whoever sets a password could act in all of them.
    """
    if user.region != authority.region:
        raise OtherRegion(what="Orang ini")
    if authority.capacity == Capacity.SYSTEM:
        return
    home = OrganisationUnit.objects.get(pk=authority.unit_id)
    if authority.oversight != OversightKind.ADMINISTRATOR:
        raise NotAdministrator(unit=home.short_name)
    if len(authority.unit_path) == PATH_STEP:
        return
    paths = unit_paths_of(user=user, on=home.local_date(at))
    if not all(path.startswith(authority.unit_path) for path in paths):
        raise PersonOutOfReach(person=user.display_name, unit=home.short_name)


def ensure_not_last_administrator(user: User, at: datetime) -> None:
    administered = Oversight.objects.filter(user=user, kind=OversightKind.ADMINISTRATOR)
    for oversight in administered.select_related("unit", "user"):
        today = oversight.unit.local_date(at)
        if oversight.valid_until is None or oversight.valid_until > today:
            ensure_other_administrator(oversight, today)

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from runtut.accounts.actions.trail import note
from runtut.accounts.errors import UsernameTaken
from runtut.accounts.models import Actor, User
from runtut.accounts.rules import ensure_full_name, ensure_nip, ensure_password_fits, ensure_username
from runtut.core.locks import write_transaction


def create_user(
    *,
    region: int,
    username: str,
    full_name: str,
    password: str,
    nip: str = "",
    authority: Actor,
    at: datetime,
) -> User:
    """Create a person with a first password that must be changed at the first login.

    Who may do this is asked by the room above. Raises UsernameUnreadable, UsernameTaken, FullNameMissing,
    NipUnreadable, PasswordTooWeak.
    """
    user = User(
        region=region,
        username=ensure_username(username),
        full_name=ensure_full_name(full_name),
        nip=ensure_nip(nip),
        must_change_password=True,
        joined_at=at,
    )
    ensure_password_fits(password, user)
    user.set_password(password)
    with write_transaction():
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError as conflict:
            raise UsernameTaken(username=user.username, field="username") from conflict
        data = {"username": user.username, "full_name": user.full_name}
        note(user=user, action="user.created", actor=authority, at=at, data=data)
    return user


def describe_user(
    *,
    user: User,
    full_name: str,
    title_prefix: str,
    title_suffix: str,
    nip: str,
    rank: str,
    authority: Actor,
    at: datetime,
) -> User:
    """Correct how a person is named on pages and documents. Documents that exist keep what they say.

    Raises FullNameMissing, NipUnreadable.
    """
    values = {
        "full_name": ensure_full_name(full_name),
        "title_prefix": title_prefix.strip()[:30],
        "title_suffix": title_suffix.strip()[:60],
        "nip": ensure_nip(nip),
        "rank": rank.strip()[:60],
    }
    with write_transaction():
        user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        before = {key: getattr(user, key) for key in values}
        for key, value in values.items():
            setattr(user, key, value)
        user.save(update_fields=list(values))
        changed = [key for key, value in values.items() if before[key] != value]
        note(user=user, action="user.described", actor=authority, at=at, data={"changed": changed})
    return user


def deactivate_user(*, user: User, authority: Actor, at: datetime) -> User:
    """Close an account and end its sessions; what the person did stays under their name."""
    return switch(user=user, is_active=False, action="user.deactivated", authority=authority, at=at)


def activate_user(*, user: User, authority: Actor, at: datetime) -> User:
    """Open a closed account again."""
    return switch(user=user, is_active=True, action="user.activated", authority=authority, at=at)


def switch(*, user: User, is_active: bool, action: str, authority: Actor, at: datetime) -> User:
    with write_transaction():
        User.objects.filter(pk=user.pk).update(is_active=is_active, session_stamp=F("session_stamp") + 1)
        note(user=user, action=action, actor=authority, at=at, data={"username": user.username})
    user.refresh_from_db()
    return user

from __future__ import annotations

import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from runtut.accounts.errors import (
    AccountClosed,
    DemoLoginClosed,
    DemoPasswordFixed,
    FullNameMissing,
    NipUnreadable,
    PasswordTooWeak,
    UsernameUnreadable,
)
from runtut.accounts.models import User

FAILURES_ALLOWED = 5
"""Wrong passwords in a row, within one window, after which a username is held."""

FAILURE_WINDOW = timedelta(minutes=15)
"""How long failures are remembered, and how long the username is held."""

USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{2,59}")
NIP = re.compile(r"\d{18}")
FULL_NAME_LENGTH = 120


def can_log_in(user: User) -> bool:
    """Tell whether a person may be logged in at all: the account is open, and a made-up person only in a
    demonstration (RUNTUT_DEMO=1)."""
    return user.is_active and (settings.DEMO or not user.is_demo)


def ensure_can_log_in(user: User) -> None:
    """Raise AccountClosed or DemoLoginClosed; asked only after the password has proved right."""
    if not user.is_active:
        raise AccountClosed
    if not can_log_in(user):
        raise DemoLoginClosed


def ensure_password_is_own(user: User) -> None:
    """Raise DemoPasswordFixed for a made-up person, whose login everybody shares."""
    if user.is_demo:
        raise DemoPasswordFixed(field="password")


def ensure_password_fits(password: str, user: User) -> None:
    """Raise PasswordTooWeak with every reason at once (AUTH_PASSWORD_VALIDATORS)."""
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        raise PasswordTooWeak(reasons=" ".join(refusal.messages), field="password")


def ensure_username(username: str) -> str:
    """Return a username as it is stored, in lower case; raise UsernameUnreadable."""
    cleaned = username.strip().lower()
    if not USERNAME.fullmatch(cleaned):
        raise UsernameUnreadable(field="username")
    return cleaned


def ensure_full_name(full_name: str) -> str:
    """Return a name without surplus blanks; raise FullNameMissing."""
    cleaned = " ".join(full_name.split())
    if not cleaned or len(cleaned) > FULL_NAME_LENGTH:
        raise FullNameMissing(field="full_name")
    return cleaned


def ensure_nip(nip: str) -> str:
    """Return a NIP as 18 digits without blanks, or empty; raise NipUnreadable."""
    cleaned = "".join(nip.split())
    if cleaned and not NIP.fullmatch(cleaned):
        raise NipUnreadable(field="nip")
    return cleaned

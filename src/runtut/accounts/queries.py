from __future__ import annotations

from datetime import datetime

from runtut.accounts.models import LoginAttempt

USERNAME_LENGTH = 60


def attempt_key(username: str) -> str:
    """Return what failures are counted under: spellings that reach the same person count together."""
    return username.strip().lower()[:USERNAME_LENGTH]


def locked_until(*, username: str, at: datetime) -> datetime | None:
    """Return until when a username is held after too many failures, None when it is not (one query)."""
    held = LoginAttempt.objects.filter(username=attempt_key(username), locked_until__gt=at)
    return held.values_list("locked_until", flat=True).first()


def is_locked_out(*, username: str, at: datetime) -> bool:
    """Tell whether logins under a username are held: for 15 minutes after five failures."""
    return locked_until(username=username, at=at) is not None

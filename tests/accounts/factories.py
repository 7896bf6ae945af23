"""The smallest legal account, and somebody who acts on it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime

from runtut.accounts.models import LoginAttempt, User
from runtut.accounts.queries import attempt_key

REGION = 3399
PASSWORD = "kembang setaman pagi"
counter = itertools.count(1)


@dataclass(frozen=True)
class Clerk:
    """The least that an actor is."""

    user_id: int | None = None
    position_id: int | None = 7
    capacity: str = "pengawas"


def make_person(username: str = "", *, password: str = PASSWORD, **fields: object) -> User:
    number = next(counter)
    user = User(region=REGION, username=username or f"akun{number}", full_name=f"Akun {number}", **fields)
    user.set_password(password)
    user.save()
    return user


def is_held(*, username: str, at: datetime) -> bool:
    """Whether logins under a username are held at an instant."""
    return LoginAttempt.objects.filter(username=attempt_key(username), locked_until__gt=at).exists()

"""The smallest legal account, and somebody who acts on it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from runtut.accounts.models import User

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

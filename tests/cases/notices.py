"""What was told and mailed."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from tests.cases.factories import Desk

from runtut.accounts.actions import choose_notices
from runtut.accounts.models import User
from runtut.cases.queries import NoticeLine, notices_of
from runtut.core import jobs


def letters(folder: Path) -> list[Any]:
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(folder.glob("*"))]


def subjects(folder: Path) -> list[str]:
    return [str(letter["Subject"]) for letter in letters(folder)]


def give_address(user: User) -> str:
    address = f"{user.username}@contoh.go.id"
    choose_notices(user=user, email=address, chosen={})
    return address


def settle(desk: Desk) -> None:
    """Have the worker do all there is: an act brings notices, notices bring mail."""
    while jobs.drain(at=desk.at):
        pass


def lines(desk: Desk, key: str) -> list[NoticeLine]:
    return notices_of(user_id=desk.office.people[key].pk, at=desk.at)


def headings(desk: Desk, key: str) -> list[str]:
    """What a person was told, the newest first."""
    return [line.heading for line in lines(desk, key)]

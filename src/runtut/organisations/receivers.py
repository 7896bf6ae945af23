"""What changes the search for people."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from runtut.accounts.models import User
from runtut.core import search
from runtut.organisations.models import Appointment, Position
from runtut.organisations.queries.searching import PEOPLE, people_entries, people_uids


def offer_search() -> None:
    """Offer people to the search; once per process."""
    search.offer(PEOPLE, search.Source(people_uids, people_entries))
    search.follow(Appointment, PEOPLE)
    search.follow(Position, PEOPLE, uids=in_position, fields=("title",), also_new=False)
    search.follow(User, PEOPLE, uids=of_user, fields=("full_name", "nip", "is_demo"), also_new=False)


def in_position(position: Position) -> Iterable[UUID]:
    return Appointment.objects.filter(position=position).values_list("uid", flat=True)


def of_user(user: User) -> Iterable[UUID]:
    return Appointment.objects.filter(user=user).values_list("uid", flat=True)

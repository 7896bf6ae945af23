from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from runtut.accounts.models import User
from runtut.organisations.enums import OversightKind
from runtut.organisations.models import Appointment, Mandate, Oversight
from runtut.organisations.queries.dates import in_force, overlapping


def unit_paths_of(*, user: User, on: date) -> set[str]:
    """Return the paths of every unit in which a person has an office from a day on (one query)."""
    present = overlapping(on, None)
    appointments = Appointment.objects.filter(present, user=user).values_list("position__unit__path")
    mandates = Mandate.objects.filter(present, user=user).values_list("position__unit__path")
    oversights = Oversight.objects.filter(present, user=user).values_list("unit__path")
    return {path for (path,) in appointments.union(mandates, oversights)}


def mandates_ending(
    *, user_ids: Collection[int], paths: Iterable[str], on: date, until: date
) -> QuerySet[Mandate]:
    """Return the mandates in force that end by a day and were not extended, the nearest end first: those of
    some people, and those of the units at these paths and below."""
    wanted = Q(user__in=user_ids)
    for path in paths:
        wanted |= Q(position__unit__path__startswith=path)
    ending = Mandate.objects.filter(wanted, in_force(on), valid_until__lte=until, extension__isnull=True)
    return ending.select_related("position__unit__parent", "user").order_by("valid_until", "id")


def people_matching(*, region: int, words: str) -> QuerySet[User]:
    """Return the open accounts of a region whose name, username or NIP contains the words, by name."""
    people = User.objects.filter(region=region, is_active=True)
    for word in words.split():
        people = people.filter(
            Q(full_name__icontains=word) | Q(username__icontains=word) | Q(nip__startswith=word)
        )
    return people.order_by("full_name", "id")


def administrators(*, on: date) -> QuerySet[User]:
    """Return the open accounts of whoever administers something in this installation on a day."""
    posts = Oversight.objects.filter(in_force(on), kind=OversightKind.ADMINISTRATOR, unit__is_active=True)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("pk")

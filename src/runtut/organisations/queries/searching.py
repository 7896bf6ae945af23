"""What the search knows of people: one entry for each position that they hold or have held."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q

from runtut.core import search
from runtut.organisations.models import Appointment
from runtut.organisations.queries.dates import in_force

PEOPLE = "orang"


def people_uids() -> Iterable[UUID]:
    return Appointment.objects.values_list("uid", flat=True)


def people_entries(uids: Collection[UUID]) -> Iterator[search.Entry]:
    """Return what is found of appointments; that they are in force is asked when somebody searches. One
    query."""
    rows = Appointment.objects.filter(uid__in=uids).select_related("user", "position__unit")
    for row in rows:
        yield search.Entry(
            uid=row.uid,
            region=row.region,
            unit_path=row.position.unit.path,
            title=row.user.display_name,
            detail=row.position.title,
            body=f"NIP {row.user.nip}" if row.user.nip else "",
        )


def holds_office(on: date) -> Q:
    """Return the condition that an entry is an appointment in force on a day, of somebody active."""
    holding = Appointment.objects.filter(in_force(on), user__is_active=True)
    return Q(kind=PEOPLE, uid__in=holding.values("uid"))

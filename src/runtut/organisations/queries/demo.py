from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from runtut.accounts.models import User
from runtut.organisations.enums import OFFICE_KINDS
from runtut.organisations.models import Appointment, Mandate, OrganisationUnit, Oversight
from runtut.organisations.queries.authorities import nearest_office
from runtut.organisations.queries.dates import in_force

LAST = "~"


@dataclass(frozen=True)
class DemoLogin:
    """A demonstration login: what the person does, in which office, and their made-up name."""

    username: str
    position: str
    unit: str
    person: str


def demo_logins(*, on: date) -> list[DemoLogin]:
    """Return the logins of the demonstration in the order of the unit tree, administrators last.

    One line per person, naming every post and mandate of the day. Five queries.
    """
    names = dict(OrganisationUnit.objects.filter(kind__in=OFFICE_KINDS).values_list("path", "short_name"))
    offices = frozenset(names)
    lines: dict[int, list[tuple[str, int, str, str]]] = {}
    for user_id, path, sequence, title, unit in posts_of_demo(on):
        office = nearest_office(path, offices)
        lines.setdefault(user_id, []).append((path, sequence, title, names.get(office, unit)))
    people = User.objects.in_bulk(lines)
    ordered = sorted(lines.items(), key=lambda item: (item[1][0][:2], people[item[0]].username))
    return [
        DemoLogin(
            username=people[user_id].username,
            position=" dan ".join(title for _, _, title, _ in posts),
            unit=posts[0][3],
            person=people[user_id].display_name,
        )
        for user_id, posts in ordered
    ]


def posts_of_demo(on: date) -> Iterator[tuple[int, str, int, str, str]]:
    """Yield (person, unit path, sequence, title, unit name): posts, mandates, then administrators."""
    for appointment in (
        Appointment.objects.filter(in_force(on), user__is_demo=True, user__is_active=True)
        .select_related("position__unit")
        .order_by("valid_from", "id")
    ):
        position = appointment.position
        unit = position.unit
        yield appointment.user_id, unit.path, position.sequence, position.short_title, unit.short_name
    for mandate in (
        Mandate.objects.filter(in_force(on), user__is_demo=True, user__is_active=True)
        .select_related("position__unit")
        .order_by("id")
    ):
        position = mandate.position
        title = f"{mandate.get_kind_display()} {position.short_title}"
        yield mandate.user_id, position.unit.path, position.sequence, title, position.unit.short_name
    for oversight in (
        Oversight.objects.filter(
            in_force(on), user__is_demo=True, user__is_active=True, user__appointments__isnull=True
        )
        .select_related("unit")
        .order_by("id")
    ):
        yield oversight.user_id, LAST, 0, oversight.get_kind_display(), oversight.unit.short_name

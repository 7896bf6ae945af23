"""What the pages on people show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from runtut.accounts.models import User
from runtut.organisations.models import Appointment, Mandate, OrganisationUnit, Oversight
from runtut.organisations.queries import in_force, overlapping, people_matching
from runtut.web.frame.trail import Change, last_change
from runtut.web.showing.settings_reading import Term, term

SIZE: Final = 25


@dataclass(frozen=True)
class PersonRow:
    user: User
    posts: str


@dataclass(frozen=True)
class PersonPage:
    user: User
    terms: tuple[Term, ...]
    oversights: tuple[Oversight, ...]
    changed: Change | None


def people_rows(*, region: int, words: str, closed: bool, start: int, on: date) -> list[PersonRow]:
    """Up to one page of people and one more. Three queries."""
    found = (
        User.objects.filter(region=region, is_active=False).order_by("full_name", "id")
        if closed
        else people_matching(region=region, words=words)
    )
    people = list(found[start : start + SIZE + 1])
    posts = posts_of([user.pk for user in people], on)
    return [PersonRow(user, ", ".join(posts.get(user.pk, []))) for user in people]


def posts_of(user_ids: Sequence[int], on: date) -> dict[int, list[str]]:
    """The posts and mandates of the day, in words. Two queries."""
    posts: dict[int, list[str]] = {}
    for row in Appointment.objects.filter(in_force(on), user__in=user_ids).select_related("position__unit"):
        posts.setdefault(row.user_id, []).append(
            f"{row.position.short_title}, {row.position.unit.short_name}"
        )
    for mandate in Mandate.objects.filter(in_force(on), user__in=user_ids).select_related("position__unit"):
        words = f"{mandate.get_kind_display()} {mandate.position.short_title}"
        posts.setdefault(mandate.user_id, []).append(words)
    return posts


def person_page(user: User, *, on: date) -> PersonPage:
    """A person with everything held. Five queries."""
    rows: list[Appointment | Mandate] = [
        *user.appointments.select_related("position__unit"),
        *user.mandates.select_related("position__unit"),
    ]
    terms = sorted((term(row, on) for row in rows), key=lambda one: one.row.valid_from, reverse=True)
    oversights = user.oversights.filter(in_force(on)).select_related("unit").order_by("id")
    return PersonPage(user, tuple(terms), tuple(oversights), last_change(user.uid))


def oversight_rows(units: QuerySet[OrganisationUnit], *, start: int, on: date) -> list[Oversight]:
    """Up to one page of oversights that hold or will hold, and one more, in the order of the units (one
    query)."""
    rows = Oversight.objects.filter(overlapping(on, None), unit__in=units.order_by().values("pk"))
    rows = rows.select_related("unit", "user").order_by("unit__path", "kind", "user__full_name", "id")
    return list(rows[start : start + SIZE + 1])

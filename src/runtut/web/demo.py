"""The demonstration logins, shown on the login page of a demonstration only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from runtut.organisations.enums import OFFICE_KINDS
from runtut.organisations.models import Appointment, OrganisationUnit, Oversight
from runtut.organisations.queries.dates import in_force


@dataclass(frozen=True)
class DemoLogin:
    username: str
    full_name: str
    post: str


@dataclass(frozen=True)
class DemoOffice:
    name: str
    logins: tuple[DemoLogin, ...]


def demo_logins(*, on: date) -> list[DemoOffice]:
    """Made-up persons with their posts, grouped by office, in the order of the tree. Three queries."""
    offices = OrganisationUnit.objects.filter(kind__in=OFFICE_KINDS).order_by("path")
    names = {unit.path: unit.short_name for unit in offices}
    grouped: dict[str, list[DemoLogin]] = {}
    watchers = Oversight.objects.filter(in_force(on), user__is_demo=True, user__is_active=True)
    for watch in watchers.select_related("user", "unit").order_by("unit__path", "id"):
        login = DemoLogin(watch.user.username, watch.user.full_name, watch.get_kind_display())
        grouped.setdefault(watch.unit.short_name, []).append(login)
    held = Appointment.objects.filter(in_force(on), user__is_demo=True, user__is_active=True)
    for post in held.select_related("user", "position__unit").order_by("position__unit__path", "position__sequence"):
        path = post.position.unit.path
        around = max((name for name in names if path.startswith(name)), key=len, default="")
        login = DemoLogin(post.user.username, post.user.full_name, post.position.short_title)
        grouped.setdefault(names.get(around, post.position.unit.short_name), []).append(login)
    return [DemoOffice(name, tuple(logins)) for name, logins in grouped.items()]

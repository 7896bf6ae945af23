"""Searching: simple containment, inside the units that the person's authorities open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from runtut.documents.queries import letters_open_to
from runtut.organisations.models import Appointment, Authority
from runtut.organisations.queries import units_within
from runtut.performance.models import Indicator
from runtut.procedures.models import Procedure

SHORTEST: Final = 3
MOST: Final = 10


@dataclass(frozen=True)
class Hit:
    title: str
    detail: str
    url: str = ""


@dataclass(frozen=True)
class Group:
    heading: str
    hits: tuple[Hit, ...]
    has_more: bool


def find(words: str, authorities: Sequence[Authority]) -> list[Group]:
    """Groups with at least one hit, ten hits each. Four queries whatever is found."""
    units = units_within(one.opens for one in authorities).values("pk")
    found = [
        ("SOP", procedures(words, units)),
        ("Surat masuk", letters(words, authorities)),
        ("Orang", people(words, units)),
        ("Indikator", indicators(words, units)),
    ]
    return [Group(heading, tuple(hits[:MOST]), len(hits) > MOST) for heading, hits in found if hits]


def procedures(words: str, units: Any) -> list[Hit]:
    matches = Q(title__icontains=words) | Q(versions__sop_number__icontains=words)
    rows = (
        Procedure.objects.filter(matches, unit__in=units)
        .select_related("unit")
        .distinct()
        .order_by("title", "id")
    )
    return [
        Hit(row.title, row.unit.short_name, address("web:sop_rinci", row.uid)) for row in rows[: MOST + 1]
    ]


def letters(words: str, authorities: Sequence[Authority]) -> list[Hit]:
    matches = Q(number__icontains=words) | Q(subject__icontains=words) | Q(sender__icontains=words)
    rows = letters_open_to(authorities=authorities).filter(matches).order_by("-received_at", "-id")
    return [
        Hit(row.subject, f"{row.number} dari {row.sender}", address("web:surat_rinci", row.uid))
        for row in rows[: MOST + 1]
    ]


def people(words: str, units: Any) -> list[Hit]:
    matches = Q(user__full_name__icontains=words) | Q(position__title__icontains=words)
    rows = Appointment.objects.filter(
        matches, position__unit__in=units, user__is_active=True, valid_until=None
    )
    return [
        Hit(row.user.display_name, f"{row.position.title}, {row.position.unit.short_name}")
        for row in rows.select_related("user", "position__unit").order_by("user__full_name", "id")[: MOST + 1]
    ]


def indicators(words: str, units: Any) -> list[Hit]:
    rows = (
        Indicator.objects.filter(name__icontains=words, unit__in=units)
        .select_related("unit")
        .order_by("name", "id")
    )
    return [Hit(row.name, row.unit.short_name, address("web:kinerja")) for row in rows[: MOST + 1]]


def address(name: str, *args: object) -> str:
    """The address of a page; empty while there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""

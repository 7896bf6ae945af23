"""Searching: what one may open that has the words, by kind.

Whether an entry is open is asked in the very query that finds it, by the rules of its room: nobody learns how
many there are of what they may not open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from runtut.cases.queries.searching import RUNS, takes_part
from runtut.core import search
from runtut.documents.queries.searching import DOCUMENTS, LETTERS, confidential_open_to
from runtut.organisations.enums import OversightKind
from runtut.organisations.models import Appointment, Authority, OrganisationUnit
from runtut.organisations.queries import topmost
from runtut.organisations.queries.searching import PEOPLE, holds_office
from runtut.performance.queries.searching import INDICATORS
from runtut.procedures.queries.searching import PROCEDURES

SHORTEST: Final = 3
LONGEST: Final = 120
FIRST: Final = 5
PAGE: Final = 25


@dataclass(frozen=True)
class Kind:
    """A kind of what can be found: its name in the address, its heading, and the page of one."""

    key: str
    heading: str
    route: str


KINDS: Final = (
    Kind(RUNS, "Kerja berjalan", "web:run"),
    Kind(LETTERS, "Surat masuk", "web:surat_rinci"),
    Kind(DOCUMENTS, "Dokumen", "web:dokumen_rinci"),
    Kind(PROCEDURES, "SOP", "web:sop_rinci"),
    Kind(PEOPLE, "Orang", ""),
    Kind(INDICATORS, "Indikator", "web:kinerja"),
)


@dataclass(frozen=True)
class Hit:
    """An answer as the page shows it, its texts in pieces of which some are marked."""

    title: Sequence[search.Piece]
    detail: Sequence[search.Piece]
    passage: Sequence[search.Piece]
    unit: str
    day: date | None
    url: str


@dataclass(frozen=True)
class Group:
    kind: Kind
    hits: Sequence[Hit]
    total: int

    @property
    def has_more(self) -> bool:
        return self.total > len(self.hits)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything unknown counts as not asked."""

    text: str
    kind: Kind | None
    year: int | None

    @property
    def is_too_short(self) -> bool:
        return 0 < len(self.text) < SHORTEST

    @property
    def wanted(self) -> tuple[search.Term, ...]:
        return search.wanted(self.text) if len(self.text) >= SHORTEST else ()


def found_groups(asked: Asked, authorities: Sequence[Authority], on: date) -> list[Group]:
    """The first answers of every kind that has any. Three queries whatever is found."""
    found = answers(asked, authorities, on)
    rows = search.by_kind(found, [kind.key for kind in KINDS], most=FIRST)
    hits = hits_of(rows, asked, authorities)
    return [
        Group(kind, [hits[row.pk] for row in own], own[0].total)
        for kind in KINDS
        if (own := [row for row in rows if row.kind == kind.key])
    ]


def found_page(asked: Asked, authorities: Sequence[Authority], on: date, start: int) -> list[Hit]:
    """A page of the answers of one kind, and one more where there is another page. Three queries."""
    assert asked.kind is not None
    found = answers(asked, authorities, on).filter(kind=asked.kind.key)
    rows = list(found[start : start + PAGE + 1])
    hits = hits_of(rows, asked, authorities)
    return [hits[row.pk] for row in rows]


def answers(asked: Asked, authorities: Sequence[Authority], on: date) -> QuerySet[Any, Any]:
    found = search.answers(asked.wanted, open_to(authorities, on))
    if asked.year is not None:
        found = found.filter(day__gte=date(asked.year, 1, 1), day__lt=date(asked.year + 1, 1, 1))
    return found


def open_to(authorities: Sequence[Authority], on: date) -> Q:
    """Return the condition that an entry is open to somebody: what belongs to the units that they open, of
    its confidential letters those that are theirs, and the runs elsewhere in which they have a part."""
    units = units_condition(one.opens for one in authorities)
    positions = [one.position_id for one in authorities if one.position_id is not None]
    ordinary = Q(is_restricted=False) & ~Q(kind=PEOPLE)
    special = confidential_open_to(authorities) | holds_office(on)
    return (units & (ordinary | special)) | (Q(kind=RUNS) & takes_part(positions))


def units_condition(paths: Iterable[str]) -> Q:
    """Return the condition that an entry belongs to one of these subtrees."""
    condition = Q(pk__in=[])
    for path in topmost(path for path in paths if path):
        condition |= Q(unit_path__gte=path, unit_path__lt=f"{path}a")
    return condition


def hits_of(rows: Collection[Any], asked: Asked, authorities: Sequence[Authority]) -> dict[int, Hit]:
    """Entries as the page shows them, by their key. Two queries, one for whoever administers no people."""
    units = dict(
        OrganisationUnit.objects.filter(path__in={row.unit_path for row in rows}).values_list(
            "path", "short_name"
        )
    )
    people = people_pages(rows, authorities)
    return {
        row.pk: Hit(
            title=search.marked(row.title, asked.wanted),
            detail=search.marked(row.detail, asked.wanted),
            passage=search.passage(row.body, asked.wanted),
            unit=units.get(row.unit_path, ""),
            day=row.day,
            url=people.get(row.uid, "") if row.kind == PEOPLE else page_of(row),
        )
        for row in rows
    }


def page_of(row: Any) -> str:
    route = next(kind.route for kind in KINDS if kind.key == row.kind)
    return reverse(route) if row.kind == INDICATORS else reverse(route, args=[row.uid])


def people_pages(rows: Iterable[Any], authorities: Sequence[Authority]) -> dict[UUID, str]:
    """The pages of the people found, for an administrator; nobody else has one to open."""
    paths = [one.unit_path for one in authorities if one.oversight == OversightKind.ADMINISTRATOR]
    own = [row.uid for row in rows if row.kind == PEOPLE and row.unit_path.startswith(tuple(paths))]
    if not own:
        return {}
    found = Appointment.objects.filter(uid__in=own).values_list("uid", "user__uid")
    return {uid: reverse("web:orang", args=[user]) for uid, user in found}

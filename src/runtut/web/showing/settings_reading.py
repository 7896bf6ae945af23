"""What the pages of Pengaturan show, read once and ready for the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from runtut.organisations.models import Appointment, Mandate, OrganisationUnit, Position, WorkCalendar
from runtut.organisations.models.unit import PATH_STEP
from runtut.organisations.queries import Holder, calendar_row_of, holders_of
from runtut.web.forms.base import last_day
from runtut.web.frame.trail import Change, last_change


@dataclass(frozen=True)
class TreeRow:
    unit: OrganisationUnit
    level: int
    head: str
    positions: int


@dataclass(frozen=True)
class PositionRow:
    position: Position
    holders: tuple[Holder, ...]


@dataclass(frozen=True)
class UnitPage:
    unit: OrganisationUnit
    positions: tuple[PositionRow, ...]
    below: tuple[OrganisationUnit, ...]
    calendar: WorkCalendar | None
    changed: Change | None

    @property
    def has_own_calendar(self) -> bool:
        return self.calendar is not None and self.calendar.pk == self.unit.calendar_id


@dataclass(frozen=True)
class Term:
    """A dated row of a position: an appointment or a mandate, with the last day on which it holds."""

    row: Appointment | Mandate
    word: str
    last_day: date | None
    standing: str
    is_mandate: bool

    @property
    def is_open(self) -> bool:
        return self.standing != "berakhir"


@dataclass(frozen=True)
class PositionPage:
    position: Position
    holders: tuple[Holder, ...]
    terms: tuple[Term, ...]
    changed: Change | None


def tree_rows(units: Iterable[OrganisationUnit], *, on: date) -> list[TreeRow]:
    """The units with their heads. Four queries whatever the number of units."""
    found = list(units)
    positions = list(Position.objects.filter(unit__in=[unit.pk for unit in found], is_active=True))
    heads = {position.unit_id: position for position in positions if position.is_head}
    holders = holders_of(position_ids=[head.pk for head in heads.values()], on=on)
    top = min((len(unit.path) for unit in found), default=0)
    return [
        TreeRow(
            unit=unit,
            level=(len(unit.path) - top) // PATH_STEP,
            head=head_line(heads.get(unit.pk), holders),
            positions=sum(position.unit_id == unit.pk for position in positions),
        )
        for unit in found
    ]


def head_line(head: Position | None, holders: dict[int, list[Holder]]) -> str:
    """ "Camat · Budi Santoso", or that the position is vacant; empty for a unit without a head."""
    if head is None:
        return ""
    acting = holders.get(head.pk) or []
    return f"{head.short_title} · {acting[0].label if acting else 'kosong'}"


def unit_page(unit: OrganisationUnit, *, on: date) -> UnitPage:
    """A unit with its positions. Seven queries."""
    positions = list(unit.positions.filter(is_active=True).order_by("sequence", "id"))
    holders = holders_of(position_ids=[position.pk for position in positions], on=on)
    return UnitPage(
        unit=unit,
        positions=tuple(PositionRow(position, tuple(holders[position.pk])) for position in positions),
        below=tuple(unit.children.filter(is_active=True).order_by("path")),
        calendar=calendar_row_of(unit),
        changed=last_change(unit.uid),
    )


def position_page(position: Position, *, on: date) -> PositionPage:
    """A position with everybody who held, holds or will hold it, newest first. Six queries."""
    terms = [
        *(term(row, on) for row in position.appointments.select_related("user")),
        *(term(row, on) for row in position.mandates.select_related("user")),
    ]
    return PositionPage(
        position=position,
        holders=tuple(holders_of(position_ids=[position.pk], on=on)[position.pk]),
        terms=tuple(sorted(terms, key=lambda one: one.row.valid_from, reverse=True)),
        changed=last_change(position.uid),
    )


def term(row: Appointment | Mandate, on: date) -> Term:
    standing = "berlaku"
    if row.valid_until and row.valid_until <= on:
        standing = "berakhir"
    elif row.valid_from > on:
        standing = "akan datang"
    word = row.get_kind_display() if isinstance(row, Mandate) else "Definitif"
    return Term(row, word, last_day(row.valid_until), standing, isinstance(row, Mandate))

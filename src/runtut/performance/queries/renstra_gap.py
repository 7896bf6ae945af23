"""What a year cannot take from the Renstra, and who can put it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from runtut.organisations.enums import OFFICE_KINDS
from runtut.organisations.models import OrganisationUnit, Position
from runtut.organisations.queries import holders_of, positions_in, units_within
from runtut.performance.models import Renstra, RenstraTarget
from runtut.performance.queries.grid import indicators_of
from runtut.performance.queries.renstra import renstra_of
from runtut.performance.rules import COLLECTORS, PLANNERS


@dataclass(frozen=True)
class RenstraGap:
    """An office has no Renstra for a year, or one in which `missing` indicators have no target of that year.
    `planners` are those who write it, with whoever holds the position: "Kasubbag Perencanaan (Sari Dewi)"."""

    office: str
    year: int
    renstra: Renstra | None
    missing: int
    planners: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is not there."""
        if self.renstra is None:
            return f"{self.office} belum memiliki Renstra yang meliputi tahun {self.year}."
        return f"Target tahun {self.year} dalam Renstra belum diisi untuk {self.missing} indikator."

    @property
    def who(self) -> str:
        """Who can put it there."""
        if not self.planners:
            return "Renstra disusun oleh perencana kantor, tetapi belum ada jabatan perencana pada bagan ini."
        *others, last = self.planners
        names = f"{', '.join(others)} atau {last}" if others else last
        return f"Yang dapat mengisinya: {names}."


def renstra_gap(*, unit: OrganisationUnit, year: int, on: date) -> RenstraGap | None:
    """Return what the Renstra of an office lacks for a year, None when nothing, or when the unit is no office
    (two queries, at most six with a gap)."""
    if unit.kind not in OFFICE_KINDS:
        return None
    renstra = renstra_of(unit=unit, year=year)
    set_for_year = RenstraTarget.objects.filter(
        indicator=OuterRef("pk"), year=year, superseded_at__isnull=True
    )
    missing = 0
    if renstra is not None:
        missing = indicators_of(unit=unit, year=year).filter(~Exists(set_for_year)).count()
        if not missing:
            return None
    return RenstraGap(unit.short_name, year, renstra, missing, tuple(_planners(unit, on)))


def _planners(unit: OrganisationUnit, on: date) -> list[str]:
    """The planners of an office, those first who also collect its figures; not those of offices below it."""
    others = units_within([unit.path]).filter(kind__in=OFFICE_KINDS).exclude(pk=unit.pk)
    below = tuple(others.values_list("path", flat=True))
    found = positions_in(unit=unit).filter(role__in=PLANNERS)
    positions = [one for one in found if not one.unit.path.startswith(below)]
    positions.sort(key=lambda one: one.role not in COLLECTORS)
    holders = holders_of(position_ids=[one.pk for one in positions], on=on)
    return [_named(one, [holder.label for holder in holders[one.pk]]) for one in positions]


def _named(position: Position, people: list[str]) -> str:
    return f"{position.short_title} ({', '.join(people)})" if people else position.short_title

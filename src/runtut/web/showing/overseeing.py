"""What offices that the reader looks after are at, on Beranda: the most overdue steps first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse

from runtut.cases.queries import TaskLine, count_supervised, supervised_tasks
from runtut.core.worktime import Calendar
from runtut.organisations.enums import GOVERNMENT_KINDS, OversightKind
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.web.frame.addresses import run_address
from runtut.web.frame.deadlines import Deadline, deadline
from runtut.web.frame.selectors import Selection

SHOWN: Final = 8


@dataclass(frozen=True)
class OverseenRow:
    """An open step of another office."""

    title: str
    url: str
    office: str
    where: str
    deadline: Deadline


@dataclass(frozen=True)
class Overseen:
    """The offices under a unit: how many steps are open, how many of them late, the most overdue ones."""

    unit: OrganisationUnit
    open: int
    late: int
    rows: tuple[OverseenRow, ...]
    url: str


def overseen(
    authorities: Sequence[Authority], chosen: Selection, calendar: Calendar | None, at: datetime
) -> list[Overseen]:
    """What each unit that the reader oversees is at. Three queries a unit overseen, none for others."""
    units = units_overseen(authorities, chosen.units)
    return [look_after(unit, chosen, calendar, at) for unit in chosen.units if unit.pk in units and calendar]


def units_overseen(authorities: Iterable[Authority], units: Iterable[OrganisationUnit]) -> set[int]:
    """The units whose offices a reader looks after: by an oversight, or from a position in the government
    itself (Bupati). Administrators of the system look after no work."""
    governments = {unit.pk for unit in units if unit.kind in GOVERNMENT_KINDS}
    return {one.unit_id for one in authorities if looks_after_offices(one, governments)}


def looks_after_offices(authority: Authority, governments: set[int]) -> bool:
    if authority.position_id:
        return authority.unit_id in governments
    return bool(authority.oversight) and authority.oversight != OversightKind.ADMINISTRATOR


def look_after(
    unit: OrganisationUnit, chosen: Selection, calendar: Calendar | None, at: datetime
) -> Overseen:
    assert calendar is not None
    found = supervised_tasks(unit_id=unit.pk, at=at, limit=SHOWN)
    total, late = count_supervised(unit_id=unit.pk, at=at)
    query = f"unit={unit.uid}&tahun={chosen.year}&tw={chosen.quarter.number}"
    return Overseen(
        unit=unit,
        open=total,
        late=late,
        rows=tuple(row_of(line, calendar, at) for line in found.lines),
        url=f"{reverse('web:laporan')}?{query}",
    )


def row_of(line: TaskLine, calendar: Calendar, at: datetime) -> OverseenRow:
    return OverseenRow(
        title=line.case_title,
        url=run_address(line.case_uid),
        office=line.unit,
        where=f"{line.position} · langkah {line.step_no}, {line.label}",
        deadline=deadline(due_at=line.due_at, at=at, calendar=calendar),
    )

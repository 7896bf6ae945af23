"""Figures and parts that runs wait for from the reader, as Beranda lists them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from runtut.core.worktime import Calendar
from runtut.organisations.queries import calendar_for
from runtut.performance.queries import FiguresAsked, OwedSection, figures_asked_of, owed_by
from runtut.web.frame.addresses import address
from runtut.web.frame.deadlines import deadline
from runtut.web.showing.owing import grid_address
from runtut.web.showing.work_rows import TimedDuty


def figure_duties(
    *, position_ids: Collection[int], unit_paths: Collection[str], at: datetime
) -> list[TimedDuty]:
    """What runs wait for from these positions, with the deadline of the step that waits."""
    return [duty(one, at) for one in figures_asked_of(position_ids=position_ids, unit_paths=unit_paths)]


def duty(asked: FiguresAsked, at: datetime) -> TimedDuty:
    case = asked.task.case
    return TimedDuty(
        title=f"Isi realisasi {asked.quarter.label}",
        url=grid_address(case, asked.quarter),
        details=(case.title, f"{asked.left} indikator {asked.position.short_title} belum diajukan"),
        deadline=deadline(due_at=asked.task.due_at, at=at, calendar=calendar_for(unit=case.unit)),
    )


def part_duties(
    *, position_ids: Collection[int], unit_paths: Collection[str], at: datetime
) -> list[TimedDuty]:
    """The parts that runs wait for from these positions as sections, with the deadline of the step that waits
    and why a part came back."""
    owed = owed_by(position_ids=position_ids, unit_paths=unit_paths)
    if not owed:
        return []
    calendar = calendar_for(unit=owed[0].task.case.unit)
    return [part_duty(one, calendar, at) for one in owed]


def part_duty(owed: OwedSection, calendar: Calendar, at: datetime) -> TimedDuty:
    case = owed.task.case
    return TimedDuty(
        title=case.title,
        url=address("web:run_bagian", case.uid),
        details=(f"Isi bagian sebagai {owed.position.short_title}",),
        deadline=deadline(due_at=owed.task.due_at, at=at, calendar=calendar),
        returned=f"Dikembalikan: {owed.return_reason}" if owed.return_reason else "",
    )

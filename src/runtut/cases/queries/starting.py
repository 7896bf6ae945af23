"""Whether a run may start: asked again when it starts, and beforehand so that nobody fills in for nothing."""

from __future__ import annotations

from datetime import datetime

from runtut.cases import engine
from runtut.cases.errors import (
    CalledProcedureMissing,
    LetterFromElsewhere,
    MayNotStart,
    ProcedureNotEffective,
    StartBeforeLetter,
)
from runtut.cases.queries.plan import RunPlan
from runtut.cases.registry import start_checks
from runtut.cases.rules import can_steer, local_day
from runtut.core.dates import long_date
from runtut.core.errors import DomainError
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import Authority
from runtut.procedures.enums import VersionState
from runtut.procedures.queries import called_version


def start_obstacle(
    *, plan: RunPlan, year: int, quarter: int | None, authority: Authority, at: datetime
) -> DomainError | None:
    """Return the refusal that a run for this period would meet, whatever its letter; None when it may
    start."""
    try:
        ensure_can_start(plan=plan, year=year, quarter=quarter, letter=None, authority=authority, at=at)
    except DomainError as refusal:
        return refusal
    return None


def ensure_can_start(
    *,
    plan: RunPlan,
    year: int,
    quarter: int | None,
    letter: IncomingLetter | None,
    authority: Authority,
    at: datetime,
) -> None:
    """Raise MayNotStart, ProcedureNotEffective, PerformerUnbound, CalledProcedureMissing,
    LetterFromElsewhere, StartBeforeLetter, or what a registered start check refuses."""
    ensure_may_start(plan, authority)
    ensure_startable(plan, at)
    ensure_letter(letter, plan, at)
    on = local_day(at, plan.unit)
    for check in start_checks():
        check(version=plan.version, unit=plan.unit, year=year, quarter=quarter, letter=letter, on=on)


def ensure_may_start(plan: RunPlan, authority: Authority) -> None:
    """Raise MayNotStart unless the authority is bound to the first step or steers the office's runs."""
    if can_steer(authority, plan.unit):
        return
    first = plan.graph.first
    if authority.position_id in engine.positions_of(first.everyone, plan.bindings):
        return
    names = ", ".join(plan.graph.column(performer).name for performer in first.actors)
    raise MayNotStart(performers=names, unit=plan.unit.short_name)


def ensure_startable(plan: RunPlan, at: datetime) -> None:
    """Raise unless the SOP is in force today, every performer has a position, and the SOPs it calls are in
    force in the office too."""
    version = plan.version
    today = local_day(at, plan.unit)
    begun = version.effective_from is None or version.effective_from <= today
    if version.state != VersionState.EFFECTIVE or not begun:
        raise ProcedureNotEffective(title=version.title)
    engine.ensure_bound(plan.graph, plan.bindings)
    for step in plan.graph.steps:
        if step.calls and called_version(key=step.calls, unit=plan.unit) is None:
            raise CalledProcedureMissing(
                no=step.no, unit=plan.unit.short_name, called=step.note or step.calls, key=step.calls
            )


def ensure_letter(letter: IncomingLetter | None, plan: RunPlan, at: datetime) -> None:
    """Raise unless the letter stands in the office's own register and is not dated after the start."""
    if letter is None:
        return
    if letter.unit_id != plan.unit.pk:
        raise LetterFromElsewhere(field="letter", unit=plan.unit.short_name)
    today = local_day(at, plan.unit)
    if letter.date > today:
        raise StartBeforeLetter(
            field="letter", letter_date=long_date(letter.date), start_date=long_date(today)
        )

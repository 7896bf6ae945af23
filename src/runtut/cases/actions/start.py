from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from runtut.cases import engine
from runtut.cases.actions.runs import Occasion, begin_run
from runtut.cases.errors import (
    CalledProcedureMissing,
    LetterFromElsewhere,
    MayNotStart,
    PeriodInvalid,
    ProcedureNotEffective,
    StartBeforeLetter,
    TitleMissing,
)
from runtut.cases.models import Case
from runtut.cases.queries.plan import RunPlan, plan_run
from runtut.cases.registry import start_checks
from runtut.cases.rules import can_steer, local_day
from runtut.core.locks import write_transaction
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import Authority
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion
from runtut.procedures.queries import called_version

TITLE_LENGTH = 240
FIRST_YEAR, LAST_YEAR = 2000, 2199


def start_case(
    *,
    procedure_version: ProcedureVersion,
    title: str,
    year: int,
    quarter: int | None,
    letter: IncomingLetter | None,
    authority: Authority,
    at: datetime,
    key: UUID | None = None,
) -> Case:
    """Start a run of an effective SOP in the office that owns it, and open its first step.

    By whoever the SOP's first step is bound to, or whoever steers the office's runs. The bindings are copied:
    later changes of the SOP's bindings do not touch the run. The same `key` never starts a second run.
    Raises MayNotStart, ProcedureNotEffective, PerformerUnbound, CalledProcedureMissing, TitleMissing,
    PeriodInvalid, LetterFromElsewhere, StartBeforeLetter, and what a registered start check refuses.
    """
    occasion = Occasion(
        title=ensure_title(title),
        year=ensure_year(year),
        quarter=ensure_quarter(quarter),
        letter=letter,
        key=key,
    )
    try:
        with write_transaction():
            return started_with(key, authority) or start(procedure_version, occasion, authority, at)
    except IntegrityError:
        if found := started_with(key, authority):
            return found
        raise


def start(version: ProcedureVersion, occasion: Occasion, authority: Authority, at: datetime) -> Case:
    """Check everything that a start needs, then begin."""
    unit = version.procedure.unit
    plan = plan_run(version=version, unit=unit, at=at)
    ensure_may_start(plan, authority)
    ensure_startable(plan, at)
    ensure_letter(occasion.letter, plan, at)
    for check in start_checks():
        check(
            version=version,
            unit=unit,
            year=occasion.year,
            quarter=occasion.quarter,
            letter=occasion.letter,
            on=local_day(at, unit),
        )
    return begin_run(plan=plan, occasion=occasion, authority=authority, at=at)


def started_with(key: UUID | None, authority: Authority) -> Case | None:
    """Return the run that this very press has started before."""
    if key is None:
        return None
    return (
        Case.objects.filter(start_key=key, started_by=authority.user_id)
        .select_related("unit", "procedure_version")
        .first()
    )


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
                no=step.no, unit=plan.unit.short_name, called=step.note or step.calls
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
            field="letter", letter_date=f"{letter.date:%d-%m-%Y}", start_date=f"{today:%d-%m-%Y}"
        )


def ensure_title(title: str) -> str:
    cleaned = " ".join(title.split())
    if not cleaned or len(cleaned) > TITLE_LENGTH:
        raise TitleMissing(field="title", limit=TITLE_LENGTH)
    return cleaned


def ensure_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodInvalid(field="year")
    return year


def ensure_quarter(quarter: int | None) -> int | None:
    if quarter is not None and not 1 <= quarter <= 4:
        raise PeriodInvalid(field="quarter")
    return quarter

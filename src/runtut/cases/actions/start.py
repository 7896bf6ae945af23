from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from runtut.cases.actions.runs import Occasion, begin_run
from runtut.cases.errors import PeriodInvalid, TitleMissing
from runtut.cases.models import Case
from runtut.cases.queries.plan import plan_run
from runtut.cases.queries.starting import ensure_can_start
from runtut.core.locks import write_transaction
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import Authority
from runtut.procedures.models import ProcedureVersion

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
    ensure_can_start(
        plan=plan,
        year=occasion.year,
        quarter=occasion.quarter,
        letter=occasion.letter,
        authority=authority,
        at=at,
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

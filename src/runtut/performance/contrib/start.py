"""What must hold before a run that asks for figures starts."""

from __future__ import annotations

from datetime import date

from runtut.core.periods import Quarter
from runtut.documents.models import IncomingLetter
from runtut.organisations.models import OrganisationUnit
from runtut.performance.actions import ensure_year_is_open
from runtut.performance.errors import PeriodIsLocked, QuarterMissing
from runtut.performance.queries import asks_for_figures, lock_notice, period_lock, plans_a_year
from runtut.procedures.models import ProcedureVersion


def ensure_period_is_free(
    *,
    version: ProcedureVersion,
    unit: OrganisationUnit,
    year: int,
    quarter: int | None,
    letter: IncomingLetter | None,
    on: date,
) -> None:
    """Raise QuarterMissing or PeriodIsLocked when the SOP collects or locks figures and the quarter does not
    allow it."""
    if not asks_for_figures(version=version):
        return
    if quarter is None:
        raise QuarterMissing(field="quarter")
    lock = period_lock(unit=unit, quarter=Quarter(year, quarter))
    if lock is not None:
        notice = lock_notice(lock=lock, on=on)
        raise PeriodIsLocked(
            field="quarter",
            period=notice.period,
            unit=unit.short_name,
            since=notice.since,
            rule=notice.rule,
            contact=notice.contact,
        )


def ensure_year_is_free(
    *,
    version: ProcedureVersion,
    unit: OrganisationUnit,
    year: int,
    quarter: int | None,
    letter: IncomingLetter | None,
    on: date,
) -> None:
    """Raise YearHasLockedQuarter when the SOP plans a year in which figures were locked already."""
    if plans_a_year(version=version):
        ensure_year_is_open(unit=unit, year=year, field="year")

"""By which SOP an office measures its quarters, and which quarters it has begun."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Sum

from runtut.cases.enums import CaseState
from runtut.cases.models import Case
from runtut.core.periods import Quarter
from runtut.organisations.models import OrganisationUnit
from runtut.performance.queries.runs import MEASUREMENT
from runtut.procedures.enums import VersionState, Work
from runtut.procedures.models import ProcedureVersion, Step

NEWEST_RUNS = 40


@dataclass(frozen=True)
class Measuring:
    """The SOP by which an office measures a quarter, its standard minutes, and the quarters for which it was
    started."""

    version: ProcedureVersion
    minutes: int
    started: frozenset[tuple[int, int | None]]

    def has_begun(self, quarter: Quarter) -> bool:
        return (quarter.year, quarter.number) in self.started


def measuring_of(*, unit: OrganisationUnit) -> Measuring | None:
    """Return the newest SOP in force by which a unit composes its measurement, None without one. Two
    queries."""
    composing = Step.objects.filter(version=OuterRef("pk"), topic=MEASUREMENT, work=Work.PREPARE)
    version = (
        ProcedureVersion.objects.filter(Exists(composing), procedure__unit=unit, state=VersionState.EFFECTIVE)
        .select_related("procedure")
        .only("title", "procedure__uid")
        .annotate(minutes=Sum("steps__minutes"))
        .order_by("-id")
        .first()
    )
    if version is None:
        return None
    runs = Case.objects.filter(unit=unit, procedure_version__procedure=version.procedure_id)
    begun = runs.filter(state__in=(CaseState.RUNNING, CaseState.DONE)).order_by("-id")
    periods = begun.values_list("year", "quarter")[:NEWEST_RUNS]
    return Measuring(version, version.minutes, frozenset(periods))

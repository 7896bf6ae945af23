"""When a run goes back to where the figures are collected, the figures go back too."""

from __future__ import annotations

from datetime import datetime

from runtut.cases.models import Case
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority
from runtut.performance.actions.handover import give_back
from runtut.performance.errors import NothingToReturn, RealisationIsLocked
from runtut.performance.models import Realisation
from runtut.performance.queries import collects_again


def follow_return(
    *, case: Case, from_no: int, to_no: int, reason: str, authority: Authority, at: datetime
) -> list[Realisation]:
    """Give the quarter's figures back to their owners when a run's return passes the step that collects them.

    In the transaction of the return, so that the sections never find a run returned and their figures closed.
    Changes nothing when the figures are open or locked.
    """
    if case.quarter is None:
        return []
    if not collects_again(version=case.procedure_version, first_no=to_no, last_no=from_no - 1):
        return []
    quarter = Quarter(case.year, case.quarter)
    try:
        return give_back(unit=case.unit, quarter=quarter, reason=reason, authority=authority, at=at)
    except (NothingToReturn, RealisationIsLocked):
        return []

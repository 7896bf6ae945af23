"""When a run goes back to where the figures are collected, the figures that it is about go back too."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from runtut.cases.models import Case
from runtut.core.periods import Quarter
from runtut.organisations.models import Authority, Position
from runtut.performance.actions.handover import give_back
from runtut.performance.actions.verifying import handed_over
from runtut.performance.enums import GivenBack
from runtut.performance.errors import NothingChosen, RealisationIsLocked
from runtut.performance.models import Indicator, Realisation
from runtut.performance.queries import collects_again


def follow_return(
    *,
    case: Case,
    from_no: int,
    to_no: int,
    reason: str,
    authority: Authority,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> list[Realisation]:
    """Give figures back to their owners when a run's return passes the step that collects them.

    `data`: "which" (GivenBack, all when left out), "figures" (uids of the indicators that are meant) and
    "reasons" {uid of an owner: what is told to this owner instead of the reason}. In the transaction of the
    return, so that the sections never find a run returned and their figures closed. Raises
    NothingChosen where those chosen are meant and none of them is handed over; changes nothing when all
    figures are open, or locked.
    """
    if case.quarter is None:
        return []
    if not collects_again(version=case.procedure_version, first_no=to_no, last_no=from_no - 1):
        return []
    quarter = Quarter(case.year, case.quarter)
    given = data or {}
    by_reason: dict[str, list[Indicator]] = {}
    meant = indicators_meant(handed_over(case.unit, quarter), given)
    own = reasons_by_owner(meant, given.get("reasons", {}))
    for one in meant:
        by_reason.setdefault(own.get(one.owner_id, reason), []).append(one)
    found: list[Realisation] = []
    try:
        for said, same in by_reason.items():
            found += give_back(
                unit=case.unit, quarter=quarter, reason=said, authority=authority, at=at, indicators=same
            )
    except RealisationIsLocked:
        return []
    return found


def reasons_by_owner(meant: Collection[Indicator], reasons: Mapping[str, str]) -> dict[int, str]:
    """Return what was written for an owner of these indicators alone, by the owner's key (one query where
    there is any)."""
    said = {uid: text.strip() for uid, text in reasons.items() if text.strip()}
    if not said:
        return {}
    owners = Position.objects.filter(pk__in={one.owner_id for one in meant}).values_list("pk", "uid")
    return {pk: said[str(uid)] for pk, uid in owners if str(uid) in said}


def indicators_meant(rows: Collection[Realisation], data: Mapping[str, Any]) -> list[Indicator]:
    """Return the indicators of the handed-over figures that a return is about. Raises NothingChosen."""
    which = GivenBack(data.get("which", GivenBack.ALL))
    if which == GivenBack.NONE or not rows:
        return []
    if which == GivenBack.ALL:
        return [row.indicator for row in rows]
    named = {str(uid) for uid in data.get("figures", ())}
    meant = [row.indicator for row in rows if str(row.indicator.uid) in named]
    if not meant:
        raise NothingChosen(field="indicators")
    return meant

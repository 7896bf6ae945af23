"""News from the runs, and from the tree of units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from runtut.cases.enums import EventKind
from runtut.cases.models import Case, CaseEvent
from runtut.core import search
from runtut.organisations.models import Authority, OrganisationUnit
from runtut.performance.actions import follow_endorsement, follow_return, rebuild_nodes, tell_of_form
from runtut.performance.models import Indicator
from runtut.performance.queries.searching import INDICATORS, indicator_entries, indicator_uids


def on_run_returned(
    *,
    case: Case,
    from_no: int,
    to_no: int,
    reason: str,
    authority: Authority,
    at: datetime,
    data: Mapping[str, Any],
    **kwargs: Any,
) -> None:
    """Let the figures follow a return within the very act, by the hand that returned the run."""
    follow_return(
        case=case, from_no=from_no, to_no=to_no, reason=reason, authority=authority, at=at, data=data
    )


def on_act_committed(*, case: Case, event: CaseEvent, **kwargs: Any) -> None:
    """Tell the owners of figures once the form that asks for them has gone out."""
    if event.kind == EventKind.COMPLETED:
        tell_of_form(case=case, task_id=event.task_id, at=event.at)


def on_step_endorsed(*, case: Case, authority: Authority, at: datetime, **kwargs: Any) -> None:
    """Let the figures be verified by the hand that examined their document."""
    follow_endorsement(case=case, authority=authority, at=at)


def on_unit_moved(*, unit: OrganisationUnit, **kwargs: Any) -> None:
    """Add the kept sums up the tree as it is now."""
    rebuild_nodes(region=unit.region)


def offer_search() -> None:
    """Offer indicators to the search; once per process."""
    search.offer(INDICATORS, search.Source(indicator_uids, indicator_entries))
    search.follow(
        Indicator, INDICATORS, fields=("name", "short_name", "definition", "formula_text", "source")
    )

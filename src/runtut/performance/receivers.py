"""News from the runs."""

from __future__ import annotations

import json
from typing import Any

from runtut.cases.enums import EventKind
from runtut.cases.models import Case, CaseEvent
from runtut.organisations.enums import Capacity
from runtut.organisations.models import Authority
from runtut.performance.actions import follow_return


def on_act_committed(*, case: Case, event: CaseEvent, **kwargs: Any) -> None:
    """Let the figures follow a return, by the hand that returned the run."""
    if event.kind != EventKind.RETURNED:
        return
    data = json.loads(event.data)
    authority = Authority(
        user_id=event.user_id,
        full_name="",
        region=event.region,
        unit_id=case.unit_id,
        unit_path=case.unit.path,
        capacity=Capacity(event.capacity),
        position_id=event.position_id,
    )
    follow_return(
        case=case,
        from_no=data["step"],
        to_no=data["to"],
        reason=data["reason"],
        authority=authority,
        at=event.at,
    )

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from runtut.cases.actions.clock import ensure_running
from runtut.cases.actions.press import press_case
from runtut.cases.actions.runs import cancel_run
from runtut.cases.enums import EventKind
from runtut.cases.models import Case
from runtut.cases.rules import ensure_can_steer, ensure_reason
from runtut.organisations.models import Authority


def cancel_case(
    *, case_uid: UUID, reason: str, authority: Authority, at: datetime, key: UUID | None = None
) -> Case:
    """End a run before its last step, for a reason; the runs it has called end with it.

    What was done stays on record; a cancelled run never goes on. The step that called a cancelled run is then
    done by hand. Raises MayNotSteer, ReasonMissing, CaseIsClosed.
    """

    def act(case: Case) -> Case:
        ensure_can_steer(authority, case.unit, "membatalkan pelaksanaan ini")
        ensure_running(case)
        return cancel_run(case, authority, ensure_reason(reason), at, key)

    return press_case(case_uid=case_uid, kind=EventKind.CANCELLED, key=key, authority=authority, act=act)

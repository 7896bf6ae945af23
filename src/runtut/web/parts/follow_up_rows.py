"""Follow-up items as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from runtut.cases.enums import FollowUpState
from runtut.cases.models import FollowUp
from runtut.cases.queries import is_late, state_word, waits_for
from runtut.core.worktime import Calendar
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import calendar_for
from runtut.web.frame.deadlines import Deadline, deadline


@dataclass(frozen=True)
class FollowUpRow:
    """An item in a list. `deadline` is None once it is done; `action` names the reader's own next step."""

    uid: UUID
    text: str
    url: str
    occasion: str
    position: str
    waits_for: str
    badge: str
    due_on: object
    deadline: Deadline | None
    needs_reason: bool
    action: str = "Buka"
    returned: str = ""

    @property
    def title(self) -> str:
        return self.text

    @property
    def details(self) -> tuple[str, ...]:
        return (f"Tindak lanjut {self.occasion}", f"Penanggung jawab {self.position}")


def follow_up_rows(
    items: Sequence[FollowUp],
    *,
    at: datetime,
    unit: OrganisationUnit | None = None,
    calendar: Calendar | None = None,
) -> list[FollowUpRow]:
    """Items as rows, in the working time of a unit (one query at most)."""
    if not items:
        return []
    hours = calendar or calendar_for(unit=unit or items[0].unit)
    return [follow_up_row(item, hours, at) for item in items]


def follow_up_row(item: FollowUp, calendar: Calendar, at: datetime) -> FollowUpRow:
    done, to_verify = item.state == FollowUpState.APPROVED, item.state == FollowUpState.SUBMITTED
    meeting = item.decision.meeting if item.decision else None
    return FollowUpRow(
        uid=item.uid,
        text=item.text,
        url=reverse("web:tindak_rinci", args=[item.uid]),
        occasion=meeting.title if meeting else item.case.title,
        position=item.position.short_title,
        waits_for=waits_for(item),
        badge=state_word(item),
        due_on=item.due_on,
        deadline=None if done else shown_deadline(item, calendar, at),
        needs_reason=not done and not to_verify,
        action="Periksa" if to_verify else "Laporkan",
        returned=f"Dikembalikan: {item.return_reason}" if item.state == FollowUpState.RETURNED else "",
    )


def shown_deadline(item: FollowUp, calendar: Calendar, at: datetime) -> Deadline:
    """What was handed in keeps the lateness it was handed in with."""
    seen = item.submitted_at if item.state == FollowUpState.SUBMITTED and item.submitted_at else at
    return deadline(due_at=item.due_at, at=seen if is_late(item, at) else at, calendar=calendar)

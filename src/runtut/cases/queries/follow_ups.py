"""Follow-up items: whose turn it is, and how far they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet

from runtut.cases.enums import FollowUpState
from runtut.cases.errors import DueBeforeToday, DueOnFreeDay, FollowUpUnknown
from runtut.cases.models import Case, FollowUp, FollowUpEvidence
from runtut.cases.queries.lines import PAGE, Cursor
from runtut.cases.rendering import ItemFacts
from runtut.cases.rules import local_day
from runtut.core.dates import full_day_date, long_date
from runtut.core.worktime import Calendar, humanise
from runtut.organisations.models import OrganisationUnit
from runtut.organisations.queries import calendar_for

TO_DO = (FollowUpState.OPEN.value, FollowUpState.RETURNED.value)
NOON = time(12)


def due_instant(unit: OrganisationUnit, day: date) -> datetime:
    """Return the end of a working day at a unit."""
    before = datetime.combine(day - timedelta(days=1), NOON, ZoneInfo(unit.zone))
    return calendar_for(unit=unit).end_of_nth_working_day(before, 1)


def ensure_due_day(unit: OrganisationUnit, day: date, at: datetime, *, field: str) -> datetime:
    """Return when a due day ends; raise DueBeforeToday, or DueOnFreeDay with the next working day."""
    if day < local_day(at, unit):
        raise DueBeforeToday(field=field, day=long_date(day))
    due_at = due_instant(unit, day)
    following = local_day(due_at, unit)
    if following != day:
        raise DueOnFreeDay(field=field, day=full_day_date(day), following=full_day_date(following))
    return due_at


def is_at_work(item: FollowUp) -> bool:
    """Tell whether somebody has begun to do an item (one query at most)."""
    begun = item.state != FollowUpState.OPEN or bool(item.report)
    return begun or FollowUpEvidence.objects.filter(follow_up=item).exists()


def follow_ups() -> QuerySet[FollowUp]:
    """Return items with everything that rules, lists and papers ask of them, in one statement."""
    return FollowUp.objects.select_related(
        "case", "unit", "position", "verifier", "submitted_by", "verified_by", "decision__meeting"
    )


def with_evidence(items: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    evidence = FollowUpEvidence.objects.select_related("file", "added_by").order_by("id")
    return items.prefetch_related(Prefetch("evidence", evidence))


def follow_up_by_uid(uid: UUID) -> FollowUp:
    """Return an item with its evidence; raise FollowUpUnknown (two queries)."""
    found = with_evidence(follow_ups()).filter(uid=uid).first()
    if found is None:
        raise FollowUpUnknown
    return found


def follow_ups_of(case: Case) -> list[FollowUp]:
    """Return the items of a run and of the runs that it has called, in order, with evidence (two queries)."""
    near = Q(case=case) | Q(case__parent_task__case=case)
    return list(with_evidence(follow_ups()).filter(near).order_by("case_id", "sequence", "id"))


@dataclass(frozen=True)
class FollowUpFilter:
    """What a list shows. `positions` are the reader's own: None shows everybody's. `state` is one of the five
    words, "terbuka" for all that is not approved, "" for all."""

    units: Collection[int]
    positions: Collection[int] | None = None
    state: str = "terbuka"
    late: bool = False


@dataclass(frozen=True)
class FollowUpPage:
    """A page of items, the most pressing first; `after` leads to the next page, None on the last."""

    items: tuple[FollowUp, ...]
    after: Cursor | None


def follow_up_inbox(*, position_ids: Collection[int], limit: int = PAGE) -> list[FollowUp]:
    """Return what waits for some positions: to be done, or to be verified; the most pressing first (partial
    indexes follow_up_inbox and follow_up_to_verify). Two queries; one on the days when there is nothing."""
    if not position_ids:
        return []
    to_do = Q(state__in=TO_DO, position__in=position_ids)
    to_verify = Q(state=FollowUpState.SUBMITTED, verifier__in=position_ids)
    urgent = FollowUp.objects.filter(to_do | to_verify).order_by("due_at", "id")
    keys = list(urgent.values_list("pk", flat=True)[:limit])
    return list(follow_ups().filter(pk__in=keys).order_by("due_at", "id")) if keys else []


def follow_up_page(
    *, filters: FollowUpFilter, at: datetime, after: Cursor | None = None, limit: int = PAGE
) -> FollowUpPage:
    """Return a page of items. One query, whatever their number."""
    rows = follow_ups()
    if filters.positions is None:
        rows = rows.filter(unit__in=filters.units)
    else:
        rows = rows.filter(Q(position__in=filters.positions) | Q(verifier__in=filters.positions))
    states = STATES.get(filters.state)
    if states is not None:
        rows = rows.filter(state__in=states)
    if filters.late:
        rows = rows.filter(due_at__lt=at).exclude(state=FollowUpState.APPROVED)
    if after is not None:
        due_at, key = after
        rows = rows.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, id__gt=key))
    found = list(rows.order_by("due_at", "id")[: limit + 1])
    shown = tuple(found[:limit])
    more = len(found) > limit
    return FollowUpPage(shown, (shown[-1].due_at, shown[-1].pk) if more else None)


STATES = {
    "terbuka": (*TO_DO, FollowUpState.SUBMITTED.value),
    "menunggu": (FollowUpState.OPEN.value, FollowUpState.SUBMITTED.value),
    "dikembalikan": (FollowUpState.RETURNED.value,),
    "disetujui": (FollowUpState.APPROVED.value,),
}
"""The words of a list's filter, and the states that each stands for."""


def is_late(item: FollowUp, at: datetime) -> bool:
    """Tell whether an item is past its day and not handed in, or was handed in late and not approved."""
    if item.state == FollowUpState.APPROVED:
        return False
    return item.due_at < (item.submitted_at or at if item.state == FollowUpState.SUBMITTED else at)


def waits_for(item: FollowUp) -> str:
    """Return who has the word on an item: the position, empty once it is approved."""
    if item.state == FollowUpState.APPROVED:
        return ""
    return (item.verifier if item.state == FollowUpState.SUBMITTED else item.position).short_title


def state_word(item: FollowUp) -> str:
    """Return the key of an item's status: one of the product's five words."""
    return "menunggu" if item.state == FollowUpState.SUBMITTED else str(item.state)


def timing(item: FollowUp, calendar: Calendar, at: datetime) -> str:
    """Say how an item keeps its time: "tepat waktu", "terlambat 2 hari", "batas waktu belum tiba"."""
    handed_in = item.submitted_at if item.state in (FollowUpState.SUBMITTED, FollowUpState.APPROVED) else None
    late = calendar.between(item.due_at, handed_in or at)
    if late > 0:
        return f"terlambat {humanise(late)}"
    return "tepat waktu" if handed_in else "batas waktu belum tiba"


def item_facts(items: Sequence[FollowUp], at: datetime) -> list[ItemFacts]:
    """Return items in the words of the papers; `items` come with their evidence (one query at most)."""
    if not items:
        return []
    calendar = calendar_for(unit=items[0].unit)
    return [
        ItemFacts(
            key=str(item.uid),
            text=item.text,
            position=item.position.short_title,
            due=long_date(item.due_on),
            state=FollowUpState(item.state).label,
            is_done=item.state == FollowUpState.APPROVED,
            is_late=is_late(item, at),
            timing=timing(item, calendar, at),
            report=item.report,
            evidence=tuple(one.file.name for one in item.evidence.all()),
            returns=item.returns,
        )
        for item in items
    ]

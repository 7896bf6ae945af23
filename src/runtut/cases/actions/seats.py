"""The lines of a meeting's list: one for each person who holds a called position, one for each guest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from runtut.cases.models import Invitee, Meeting
from runtut.cases.rules import local_day
from runtut.organisations.queries import holders_of

if TYPE_CHECKING:
    from runtut.cases.actions.meetings import MeetingPlan


def invite(meeting: Meeting, plan: MeetingPlan) -> None:
    """Make the list say who is called now. Whoever has been ticked stays on it."""
    wanted = list(dict.fromkeys(position.pk for position in plan.positions))
    guests = [(guest.name.strip()[:120], guest.agency.strip()[:120]) for guest in plan.guests]
    existing = list(Invitee.objects.filter(meeting=meeting))
    kept_positions = {row.position_id for row in existing if row.position_id}
    kept_guests = {(row.guest, row.agency) for row in existing if not row.position_id}
    unwanted = [
        row.pk
        for row in existing
        if not row.state
        and not (row.position_id in wanted if row.position_id else (row.guest, row.agency) in guests)
    ]
    Invitee.objects.filter(pk__in=unwanted).delete()
    last = max((row.sequence for row in existing), default=0)
    rows = [
        *(Invitee(position_id=key) for key in wanted if key not in kept_positions),
        *(Invitee(guest=name, agency=agency) for name, agency in guests if (name, agency) not in kept_guests),
    ]
    for number, row in enumerate(rows, start=last + 1):
        row.meeting, row.region, row.sequence = meeting, meeting.region, number
    Invitee.objects.bulk_create(rows)
    seat_holders(meeting)


def seat_holders(meeting: Meeting) -> None:
    """Give everybody who holds a called position on the day of the meeting a line of their own, and take off
    whoever holds it no more. Whoever has been ticked stays."""
    lines: dict[int, list[Invitee]] = defaultdict(list)
    for row in Invitee.objects.filter(meeting=meeting).order_by("sequence", "id"):
        if row.position_id is not None:
            lines[row.position_id].append(row)
    seats = holders_of(position_ids=lines, on=local_day(meeting.starts_at, meeting.unit))
    for position_id, own in lines.items():
        seat(own, [holder.user_id for holder in seats[position_id]])


def seat(own: Sequence[Invitee], people: Sequence[int]) -> None:
    """Put a position's lines in accord with its holders. The lines of one position bear one number, so that
    they stay together in the list."""
    wanted: Sequence[int | None] = people or [None]
    if len(people) < 2 and len(own) == 1:
        wanted = [own[0].person_id if own[0].state else None]
    known = {row.person_id for row in own}
    missing = [person for person in wanted if person not in known]
    free = [row for row in own if row.person_id not in wanted and not row.state]
    for row, person in zip(free, missing, strict=False):
        row.person_id = person
        row.save(update_fields=["person"])
    Invitee.objects.filter(pk__in=[row.pk for row in free[len(missing) :]]).delete()
    Invitee.objects.bulk_create(
        Invitee(
            meeting_id=own[0].meeting_id,
            region=own[0].region,
            sequence=own[0].sequence,
            position_id=own[0].position_id,
            person_id=person,
        )
        for person in missing[len(free) :]
    )

"""A meeting in the words of its papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from runtut.accounts.models import User
from runtut.cases.models import Meeting, Task
from runtut.cases.queries.meetings import Attendee, latest_meeting, meeting_page
from runtut.cases.queries.sheet import output_name, step_of
from runtut.cases.queries.writing import words_of_run
from runtut.cases.registry import OutputSpec
from runtut.cases.rendering import AttendeeFacts, DecisionFacts, MeetingFacts, meeting_words
from runtut.cases.rules import local_day
from runtut.core.dates import clock_time, full_day_date, long_date
from runtut.documents.enums import DocumentKind
from runtut.documents.queries import filled_template, printed_name, template_for
from runtut.organisations.models import Position
from runtut.organisations.queries import signing_place
from runtut.procedures.enums import Work


def ordered_by_invitation(task: Task) -> OutputSpec | None:
    """Return what the first step of a called run yields when it asks for an order alone and the run that
    called it has made the Undangan: agenda, time and people are settled in that. None otherwise."""
    step = step_of(task)
    if step.work != Work.DISPOSISI or len(step.outputs) > 1 or task.case.parent_task_id is None:
        return None
    meeting = latest_meeting(task)
    if meeting is None or meeting.invitation is None or meeting.closed_at is not None:
        return None
    when = f"{full_day_date(local_day(meeting.starts_at, meeting.unit))} pukul {hours_of(meeting)}"
    said = f"{meeting.title}, {when}, {meeting.place}."
    return OutputSpec(output_name(task), document=meeting.invitation, text=said)


def meeting_facts(meeting: Meeting, at: datetime) -> MeetingFacts:
    """Return a meeting in the words of its papers, as it stands."""
    view = meeting_page(meeting=meeting, at=at)
    return MeetingFacts(
        title=meeting.title,
        occasion=meeting.case.title,
        day=full_day_date(local_day(meeting.starts_at, meeting.unit)),
        hours=hours_of(meeting),
        place=meeting.place,
        has_list=meeting.attendance_file_id is not None,
        agenda=lines_of(meeting.agenda),
        chair=meeting.chair.title,
        secretary=meeting.secretary.title,
        made_on=local_day(at, meeting.unit).isoformat(),
        letter_place=signing_place(meeting.unit),
        attendees=tuple(attendee_facts(one, meeting.chair) for one in view.attendees),
        discussion=lines_of(meeting.discussion),
        urgency=meeting.get_urgency_display(),
        decisions=tuple(
            DecisionFacts(
                text=one.text,
                position=one.position.short_title if one.position else "",
                due=long_date(one.due_on) if one.due_on else "",
            )
            for one in view.decisions
        ),
    )


def meeting_paper(
    *,
    meeting: Meeting,
    kind: DocumentKind,
    parts: Callable[[MeetingFacts], Mapping[str, Any]],
    signatures: Sequence[Mapping[str, str]],
    at: datetime,
) -> dict[str, Any]:
    """Return the content of one of a meeting's papers, worded by the template of its office; `parts` are its
    lists and tables."""
    facts = meeting_facts(meeting, at)
    unit, day = meeting.unit, local_day(at, meeting.unit)
    filled = filled_template(
        template=template_for(kind=kind, unit=unit),
        values={**words_of_run(meeting.case, day), **meeting_words(facts)},
        parts=parts(facts),
    )
    return filled | {
        "date": facts.made_on,
        "place": facts.letter_place,
        "signatures": [dict(one) for one in signatures],
    }


def attendee_facts(one: Attendee, chair: Position) -> AttendeeFacts:
    state = one.invitee.get_state_display() if one.invitee.state else ""
    is_chair = one.invitee.position_id == chair.pk or chair.short_title in one.also
    return AttendeeFacts(one.who, one.name, state, one.invitee.note, address_of(one), is_chair)


def address_of(one: Attendee) -> str:
    """Return how a letter addresses somebody: by the position, a guest by name and office."""
    if one.invitee.position:
        return ", ".join([one.invitee.position.title, *one.also])
    return ", ".join(word for word in (one.name, one.invitee.agency) if word)


def hours_of(meeting: Meeting) -> str:
    """ "09.00 s.d. selesai WIB"."""
    zone = ZoneInfo(meeting.unit.zone)
    until = clock_time(meeting.ends_at.astimezone(zone)) if meeting.ends_at else "selesai"
    return f"{clock_time(meeting.starts_at.astimezone(zone))} s.d. {until} {meeting.unit.get_zone_display()}"


def meeting_days(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """When and where, as the papers of a meeting say it."""
    day = full_day_date(local_day(meeting.starts_at, meeting.unit))
    return ("Hari, tanggal", day), ("Pukul", hours_of(meeting)), ("Tempat", meeting.place)


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text that say something, without the numbers or dashes typed before them."""
    return tuple(line for line in (raw.strip().lstrip("-*•").strip() for raw in text.splitlines()) if line)


def names_on_paper(user_ids: Sequence[int]) -> dict[int, str]:
    """Return people's names with titles, as papers print them (one query)."""
    return {user.pk: printed_name(user) for user in User.objects.filter(pk__in=set(user_ids))}

"""Who may do what to a run. Asked by web, API and jobs alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from runtut.accounts.models import User
from runtut.cases.enums import NoticeKind
from runtut.cases.errors import (
    ClaimedByAnother,
    DateBeforeStart,
    MayNotFile,
    MayNotRunMeeting,
    MayNotSteer,
    NotActing,
    NotYourCase,
    NotYourTask,
    ReasonMissing,
    SecretInvitation,
)
from runtut.cases.models import Case, FollowUp, Invitee, Meeting, Task, TaskParticipant
from runtut.core.dates import clock_time, long_date
from runtut.core.sql import fetch_one
from runtut.documents.enums import Urgency
from runtut.documents.rules import can_read_letter
from runtut.organisations.enums import Capacity, Role
from runtut.organisations.models import Appointment, Authority, Mandate, OrganisationUnit
from runtut.organisations.queries import holders_of
from runtut.organisations.rules import can_see_unit

STEERING_ROLES = frozenset(
    {
        Role.CAMAT,
        Role.SEKCAM,
        Role.KEPALA_PD,
        Role.SEKRETARIS_PD,
        Role.SEKDA,
        Role.KABAG,
        Role.KASUBBAG_PERENCANAAN,
    }
)
"""Who leads an office or keeps its plans looks after its runs: docs/decisions/0015-who-steers-a-run.md."""


INVITING: Final = (Urgency.BIASA, Urgency.SEGERA, Urgency.SANGAT_SEGERA)
"""What an Undangan may be; a secret one would have to be kept from the office, which its meeting is not."""


def ensure_inviting(urgency: Urgency | str) -> Urgency:
    """Return how urgent an Undangan is. Raises SecretInvitation for what none may be."""
    found = Urgency(urgency)
    if found not in INVITING:
        raise SecretInvitation(field="urgency")
    return found


PROPOSED: Final[dict[NoticeKind, tuple[bool, bool]]] = {
    NoticeKind.ASSIGNED: (True, True),
    NoticeKind.INVITED: (True, True),
    NoticeKind.RETURNED: (True, True),
    NoticeKind.REMINDED: (True, True),
    NoticeKind.SOON: (True, False),
    NoticeKind.LATE: (True, True),
}
"""What a person who has chosen nothing is told (in the application, by mail)."""


def local_day(at: datetime, unit: OrganisationUnit) -> date:
    """Return the day of an instant where the unit works: mandates begin and end with local days."""
    return at.astimezone(ZoneInfo(unit.zone)).date()


def local_moment(at: datetime, unit: OrganisationUnit) -> str:
    """Return an instant as the unit's clock shows it: "21 November 2026 pukul 13.05 WIB"."""
    local = at.astimezone(ZoneInfo(unit.zone))
    return f"{long_date(local)} pukul {clock_time(local.time())} {unit.get_zone_display()}"


def can_steer(authority: Authority, unit: OrganisationUnit) -> bool:
    """Tell whether an authority may pause, extend, reassign and cancel the runs of an office, and start any:
    its head, its secretary, its Kasubbag Perencanaan, or whoever acts for them today."""
    return authority.role in STEERING_ROLES and can_see_unit(authority, unit)


def ensure_can_steer(authority: Authority, unit: OrganisationUnit, act: str) -> None:
    """Raise MayNotSteer unless the authority may steer the unit's runs. `act` completes "… yang dapat"."""
    if not can_steer(authority, unit):
        raise MayNotSteer(unit=unit.short_name, act=act)


def can_know_letter(authorities: Iterable[Authority], case: Case) -> bool:
    """Tell whether one of a person's authorities, which open the run, may know what its letter says: a
    confidential one only where the letter itself is open. False without a letter; no query unless it is
    confidential."""
    letter = case.letter
    if letter is None or not letter.is_sealed:
        return letter is not None
    return any(can_read_letter(one, letter) for one in authorities)


def can_see_case(authority: Authority, case: Case) -> bool:
    """Tell whether an authority may look at a run: it opens the run's office, or its position has a part.

    Two queries at most, none for the office itself.
    """
    if can_see_unit(authority, case.unit):
        return True
    if authority.position_id is None:
        return False
    own = Task.objects.filter(case=case, position=authority.position_id)
    part = TaskParticipant.objects.filter(task__case=case, position=authority.position_id)
    return own.exists() or part.exists()


def ensure_can_see_case(authority: Authority, case: Case) -> None:
    """Raise NotYourCase unless the authority may look at the run."""
    if not can_see_case(authority, case):
        raise NotYourCase


def may_file(authority: Authority, case: Case) -> bool:
    """Tell whether an authority may archive the papers of a run that is done: it steers the office's runs, or
    its position had a task in this one (one query at most)."""
    if can_steer(authority, case.unit):
        return True
    own = Task.objects.filter(case=case, position=authority.position_id)
    return authority.position_id is not None and own.exists()


def may_file_which(authorities: Collection[Authority], cases: Collection[Case]) -> set[int]:
    """Return the keys of the runs that one of the authorities may file (one query at most)."""
    steered = {case.pk for case in cases if any(can_steer(one, case.unit) for one in authorities)}
    rest = [case.pk for case in cases if case.pk not in steered]
    seats = [one.position_id for one in authorities if one.position_id is not None]
    if not (rest and seats):
        return steered
    own = Task.objects.filter(case__in=rest, position__in=seats)
    return steered | set(own.values_list("case_id", flat=True))


def ensure_may_file(authority: Authority, case: Case) -> None:
    """Raise MayNotFile unless the authority may archive the papers of a run that is done."""
    if not may_file(authority, case):
        raise MayNotFile(unit=case.unit.short_name)


def ensure_may_act(task: Task, authority: Authority, on: date, *, acting: bool | None = None) -> None:
    """Raise NotYourTask unless the authority acts for the task's position on that very day, in the capacity
    that it claims; raise ClaimedByAnother when a colleague in the same position has taken the task.

    Resolved from the dated rows anew, whatever the session still believes; `acting` is the answer of
    is_acting where it has been read already. A refusal takes two queries more, to name who does act.
    """
    if acting is None:
        acting = is_acting(authority, on)
    if authority.position_id != task.position_id or not acting:
        holders = holders_of(position_ids=[task.position_id], on=on)[task.position_id]
        names = ", ".join(holder.label for holder in holders)
        raise NotYourTask(position=task.position.short_title, holders=f" ({names})" if names else "")
    if task.claimed_by_id and task.claimed_by_id != authority.user_id and task.claimed_by is not None:
        raise ClaimedByAnother(who=task.claimed_by.full_name)


def ensure_may_write(task: Task, authority: Authority, on: date) -> None:
    """Raise NotYourTask unless the authority may write the document of a task: it acts for the task's
    position, or for one that takes part in the step. One query more for the latter."""
    takes_part = (
        authority.position_id not in (None, task.position_id)
        and TaskParticipant.objects.filter(task=task, position=authority.position_id).exists()
    )
    if not (takes_part and is_acting(authority, on)):
        ensure_may_act(task, authority, on)


def is_acting(authority: Authority, on: date) -> bool:
    """Tell whether a person acts for a position on a day in the capacity of the authority (one statement)."""
    sql = f"SELECT 1 WHERE {acting_condition(authority.capacity, ':day')}"
    return fetch_one(sql, acting_values(authority) | {"day": on}) is not None


@cache
def acting_condition(capacity: Capacity, day: str) -> str:
    """Return the SQL condition that an authority is what it claims to be on a day (an SQL expression).

    It is what organisations.queries.holders_of answers, for one person and in plain SQL because every act
    asks: a mandate in force by its own kind, an appointment only while nobody has a mandate.
    """
    mandates = in_force_sql(Mandate, day)
    if capacity == Capacity.DEFINITIVE:
        appointed = f"{in_force_sql(Appointment, day)} AND d.user_id = :holder"
        return f"EXISTS ({appointed}) AND NOT EXISTS ({mandates})"
    return f"EXISTS ({mandates} AND d.user_id = :holder AND d.kind = :held)"


def acting_values(authority: Authority) -> dict[str, Any]:
    """Return the values that acting_condition names, but for the day."""
    return {
        "seat": authority.position_id,
        "holder": authority.user_id,
        "held": str(authority.capacity),
    }


def in_force_sql(model: type[Appointment | Mandate], day: str) -> str:
    """Return the rows by which active people hold the position :seat on a day."""
    return (
        f"SELECT 1 FROM {model._meta.db_table} d JOIN {User._meta.db_table} a ON a.id = d.user_id "  # noqa: S608 (names from the models)
        f"WHERE d.position_id = :seat AND a.is_active AND d.valid_from <= {day} "
        f"AND (d.valid_until IS NULL OR d.valid_until > {day})"
    )


def ensure_reason(reason: str) -> str:
    """Return a reason without surrounding blanks; raise ReasonMissing when it says too little."""
    cleaned = reason.strip()
    if len(cleaned) < ReasonMissing.least:
        raise ReasonMissing
    return cleaned


def ensure_not_before_start(case: Case, day: date, *, what: str, field: str) -> None:
    """Raise DateBeforeStart for something that is said to have happened before the run began."""
    started = local_day(case.started_at, case.unit)
    if day < started:
        raise DateBeforeStart(field=field, what=what, date=long_date(day), start_date=long_date(started))


def ensure_acting(authority: Authority, on: date) -> None:
    """Raise NotActing unless the authority is, on the day, what it claims to be (one statement)."""
    if not is_acting(authority, on):
        raise NotActing


def can_run_meeting(authority: Authority, meeting: Meeting) -> bool:
    """Tell whether an authority looks after a meeting: its chair, its secretary, whoever prepared it, or
    whoever steers the office's runs."""
    own = {meeting.chair_id, meeting.secretary_id, meeting.prepared_in_id}
    return authority.position_id in own or can_steer(authority, meeting.unit)


def can_see_meeting(authority: Authority, meeting: Meeting) -> bool:
    """Tell whether an authority may look at a meeting: it opens the run, or is called to the meeting. Three
    queries at most, none for the office itself."""
    if can_see_unit(authority, meeting.unit) or can_run_meeting(authority, meeting):
        return True
    if authority.position_id is None:
        return False
    invited = Invitee.objects.filter(meeting=meeting, position=authority.position_id)
    return invited.exists() or can_see_case(authority, meeting.case)


def ensure_can_run_meeting(authority: Authority, meeting: Meeting, on: date) -> None:
    """Raise MayNotRunMeeting or NotActing unless the authority looks after the meeting today."""
    if not can_run_meeting(authority, meeting):
        raise MayNotRunMeeting(chair=meeting.chair.short_title, secretary=meeting.secretary.short_title)
    ensure_acting(authority, on)


def can_see_follow_up(authority: Authority, item: FollowUp) -> bool:
    """Tell whether an authority may look at an item: it opens the office, does it or verifies it."""
    own = {item.position_id, item.verifier_id}
    return authority.position_id in own or can_see_unit(authority, item.unit)


def can_report(authority: Authority, item: FollowUp) -> bool:
    """Tell whether an authority answers for an item."""
    return authority.position_id == item.position_id


def can_verify(authority: Authority, item: FollowUp) -> bool:
    """Tell whether an authority may verify an item: its verifier, or whoever steers the office's runs; never
    in the very position that does it."""
    if authority.position_id == item.position_id:
        return False
    return authority.position_id == item.verifier_id or can_steer(authority, item.unit)

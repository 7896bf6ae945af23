"""A meeting: planned, called, held, written down; and what was decided, done or explained."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from runtut.cases.actions import (
    DecisionDraft,
    MeetingPlan,
    Tick,
    add_follow_up_evidence,
    approve_follow_up,
    issue_meeting_invitation,
    prepare_meeting,
    record_attendance,
    return_follow_up,
    save_minutes,
    submit_follow_up,
)
from runtut.cases.enums import AttendanceState, FollowUpState
from runtut.cases.models import FollowUp, Invitee, Meeting
from runtut.cases.queries import follow_up_by_uid, follow_ups_of, meeting_at_work, proposed_people
from runtut.core.dates import long_date
from runtut.demo.actions.desk import Answers, Move, Office, Turn
from runtut.demo.formulas import chance, pick
from runtut.demo.queries import words
from runtut.demo.rendering import evidence_table
from runtut.organisations.models import Authority

HALF_A_DAY = 225
"""A meeting whose step has a longer standard time than this is called for the next morning."""


def plan_for(turn: Turn, starts_at: datetime) -> MeetingPlan:
    people = proposed_people(turn.task)
    agenda = words()["agenda"][turn.planned.sop]
    return MeetingPlan(
        title=turn.say(f"meeting.{turn.planned.sop}"),
        starts_at=starts_at,
        place=turn.say("place"),
        agenda="\n".join(agenda).format(period=turn.period, year=turn.year),
        chair=people.chair,
        secretary=people.secretary,
        positions=people.positions,
    )


def invited(turn: Turn, authority: Authority, at: datetime) -> Answers:
    """Call everybody together for the half hour after the next."""
    starts_at = turn.office.half_hour(turn.office.calendar.add(at, 30))
    return {"plan": plan_for(turn, starts_at), "instruction": turn.say("order"), "outputs": {}}


def meeting_held(turn: Turn) -> Move | None:
    """Plan, invitation, attendance, minutes: whichever is still missing."""
    meeting = meeting_at_work(turn.task)
    if meeting is None:
        return turn.move(turn.after(0.05), partial(prepare, turn))
    if meeting.invitation_id is None:
        return turn.move(meeting.created_at, partial(call, meeting))
    begun = meeting.starts_at
    if Invitee.objects.filter(meeting=meeting, state="").exists():
        return turn.move(begun, partial(tick, turn, meeting), meeting.secretary)
    over = turn.office.calendar.add(begun, 45 if turn.step.minutes < HALF_A_DAY else 110)
    if not meeting.discussion:
        return turn.move(over, partial(write_down, turn, meeting), meeting.secretary)
    return None


def prepare(turn: Turn, authority: Authority, at: datetime) -> None:
    starts_at = turn.office.next_morning(at, 90)
    prepare_meeting(task=turn.task, plan=plan_for(turn, starts_at), authority=authority, at=at)


def call(meeting: Meeting, authority: Authority, at: datetime) -> None:
    issue_meeting_invitation(meeting=meeting, authority=authority, at=at)


def tick(turn: Turn, meeting: Meeting, authority: Authority, at: datetime) -> None:
    """The secretary ticks who came; now and then somebody sent word."""
    rows = list(meeting.invitees.select_related("position").order_by("sequence"))
    record_attendance(
        meeting=meeting, ticks={row.uid: came(turn, meeting, row) for row in rows}, authority=authority, at=at
    )


def came(turn: Turn, meeting: Meeting, row: Invitee) -> Tick:
    needed = {meeting.chair_id, meeting.secretary_id}
    if row.position_id in needed or turn.lot("came", row.sequence) > words()["shares"]["absent"]:
        return Tick(AttendanceState.PRESENT)
    return Tick(AttendanceState.ABSENT, turn.say("absent", row.sequence))


def write_down(turn: Turn, meeting: Meeting, authority: Authority, at: datetime) -> None:
    save_minutes(
        meeting=meeting,
        discussion=turn.say(f"discussion.{turn.planned.sop}"),
        decisions=decisions(turn, meeting, at),
        version=meeting.version,
        authority=authority,
        at=at,
    )


def decisions(turn: Turn, meeting: Meeting, at: datetime) -> list[DecisionDraft]:
    """Two or three things, each for somebody of another section, and other things than the quarter before."""
    rows = meeting.invitees.select_related("position").filter(position__isnull=False)
    there = {turn.office.key_of(row.position): row.position for row in rows if row.position}
    known = [one for one in words()["decisions"] if one["who"] in there]
    first = 2 * (4 * turn.planned.year + (turn.planned.quarter or 0))
    chosen = [known[(first + step) % len(known)] for step in range(2 + (turn.lot("three") < 0.5))]
    due = turn.office.unit.local_date(turn.office.calendar.end_of_nth_working_day(at, 5))
    return [
        DecisionDraft(str(one["text"]).format(period=turn.period, year=turn.year), there[one["who"]], due)
        for one in {one["text"]: one for one in chosen}.values()
    ]


def item_moved(turn: Turn) -> Move | None:
    """The next report or verdict on what was decided; one item may be left for later."""
    items = list(follow_ups_of(turn.case))
    for number, item in enumerate(items):
        if item.state == FollowUpState.SUBMITTED:
            share = 0.86 if item.returns else 0.5 + 0.05 * number
            return turn.move(turn.after(share), partial(judge, turn.name, item), item.verifier)
        if item.state == FollowUpState.APPROVED or is_left(turn, items, number):
            continue
        share = 0.8 if item.returns else 0.3 + 0.05 * number
        return turn.move(turn.after(share), partial(report, turn.office, item), item.position)
    return None


def is_left(turn: Turn, items: list[FollowUp], number: int) -> bool:
    return number == len(items) - 1 and turn.lot("left") < words()["shares"]["left"]


def report(office: Office, item: FollowUp, authority: Authority, at: datetime) -> None:
    """Say what was done, with a file that shows it."""
    item = follow_up_by_uid(item.uid)
    known = next((one for one in words()["decisions"] if one["text"][:20] == item.text[:20]), None)
    said = known["done"] if known else pick(words()["done"], item.text)
    if item.returns:
        said = f"{said} {pick(words()['done_again'], item.text)}"
    else:
        content = evidence_table(
            title=f"Bukti tindak lanjut: {item.text}"[:200],
            head=("Uraian", "Isi"),
            rows=[
                ("Dikerjakan oleh", item.position.short_title),
                ("Tanggal", long_date(office.unit.local_date(at))),
            ],
            at=at,
        )
        name = f"Bukti tindak lanjut {item.position.short_title}.xlsx"
        file = office.file(name, content, authority, at)
        add_follow_up_evidence(item=item, file=file, authority=authority, at=at)
        item = follow_up_by_uid(item.uid)
    submit_follow_up(item=item, report=said, authority=authority, at=at)


def judge(name: str, item: FollowUp, authority: Authority, at: datetime) -> None:
    """Approve what was done; the first report of some comes back."""
    item = follow_up_by_uid(item.uid)
    if not item.returns and chance("judge", name, item.text) < words()["shares"]["item_returned"]:
        reason = pick(words()["item_returns"], item.text)
        return_follow_up(item=item, reason=reason, authority=authority, at=at)
        return
    approve_follow_up(item=item, note=pick(words()["verdict"], item.text), authority=authority, at=at)


def explained(turn: Turn, authority: Authority, at: datetime) -> Answers:
    """Say of what is not done why, and until when."""
    until = turn.office.calendar.end_of_nth_working_day(at, 10)
    day = long_date(turn.office.unit.local_date(until))
    left = [item for item in follow_ups_of(turn.case) if item.state != FollowUpState.APPROVED]
    return {"reasons": {str(item.uid): turn.say("not_yet", day=day) for item in left}}


def late_move(office: Office, item: FollowUp) -> Move:
    """What a finished run has left to do is done some weeks later."""
    if item.state == FollowUpState.SUBMITTED:
        assert item.submitted_at is not None
        at = office.calendar.add(item.submitted_at, 120)
        return Move(at, item.verifier, partial(judge, "late", item))
    days = 8 + int(14 * chance("late", item.text, item.case_id % 7))
    begin = datetime.combine(item.due_on, datetime.min.time(), tzinfo=office.calendar.zone)
    at = office.calendar.add(office.calendar.end_of_nth_working_day(begin, days), 60)
    return Move(at, item.position, partial(report, office, item))

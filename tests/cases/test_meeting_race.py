"""People in one room who press at once, each over a connection of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cases.database import at_once, shared_database
from tests.cases.factories import Desk
from tests.cases.meetings import MEETING, Room, plan

from runtut.cases import actions
from runtut.cases.actions import Tick
from runtut.cases.enums import AttendanceState
from runtut.cases.errors import FollowUpMoved, MeetingMoved
from runtut.cases.models import FollowUp, Invitee, Meeting
from runtut.cases.queries import task_by_uid
from runtut.core.audit import verify_streams
from runtut.core.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database(transactional_db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    with shared_database(tmp_path) as environment:
        yield environment


def names(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_those_who_tick_themselves_at_once_are_all_on_the_list() -> None:
    room = Room.make()
    keys = ["perencanaan", "kasi1", "kasi2"]
    lines = [room.line(key).uid for key in keys]
    who = [room.desk.who(key) for key in keys]

    results = at_once(
        3,
        lambda number: actions.record_attendance(
            meeting=room.meeting,
            ticks={lines[number]: Tick(AttendanceState.PRESENT)},
            authority=who[number],
            at=room.desk.at,
        ),
    )

    assert results == [1, 1, 1]
    assert set(Invitee.objects.values_list("state", flat=True)) == {"hadir"}
    assert verify_streams() == []


def test_secretary_and_invitee_who_tick_one_line_at_once_leave_one_entry() -> None:
    room = Room.make()
    line = room.line("kasi1").uid
    who = [room.desk.who("perencanaan"), room.desk.who("kasi1")]

    results = at_once(
        2,
        lambda number: actions.record_attendance(
            meeting=room.meeting,
            ticks={line: Tick(AttendanceState.PRESENT)},
            authority=who[number],
            at=room.desk.at,
        ),
    )

    assert sorted(results) == [0, 1]
    assert AuditEntry.objects.filter(action="cases.meeting.attendance").count() == 1


def test_of_two_who_write_the_minutes_at_once_one_is_told() -> None:
    room = Room.make()
    who = [room.desk.who("perencanaan"), room.desk.who("sekcam")]

    results = at_once(
        2,
        lambda number: actions.save_minutes(
            meeting=room.meeting,
            discussion=f"Tulisan {number}",
            decisions=[],
            version=room.meeting.version,
            authority=who[number],
            at=room.desk.at,
        ),
    )

    assert names(results) == ["Meeting", MeetingMoved.__name__]


def test_two_who_prepare_at_once_prepare_one_meeting() -> None:
    desk = Desk.make(MEETING)
    case = desk.start("sekcam")
    task = task_by_uid(desk.open_task(case, "sekcam").uid)
    who = [desk.who("sekcam"), desk.who("perencanaan")]
    planned = plan(desk)

    results = at_once(
        2,
        lambda number: actions.prepare_meeting(task=task, plan=planned, authority=who[number], at=desk.at),
    )

    assert names(results) == ["Meeting", "Meeting"]
    assert Meeting.objects.count() == 1
    assert Invitee.objects.count() == 3


def test_of_two_who_verify_at_once_one_is_told() -> None:
    room = Room.make()
    item = room.close()
    actions.submit_follow_up(
        item=item, report="Sudah dilengkapi.", authority=room.desk.who("kasi1"), at=room.desk.at
    )
    who = [room.desk.who("sekcam"), room.desk.who("camat")]

    results = at_once(
        2,
        lambda number: actions.approve_follow_up(item=item, note="", authority=who[number], at=room.desk.at),
    )

    assert names(results) == ["FollowUp", FollowUpMoved.__name__]
    assert FollowUp.objects.get().version == 3

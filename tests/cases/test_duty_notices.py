"""News of follow-up items, meetings, and what a task asks of others: to whom, when, and how often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests.cases.factories import AT
from tests.cases.meetings import FRIDAY, Room, plan
from tests.cases.notices import give_address, headings, letters, lines, settle, subjects
from tests.killing import Killed, killer_at

from runtut.accounts.actions import choose_notices
from runtut.cases import actions
from runtut.cases.actions import DecisionDraft
from runtut.cases.actions.follow_ups import issue_follow_ups
from runtut.cases.enums import NoticeAbout, NoticeKind
from runtut.cases.models import FollowUp, Meeting, Notice
from runtut.cases.queries import count_unread, task_by_uid
from runtut.core import jobs

pytestmark = pytest.mark.django_db

SOON = "Mendekati tenggat"
NEW, BACK, CHECK = "Tindak lanjut baru", "Tindak lanjut dikembalikan", "Tindak lanjut menunggu verifikasi"
INVITED, TODAY = "Undangan rapat", "Rapat segera dimulai"


def called(room: Room) -> Room:
    """A meeting whose Undangan is made."""
    actions.issue_meeting_invitation(meeting=room.meeting, authority=room.desk.who("sekcam"), at=room.desk.at)
    room.meeting.refresh_from_db()
    return room


def replan(room: Room, *keys: str, **given: object) -> None:
    task = task_by_uid(room.desk.open_task(room.case, "sekcam").uid)
    actions.prepare_meeting(
        task=task,
        plan=plan(room.desk, *keys, **given),
        authority=room.desk.who("sekcam"),
        at=room.desk.at,
    )


def unread(room: Room, key: str) -> int:
    return count_unread(user_id=room.desk.office.people[key].pk, at=room.desk.at)


def test_a_follow_up_item_is_told_at_once_and_its_day_before_and_after(mail: Path) -> None:
    room = Room.make()
    address = give_address(room.desk.office.people["kasi1"])
    item = room.close()
    settle(room.desk)

    assert headings(room.desk, "kasi1")[0] == NEW
    line = lines(room.desk, "kasi1")[0]
    assert (line.title, line.path) == ("Perbaiki data seksi", f"/tindak-lanjut/{item.uid}/")
    assert headings(room.desk, "kasi2") == []

    room.desk.at = item.soon_at - timedelta(minutes=1)
    settle(room.desk)
    assert SOON not in headings(room.desk, "kasi1")
    room.desk.later(minutes=1)
    settle(room.desk)
    assert headings(room.desk, "kasi1")[0] == SOON
    assert item.unit.local_date(item.soon_at) == FRIDAY - timedelta(days=1)
    for _ in range(3):
        room.desk.later(days=2)
        settle(room.desk)

    assert headings(room.desk, "kasi1").count(SOON) == 1
    assert headings(room.desk, "kasi1").count("Lewat tenggat") == 1
    mine = [letter for letter in letters(mail) if letter["To"] == address]
    assert sorted(letter["Subject"].split(":")[0] for letter in mine) == ["Lewat tenggat", NEW]
    assert f"/tindak-lanjut/{item.uid}/" in mine[0].get_content()


def test_the_news_of_an_item_follows_whoever_has_the_word(mail: Path) -> None:
    room = Room.make()
    item = room.close()
    desk = room.desk
    given = {"item": item, "at": desk.at}
    actions.submit_follow_up(report="Data sudah lengkap.", authority=desk.who("kasi1"), **given)

    assert (unread(room, "kasi1"), headings(desk, "sekcam")[0]) == (0, CHECK)
    actions.return_follow_up(reason="Bukti belum ada.", authority=desk.who("sekcam"), **given)
    assert (unread(room, "kasi1"), headings(desk, "kasi1")[0]) == (1, BACK)
    actions.submit_follow_up(report="Bukti dilampirkan.", authority=desk.who("kasi1"), **given)
    assert headings(desk, "sekcam").count(CHECK) == 2
    actions.approve_follow_up(note="", authority=desk.who("sekcam"), **given)
    desk.later(days=30)
    settle(desk)

    waiting = Notice.objects.filter(follow_up=item, closed_at=None)
    assert (waiting.count(), headings(desk, "kasi1").count("Lewat tenggat")) == (0, 0)


def test_an_item_given_to_somebody_else_is_told_to_them_and_reminded_by_its_new_day() -> None:
    room = Room.make()
    room.tick("kasi1")
    room.decide()
    given = {"meeting": room.meeting, "case": room.case, "authority": room.desk.who("perencanaan")}
    issue_follow_ups(**given, at=room.desk.at)
    decision = room.meeting.decisions.get()
    monday = date(2026, 3, 9)
    room.write(DecisionDraft("Perbaiki data", room.desk.position("kasi2"), monday, decision.uid))
    issue_follow_ups(**given, at=room.desk.at)

    assert (unread(room, "kasi1"), unread(room, "kasi2")) == (0, 1)
    item = FollowUp.objects.get()
    assert item.unit.local_date(item.soon_at) == FRIDAY


def test_everybody_called_is_told_of_a_meeting_once_its_invitation_is_made(mail: Path) -> None:
    room = Room.make(starts_at=AT + timedelta(days=4))
    give_address(room.desk.office.people["kasi2"])
    assert headings(room.desk, "kasi1") == []
    called(room)
    called(room)
    settle(room.desk)

    assert headings(room.desk, "kasi1") == [INVITED]
    assert headings(room.desk, "umum") == []
    (letter,) = letters(mail)
    assert letter["Subject"] == f"{INVITED}: {room.meeting.title}"
    assert "Tempat: Ruang rapat kecamatan." in letter.get_content()


def test_a_moved_meeting_is_told_anew_and_whoever_is_called_no_more_hears_nothing_else() -> None:
    room = called(Room.make())
    settle(room.desk)
    later = room.desk.at + timedelta(days=4)
    replan(room, "kasi1", "umum", starts_at=later, ends_at=None)
    replan(room, "kasi1", "umum", starts_at=later, ends_at=None)

    assert [headings(room.desk, key) for key in ("kasi1", "kasi2", "umum")] == [
        [INVITED, INVITED],
        [INVITED],
        [INVITED],
    ]
    assert [unread(room, key) for key in ("kasi1", "kasi2", "umum")] == [1, 0, 1]


def test_a_meeting_is_reminded_of_on_the_working_day_before() -> None:
    room = called(Room.make())
    monday = room.desk.at + timedelta(days=7)
    replan(room, starts_at=monday)
    room.desk.later(days=3)
    settle(room.desk)
    assert TODAY not in headings(room.desk, "kasi1")
    room.desk.later(days=1)
    settle(room.desk)
    settle(room.desk)

    assert headings(room.desk, "kasi1").count(TODAY) == 1
    room.desk.later(days=3, minutes=1)
    assert unread(room, "kasi1") == 0


def test_a_closed_list_ends_the_news_of_its_meeting(mail: Path) -> None:
    room = called(Room.make())
    give_address(room.desk.office.people["kasi1"])
    called(room)
    room.close()
    settle(room.desk)

    left = Notice.objects.filter(meeting=room.meeting, closed_at=None)
    assert set(left.values_list("about", flat=True)) == {NoticeAbout.SIGNATURE}
    assert INVITED not in "".join(subjects(mail))


def test_what_a_person_chose_holds_for_items_and_meetings_too(mail: Path) -> None:
    room = Room.make()
    kasi = room.desk.office.people["kasi1"]
    give_address(kasi)
    choose_notices(
        user=kasi,
        email=kasi.email,
        chosen={NoticeKind.INVITED: (False, False), NoticeKind.ASSIGNED: (False, True)},
    )
    called(room)
    item = room.close()
    settle(room.desk)

    assert headings(room.desk, "kasi1") == []
    assert subjects(mail) == [f"{NEW}: {item.text}"]


def make_item_due(room: Room, number: int) -> None:
    """Let the day of the one item be near, another day each time."""
    FollowUp.objects.update(
        soon_told_at=None,
        soon_at=room.desk.at,
        due_on=FRIDAY + timedelta(days=number),
        due_at=room.desk.at + timedelta(hours=1),
    )


def make_meeting_due(room: Room, number: int) -> None:
    """Let the day of the meeting be near, another schedule each time."""
    Meeting.objects.update(
        soon_told_at=None,
        soon_at=room.desk.at,
        schedule=number,
        starts_at=room.desk.at + timedelta(hours=1),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make_due", [make_item_due, make_meeting_due])
def test_a_worker_killed_before_any_statement_neither_loses_a_reminder_nor_sends_it_twice(
    mail: Path, make_due: Callable[[Room, int], None]
) -> None:
    """The worker dies once before each of its statements; in the end every reminder is there once, and its
    letter too."""
    room = called(Room.make())
    if make_due is make_item_due:
        room.close()
    kasi, desk = room.desk.office.people["kasi1"], room.desk
    settle(desk)
    choose_notices(user=kasi, email="kasi@contoh.go.id", chosen={NoticeKind.SOON: (True, True)})
    deaths = 0
    for statement in range(1, 200):
        make_due(room, statement)
        with connection.execute_wrapper(killer_at(statement)):
            try:
                settle(desk)
            except Killed:
                connection.close()
                deaths += 1
                died = True
            else:
                died = False
        desk.at += jobs.LEASE + timedelta(seconds=1)
        settle(desk)
        assert Notice.objects.filter(kind=NoticeKind.SOON, user=kasi).count() == statement
        assert [letter["To"] for letter in letters(mail)] == ["kasi@contoh.go.id"] * statement
        if not died:
            break

    assert deaths > 10

"""Whoever an instrument asks is told of it, reminded with the step, and left alone once it is answered."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.cases.notices import give_address, headings, letters, lines, settle
from tests.evaluation.office import Room

from runtut.cases.models import Notice
from runtut.cases.queries import count_unread
from runtut.evaluation import actions

pytestmark = pytest.mark.django_db

ASKED, REMINDED, SOON, LATE = (
    "Instrumen menunggu jawaban",
    "Jawaban ditunggu",
    "Mendekati tenggat",
    "Lewat tenggat",
)


@pytest.fixture
def room(mail: Path) -> Room:
    room = Room.make()
    give_address(room.desk.office.people["kasi1"])
    room.in_use()
    settle(room.desk)
    return room


def test_every_respondent_is_told_and_nobody_else(room: Room, mail: Path) -> None:
    asked = {key: headings(room.desk, key) for key in ("kasi1", "kasi2", "umum", "staf", "sekcam", "camat")}

    assert asked == {
        "kasi1": [ASKED],
        "kasi2": [ASKED],
        "umum": [ASKED],
        "staf": [],
        "sekcam": [],
        "camat": [],
    }
    position = room.desk.position("kasi1")
    (line,) = lines(room.desk, "kasi1")
    assert line.path == f"/instrumen/{room.instrument.uid}/isi/?jabatan={position.uid}"
    (letter,) = letters(mail)
    assert letter["Subject"] == f"{ASKED}: {room.instrument.title}"
    assert line.path in letter.get_content()


def test_only_who_has_not_answered_is_reminded_with_the_step(room: Room) -> None:
    room.answer("kasi2", skala="4", ya_tidak="ya")
    room.desk.later(days=60)
    settle(room.desk)
    settle(room.desk)

    assert sorted(headings(room.desk, "kasi1")) == sorted([ASKED, SOON, LATE])
    assert headings(room.desk, "kasi2") == [ASKED]
    assert count_unread(user_id=room.desk.office.people["kasi2"].pk, at=room.desk.at) == 0


def test_a_reminder_by_hand_reaches_who_owes_each_day_anew(room: Room) -> None:
    room.answer("kasi2", skala="4", ya_tidak="ya")
    for _ in range(2):
        actions.remind_respondents(instrument=room.instrument, **room.by())
        room.desk.later(days=1)

    assert headings(room.desk, "kasi1").count(REMINDED) == 2
    assert headings(room.desk, "kasi2").count(REMINDED) == 0


def test_news_of_a_closed_step_counts_no_more(room: Room) -> None:
    room.answer("kasi2", skala="4", ya_tidak="ya")
    room.desk.later(minutes=5)
    room.desk.complete(room.case, "perencanaan", without=room.without("kasi1", "umum"))

    assert count_unread(user_id=room.desk.office.people["kasi1"].pk, at=room.desk.at) == 0
    assert Notice.objects.filter(user=room.desk.office.people["kasi1"]).count() == 1
    assert all(line.is_done for line in lines(room.desk, "kasi1"))
    assert room.desk.at - room.case.started_at < timedelta(days=1)

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.db import connection
from tests.cases.factories import Desk
from tests.cases.notices import give_address, letters, settle
from tests.killing import Killed, killer_at
from tests.organisations.factories import make_mandate, make_user

from runtut.accounts.actions import choose_notices
from runtut.accounts.errors import EmailUnreadable
from runtut.cases.actions import mark_notices_read, reassign_task
from runtut.cases.enums import NoticeKind
from runtut.cases.models import Notice
from runtut.cases.queries import count_unread, notices_of, wanted_notices
from runtut.core import jobs
from runtut.organisations.enums import MandateKind

pytestmark = pytest.mark.django_db


def told(desk: Desk, key: str) -> list[NoticeKind]:
    return [line.kind for line in notices_of(user_id=desk.office.people[key].pk, at=desk.at)]


def test_a_new_task_is_told_to_whoever_acts_and_to_nobody_else(mail: Path) -> None:
    desk = Desk.make()
    address = give_address(desk.office.people["sekcam"])
    case = desk.start()
    desk.complete(case, "camat")
    settle(desk)

    assert told(desk, "sekcam") == [NoticeKind.ASSIGNED]
    assert told(desk, "kasi1") == []
    (letter,) = letters(mail)
    assert letter["To"] == address
    assert f"/kerja/{case.uid}/" in letter.get_content()
    assert "Mengerjakan langkah 2" in letter["Subject"]


def test_a_return_is_told_as_one_with_the_task_that_comes_back() -> None:
    desk = Desk.make()
    case = desk.start()
    for key in ("camat", "sekcam", "perencanaan", "kasi1", "kasi2", "pengelola"):
        desk.later(minutes=5)
        desk.complete(case, key)
    desk.send_back(case, "sekcam", 5)
    settle(desk)

    assert NoticeKind.RETURNED in told(desk, "pengelola")


def test_every_kasi_is_told_of_the_parallel_step() -> None:
    desk = Desk.make()
    case = desk.start()
    for key in ("camat", "sekcam", "perencanaan"):
        desk.later(minutes=5)
        desk.complete(case, key)
    settle(desk)

    assert told(desk, "kasi1") == told(desk, "kasi2") == [NoticeKind.ASSIGNED]


def test_deadlines_are_told_once_each(mail: Path) -> None:
    desk = Desk.make()
    give_address(desk.office.people["camat"])
    desk.start()
    desk.later(days=2)
    for _ in range(2):
        settle(desk)

    kinds = told(desk, "camat")
    assert sorted(kinds) == sorted([NoticeKind.ASSIGNED, NoticeKind.SOON, NoticeKind.LATE])
    assert [letter["Subject"].split(":")[0] for letter in letters(mail)] == ["Lewat tenggat", "Tugas baru"]


def test_while_a_plh_acts_the_news_is_the_plhs() -> None:
    desk = Desk.make()
    stand_in = make_user("wakil", "Wira Wakil")
    day = desk.at.date()
    make_mandate(stand_in, desk.position("sekcam"), MandateKind.PLH, day, day + timedelta(days=5))
    case = desk.start()
    desk.complete(case, "camat")
    settle(desk)

    assert [line.kind for line in notices_of(user_id=stand_in.pk, at=desk.at)] == [NoticeKind.ASSIGNED]
    assert told(desk, "sekcam") == []


def test_a_reassigned_task_is_told_to_the_new_position() -> None:
    desk = Desk.make()
    case = desk.start()
    settle(desk)
    reassign_task(
        task_uid=desk.open_task(case, "camat").uid,
        position=desk.position("kasi1"),
        reason="Camat dinas luar.",
        authority=desk.who("perencanaan"),
        at=desk.later(minutes=1),
    )
    settle(desk)

    assert told(desk, "kasi1") == [NoticeKind.ASSIGNED]


def test_a_person_chooses_what_comes_and_how(mail: Path) -> None:
    desk = Desk.make()
    camat, sekcam = desk.office.people["camat"], desk.office.people["sekcam"]
    give_address(camat)
    choose_notices(user=camat, email=camat.email, chosen={NoticeKind.ASSIGNED: (False, False)})
    choose_notices(user=sekcam, email="sekcam@contoh.go.id", chosen={NoticeKind.ASSIGNED: (False, True)})
    case = desk.start()
    settle(desk)
    desk.later(minutes=2)
    desk.complete(case, "camat")
    settle(desk)

    assert told(desk, "camat") == told(desk, "sekcam") == []
    assert [letter["To"] for letter in letters(mail)] == ["sekcam@contoh.go.id"]
    assert wanted_notices(user_id=camat.pk)[NoticeKind.ASSIGNED] == (False, False)
    assert wanted_notices(user_id=camat.pk)[NoticeKind.LATE] == (True, True)


def test_an_unreadable_address_is_refused_and_nothing_is_kept() -> None:
    desk = Desk.make()
    camat = desk.office.people["camat"]

    with pytest.raises(EmailUnreadable) as refusal:
        choose_notices(user=camat, email="camat di kantor", chosen={NoticeKind.LATE: (False, False)})

    assert refusal.value.field == "email"
    assert wanted_notices(user_id=camat.pk)[NoticeKind.LATE] == (True, True)


def test_news_of_a_task_that_is_done_counts_no_more_and_is_not_mailed(mail: Path) -> None:
    desk = Desk.make()
    give_address(desk.office.people["camat"])
    case = desk.start()
    jobs.drain(at=desk.at, limit=1)
    desk.later(minutes=2)
    desk.complete(case, "camat")
    settle(desk)
    settle(desk)

    assert count_unread(user_id=desk.office.people["camat"].pk, at=desk.at) == 0
    assert "Tugas baru" not in [letter["Subject"].split(":")[0] for letter in letters(mail)]


def test_reading_marks_what_was_told() -> None:
    desk = Desk.make()
    camat = desk.office.people["camat"].pk
    desk.start()
    settle(desk)
    assert count_unread(user_id=camat, at=desk.at) == 1

    assert mark_notices_read(user_id=camat, at=desk.at) == 1
    assert (count_unread(user_id=camat, at=desk.at), mark_notices_read(user_id=camat, at=desk.at)) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_any_statement_neither_loses_a_letter_nor_sends_it_twice(mail: Path) -> None:
    """The worker dies once before each of its statements; in the end every letter is there, once."""
    desk = Desk.make()
    address = give_address(desk.office.people["camat"])
    deaths = 0
    for statement in range(1, 200):
        desk.start()
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
        assert Notice.objects.filter(kind=NoticeKind.ASSIGNED).count() == statement
        assigned = [one for one in letters(mail) if one["Subject"].startswith("Tugas baru")]
        assert [one["To"] for one in assigned] == [address] * statement
        if not died:
            break

    assert deaths > 10
    assert mail == configured.MAIL_FOLDER

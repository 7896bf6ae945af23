"""News of the checkups of SOPs: to whom, when, and how often."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from tests.cases.notices import letters, subjects
from tests.cast import AT, Cast, make_cast
from tests.killing import Killed, killer_at
from tests.procedures.factories import make_effective_version

from runtut.accounts.actions import choose_notices
from runtut.accounts.models import User
from runtut.cases.actions.reminders import remind_of_checkups
from runtut.cases.enums import NoticeKind
from runtut.cases.models import Notice
from runtut.cases.queries import NoticeLine, count_unread, notices_of
from runtut.core import jobs
from runtut.core.uids import uuid7
from runtut.organisations.models import Position
from runtut.procedures.actions import assign_checkup, finish_checkup
from runtut.procedures.enums import CheckupKind, CheckupState
from runtut.procedures.models import Checkup
from runtut.procedures.queries import Judged

pytestmark = pytest.mark.django_db

GIVEN, SOON, LATE = "Penilaian SOP ditugaskan kepada Anda", "Mendekati tenggat", "Lewat tenggat"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def checkup(cast: Cast) -> Checkup:
    """The first monitoring of an SOP in force, given to the Sekcam, who is Budi."""
    version = make_effective_version(cast)
    Notice.objects.all().delete()  # the approver was told when it was handed over
    return Checkup.objects.get(version=version, kind=CheckupKind.MONITORING)


def settle(at: object) -> None:
    while jobs.drain(at=at):  # type: ignore[arg-type]  # an instant
        pass


def lines(user: User, checkup: Checkup) -> list[NoticeLine]:
    return notices_of(user_id=user.pk, at=checkup.due_at)


def headings(user: User, checkup: Checkup) -> list[str]:
    return [line.heading for line in lines(user, checkup)]


def give(cast: Cast, checkup: Checkup, position: Position) -> None:
    sari = cast.office.authority("perencanaan")
    assign_checkup(checkup=checkup, position=position, authority=sari, at=AT)
    settle(AT)


def test_the_assessor_is_told_two_weeks_before_and_after_the_day(
    cast: Cast, checkup: Checkup, mail: Path
) -> None:
    choose_notices(user=cast.budi, email="budi@contoh.go.id", chosen={NoticeKind.SOON: (True, True)})
    settle(checkup.soon_at - timedelta(minutes=1))
    assert headings(cast.budi, checkup) == []

    settle(checkup.soon_at)
    assert headings(cast.budi, checkup) == [SOON]
    assert checkup.due_on - cast.office.unit.local_date(checkup.soon_at) == timedelta(days=14)
    settle(checkup.due_at - timedelta(minutes=1))
    for days in range(3):
        settle(checkup.due_at + timedelta(days=days))

    assert headings(cast.budi, checkup) == [LATE, SOON]
    line = lines(cast.budi, checkup)[0]
    assert line.title == "Pemantauan enam bulanan SOP Pengukuran Data Kinerja"
    assert line.path == f"/sop/pemantauan/{checkup.uid}/"
    assert (line.source, line.unit, line.due_at) == (
        "SOP Pengukuran Data Kinerja",
        "Kec. Sukamaju",
        checkup.due_at,
    )
    text = letters(mail)[0].get_content()
    assert f"SOP: Pengukuran Data Kinerja, {cast.office.unit.name}." in text
    assert f"/sop/pemantauan/{checkup.uid}/" in text


def test_whoever_is_given_one_is_told_and_whoever_had_it_hears_no_more(cast: Cast, checkup: Checkup) -> None:
    kasi = cast.office.people["kasi1"]
    settle(checkup.soon_at)
    give(cast, checkup, cast.office.positions["kasi1"])
    assert headings(kasi, checkup) == [GIVEN]
    assert count_unread(user_id=cast.budi.pk, at=checkup.soon_at) == 0

    give(cast, checkup, cast.office.positions["sekcam"])
    give(cast, checkup, cast.office.positions["kasi1"])

    assert headings(kasi, checkup) == [GIVEN, GIVEN]
    assert headings(cast.budi, checkup).count(GIVEN) == 1
    assert Notice.objects.filter(checkup=checkup, closed_at=None).count() == 1
    assert count_unread(user_id=kasi.pk, at=AT) == 1


def test_a_finished_checkup_is_news_no_more(cast: Cast, checkup: Checkup, mail: Path) -> None:
    choose_notices(user=cast.budi, email="budi@contoh.go.id", chosen={NoticeKind.SOON: (True, True)})
    assert remind_of_checkups(at=checkup.soon_at, limit=10) == 1
    good = Judged(1, "Menelaah surat", "2 kali", True)
    finish_checkup(
        checkup=checkup, rows=[good], summary="", authority=cast.authority(cast.budi), at=checkup.soon_at
    )
    settle(checkup.due_at + timedelta(days=1))

    assert LATE not in headings(cast.budi, checkup)
    assert count_unread(user_id=cast.budi.pk, at=checkup.due_at) == 0
    assert subjects(mail) == []


def test_one_that_nobody_was_given_is_told_to_nobody(cast: Cast, checkup: Checkup) -> None:
    Checkup.objects.update(position=None)
    settle(checkup.due_at + timedelta(days=1))

    assert not Notice.objects.exists()


def plan_anew() -> None:
    """Let the open checkup be done, and another like it be due."""
    open_one = Checkup.objects.get(state=CheckupState.WAITING)
    Checkup.objects.update(state=CheckupState.DONE)
    open_one.pk, open_one.uid, open_one.soon_told_at = None, uuid7(), None
    open_one.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_any_statement_neither_loses_a_reminder_nor_sends_it_twice(
    mail: Path,
) -> None:
    """The worker dies once before each of its statements; in the end every reminder is there once, and its
    letter too."""
    cast = make_cast()
    make_effective_version(cast)
    Checkup.objects.filter(kind=CheckupKind.EVALUATION).delete()
    choose_notices(user=cast.budi, email="budi@contoh.go.id", chosen={NoticeKind.SOON: (True, True)})
    at = Checkup.objects.get().soon_at
    deaths = 0
    for statement in range(1, 200):
        plan_anew()
        with connection.execute_wrapper(killer_at(statement)):
            try:
                settle(at)
            except Killed:
                connection.close()
                deaths += 1
                died = True
            else:
                died = False
        settle(at + jobs.LEASE + timedelta(seconds=1))
        assert Notice.objects.filter(kind=NoticeKind.SOON, user=cast.budi).count() == statement
        assert [letter["To"] for letter in letters(mail)] == ["budi@contoh.go.id"] * statement
        if not died:
            break

    assert deaths > 10

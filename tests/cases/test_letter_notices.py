"""News of letters: for the head of the office, and for whom a disposisi was given to."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cases.notices import letters
from tests.cast import AT, Cast, make_cast
from tests.documents.factories import make_letter
from tests.procedures.factories import acting_camat

from runtut.accounts.actions import choose_notices
from runtut.accounts.models import User
from runtut.cases.enums import NoticeKind
from runtut.cases.models import Notice
from runtut.cases.queries import (
    count_unread,
    disposisi_to_answer,
    letters_to_dispose,
    notices_of,
)
from runtut.core import jobs
from runtut.documents.actions import give_disposisi, mark_acted
from runtut.documents.models import Disposisi, IncomingLetter

pytestmark = pytest.mark.django_db

REGISTERED, GIVEN = "Surat masuk menunggu disposisi Anda", "Disposisi untuk Anda"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def dispose(cast: Cast, letter: IncomingLetter, sender: str, *to: str, **fields: object) -> Disposisi:
    office = cast.office
    arguments = {"previous": None, "instruction": "Siapkan bahan", "note": "Sebelum Jumat."} | fields
    return give_disposisi(
        letter=letter,
        to_positions=[office.positions[one] for one in to],
        authority=acting_camat(cast) if sender == "camat" else office.authority(sender),
        at=AT,
        **arguments,
    )


def settle() -> None:
    while jobs.drain(at=AT):
        pass


def waits(user: User) -> list[str]:
    return [line.heading for line in notices_of(user_id=user.pk, at=AT) if not line.is_done]


def test_whoever_acts_for_the_head_is_told_and_mailed_of_a_letter(cast: Cast, mail: Path) -> None:
    choose_notices(user=cast.budi, email="budi@contoh.go.id", chosen={NoticeKind.ASSIGNED: (True, True)})
    letter = make_letter(cast, urgency="sangat_segera")
    settle()

    assert waits(cast.budi) == [REGISTERED]
    assert waits(cast.sari) == []
    [line] = notices_of(user_id=cast.budi.pk, at=AT)
    assert (line.title, line.source) == (letter.subject, "Sangat segera, agenda 1/2026")
    assert line.path == f"/surat/{letter.uid}/"
    [mailed] = letters(mail)
    assert f"{REGISTERED}: {letter.subject}." in mailed.get_content()
    assert "Surat: Sangat segera, agenda 1/2026" in mailed.get_content()


def test_a_disposisi_is_told_to_its_recipients_and_the_letter_waits_for_the_head_no_more(cast: Cast) -> None:
    letter = make_letter(cast)
    settle()
    dispose(cast, letter, "camat", "perencanaan")

    assert waits(cast.budi) == []
    assert count_unread(user_id=cast.budi.pk, at=AT) == 0

    settle()
    settle()

    assert waits(cast.sari) == [GIVEN]
    [line] = notices_of(user_id=cast.sari.pk, at=AT)
    assert line.note == "Siapkan bahan\nSebelum Jumat."
    assert count_unread(user_id=cast.sari.pk, at=AT) == 1


def test_a_disposisi_that_was_passed_on_or_done_is_told_no_more(cast: Cast) -> None:
    office, letter = cast.office, make_letter(cast)
    first = dispose(cast, letter, "camat", "perencanaan", "umum")
    settle()
    dispose(cast, letter, "perencanaan", "kasi1", previous=first)
    mark_acted(disposisi=first, authority=office.authority("umum"), at=AT)
    settle()

    assert waits(cast.sari) == waits(office.people["umum"]) == []
    assert waits(office.people["kasi1"]) == [GIVEN]


def test_news_of_a_confidential_letter_says_nothing_of_what_it_says(cast: Cast, mail: Path) -> None:
    letter = make_letter(cast, urgency="rahasia", subject="Pemeriksaan pegawai")
    dispose(cast, letter, "camat", "perencanaan", instruction="Periksa pegawai itu")
    settle()

    [line] = notices_of(user_id=cast.sari.pk, at=AT)
    assert (line.title, line.note) == ("Surat rahasia, agenda 1/2026", "")
    assert not Notice.objects.filter(title__contains="pegawai").exists()


def test_the_most_urgent_letter_comes_first_then_the_longest_waiting(cast: Cast) -> None:
    for number, urgency in enumerate(("biasa", "rahasia", "segera", "sangat_segera")):
        make_letter(cast, number=f"005/{number}", urgency=urgency)
    office = cast.office

    found = letters_to_dispose(position_ids=[office.positions["camat"].pk])

    assert [one.urgency for one in found] == ["sangat_segera", "segera", "biasa", "rahasia"]
    assert letters_to_dispose(position_ids=[office.positions["sekcam"].pk]) == []
    for letter in found:
        dispose(cast, letter, "camat", "sekcam")
    given = disposisi_to_answer(position_ids=[office.positions["sekcam"].pk])
    assert [one.disposisi.letter_id for one in given] == [one.pk for one in found]
    assert letters_to_dispose(position_ids=[office.positions["camat"].pk]) == []

"""Answers: who gives them, what is read, that they are sent once, and what they come to."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.documents.factories import PDF
from tests.evaluation.office import Room

from runtut.cases.errors import GatesUnmet
from runtut.cases.models import TaskOutput
from runtut.core.audit import verify_streams
from runtut.core.errors import SomeoneWasFaster
from runtut.documents.actions import store_file
from runtut.documents.models import StoredFile
from runtut.evaluation import actions
from runtut.evaluation.errors import (
    AnsweredAlready,
    AnsweringIsOver,
    AnswersLeft,
    EverybodyAnswered,
    NotAsked,
    NotTheMaker,
    NotTheRespondent,
    RemindedToday,
)
from runtut.evaluation.models import Answer, Response
from runtut.evaluation.queries import owed_answers, response_of, results_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db: None) -> Room:
    room = Room.make()
    room.in_use()
    return room


def file_of(room: Room, key: str = "kasi1") -> StoredFile:
    return store_file(unit=room.desk.office.unit, name="bukti.pdf", content=PDF, **room.by(key))


def owed(room: Room, key: str) -> int:
    return len(owed_answers(position_ids=[room.desk.position(key).pk]))


def test_only_the_respondent_answers_and_staff_is_not_asked(room: Room) -> None:
    with pytest.raises(NotTheRespondent):
        actions.save_answers(texts={}, **{**room.given("kasi1"), **room.by("kasi2")})
    with pytest.raises(NotAsked):
        room.save("staf", skala="3")
    with pytest.raises(NotAsked):
        room.save("sekcam", skala="3")
    assert Response.objects.count() == 0


def test_what_cannot_be_read_is_told_and_the_rest_is_kept(room: Room) -> None:
    _, refusals = room.save("kasi1", skala="6", ya_tidak="ya", angka="12.x")

    fields = {refusal.field for refusal in refusals}
    assert fields == {f"j-{room.question(kind).uid}" for kind in ("skala", "angka")}
    assert [(one.question.kind, one.value) for one in Answer.objects.all()] == [("ya_tidak", Decimal(1))]


def test_indonesian_numbers_are_read_and_a_blank_takes_the_answer_back(room: Room) -> None:
    room.save("kasi1", angka="1.250,5")
    assert Answer.objects.get().value == Decimal("1250.5")

    room.save("kasi1", angka="0")
    assert Answer.objects.get().value == 0
    room.save("kasi1", angka=" ")

    assert Answer.objects.count() == 0


def test_two_at_the_same_desk_do_not_overwrite_each_other(room: Room) -> None:
    saved, _ = room.save("kasi1", skala="3", version=0)

    with pytest.raises(SomeoneWasFaster):
        room.save("kasi1", skala="5", version=0)
    assert Answer.objects.get().value == 3
    room.save("kasi1", skala="5", version=saved.version)


def test_sending_the_same_again_after_a_lost_answer_is_harmless(room: Room) -> None:
    saved, _ = room.save("kasi1", skala="3", version=0)

    again, _ = room.save("kasi1", skala="3", version=0)

    assert again.version == saved.version == 1


def test_answers_are_sent_whole_and_once(room: Room) -> None:
    room.save("kasi1", skala="4")
    with pytest.raises(AnswersLeft) as refused:
        actions.submit_response(**room.given("kasi1"))
    assert "2.1" in refused.value.sentence

    room.answer("kasi1", skala="4", ya_tidak="tidak")

    with pytest.raises(AnsweredAlready):
        room.save("kasi1", skala="5")
    with pytest.raises(AnsweredAlready):
        actions.submit_response(**room.given("kasi1"))
    assert verify_streams() == []


def test_evidence_is_given_once_and_taken_off(room: Room) -> None:
    given = {"question": room.question("bukti"), **room.given("kasi1")}
    kept = actions.add_answer_file(file=file_of(room), **given)
    assert actions.add_answer_file(file=file_of(room), **given) == kept

    actions.remove_answer_file(kept=kept, **room.by("kasi1"))
    actions.remove_answer_file(kept=kept, **room.by("kasi1"))

    response = response_of(room.instrument, room.desk.position("kasi1"))
    assert response is not None
    assert list(response.files.all()) == []


def test_what_waits_is_listed_until_it_is_sent(room: Room) -> None:
    assert [owed(room, key) for key in ("kasi1", "kasi2", "umum", "staf", "sekcam")] == [1, 1, 1, 0, 0]

    room.answer("kasi1", skala="4", ya_tidak="ya")

    assert [owed(room, key) for key in ("kasi1", "kasi2")] == [0, 1]


def test_who_owes_is_reminded_once_a_day_by_the_collector(room: Room) -> None:
    room.answer("kasi1", skala="4", ya_tidak="ya")
    with pytest.raises(NotTheMaker):
        actions.remind_respondents(instrument=room.instrument, **room.by("kasi1"))

    reminded = actions.remind_respondents(instrument=room.instrument, **room.by())

    assert {one.position for one in reminded} == {room.desk.position(key) for key in ("kasi2", "umum")}
    with pytest.raises(RemindedToday):
        actions.remind_respondents(instrument=room.instrument, **room.by())
    room.desk.later(days=1)
    assert len(actions.remind_respondents(instrument=room.instrument, **room.by())) == 2
    for key in ("kasi2", "umum"):
        room.answer(key, skala="4", ya_tidak="ya")
    with pytest.raises(EverybodyAnswered):
        actions.remind_respondents(instrument=room.instrument, **room.by())


def test_the_step_waits_for_everybody_or_for_a_reason(room: Room) -> None:
    reasons = room.without("kasi1", "kasi2", "umum")
    with pytest.raises(GatesUnmet):
        room.desk.complete(room.case, "perencanaan", without=reasons)
    room.answer("kasi1", skala="4", ya_tidak="ya")
    with pytest.raises(GatesUnmet):
        room.desk.complete(room.case, "perencanaan", without=room.without("kasi2"))

    room.desk.complete(room.case, "perencanaan", without=room.without("kasi2", "umum"))

    text = str(TaskOutput.objects.get(name="Data hasil").document_version.content)
    assert "Sedang cuti." in text
    with pytest.raises(AnsweringIsOver):
        room.save("kasi2", skala="4")


def test_drafts_do_not_count_and_blanks_are_left_out(room: Room) -> None:
    room.answer("kasi1", skala="4", ya_tidak="ya", angka="3")
    room.answer("kasi2", skala="2", ya_tidak="tidak")
    room.save("umum", skala="1", ya_tidak="tidak")

    results = results_of(room.instrument)

    assert results.answered == 2
    assert [one.score for one in results.sections] == [Decimal(60), Decimal(50)]
    assert results.total.score == Decimal(56)
    assert [one.question.aspect for one in results.weaknesses] == ["", "Kejelasan target"]
    numbers = results.sections[0].questions[1]
    assert (len(numbers.given), numbers.score) == (1, None)


def queries_for(room: Room, *keys: str) -> int:
    for key in keys:
        room.answer(key, skala="4", ya_tidak="ya")
    with CaptureQueriesContext(connection) as counted:
        results_of(room.instrument)
        owed_answers(position_ids=[room.desk.position("umum").pk])
    return len(counted)


def test_reading_costs_the_same_for_one_answer_and_for_two(room: Room) -> None:
    assert queries_for(room, "kasi1") == queries_for(room, "kasi2")

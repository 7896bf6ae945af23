"""An instrument while it is made: who may, what is refused, how it freezes, and what a return does to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.evaluation.office import EVIDENCE, NUMBER, SCALE, YES_NO, Room

from runtut.cases.errors import GatesUnmet
from runtut.core.audit import verify_streams
from runtut.evaluation import actions
from runtut.evaluation.enums import InstrumentState
from runtut.evaluation.errors import (
    AnsweringIsOver,
    InstrumentExists,
    InstrumentIsFrozen,
    NoInstrumentWanted,
    NothingToMove,
    NotTheMaker,
    OptionsUnfit,
    WeightOutOfRange,
)
from runtut.evaluation.queries import problems_of, tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db: None) -> Room:
    return Room.make()


def test_the_example_is_complete_and_can_be_used_as_it_is(room: Room) -> None:
    room.open(example=True)

    assert problems_of(tree_of(room.instrument)) == []
    room.desk.complete(room.case, "perencanaan")
    assert room.instrument.state == InstrumentState.IN_USE


def test_only_the_maker_begins_and_changes_it(room: Room) -> None:
    with pytest.raises(NotTheMaker):
        room.open(key="sekcam")
    room.open()
    with pytest.raises(NotTheMaker):
        actions.put_section(instrument=room.instrument, title="A", weight_text="10", **room.by("kasi1"))
    with pytest.raises(InstrumentExists):
        room.open()


def test_questions_move_within_and_across_sections(room: Room) -> None:
    room.open()
    room.section("Satu", "50", SCALE, YES_NO)
    room.section("Dua", "50", NUMBER)
    scale = room.question("skala")

    actions.move_question(question=scale, up=False, **room.by())
    assert room.order() == [[YES_NO.text, SCALE.text], [NUMBER.text]]
    actions.move_question(question=room.question("skala"), up=False, **room.by())
    assert room.order() == [[YES_NO.text], [SCALE.text, NUMBER.text]]
    actions.move_section(section=tree_of(room.instrument)[1].section, up=True, **room.by())
    assert room.order() == [[SCALE.text, NUMBER.text], [YES_NO.text]]
    with pytest.raises(NothingToMove):
        actions.move_question(question=room.question("skala"), up=True, **room.by())
    assert verify_streams() == []


def test_questions_are_changed_and_removed(room: Room) -> None:
    room.open()
    section = room.section("Satu", "100", SCALE, EVIDENCE)
    named = replace(SCALE, text="Seberapa sering?", options="Jarang\nSering\n\nSelalu")

    changed = actions.put_question(section=section, question=room.question("skala"), facts=named, **room.by())
    actions.drop_question(question=room.question("bukti"), **room.by())

    assert (changed.options, changed.steps) == (["Jarang", "Sering", "Selalu"], 3)
    assert room.order() == [["Seberapa sering?"]]
    actions.drop_section(section=section, **room.by())
    assert room.order() == []


@pytest.mark.parametrize("options", ["Satu", "Sama\nSama", "\n".join("abcdefgh"), f"Ya\n{'x' * 61}"])
def test_named_scale_wants_two_to_seven_different_names(options: str, room: Room) -> None:
    room.open()
    section = room.section("Satu", "100")

    with pytest.raises(OptionsUnfit):
        actions.put_question(section=section, facts=replace(SCALE, options=options), **room.by())


@pytest.mark.parametrize("weight", ["0", "-5", "100,5", ""])
def test_weight_lies_between_0_and_100(weight: str, room: Room) -> None:
    room.open()

    with pytest.raises(WeightOutOfRange) as refused:
        room.section("Satu", weight)
    assert refused.value.field == "weight_text"


def test_incomplete_instrument_is_told_by_its_gate(room: Room) -> None:
    with pytest.raises(GatesUnmet):
        room.desk.complete(room.case, "perencanaan")
    room.open()
    room.section("Perencanaan", "60", SCALE)
    room.section("Pelaporan", "30,5", EVIDENCE)

    assert problems_of(tree_of(room.instrument)) == [
        "jumlah bobot 90,5, seharusnya 100",
        "bagian Pelaporan belum berisi pertanyaan yang dinilai",
    ]
    with pytest.raises(GatesUnmet):
        room.desk.complete(room.case, "perencanaan")


def test_an_instrument_in_use_is_frozen(room: Room) -> None:
    room.in_use()

    for act in (
        lambda: actions.drop_question(question=room.question("skala"), **room.by()),
        lambda: actions.describe_instrument(instrument=room.instrument, title="Lain", intro="", **room.by()),
    ):
        with pytest.raises((InstrumentIsFrozen, NoInstrumentWanted)):
            act()
    assert room.order() == [[SCALE.text, NUMBER.text], [YES_NO.text, EVIDENCE.text]]


def test_a_return_to_the_answers_opens_them_again(room: Room) -> None:
    room.in_use()
    room.answer("kasi1", skala="4", ya_tidak="ya")
    room.desk.complete(room.case, "perencanaan", without=room.without("kasi2", "umum"))
    assert room.instrument.state == InstrumentState.CLOSED

    room.desk.send_back(room.case, "perencanaan", 2)
    room.answer("kasi2", skala="2", ya_tidak="ya")

    assert room.instrument.edition == 1
    assert room.instrument.responses.filter(submitted_at__isnull=False).count() == 2


def test_a_return_to_its_making_begins_the_next_edition(room: Room) -> None:
    first = room.in_use()
    room.answer("kasi1", skala="4", ya_tidak="ya")
    room.desk.complete(room.case, "perencanaan", without=room.without("kasi2", "umum"))

    room.desk.send_back(room.case, "perencanaan", 1)

    fresh = room.instrument
    assert (fresh.edition, fresh.state) == (2, InstrumentState.DRAFT)
    assert room.order() == [[SCALE.text, NUMBER.text], [YES_NO.text, EVIDENCE.text]]
    assert fresh.responses.count() == 0
    assert first.responses.count() == 1
    room.desk.complete(room.case, "perencanaan")
    with pytest.raises(AnsweringIsOver):
        actions.save_answers(
            instrument=first, position=room.desk.position("kasi2"), texts={}, **room.by("kasi2")
        )

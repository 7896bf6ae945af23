from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from tests.cases.factories import AT, Desk, Row, complete
from tests.cast import make_office
from tests.organisations.factories import make_appointment, make_user

from runtut.cases import actions
from runtut.cases.enums import EventKind, TaskState
from runtut.cases.errors import (
    ClaimedByAnother,
    MayNotSteer,
    NotYourTask,
    PositionElsewhere,
    PositionHasTasks,
    ReasonMissing,
    SamePosition,
)
from runtut.cases.models import Case, CaseEvent, Task, TaskDraft
from runtut.cases.queries import warnings_for, words_before
from runtut.organisations.events import position_closing, unit_moved
from runtut.organisations.models import Authority, OrganisationUnit, Position
from runtut.organisations.queries import authority_for
from runtut.procedures.enums import Work

pytestmark = pytest.mark.django_db

WHY = "Pejabatnya sedang diklat"


def reassign(desk: Desk, task: Task, position: Position, chair: str = "sekcam", reason: str = WHY) -> Case:
    return actions.reassign_task(
        task_uid=task.uid, position=position, reason=reason, authority=desk.who(chair), at=desk.at
    )


def colleague(desk: Desk, chair: str) -> Authority:
    person = make_user(full_name="Sri Mulyani")
    make_appointment(person, desk.position(chair))
    found = authority_for(user=person, position=desk.position(chair), on=AT.date())
    assert found is not None
    return found


def test_reassign_hands_the_task_over_and_lets_its_clock_run_on() -> None:
    desk = Desk.make()
    case = desk.start()
    task = desk.open_task(case, "camat")

    reassign(desk, task, desk.position("kasi1"))

    task.refresh_from_db()
    assert (task.position, task.state) == (desk.position("kasi1"), TaskState.OPEN)
    assert task.opened_at == AT
    with pytest.raises(NotYourTask):
        complete(task, desk.who("camat"), desk.at)
    complete(task, desk.who("kasi1"), desk.at)
    assert CaseEvent.objects.filter(kind=EventKind.REASSIGNED).count() == 1


def test_reassign_does_not_bind_the_next_round() -> None:
    desk = Desk.make([Row(("staf",)), Row(("camat",), return_to=(1,))])
    case = desk.start()
    reassign(desk, desk.open_task(case, "staf"), desk.position("umum"))
    desk.complete(case, "umum")

    desk.send_back(case, "camat", 1)

    assert desk.open_task(case, "staf").round == 2


def test_reassign_elsewhere_or_nowhere_is_refused() -> None:
    desk = Desk.make()
    other = make_office(desk.office.unit.parent, "Sukasari")
    task = desk.open_task(desk.start(), "camat")
    idle = desk.position("kasi2")
    Position.objects.filter(pk=idle.pk).update(is_active=False)
    idle.refresh_from_db()

    for position in (other.positions["camat"], idle):
        with pytest.raises(PositionElsewhere) as refusal:
            reassign(desk, task, position)
        assert refusal.value.field == "position"
    with pytest.raises(SamePosition):
        reassign(desk, task, desk.position("camat"))


def test_reassign_wants_a_reason_and_who_steers() -> None:
    desk = Desk.make()
    task = desk.open_task(desk.start(), "camat")

    with pytest.raises(ReasonMissing):
        reassign(desk, task, desk.position("kasi1"), reason="diklat")
    with pytest.raises(MayNotSteer):
        reassign(desk, task, desk.position("kasi1"), chair="kasi1")


def test_claim_keeps_a_colleague_of_the_same_position_out() -> None:
    desk = Desk.make([Row(("staf",))])
    case = desk.start()
    task, sri = desk.open_task(case, "staf"), colleague(desk, "staf")

    actions.claim_task(task_uid=task.uid, authority=sri, at=desk.at)

    with pytest.raises(ClaimedByAnother) as refusal:
        complete(task, desk.who("staf"), desk.at)
    assert "Sri Mulyani" in refusal.value.sentence
    with pytest.raises(ClaimedByAnother):
        actions.claim_task(task_uid=task.uid, authority=desk.who("staf"), at=desk.at)
    complete(task, sri, desk.at)


def test_claim_twice_by_the_same_person_is_one_event() -> None:
    desk = Desk.make([Row(("staf",))])
    task = desk.open_task(desk.start(), "staf")

    for _ in range(2):
        actions.claim_task(task_uid=task.uid, authority=desk.who("staf"), at=desk.at)

    assert CaseEvent.objects.filter(kind=EventKind.CLAIMED).count() == 1


def test_claim_by_who_does_not_hold_the_position_is_refused() -> None:
    desk = Desk.make([Row(("staf",))])
    task = desk.open_task(desk.start(), "staf")

    with pytest.raises(NotYourTask):
        actions.claim_task(task_uid=task.uid, authority=desk.who("camat"), at=desk.at)


def test_release_by_the_claimer_or_who_steers() -> None:
    desk = Desk.make([Row(("staf",))])
    task, sri = desk.open_task(desk.start(), "staf"), colleague(desk, "staf")

    for chair in (None, "sekcam"):
        actions.claim_task(task_uid=task.uid, authority=sri, at=desk.at)
        authority = desk.who(chair) if chair else sri
        actions.release_task(task_uid=task.uid, authority=authority, at=desk.at, key=uuid4())
        task.refresh_from_db()
        assert task.claimed_by is None


def test_release_by_another_is_refused() -> None:
    desk = Desk.make([Row(("staf",))])
    task = desk.open_task(desk.start(), "staf")
    actions.claim_task(task_uid=task.uid, authority=desk.who("staf"), at=desk.at)

    with pytest.raises(ClaimedByAnother):
        actions.release_task(task_uid=task.uid, authority=desk.who("kasi1"), at=desk.at)


def test_reassign_drops_the_claim() -> None:
    desk = Desk.make([Row(("staf",))])
    task = desk.open_task(desk.start(), "staf")
    actions.claim_task(task_uid=task.uid, authority=desk.who("staf"), at=desk.at)

    reassign(desk, task, desk.position("umum"))

    task.refresh_from_db()
    assert task.claimed_by is None


def test_a_draft_is_kept_per_person_and_replaced_as_a_whole() -> None:
    desk = Desk.make([Row(("staf",))])
    task = desk.open_task(desk.start(), "staf")

    for text in ("satu", "dua"):
        actions.save_draft(task=task, data={"text": text}, authority=desk.who("staf"), at=desk.at)

    draft = TaskDraft.objects.get()
    assert (draft.user, draft.data) == (desk.office.people["staf"], {"text": "dua"})


def test_a_draft_of_somebody_elses_task_is_refused() -> None:
    desk = Desk.make([Row(("staf",))])
    task = desk.open_task(desk.start(), "staf")

    with pytest.raises(NotYourTask):
        actions.save_draft(task=task, data={}, authority=desk.who("camat"), at=desk.at)


def test_a_step_that_comes_back_begins_with_the_words_of_the_round_before() -> None:
    desk = Desk.make([Row(("staf",)), Row(("camat",), return_to=(1,))])
    case = desk.start("camat")
    first = desk.open_task(case, "staf")
    words = {"intro": "Memenuhi surat Bupati."}
    actions.save_draft(task=first, data={**words, "files": {}}, authority=desk.who("staf"), at=desk.at)
    assert words_before(task=first) == {}
    desk.complete(case, "staf")
    assert actions.save_draft(task=first, data={}, authority=desk.who("staf"), at=desk.at) is None
    assert actions.sweep_drafts() == 0, "the step may be returned yet"

    desk.send_back(case, "camat", 1)

    assert words_before(task=desk.open_task(case, "staf")) == words


def test_whoever_examines_is_told_of_a_paragraph_older_than_its_figures() -> None:
    desk = Desk.make([Row(("staf",), work=Work.PREPARE), Row(("camat",), work=Work.REVIEW)])
    case = desk.start("camat")
    data = {"closing": "Sudah baik.", "overtaken": ["Penutup"]}
    maker = desk.open_task(case, "staf")
    actions.save_draft(task=maker, data=data, authority=desk.who("staf"), at=desk.at)
    desk.complete(case, "staf")

    told = warnings_for(task=desk.open_task(case, "camat"), authority=desk.who("camat"))

    assert [one.code for one in told] == ["overtaken"]
    assert "Penutup ditulis sebelum perubahan angka yang terakhir" in told[0].sentence


def test_drafts_are_forgotten_with_their_run() -> None:
    desk = Desk.make([Row(("staf",))])
    case = desk.start("staf")
    task = desk.open_task(case, "staf")
    actions.save_draft(task=task, data={"text": "x"}, authority=desk.who("staf"), at=desk.at)
    assert actions.sweep_drafts() == 0

    desk.complete(case, "staf")

    assert actions.sweep_drafts() == 1
    assert not TaskDraft.objects.exists()


def test_a_position_with_open_tasks_cannot_be_closed() -> None:
    desk = Desk.make()
    case = desk.start()
    news = {"until": date(2026, 4, 1), "authority": desk.who("camat"), "at": desk.at}

    with pytest.raises(PositionHasTasks) as refusal:
        position_closing.send(sender=Position, position=desk.position("camat"), **news)
    assert "1 langkah" in refusal.value.sentence
    desk.complete(case, "camat")

    position_closing.send(sender=Position, position=desk.position("camat"), **news)


def test_open_tasks_of_a_moved_office_go_to_the_new_supervisor() -> None:
    desk = Desk.make()
    case = desk.start()
    desk.complete(case, "camat")
    unit = desk.office.unit
    old = unit.path
    newer = OrganisationUnit.objects.create(
        region=unit.region, kind="kabupaten", name="Kabupaten Baru", short_name="Baru", path="900001"
    )
    OrganisationUnit.objects.filter(pk=unit.pk).update(parent=newer, path=newer.path + old[-6:])
    unit.refresh_from_db()

    unit_moved.send(sender=OrganisationUnit, unit=unit, old_path=old, authority=desk.who("camat"), at=desk.at)

    assert desk.open_task(case, "sekcam").supervising_unit == newer
    closed = Task.objects.get(case=case, step_no=1)
    assert closed.supervising_unit != newer

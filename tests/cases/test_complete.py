from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from tests.cases.factories import AT, Desk, Row, complete
from tests.cast import make_office
from tests.organisations.factories import make_appointment, make_mandate, make_user

from runtut.cases import actions
from runtut.cases.enums import CaseState, EventKind, TaskState
from runtut.cases.errors import (
    AlreadyCompleted,
    DateBeforeStart,
    FormAlreadyUsed,
    NotYourCase,
    NotYourTask,
    ReasonMissing,
    ReturnNotPermitted,
    TaskUnknown,
)
from runtut.cases.events import run_returned
from runtut.cases.models import Case, CaseEvent, Reminder, Task, TaskOutput, TaskParticipant
from runtut.core.errors import DomainError, SomeoneWasFaster
from runtut.core.models import OutboxMessage
from runtut.organisations.enums import Capacity, MandateKind
from runtut.organisations.queries import authority_for

pytestmark = pytest.mark.django_db

TO_THE_END = ("camat", "sekcam", "perencanaan", "kasi1", "kasi2", "pengelola", "sekcam", "camat", "pengelola")


def shape(case: Case) -> list[tuple[int, int, int, int]]:
    """Every attempt of a run: step, round, branch, state."""
    rows = Task.objects.filter(case=case).order_by("id")
    return list(rows.values_list("step_no", "round", "branch", "state"))


def until(desk: Desk, case: Case, count: int) -> None:
    for key in TO_THE_END[:count]:
        desk.complete(case, key)


def test_complete_opens_the_next_step_and_leaves_one_event() -> None:
    desk = Desk.make()
    case = desk.start()

    after = desk.complete(case, "camat")

    assert shape(case) == [(1, 1, 0, TaskState.DONE), (2, 1, 0, TaskState.OPEN)]
    assert after.version == 2
    assert list(CaseEvent.objects.order_by("id").values_list("sequence", "kind")) == [
        (1, EventKind.STARTED),
        (2, EventKind.COMPLETED),
    ]
    assert OutboxMessage.objects.filter(topic="cases.act").count() == 2
    assert Reminder.objects.filter(task_id=desk.open_task(case, "sekcam").pk).count() == 2


def test_complete_keeps_who_when_in_which_capacity_and_how_long() -> None:
    desk = Desk.make()
    case = desk.start()
    task = desk.open_task(case, "camat")
    desk.later(hours=2)

    desk.complete(case, "camat", note="Segera")

    task.refresh_from_db()
    assert task.completed_by == desk.office.people["camat"]
    assert (task.completed_at, task.capacity) == (desk.at, Capacity.DEFINITIVE)
    assert (task.minutes_used, task.note) == (120, "Segera")
    case.refresh_from_db()
    assert case.minutes_used == 120


def test_complete_runs_to_the_end() -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 8)

    last = desk.complete(case, "pengelola")

    assert (last.state, last.closed_at) == (CaseState.DONE, desk.at)
    assert not Task.objects.filter(case=case, state=TaskState.OPEN).exists()
    assert CaseEvent.objects.filter(case_id=case.pk).count() == last.version == 10
    assert Case.objects.get(pk=case.pk).head_hash == CaseEvent.objects.latest("id").entry_hash
    assert TaskParticipant.objects.filter(task__case=case, task__step_no=8).count() == 2


def test_complete_of_mode_each_closes_the_step_with_the_last_one() -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 3)

    desk.complete(case, "kasi2")
    assert not Task.objects.filter(case=case, step_no=5).exists()
    desk.complete(case, "kasi1")

    assert Task.objects.get(case=case, step_no=5).state == TaskState.OPEN


def test_complete_by_another_position_is_refused_and_names_the_right_one() -> None:
    desk = Desk.make()
    case = desk.start()
    task = desk.open_task(case, "camat")

    for key in ("sekcam", "kasi1", "staf"):
        with pytest.raises(NotYourTask) as refusal:
            complete(task, desk.who(key), desk.at)
        assert "Hendra Gunawan" in refusal.value.sentence

    assert shape(case) == [(1, 1, 0, TaskState.OPEN)]


def test_complete_by_the_same_post_of_another_office_is_refused() -> None:
    desk = Desk.make()
    other = make_office(desk.office.unit.parent, "Sukasari")

    with pytest.raises(NotYourTask):
        complete(desk.open_task(desk.start(), "camat"), other.authority("camat"), desk.at)


def test_complete_asks_for_the_mandate_of_that_very_day() -> None:
    desk = Desk.make()
    case = desk.start()
    acting = make_user("acting", "Rina Wahyuni")
    camat = desk.position("camat")
    make_mandate(acting, camat, MandateKind.PLH, date(2026, 3, 3), date(2026, 3, 5))
    plh = authority_for(user=acting, position=camat, on=date(2026, 3, 3))
    assert plh is not None
    definitive = desk.who("camat")
    task = desk.open_task(case, "camat")

    with pytest.raises(NotYourTask):
        complete(task, plh, AT)
    with pytest.raises(NotYourTask):
        complete(task, definitive, AT + timedelta(days=1))
    with pytest.raises(NotYourTask):
        complete(task, plh, AT + timedelta(days=3))

    complete(task, plh, AT + timedelta(days=1))

    task.refresh_from_db()
    assert (task.completed_by, task.capacity) == (acting, Capacity.PLH)


def test_complete_by_somebody_whose_appointment_has_ended_is_refused() -> None:
    desk = Desk.make()
    task = desk.open_task(desk.start(), "camat")
    authority = desk.who("camat")
    desk.position("camat").appointments.update(valid_until=date(2026, 3, 2))

    with pytest.raises(NotYourTask):
        complete(task, authority, desk.at)


def test_second_press_on_the_same_task_names_who_and_when() -> None:
    desk = Desk.make()
    case = desk.start()
    task = desk.open_task(case, "camat")
    desk.complete(case, "camat")

    with pytest.raises(AlreadyCompleted) as refusal:
        complete(task, desk.who("camat"), desk.at)

    sentence = "Langkah ini sudah diselesaikan oleh Hendra Gunawan pada 2 Maret 2026 pukul 09.00 WIB."
    assert refusal.value.sentence.startswith(sentence)
    assert CaseEvent.objects.filter(case_id=case.pk).count() == 2


def test_second_press_by_a_stranger_tells_nothing() -> None:
    desk = Desk.make()
    other = make_office(desk.office.unit.parent, "Sukasari")
    case = desk.start()
    task = desk.open_task(case, "camat")
    desk.complete(case, "camat")

    with pytest.raises(NotYourCase) as refusal:
        complete(task, other.authority("camat"), desk.at)

    assert "Hendra" not in refusal.value.sentence


def test_same_key_again_is_answered_as_the_first_time() -> None:
    desk = Desk.make()
    case = desk.start()
    task, key = desk.open_task(case, "camat"), uuid4()

    first = complete(task, desk.who("camat"), desk.at, press=key)
    again = complete(task, desk.who("camat"), desk.later(days=1), press=key)

    assert first.pk == again.pk
    assert CaseEvent.objects.filter(case_id=case.pk).count() == 2
    assert Task.objects.filter(case=case).count() == 2


def test_same_key_after_the_run_went_on_still_answers() -> None:
    desk = Desk.make()
    case = desk.start()
    task, key = desk.open_task(case, "camat"), uuid4()
    complete(task, desk.who("camat"), desk.at, press=key)
    desk.complete(case, "sekcam")

    assert complete(task, desk.who("camat"), desk.at, press=key).version == 3


def test_same_key_of_another_person_is_no_answer() -> None:
    desk = Desk.make()
    case = desk.start()
    task, key = desk.open_task(case, "camat"), uuid4()
    complete(task, desk.who("camat"), desk.at, press=key)

    with pytest.raises(AlreadyCompleted):
        complete(task, desk.who("sekcam"), desk.at, press=key)


def test_same_key_on_another_task_is_refused() -> None:
    desk = Desk.make()
    case = desk.start()
    key = uuid4()
    desk.complete(case, "camat", press=key)

    with pytest.raises(FormAlreadyUsed):
        desk.complete(case, "sekcam", press=key)

    assert desk.open_task(case, "sekcam").step_no == 2


def test_an_old_form_is_no_obstacle_while_the_task_is_open() -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 4)

    assert desk.complete(case, "kasi2").version == 6


def test_a_form_from_the_future_is_refused() -> None:
    desk = Desk.make()
    case = desk.start()

    with pytest.raises(SomeoneWasFaster):
        actions.complete_task(
            task_uid=desk.open_task(case, "camat").uid,
            case_version=9,
            data={},
            key=uuid4(),
            authority=desk.who("camat"),
            at=desk.at,
        )


def test_complete_before_the_task_opened_is_refused() -> None:
    desk = Desk.make()
    task = desk.open_task(desk.start(), "camat")

    with pytest.raises(DateBeforeStart):
        complete(task, desk.who("camat"), AT - timedelta(minutes=1))


def test_an_unknown_task_is_refused() -> None:
    desk = Desk.make()

    with pytest.raises(TaskUnknown):
        complete(Task(uid=uuid4()), desk.who("camat"), desk.at)


def test_two_holders_of_one_position_may_both_act() -> None:
    desk = Desk.make([Row(("staf",))])
    colleague = make_user("sri", "Sri Mulyani")
    make_appointment(colleague, desk.position("staf"))
    authority = authority_for(user=colleague, position=desk.position("staf"), on=AT.date())
    assert authority is not None

    case = complete(desk.open_task(desk.start(), "staf"), authority, desk.at)

    assert case.state == CaseState.DONE


def test_return_opens_a_new_round_and_keeps_the_old_one() -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 6)

    after = desk.send_back(case, "sekcam", 5)

    assert shape(case)[-3:] == [
        (5, 1, 0, TaskState.DONE),
        (6, 1, 0, TaskState.RETURNED),
        (5, 2, 0, TaskState.OPEN),
    ]
    assert after.rounds == 1
    returned = Task.objects.get(case=case, step_no=6)
    assert returned.note == "Angka seksi belum lengkap"
    event = CaseEvent.objects.latest("id")
    assert (event.kind, event.task_id) == (EventKind.RETURNED, returned.pk)


def test_return_to_a_step_of_mode_each_opens_it_for_everyone_again() -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 6)

    desk.send_back(case, "sekcam", 4)

    opened = Task.objects.filter(case=case, state=TaskState.OPEN).order_by("branch")
    assert [(task.step_no, task.round, task.branch) for task in opened] == [(4, 2, 1), (4, 2, 2)]


def test_return_from_one_sibling_withdraws_the_others() -> None:
    desk = Desk.make([Row(("camat",)), Row(("kasi1", "kasi2"), mode="each", return_to=(1,))])
    case = desk.start()
    desk.complete(case, "camat")

    desk.send_back(case, "kasi1", 1)

    states = dict(Task.objects.filter(case=case, step_no=2).values_list("branch", "state"))
    assert states == {1: TaskState.RETURNED, 2: TaskState.WITHDRAWN}
    withdrawn = Task.objects.get(case=case, branch=2)
    with pytest.raises(AlreadyCompleted) as refusal:
        complete(withdrawn, desk.who("kasi2"), desk.at)
    assert "ditarik oleh Dedi Kurnia" in refusal.value.sentence


@pytest.mark.parametrize("target", [1, 6, 7, 99])
def test_return_elsewhere_than_the_sop_allows_is_refused(target: int) -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 6)

    with pytest.raises(ReturnNotPermitted) as refusal:
        desk.send_back(case, "sekcam", target)

    assert "5 atau 4" in refusal.value.sentence


@pytest.mark.parametrize("reason", ["", "   ", "kurang", "  pendek   "])
def test_return_without_a_reason_is_refused(reason: str) -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 6)

    with pytest.raises(ReasonMissing) as refusal:
        desk.send_back(case, "sekcam", 5, reason)

    assert refusal.value.field == "reason"
    assert desk.open_task(case, "sekcam").step_no == 6


def test_return_is_announced_inside_the_transaction() -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 6)
    heard = []

    def refuse(**news: object) -> None:
        heard.append((news["from_no"], news["to_no"], news["reason"]))
        raise DomainError

    run_returned.connect(refuse)
    try:
        with pytest.raises(DomainError):
            desk.send_back(case, "sekcam", 5)
    finally:
        run_returned.disconnect(refuse)

    assert heard == [(6, 5, "Angka seksi belum lengkap")]
    assert desk.open_task(case, "sekcam").step_no == 6
    assert not TaskOutput.objects.exists()


def test_time_lost_by_returns_is_counted() -> None:
    desk = Desk.make()
    case = desk.start()
    until(desk, case, 5)
    desk.later(hours=1)
    desk.complete(case, "pengelola")
    desk.later(hours=1)
    desk.send_back(case, "sekcam", 5)
    desk.later(hours=3)

    desk.complete(case, "pengelola")

    minutes = Task.objects.filter(case=case, step_no__gte=5).order_by("id")
    assert list(minutes.values_list("minutes_used", flat=True)) == [60, 60, 120, None]
    case.refresh_from_db()
    assert case.minutes_used == 240

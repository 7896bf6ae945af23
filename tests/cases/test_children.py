from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cases.factories import Desk, Row, complete, make_procedure
from tests.cases.meetings import Room, plan

from runtut.cases import actions
from runtut.cases.actions import prepare_meeting
from runtut.cases.enums import CaseState, EventKind, TaskState
from runtut.cases.errors import CaseIsPaused, ChildIsRunning, MeetingIsCancelled, NotYourTask
from runtut.cases.models import Case, CaseEvent, Task, TaskOutput
from runtut.cases.queries import (
    arrivals,
    gates_of,
    notices_of,
    run_page,
    task_by_uid,
    verify_events,
    waiting_for_others,
)
from runtut.procedures.enums import VersionState
from runtut.procedures.models import ProcedureVersion

pytestmark = pytest.mark.django_db

CALLING = (
    Row(("camat",)),
    Row(("sekcam",), joint=("kasi1",), outputs=("Notulen", "Daftar hadir"), calls="s-rapat"),
    Row(("perencanaan",), return_to=(2,)),
)
MEETING = (Row(("umum",)), Row(("sekcam",), outputs=("Notulen",)))
WHY = "Rapat ditunda pimpinan"


def calling() -> tuple[Desk, Case, Case]:
    """A run that has just called a meeting, and the meeting."""
    desk = Desk.make(CALLING)
    make_procedure(desk.office, MEETING, title="Rapat", library_key="s-rapat")
    case = desk.start()
    desk.complete(case, "camat")
    return desk, case, Case.objects.get(parent_task__case=case)


def finish(desk: Desk, child: Case) -> Case:
    desk.complete(child, "umum")
    return desk.complete(child, "sekcam", outputs={"Notulen": {"text": "Disepakati tiga hal"}})


def test_a_calling_step_starts_the_child_in_the_same_act() -> None:
    desk, case, child = calling()

    assert child.parent_task == desk.open_task(case, "sekcam")
    assert child.title == "Rapat · Pengukuran TW I 2026"
    assert (child.year, child.quarter) == (2026, 1)
    assert child.started_by == desk.office.people["camat"]
    assert Task.objects.get(case=child).position == desk.position("umum")
    assert verify_events() == []


@pytest.mark.parametrize(("key", "waits"), [("camat", True), ("umum", False)])
def test_a_calling_step_waits_for_others_only_while_the_called_run_does(key: str, waits: bool) -> None:
    desk, case, _ = calling()
    Task.objects.filter(case=case, step_no=1).update(position=desk.position(key))
    position = desk.position(key).pk

    found = waiting_for_others(position_ids=[position], unit_ids=[desk.office.unit.pk], at=desk.at)

    assert [line.case_uid for line in found.lines] == ([case.uid] if waits else [])


def test_the_calling_step_cannot_be_completed_by_hand_meanwhile() -> None:
    desk, case, _ = calling()
    task = task_by_uid(desk.open_task(case, "sekcam").uid)

    with pytest.raises(ChildIsRunning) as refusal:
        desk.complete(case, "sekcam", outputs={"Notulen": {"text": "x"}, "Daftar hadir": {"text": "x"}})

    assert "Rapat · Pengukuran TW I 2026" in refusal.value.sentence
    first = gates_of(task=task, data={}, at=desk.at)[0]
    assert (first.code, first.met) == ("child", False)


def test_a_step_that_its_child_has_ended_names_the_position_of_the_hand() -> None:
    desk = Desk.make(CALLING)
    make_procedure(desk.office, (Row(("umum",), outputs=("Notulen",)),), title="Rapat", library_key="s-rapat")
    case = desk.start()
    desk.complete(case, "camat")
    child = Case.objects.get(parent_task__case=case)
    desk.complete(child, "umum", outputs={"Notulen": {"text": "Disepakati"}})
    umum, waiting = desk.position("umum").short_title, desk.open_task(case, "perencanaan")

    came = arrivals(task_uids=[waiting.uid])[waiting.uid]
    view = run_page(case=case, at=desk.at)

    assert came.label.startswith(f"{umum} · ")
    assert view.steps[1].attempts[0].who.endswith(f"({umum})")
    assert "(" not in view.steps[0].attempts[0].who


def test_the_step_completes_with_its_child_and_takes_over_what_it_yielded() -> None:
    desk, case, child = calling()

    assert finish(desk, child).state == CaseState.DONE

    assert desk.open_task(case, "perencanaan").step_no == 3
    outputs = TaskOutput.objects.filter(task__case=case).order_by("id")
    assert list(outputs.values_list("name", "text")) == [
        ("Notulen", "Disepakati tiga hal"),
        ("Daftar hadir", "Dihasilkan dalam pelaksanaan “Rapat · Pengukuran TW I 2026”."),
    ]
    event = CaseEvent.objects.filter(case_id=case.pk).latest("sequence")
    assert event.kind == EventKind.CHILD_FINISHED
    assert verify_events() == []


def test_a_return_to_the_calling_step_calls_again() -> None:
    desk, case, child = calling()
    finish(desk, child)

    desk.send_back(case, "perencanaan", 2)

    again = Case.objects.get(parent_task__case=case, state=CaseState.RUNNING)
    assert again.pk != child.pk
    assert again.parent_task is not None
    assert again.parent_task.round == 2


def test_cancelling_the_parent_cancels_the_child() -> None:
    desk, case, child = calling()

    actions.cancel_case(case_uid=case.uid, reason=WHY, authority=desk.who("sekcam"), at=desk.at)

    child.refresh_from_db()
    assert child.state == CaseState.CANCELLED
    assert not Task.objects.filter(state=TaskState.OPEN).exists()
    assert verify_events() == []


def test_cancelling_the_child_leaves_the_step_to_be_done_by_hand() -> None:
    desk, case, child = calling()
    actions.cancel_case(case_uid=child.uid, reason=WHY, authority=desk.who("sekcam"), at=desk.at)

    desk.complete(
        case, "sekcam", outputs={"Notulen": {"text": "Lewat telepon"}, "Daftar hadir": {"text": "-"}}
    )

    assert desk.open_task(case, "perencanaan").step_no == 3


def test_a_step_whose_child_was_cancelled_calls_it_again() -> None:
    desk, case, child = calling()
    task = desk.open_task(case, "sekcam")
    again = {"task_uid": task.uid, "key": None, "at": desk.at}
    with pytest.raises(ChildIsRunning):
        actions.start_child_again(**again, authority=desk.who("sekcam"))
    actions.cancel_case(case_uid=child.uid, reason=WHY, authority=desk.who("sekcam"), at=desk.at)
    with pytest.raises(NotYourTask):
        actions.start_child_again(**again, authority=desk.who("kasi1"))

    actions.start_child_again(**again, authority=desk.who("sekcam"))

    second = Case.objects.get(parent_task=task, state=CaseState.RUNNING)
    assert second.pk != child.pk
    finish(desk, second)
    assert desk.open_task(case, "perencanaan").step_no == 3
    assert verify_events() == []


def test_a_meeting_of_a_cancelled_run_is_called_off_and_those_called_are_told() -> None:
    room = Room.make()
    at = room.desk.at
    actions.issue_meeting_invitation(meeting=room.meeting, authority=room.desk.who("sekcam"), at=at)

    actions.cancel_case(case_uid=room.case.uid, reason=WHY, authority=room.desk.who("sekcam"), at=at)

    kasi = room.desk.office.people["kasi1"]
    told = notices_of(user_id=kasi.pk, at=at - timedelta(hours=1))
    assert [(one.heading, one.is_done) for one in told] == [
        ("Rapat dibatalkan", False),
        ("Rapat dibatalkan", True),
    ]
    with pytest.raises(MeetingIsCancelled):
        room.tick("kasi1")


def test_a_meeting_that_only_its_called_run_was_to_hold_is_called_off_with_that_run() -> None:
    desk, case, child = calling()
    planned = prepare_meeting(
        task=task_by_uid(desk.open_task(case, "sekcam").uid),
        plan=plan(desk),
        authority=desk.who("sekcam"),
        at=desk.at,
    )
    actions.issue_meeting_invitation(meeting=planned, authority=desk.who("sekcam"), at=desk.at)

    actions.cancel_case(case_uid=child.uid, reason=WHY, authority=desk.who("sekcam"), at=desk.at)

    planned.refresh_from_db()
    assert planned.cancelled_at == desk.at
    kasi = desk.office.people["kasi1"]
    told = notices_of(user_id=kasi.pk, at=desk.at - timedelta(hours=1))
    assert told[0].heading == "Rapat dibatalkan"
    assert Case.objects.get(pk=case.pk).state == CaseState.RUNNING


def test_pausing_the_parent_pauses_the_child_and_resuming_lets_both_go_on() -> None:
    desk, case, child = calling()
    steer = {"authority": desk.who("sekcam"), "at": desk.at}
    actions.pause_case(case_uid=case.uid, reason=WHY, **steer)

    with pytest.raises(CaseIsPaused):
        desk.complete(child, "umum")
    actions.resume_case(case_uid=case.uid, **steer)

    finish(desk, child)
    assert desk.open_task(case, "perencanaan").step_no == 3


def test_a_called_sop_withdrawn_meanwhile_leaves_the_step_to_be_done_by_hand() -> None:
    desk = Desk.make(CALLING)
    meeting = make_procedure(desk.office, MEETING, title="Rapat", library_key="s-rapat")
    case = desk.start()
    ProcedureVersion.objects.filter(pk=meeting.pk).update(state=VersionState.WITHDRAWN)

    desk.complete(case, "camat")

    assert Case.objects.count() == 1
    assert desk.open_task(case, "sekcam").step_no == 2


def test_an_sop_that_calls_itself_does_so_once() -> None:
    desk = Desk.make([Row(("camat",)), Row(("sekcam",), calls="Pengukuran")])
    case = desk.start()

    desk.complete(case, "camat")

    assert Case.objects.count() == 1
    complete(desk.open_task(case, "sekcam"), desk.who("sekcam"), desk.at)
